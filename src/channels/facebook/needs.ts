/** What this service needs of a Page: the fields it is subscribed to and the permissions of its token (facebook.md §2.2, §7). */
import { vi } from "../../bilingual/index.ts";

export const SUBSCRIBED_FIELDS = [
  "messages",
  "messaging_postbacks",
  "messaging_referrals",
  "messaging_optins",
  "message_deliveries",
  "message_reads",
  "message_echoes",
  "message_edits",
  "message_reactions",
  "messaging_handovers",
  "standby",
  "messaging_policy_enforcement",
  "feed",
];

/** With what is lost without each. */
export const SCOPES: Record<string, string> = {
  pages_messaging: vi`không trả lời được tin nào`,
  pages_manage_metadata: vi`không đăng ký webhook được`,
  pages_read_engagement: vi`bình luận không cho biết ai viết`,
  pages_manage_engagement: vi`không trả lời bình luận được`,
};
