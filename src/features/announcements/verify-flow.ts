/** The question "tin này có đúng không?", with or without the tin itself. */
import type { Flow, Turn } from "../../dialogue/types.ts";
import { withoutFrame } from "./likeness.ts";
import { codeIn } from "./verify.ts";

interface Rumour {
  [key: string]: unknown;
  text: string;
}

/** So many words beside the question are a text worth checking. */
const ENOUGH = 4;

export const verifyFlow: Flow<Rumour> = {
  name: "announcements.verify",
  opens: ["announcement.verify"],
  begins: () => ({ text: "" }),
  reads: (kept) => (typeof (kept as Rumour | null)?.text === "string" ? (kept as Rumour) : null),
  slots: [
    {
      name: "text",
      isOpen: ({ text }) => text === "",
      asks: (_draft, say) => ({ text: say("announcements.askText") }),
      hears(turn, _draft, _say, when) {
        const text = passedOn(turn);
        if (!text) return null;
        const isText = codeIn(text) !== null || withoutFrame(text).split(" ").length >= ENOUGH;
        return isText || when === "asked" ? { fill: { text } } : null;
      },
      clears: () => ({ text: "" }),
    },
  ],
  intentOf: () => "announcement.verify",
  holds: () => false,
  finish: ({ text }) => ({ type: "announcements.verify", data: { text } }),
};

/** Words, and what a shared link says of itself. */
function passedOn({ text, attachments }: Turn): string {
  const links = attachments.filter(({ type }) => type === "link");
  return [text, ...links.flatMap(({ title, name, url }) => [title, name, url])]
    .filter(Boolean)
    .join("\n")
    .trim();
}
