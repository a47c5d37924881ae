/** An announcement as a message: who says it, what, and where it can be checked. */
import type { Reply } from "../../channels/channel.ts";
import type { Wording } from "../../dialogue/types.ts";
import { withoutMarks } from "./formatting.tsx";
import type { NoticeKind, Told } from "./notices/store.ts";

/** So much of the body goes into a message; the rest is on the page. */
const EXCERPT = 700;

/** What a message needs of a notice, kept or still being written. */
export type Telling = Pick<Told, "code" | "title" | "body" | "level" | "documentNumber" | "recallReason"> & {
  /** Shown with the news; a recall goes without. */
  coverHash?: string | null;
  unit: { name: string };
  replaces: { code: string } | null;
};

export function messageOf(notice: Telling, kind: NoticeKind, say: Wording, publicUrl: string): Reply {
  return {
    text: wordsOf(notice, kind, say),
    ...(notice.coverHash && kind === "news" ? { image: { mediaHash: notice.coverHash } } : {}),
    link: { title: say("announcements.see"), url: `${publicUrl}/thong-bao/${notice.code}` },
  };
}

function wordsOf(notice: Telling, kind: NoticeKind, say: Wording): string {
  const { code, title, level, replaces } = notice;
  const unit = notice.unit.name;
  if (kind === "recall") {
    const reason = (notice.recallReason ?? "").replace(/[.\s]*$/, ".");
    return say("announcements.toldRecall", { unit, code, title, reason });
  }
  const number = notice.documentNumber ? say("announcements.number", { number: notice.documentNumber }) : "";
  const body = excerpt(withoutMarks(notice.body));
  if (replaces) {
    return say("announcements.toldCorrection", { unit, number, title, body, code, old: replaces.code });
  }
  if (level === "emergency") return say("announcements.toldUrgent", { unit, number, title, body, code });
  return say("announcements.told", { unit, number, title, body, code });
}

/** Cut between words. */
function excerpt(body: string): string {
  if (body.length <= EXCERPT) return body;
  return `${body.slice(0, EXCERPT).replace(/\s+\S*$/, "")} …`;
}
