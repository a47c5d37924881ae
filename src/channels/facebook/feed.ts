/** Changes on a Page: posts, comments under them, and other fields that come as `changes` (facebook.md §2.3). */
import type { InboundEvent } from "../channel.ts";
import { field, firstText, id, text } from "../loose-json.ts";

/** What counts as something the Page or a person published; reactions and the like do not. */
const POSTS = new Set([
  "post",
  "status",
  "photo",
  "video",
  "share",
  "link",
  "album",
  "event",
  "note",
  "question",
]);

export function readChange(name: string, value: unknown, page: string | null): InboundEvent {
  if (name === "feed") return readFeed(value, page);
  if (name === "message_template_status_update") return readTemplateStatus(value);
  return { kind: "unknown", name };
}

function readFeed(value: unknown, page: string | null): InboundEvent {
  const item = text(field(value, "item"));
  const verb = text(field(value, "verb"));
  const postId = id(field(value, "post_id")) ?? "";
  const commentId = id(field(value, "comment_id"));
  if (item === "comment" && commentId) {
    const authorId = id(field(value, "from", "id"));
    return {
      kind: "comment",
      verb,
      commentId,
      postId,
      parentId: id(field(value, "parent_id")),
      authorId,
      authorName: firstText(field(value, "from", "name")) ?? null,
      byPage: authorId !== null && authorId === page,
      text: text(field(value, "message")),
    };
  }
  if (POSTS.has(item)) return { kind: "post", verb, item, postId, text: text(field(value, "message")) };
  return { kind: "unknown", name: `feed.${item}` };
}

function readTemplateStatus(value: unknown): InboundEvent {
  return {
    kind: "template_status",
    templateId: id(field(value, "message_template_id")) ?? id(field(value, "id")) ?? "",
    previous: "",
    current: text(field(value, "event")) || text(field(value, "status")),
    reason: text(field(value, "reason")),
  };
}
