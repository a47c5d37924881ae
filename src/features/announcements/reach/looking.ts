/**
 * After an answer that never came: is it there? Articles and posts are looked for in the platform's own lists, by the address
 * of the notice's page, which stands in each. Zalo has no list of broadcasts; there the quota tells: one less than before
 * the call, and it went.
 */
import { vi } from "../../../bilingual/index.ts";
import type { ConnectedAccount } from "../../../channels/channel.ts";
import type { Db } from "../../../infra/db.ts";
import { articleOf, beginsLike, markIn } from "./content.ts";
import type { Platforms } from "./platforms.ts";
import { askQuota } from "./quota.ts";
import { isKnownElsewhere, type Publication } from "./store.ts";

export interface Found {
  externalId?: string;
  link?: string | null;
  note: string;
  /** It is there, and not published yet. */
  isHeld?: boolean;
}

/** So many pages of ten articles are looked through. */
const PAGES = 3;

/** @returns null when it is not there, or nothing can be said. @throws DeliveryError */
export async function lookFor(
  db: Db,
  platforms: Platforms,
  account: ConnectedAccount,
  row: Publication,
): Promise<Found | null> {
  if (row.kind === "post") return findPost(platforms, account, row);
  if (row.kind === "article") return findArticle(db, platforms, account, row);
  return wasCounted(db, platforms, account, row);
}

const LISTED = vi`Đối chiếu: có trong danh sách của nền tảng.`;

async function findPost({ posts }: Platforms, account: ConnectedAccount, row: Publication) {
  const mark = markIn(row.announcement.code);
  const heading = beginsLike(row.announcement);
  const isIt = ({ message }: { message: string }) =>
    message.includes(mark) && message.normalize("NFC").trimStart().startsWith(heading);
  const found = (await posts.published(account)).find(isIt);
  if (found) return { externalId: found.id, link: found.link, note: LISTED };
  const held = row.scheduledFor ? (await posts.scheduled(account)).find(isIt) : undefined;
  return held ? { externalId: held.id, link: held.link, note: LISTED, isHeld: true } : null;
}

/** By its title in the list, then by the address inside: weekly notices share their title. */
async function findArticle(db: Db, { articles }: Platforms, account: ConnectedAccount, row: Publication) {
  const { title } = articleOf(row.announcement, "");
  const mark = markIn(row.announcement.code);
  for (let page = 0; page < PAGES; page++) {
    const listed = await articles.list(account, page);
    for (const { id, title: listedTitle, link } of listed) {
      if (listedTitle.normalize("NFC").trim() !== title) continue;
      if (await isKnownElsewhere(db, row, id)) continue;
      if ((await articles.read(account, id)).includes(mark)) return { externalId: id, link, note: LISTED };
    }
    if (listed.length === 0) break;
  }
  return null;
}

async function wasCounted(db: Db, platforms: Platforms, account: ConnectedAccount, row: Publication) {
  if (row.quotaBefore === null) return null;
  const { left } = await askQuota(db, platforms, account);
  if (left === null || left !== row.quotaBefore - 1) return null;
  return { note: vi`Đối chiếu: hạn mức quảng bá của OA đã giảm một lượt sau lần gửi.` };
}
