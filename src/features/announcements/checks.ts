/** What is looked over before a notice goes to approval. */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import type { Announcement } from "../../infra/generated/client.ts";

export interface Finding {
  /** It cannot go out like this; else it only wants a look. */
  stops: boolean;
  text: string;
}

type Checked = Pick<
  Announcement,
  "title" | "body" | "documentNumber" | "documentDate" | "signer" | "validTo"
>;

/** Longer titles are cut on a phone; longer texts are not read to the end. */
const LONG_TITLE = 100;
const LONG_BODY = 3000;

export function findingsOf(notice: Checked, now: Date): Finding[] {
  const { title, body, documentNumber, documentDate, signer, validTo } = notice;
  const days = daysIn(body);
  const today = DateTime.fromJSDate(now, { zone: ZONE }).startOf("day");
  const found: [boolean, boolean, string][] = [
    [validTo !== null && validTo < now, true, "Ngày hết hiệu lực đã qua."],
    [!documentNumber, false, "Chưa có số, ký hiệu văn bản."],
    [!documentDate, false, "Chưa có ngày văn bản."],
    [documentDate !== null && documentDate > now, false, "Ngày văn bản còn ở phía trước."],
    [!signer, false, "Chưa có người ký."],
    [days.length > 0 && days.every((day) => day < today), false, "Mọi ngày nêu trong bài đều đã qua."],
    [title.length > LONG_TITLE, false, `Tiêu đề dài ${title.length} chữ, trên điện thoại sẽ bị cắt.`],
    [body.length > LONG_BODY, false, `Bài dài ${body.length} chữ, ít người đọc hết.`],
  ];
  return found.flatMap(([holds, stops, text]) => (holds ? [{ stops, text }] : []));
}

/** "28/11/2026", wherever it stands. */
function daysIn(text: string): DateTime[] {
  const written = text.match(/\b\d{1,2}\/\d{1,2}\/\d{4}\b/g) ?? [];
  return written
    .map((day) => DateTime.fromFormat(day, "d/M/yyyy", { zone: ZONE }))
    .filter((day) => day.isValid);
}
