/** Somebody is in danger: the numbers first, the likeliest on top, whoever holds the talk. */
import type { Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn } from "../../dialogue/types.ts";
import { mentions } from "../../language/index.ts";
import type { TurnContext } from "../feature.ts";

/** The order when the words do not tell, and the words that put a number on top. */
const NUMBERS: [number: string, words: string[]][] = [
  ["114", ["cháy", "nổ", "lửa", "khói", "mắc kẹt", "kẹt trong", "rò gas", "xì gas"]],
  [
    "115",
    [
      "tai nạn",
      "đụng xe",
      "tông xe",
      "bất tỉnh",
      "ngất",
      "chảy máu",
      "đột quỵ",
      "co giật",
      "cấp cứu",
      "điện giật",
      "rắn cắn",
      "bị thương",
    ],
  ],
  ["113", ["cướp", "chém", "đâm người", "cầm dao", "súng", "bắt cóc", "hành hung", "đánh nhau"]],
  [
    "112",
    [
      "đuối nước",
      "chết đuối",
      "té sông",
      "rớt sông",
      "rớt xuống sông",
      "chìm ghe",
      "chìm tàu",
      "lật ghe",
      "sạt lở",
      "sập",
      "lũ",
    ],
  ],
  [
    "111",
    [
      "bạo hành",
      "xâm hại",
      "đánh con nít",
      "đánh em bé",
      "đánh trẻ",
      "đánh đập con nít",
      "đánh đập trẻ",
      "đánh đập em bé",
      "hành hạ trẻ",
      "hành hạ con",
    ],
  ],
];

/** Staff see it waiting, and the bot goes on. */
export async function emergency(
  { text }: Turn,
  { say, callPerson, menu, isFormOpen }: TurnContext,
): Promise<Reply[]> {
  callPerson("emergency", "beside");
  const likely = NUMBERS.filter(([, words]) => mentions(text, words));
  const ordered = [...likely, ...NUMBERS.filter((line) => !likely.includes(line))];
  const lines = ordered.map(([number]) => say(`conversations.emergency.${number}`));
  const numbers = [say("conversations.emergency.opening"), ...lines, say("conversations.emergency.closing")];
  const replies: Reply[] = [{ text: numbers.join("\n") }];
  const isKept = menu.some(({ intent }) => intent === "report.other");
  if (isFormOpen || !isKept) return replies;
  const record = { label: say("intents.report.emergency"), value: askFor("report.emergency") };
  return [...replies, withChoices(say("conversations.emergency.record"), [record])];
}
