/** "Đăng ký nhận tin phường Phú Khương", "chỉ nhận tin cúp nước", "đừng gửi nữa": at once, and told how it now stands. */
import type { Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn } from "../../dialogue/types.ts";
import { codeOfWard, wardOfCode, wardToday } from "../../places/index.ts";
import { giveConsent, withdrawConsent } from "../../residents/consents.ts";
import type { TurnContext } from "../feature.ts";
import { subscribe, unsubscribe, wishesOf, type Wish } from "./store.ts";
import { topicName, topicsIn } from "./topics.ts";

/** Names of topics that others keep ("station:…"); app.ts says whose. */
export type NameTopics = (tx: TurnContext["tx"], topics: string[]) => Promise<ReadonlyMap<string, string>>;

/** "Dừng", "stop" alone: heard while no form is open, for then there is nothing else to stop. */
const STOPS =
  /^\s*(?:dạ\s+|thôi\s+)?(?:dừng|ngưng|ngừng|stop|unsubscribe|stop (?:notices|messages|news))(?:\s+(?:lại|đi|nha|nhé|ạ|em|please))*[\s.!]*$/iu;
/** "Tôi đang nhận tin gì": a question, not a wish. */
const SHOWS =
  /^(?!.*(?:cũng|cung)(?!\p{L})).*(?<!\p{L})(?:nhận|nhan|đăng k[ýí]|dang k[yi]|theo dõi|theo doi).{0,20}(?:tin|thông báo|thong bao)\s+(?:\p{L}+\s+){0,2}(?:gì|gi|nào|nao)(?!\p{L})|^\s*(?:xem|coi)\s+(?:đăng k[ýí]|dang k[yi])|what (?:notices )?(?:do i|am i) (?:get|receiv|subscrib)/iu;
const SHOW = "subscription.show";

export const subscriptionCodes = [
  { pattern: STOPS, intent: "subscription.remove" },
  { pattern: SHOWS, intent: SHOW },
];

export const subscriptions = (nameTopics: NameTopics) => ({
  [SHOW]: (_turn: Turn, context: TurnContext) => show(context, nameTopics),
  "subscription.add": (turn: Turn, context: TurnContext) => add(turn, context, nameTopics),
  "subscription.remove": (turn: Turn, context: TurnContext) => remove(turn, context, nameTopics),
});

async function add(turn: Turn, context: TurnContext, nameTopics: NameTopics): Promise<Reply[]> {
  const { tx, residentId, say } = context;
  const { topics, wards } = namedIn(turn);
  const wishes = (topics.length > 0 ? topics : [""]).flatMap((topic) =>
    (wards.length > 0 ? wards : [""]).map((wardCode): Wish => ({ topic, wardCode })),
  );
  // "chỉ …": this and nothing else
  if (/(?<!\p{L})(?:chỉ|only)(?!\p{L})|^chi /iu.test(turn.text))
    await unsubscribe(tx, residentId, { topics: [], wards: [] });
  await subscribe(tx, residentId, wishes);
  await giveConsent(tx, residentId, "announcements");
  const all = await wishesOf(tx, residentId);
  const text = say("announcements.subscribed", { wishes: await named(all, context, nameTopics) });
  return [{ text }];
}

async function remove(turn: Turn, context: TurnContext, nameTopics: NameTopics): Promise<Reply[]> {
  const { tx, residentId, say } = context;
  const count = await unsubscribe(tx, residentId, namedIn(turn));
  const left = await wishesOf(tx, residentId);
  if (left.length > 0) {
    const wishes = await named(left, context, nameTopics);
    return [{ text: say("announcements.unsubscribedSome", { wishes }) }];
  }
  await withdrawConsent(tx, residentId, "announcements");
  const again = [{ label: say("intents.subscription.add"), value: askFor("subscription.add") }];
  return [withChoices(say(count > 0 ? "announcements.unsubscribed" : "announcements.notSubscribed"), again)];
}

async function show(context: TurnContext, nameTopics: NameTopics): Promise<Reply[]> {
  const { tx, residentId, say } = context;
  const all = await wishesOf(tx, residentId);
  if (all.length > 0)
    return [{ text: say("announcements.subscribedNow", { wishes: await named(all, context, nameTopics) }) }];
  const begin = [{ label: say("intents.subscription.add"), value: askFor("subscription.add") }];
  return [withChoices(say("announcements.notSubscribed"), begin)];
}

function namedIn({ text, understanding }: Turn) {
  const named = understanding.entities
    .filter(({ type }) => type === "ward")
    .map(({ value }) => String(value));
  const wards = named.flatMap((ward) => codeOfWard(wardToday(ward)?.ward ?? ward) ?? []);
  return { topics: topicsIn(text) as string[], wards: [...new Set(wards)] };
}

async function named(wishes: Wish[], context: TurnContext, nameTopics: NameTopics): Promise<string> {
  const names = await nameTopics(
    context.tx,
    wishes.map(({ topic }) => topic),
  );
  return inWords(wishes, context, names);
}

/** "mọi tin ở phường Phú Khương; cúp nước ở mọi phường" */
export function inWords(
  wishes: Wish[],
  { say }: Pick<TurnContext, "say">,
  names: ReadonlyMap<string, string> = new Map(),
): string {
  return wishes
    .map(({ topic, wardCode }) => {
      const name = names.get(topic);
      if (name) return say("announcements.stationWish", { station: name });
      const what = topic ? topicName(topic, say.language) : say("announcements.everyTopic");
      return say("announcements.wish", {
        what,
        where: wardOfCode(wardCode) ?? say("announcements.everyWard"),
      });
    })
    .join("; ");
}
