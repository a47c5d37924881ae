/** What is looked over before a notice goes to approval. */
import { DateTime } from "luxon";
import { t } from "../../bilingual/index.ts";
import { ZONE } from "../../infra/clock.ts";
import type { Announcement } from "../../infra/generated/client.ts";
import { hardToRead } from "./loudspeaker/speech.ts";
import { openPlaces } from "./templates.ts";

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
/** Less says nothing. */
const SHORT_TITLE = 5;
const SHORT_BODY = 20;

export function findingsOf(notice: Checked, now: Date): Finding[] {
  const { title, body, documentNumber, documentDate, signer, validTo } = notice;
  const days = daysIn(body);
  const today = DateTime.fromJSDate(now, { zone: ZONE }).startOf("day");
  const hard = hardToRead(`${title}\n${body}`);
  const links = linksIn(body);
  const open = openPlaces(`${title}\n${body}`);
  const found: [boolean, boolean, string][] = [
    [title.trim().length < SHORT_TITLE, true, t`Chưa có tiêu đề, hoặc tiêu đề ngắn quá.`],
    [body.trim().length < SHORT_BODY, true, t`Nội dung ngắn quá.`],
    [validTo !== null && validTo < now, true, t`Ngày hết hiệu lực đã qua.`],
    [!documentNumber, false, t`Chưa có số, ký hiệu văn bản.`],
    [!documentDate, false, t`Chưa có ngày văn bản.`],
    [documentDate !== null && documentDate > now, false, t`Ngày văn bản còn ở phía trước.`],
    [!signer, false, t`Chưa có người ký.`],
    [days.length > 0 && days.every((day) => day < today), false, t`Mọi ngày nêu trong bài đều đã qua.`],
    [title.length > LONG_TITLE, false, t`Tiêu đề dài ${title.length} chữ, trên điện thoại sẽ bị cắt.`],
    [body.length > LONG_BODY, false, t`Bài dài ${body.length} chữ, ít người đọc hết.`],
    [open.length > 0, true, t`Còn chỗ chưa điền: ${open.slice(0, 6).join(", ")}.`],
    [links.broken.length > 0, true, t`Liên kết không mở được: ${links.broken.join(", ")}.`],
    [links.unsafe.length > 0, false, t`Liên kết không an toàn (cần https): ${links.unsafe.join(", ")}.`],
    [
      links.short.length > 0,
      false,
      t`Liên kết rút gọn, người dân không biết dẫn đi đâu: ${links.short.join(", ")}.`,
    ],
    [hard.length > 0, false, t`Loa đọc không trôi, nên viết đủ chữ: ${hard.slice(0, 8).join(", ")}.`],
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

const SHORTENERS = /(?:^|\.)(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|cutt\.ly|s\.id|rebrand\.ly)$/;

/** Addresses nobody can open, those without https, and those that hide where they lead. */
function linksIn(text: string): { broken: string[]; unsafe: string[]; short: string[] } {
  const found = { broken: [] as string[], unsafe: [] as string[], short: [] as string[] };
  for (const written of text.match(/(?:https?:\/\/|www\.)[^\s<>"“”]*/gi) ?? []) {
    const link = written.replace(/[.,;:!?)]+$/, "");
    const address = link.startsWith("www.") ? `https://${link}` : link;
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url?.hostname.includes(".") || /[.]{2}|[.]$/.test(url.hostname)) found.broken.push(link);
    else if (url.protocol !== "https:") found.unsafe.push(link);
    else if (SHORTENERS.test(url.hostname)) found.short.push(link);
  }
  return found;
}
