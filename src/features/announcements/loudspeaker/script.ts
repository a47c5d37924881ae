/** The script for the loudspeaker, and both forms of a notice that a ward's own devices fetch. */
import { spokenText } from "./speech.ts";

export interface Broadcast {
  level: string;
  title: string;
  body: string;
  unit: { name: string };
  state: string;
  recallReason: string | null;
}

const OPENING: Record<string, string> = {
  emergency: "Thông báo khẩn cấp. Thông báo khẩn cấp.",
  important: "Thông báo quan trọng.",
};

/** Greeting, who says it, what, once more who says it. An emergency is read twice. */
export function loudspeakerScript(notice: Broadcast): string {
  const { level, title, unit } = notice;
  const from = spokenText(unit.name);
  const message =
    notice.state === "recalled"
      ? `Thông báo trước đây về “${spokenText(title)}” nay được thu hồi. ${spokenText(notice.recallReason ?? "")}`
      : `${ended(spokenText(title))}\n${spokenText(notice.body)}`;
  const once = [
    OPENING[level] ?? "",
    `Kính thưa bà con. ${from} xin thông báo.`,
    message.trim(),
    `Thông báo của ${from} đến đây là hết. Kính chào bà con.`,
  ]
    .filter(Boolean)
    .join("\n");
  return level === "emergency" ? `${once}\n\nXin nhắc lại.\n\n${once}` : once;
}

const ended = (sentence: string) => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`);
