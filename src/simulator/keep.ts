/** What the phones showed is there again after a restart: one JSON file and the pictures, in the data folder. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { log } from "../infra/log.ts";
import type { Account } from "./accounts.ts";
import { addEntry, newThread } from "./threads.ts";
import type { World } from "./world.ts";

/** Written this long after a change, ms. */
const PAUSE = 2000;

/** Of an account, what the gateway does not keep; its tokens are the gateway's to remember. */
export type SavedAccount = ReturnType<typeof save>;

function save({ key, subscribed, profile, posts, articles, broadcasts, threads }: Account) {
  return {
    ...{ key, subscribed, profile, posts, articles, broadcasts },
    threads: [...threads.values()].map(({ resident, name, follows, lastActAt, tags, entries }) => ({
      ...{ resident, name, follows, lastActAt, tags: [...tags], entries },
    })),
  };
}

/** Puts back what was saved of this account. */
export function restore(account: Account, saved: SavedAccount) {
  const { threads, subscribed, profile, posts, articles, broadcasts } = saved;
  Object.assign(account, { subscribed, profile, posts, articles, broadcasts });
  for (const { entries, tags, follows, lastActAt, resident, name } of threads) {
    const thread = newThread(account, resident, name);
    Object.assign(thread, { follows, lastActAt, tags: new Set(tags) });
    for (const entry of entries) addEntry(thread, entry);
    account.threads.set(resident, thread);
  }
}

/** @returns nothing when there is no file, or one that cannot be read: the phones then begin empty. */
export function readSaved(folder: string): Map<string, SavedAccount> {
  const file = path.join(folder, "talks.json");
  if (!existsSync(file)) return new Map();
  try {
    const list = JSON.parse(readFileSync(file, "utf8")) as SavedAccount[];
    return new Map(list.map((saved) => [saved.key, saved]));
  } catch (error) {
    log.warn({ err: error }, "the simulator's saved talks cannot be read; its phones begin empty");
    return new Map();
  }
}

/** Saves after every change. @returns a function that saves once more and ends it. */
export function keepSaved(world: World, folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    timer = null;
    const file = path.join(folder, "talks.json");
    writeFileSync(`${file}.new`, JSON.stringify(world.accounts().map(save)), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const unwatch = world.watch(() => (timer ??= setTimeout(write, PAUSE).unref()));
  return () => {
    unwatch();
    if (!timer) return;
    clearTimeout(timer);
    write();
  };
}
