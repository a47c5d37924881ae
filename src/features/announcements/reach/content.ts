/** An announcement as an article of an OA and as a post of a Page: what it says, who says it, and where it can be checked. */
import { ARTICLE_LIMITS, type ArticleText } from "../../../channels/zalo/articles.ts";
import type { PostText } from "../../../channels/facebook/posts.ts";
import { formatDate } from "../../../infra/clock.ts";
import type { Announcement } from "../../../infra/generated/client.ts";
import { coverPath, filePath } from "../files/public.ts";
import { withoutMarks } from "../formatting.tsx";

export type Published = Pick<
  Announcement,
  "code" | "title" | "body" | "level" | "documentNumber" | "documentDate" | "signer" | "coverHash"
> & {
  unit: { name: string };
  replaces: { code: string } | null;
  /** What goes with it; its pictures stand in the post. */
  files?: { id: bigint; media: { mime: string } }[];
};

/** Facebook shows five at a glance; more are rarely looked at. */
const MOST_PICTURES = 6;

export const pageOf = (code: string, publicUrl: string) => `${publicUrl}/thong-bao/${code}`;

/** The notice's own picture, else the one every notice without a picture has: an article needs one. */
export const coverOf = ({ code, coverHash }: Pick<Announcement, "code" | "coverHash">, publicUrl: string) =>
  coverHash ? `${publicUrl}${coverPath(code)}` : `${publicUrl}/thong-bao/anh-bia.jpg`;

export function articleOf(notice: Published, publicUrl: string): ArticleText {
  const body = withoutMarks(notice.body);
  return {
    title: cut(headlineOf(notice), ARTICLE_LIMITS.title),
    author: cut(notice.unit.name, ARTICLE_LIMITS.author),
    description: cut(body.replace(/\s+/g, " ").trim(), ARTICLE_LIMITS.description),
    cover: encodeURI(coverOf(notice, publicUrl)),
    paragraphs: [
      ...paragraphsOf(notice.body),
      ...[documentOf(notice), checkedAt(notice, publicUrl)].map(plain).filter(Boolean),
    ],
  };
}

/** A line each: a block of an article. */
export const paragraphsOf = (body: string) => withoutMarks(body).split(/\n+/).map(plain).filter(Boolean);

export function postOf(notice: Published, publicUrl: string): PostText {
  const { code } = notice;
  const heading = headlineOf(notice).toLocaleUpperCase("vi");
  const parts = [heading, withoutMarks(notice.body).trim(), documentOf(notice), checkedAt(notice, publicUrl)];
  return {
    message: parts.filter(Boolean).join("\n\n").normalize("NFC"),
    link: pageOf(code, publicUrl),
    pictures: picturesOf(notice, publicUrl),
  };
}

/** The cover first, then the pictures that go with it. */
function picturesOf(notice: Published, publicUrl: string): string[] {
  const { code, coverHash, files = [] } = notice;
  const others = files
    .filter(({ media }) => media.mime.startsWith("image/"))
    .map(({ id }) => `${publicUrl}${filePath(code, id)}`);
  return [...(coverHash ? [coverOf(notice, publicUrl)] : []), ...others].slice(0, MOST_PICTURES);
}

/** How a post of this notice begins: somebody else's with the same address in it is not ours. */
export const beginsLike = (notice: Published) => headlineOf(notice).toLocaleUpperCase("vi").normalize("NFC");

/** By which a list of articles or posts is looked through: it stands in everything we publish of a notice, and nowhere else. */
export const markIn = (code: string) => `/thong-bao/${code}`;

function headlineOf({ title, level, replaces }: Published): string {
  if (replaces) return `Đính chính: ${title}`;
  return level === "emergency" ? `Khẩn cấp: ${title}` : title;
}

/** "Số 41/TB-UBND ngày 24/11/2026. Người ký: Trần Văn Út." */
function documentOf({ documentNumber, documentDate, signer }: Published): string {
  const number = documentNumber ? `Số ${documentNumber}` : "";
  const date = documentDate ? `ngày ${formatDate(documentDate)}` : "";
  const document = [number, date].filter(Boolean).join(" ");
  return [document, signer ? `Người ký: ${signer}` : ""]
    .filter(Boolean)
    .map((part) => `${part[0]!.toLocaleUpperCase("vi")}${part.slice(1)}.`)
    .join(" ");
}

function checkedAt({ code, replaces, unit }: Published, publicUrl: string): string {
  const old = replaces ? ` Thay cho thông báo ${replaces.code}.` : "";
  return `${unit.name}, mã thông báo ${code}.${old} Xem và kiểm tra: ${pageOf(code, publicUrl)}`;
}

/** Between words, by what people count as letters. */
function cut(text: string, most: number): string {
  const letters = [...text.normalize("NFC").trim()];
  if (letters.length <= most) return letters.join("");
  return `${letters
    .slice(0, most - 2)
    .join("")
    .replace(/\s+\S*$/, "")} …`;
}

/** Whether the platform reads marks in a paragraph is not confirmed: signs of marks are written so that both readings show them. */
const plain = (paragraph: string) =>
  paragraph.normalize("NFC").replaceAll("<", "‹").replaceAll(">", "›").trim();
