/** What is told outside of a turn: an answer that took a moment, a receipt that was read, a state that changed. */
import type { Reply } from "../../channels/channel.ts";
import type { Wording } from "../../dialogue/types.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Database } from "../../infra/db.ts";
import { lockListener } from "../../residents/listener.ts";
import { createTeller, inLanguageOf, isHeld, tell as send } from "../../residents/teller.ts";
import { afterNight, isWindowOpen } from "../../channels/windows.ts";
import type { TurnContext } from "../feature.ts";
import { publicLines, statusReply } from "./answer.ts";
import type { Book } from "./book.ts";
import type { Dossier } from "./dossier.ts";
import { isFollowing, markChecked, markTold, pendingNews, scheduleTelling, toBeChecked } from "./store.ts";

export interface TellingParts {
  database: Database;
  wording: WordingBook;
  clock: Clock;
  book: Book;
}

/** While a person holds the talk the bot keeps out of it and looks again after this, ms. */
const WHILE_STAFF_TALK = 3_600_000;
/** A followed dossier of the province's system is asked for this often, and so many at a time. */
const CHECK_EVERY = 2 * 3_600_000;
const CHECKED_AT_ONCE = 50;

export function createTelling({ database, wording, clock, book }: TellingParts) {
  const say = createTeller(database, wording);

  /** Asks the province's system, then answers; the platform's window is open, since the resident has just asked. */
  async function answer(residentId: bigint, code: string): Promise<void> {
    const found = await book.ask(database.db, code, clock.now());
    await say(residentId, async (tx, words) => {
      const options = { isFollowing: await isFollowing(tx, code, residentId), now: clock.now() };
      return [statusReply(code, found, options, words)];
    });
  }

  /** The job of a change: told at once by day, while the window is open; else with the answer to the next message. */
  async function tell(residentId: bigint): Promise<void> {
    await database.transaction(async (tx) => {
      const listener = await lockListener(tx, residentId);
      const now = clock.now();
      if (!listener || listener.withdrawn || !isWindowOpen(listener.channel, listener.lastInboundAt, now))
        return;
      const later = isHeld(listener) ? new Date(now.getTime() + WHILE_STAFF_TALK) : afterNight(now);
      if (later > now) return scheduleTelling(tx, residentId, later);
      const news = await pendingNews(tx, residentId);
      if (news.length === 0) return;
      await markTold(tx, residentId, news);
      await send(tx, listener, [newsReply(news, inLanguageOf(listener, wording), now)]);
    });
  }

  async function withAnswer({ tx, residentId, say: words, now }: TurnContext): Promise<Reply[]> {
    const news = await pendingNews(tx, residentId);
    if (news.length === 0) return [];
    await markTold(tx, residentId, news);
    return [newsReply(news, words, now)];
  }

  /** Asks again for followed dossiers nobody pushes to us. */
  async function checkFollowed(): Promise<void> {
    if (!book.isRemote) return;
    const { db } = database;
    for (const code of await toBeChecked(
      db,
      new Date(clock.now().getTime() - CHECK_EVERY),
      CHECKED_AT_ONCE,
    )) {
      const found = await book.ask(db, code, clock.now());
      if ("missing" in found && found.missing === "unreachable") return; // it rests; so do we
      await markChecked(db, code, clock.now());
    }
  }

  return { answer, say, tell, withAnswer, checkFollowed };
}

function newsReply(news: Dossier[], say: Wording, now: Date): Reply {
  const paragraphs = news.map((dossier) => publicLines(dossier, say, now).join("\n"));
  return { text: [say("dossiers.news"), ...paragraphs].join("\n\n") };
}
