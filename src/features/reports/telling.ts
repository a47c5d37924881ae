/** Brings news to residents: by a message while the platform lets us, else with the answer to their next one. */
import type { Reply } from "../../channels/channel.ts";
import { queueReplies } from "../../channels/queue-replies.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Database, Tx } from "../../infra/db.ts";
import { lockListener, offerChoices, type Listener } from "../../residents/listener.ts";
import { afterNight, isWindowOpen } from "./telling-time.ts";
import type { TurnContext } from "../feature.ts";
import { newsReply } from "./news.ts";
import { markTold, scheduleTelling, untoldNews, type News } from "./store.ts";

export interface TellingParts {
  database: Database;
  wording: WordingBook;
  clock: Clock;
  publicUrl: string;
}

/** While a person holds the talk the bot keeps out of it and looks again after this, ms. */
const WHILE_STAFF_TALK = 3_600_000;

export function createTelling({ database, wording, clock, publicUrl }: TellingParts) {
  /** The job: harmless if run twice, told is told once. */
  async function tell(residentId: bigint): Promise<void> {
    await database.transaction(async (tx) => {
      const listener = await lockListener(tx, residentId);
      if (!listener || listener.withdrawn) return;
      const now = clock.now();
      if (!isWindowOpen(listener.channel, listener.lastInboundAt, now)) return; // told at their next message
      const later = waitUntil(listener, now);
      if (later) return scheduleTelling(tx, residentId, later);
      const news = await untoldNews(tx, residentId);
      if (news.length > 0) await send(tx, listener, news, now);
    });
  }

  function waitUntil({ conversationState }: Listener, now: Date): Date | null {
    if (conversationState === "waiting" || conversationState === "staff")
      return new Date(now.getTime() + WHILE_STAFF_TALK);
    const morning = afterNight(now);
    return morning > now ? morning : null;
  }

  async function send(tx: Tx, listener: Listener, news: News[], now: Date) {
    const { accountId, conversationId, externalId, language, dialogue } = listener;
    const mayAsk = !(dialogue as { form?: unknown } | null)?.form;
    const reply = newsReply(news, wording.in(language === "en" ? "en" : "vi"), { publicUrl, mayAsk });
    const dedupeKey = `report-news:${news.at(-1)!.id}:${now.getTime()}`;
    const to = { accountId, conversationId, recipient: { user: externalId } };
    await queueReplies(tx, to, [reply], { author: "bot", purpose: "reply", dedupeKey });
    if (reply.choices) await offerChoices(tx, conversationId, reply.choices);
    await markTold(tx, news, "pushed", dedupeKey, now);
  }

  /** With the answer of a turn. */
  async function withAnswer({ tx, residentId, say, now }: TurnContext, mayAsk: boolean): Promise<Reply[]> {
    const news = await untoldNews(tx, residentId);
    if (news.length === 0) return [];
    await markTold(tx, news, "with_answer", null, now);
    return [newsReply(news, say, { publicUrl, mayAsk })];
  }

  return { tell, withAnswer };
}
