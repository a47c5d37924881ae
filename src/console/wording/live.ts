/** Every process of the service says what the office words, seconds after it was saved in one of them. */
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Db } from "../../infra/db.ts";
import { follow, type Follower } from "../../infra/follow.ts";
import { currentRewordings, latestChange } from "./store.ts";

/** One look at an index of one number, ms. */
const LOOKS_EVERY = 2_000;

export function watchWording(db: Db, book: WordingBook): Promise<Follower> {
  let known = 0;
  return follow("the office's wording", LOOKS_EVERY, async () => {
    const latest = await latestChange(db);
    if (latest === known) return;
    book.reword(await currentRewordings(db));
    known = latest;
  });
}
