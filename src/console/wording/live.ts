/** Every process of the service says what the office words, seconds after it was saved in one of them. */
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Db } from "../../infra/db.ts";
import { log } from "../../infra/log.ts";
import { currentRewordings, latestChange } from "./store.ts";

/** One look at an index of one number, ms. */
const LOOKS_EVERY = 2_000;

export interface WordingWatch {
  /** Looks now: for who has just saved. */
  refresh(): Promise<void>;
  close(): void;
}

export async function watchWording(db: Db, book: WordingBook): Promise<WordingWatch> {
  let known = 0;
  async function refresh() {
    const latest = await latestChange(db);
    if (latest === known) return;
    book.reword(await currentRewordings(db));
    known = latest;
  }
  await refresh();
  const timer = setInterval(() => {
    refresh().catch((error: Error) => log.warn({ err: error }, "the office's wording could not be read"));
  }, LOOKS_EVERY).unref();
  return { refresh, close: () => clearInterval(timer) };
}
