/**
 * Brings news to residents: by a message while the platform lets us, then by an approved template where their account has
 * one, else with the answer to their next message.
 */
import type { Reply } from "../../channels/channel.ts";
import { queueReplies, TEXT_LIMIT } from "../../channels/queue-replies.ts";
import { templateFor } from "../../channels/templates.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Database, Tx } from "../../infra/db.ts";
import { lockListener, offerChoices, type Listener } from "../../residents/listener.ts";
import { inLanguageOf } from "../../residents/teller.ts";
import { afterNight, isWindowOpen } from "./telling-time.ts";
import type { TurnContext } from "../feature.ts";
import { newsReply, newsValues } from "./news.ts";
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
      const isOpen = isWindowOpen(listener.channel, listener.lastInboundAt, now);
      if (!isOpen && !listener.settings.templates.report_news) return; // told at their next message
      const later = waitUntil(listener, now);
      if (later) return scheduleTelling(tx, residentId, later);
      const news = await untoldNews(tx, residentId);
      if (news.length === 0) return;
      if (isOpen) return send(tx, listener, news, now);
      for (const ofOne of byReport(news)) await sendTemplate(tx, listener, ofOne, now);
    });
  }

  function waitUntil({ conversationState }: Listener, now: Date): Date | null {
    if (conversationState === "waiting" || conversationState === "staff")
      return new Date(now.getTime() + WHILE_STAFF_TALK);
    const morning = afterNight(now);
    return morning > now ? morning : null;
  }

  async function send(tx: Tx, listener: Listener, news: News[], now: Date) {
    const mayAsk = !(listener.dialogue as { form?: unknown } | null)?.form;
    const reply = newsReply(news, inLanguageOf(listener, wording), { publicUrl, mayAsk });
    await push(tx, listener, news, reply, now);
    if (reply.choices) await offerChoices(tx, listener.conversationId, reply.choices);
  }

  /** A template has room for one report; what does not fit it stands on the report's page. */
  async function sendTemplate(tx: Tx, listener: Listener, news: News[], now: Date) {
    const say = inLanguageOf(listener, wording);
    const reply = newsReply(news, say, { publicUrl, mayAsk: false });
    const template = templateFor(listener, "report_news", newsValues(news, say, publicUrl));
    if (template && reply.text.length < TEXT_LIMIT)
      await push(tx, listener, news, { ...reply, template }, now);
  }

  async function push(tx: Tx, listener: Listener, news: News[], reply: Reply, now: Date) {
    const { accountId, conversationId, externalId } = listener;
    const dedupeKey = `report-news:${news.at(-1)!.id}:${now.getTime()}`;
    const to = { accountId, conversationId, recipient: { user: externalId } };
    await queueReplies(tx, to, [reply], { author: "bot", purpose: "reply", dedupeKey });
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

/** Split by report, in the order of its first news. */
function byReport(news: News[]): News[][] {
  const codes = [...new Set(news.map(({ code }) => code))];
  return codes.map((code) => news.filter((line) => line.code === code));
}
