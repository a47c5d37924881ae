/** What the pretend platforms remember: accounts, talks, files, and the receipts of what each resident got. */
import type { ChannelName } from "../channels/channel.ts";
import { adopt, newAccount, type Account, type GivenAccount, type PageStart } from "./accounts.ts";
import { createFileShelf } from "./files.ts";
import { restore, type SavedAccount } from "./keep.ts";
import { addEntry, newThread, type Entry, type Thread } from "./threads.ts";

/** One message that reached a resident's phone. */
export interface Receipt {
  /** Counts from 1 without a gap. */
  seq: number;
  /** ms since 1970, on the platforms' clock. */
  at: number;
  account: string;
  resident: string;
  id: string;
  by: Entry["by"];
  text: string;
  /** Facebook: what the gateway marked the message with. */
  metadata?: string;
  /** The platform took it and then cut the connection: the gateway cannot know. */
  answerDropped?: true;
}

export type Update =
  | { type: "entry"; account: string; resident: string; entry: Entry }
  | { type: "typing"; account: string; resident: string; until: number }
  | { type: "thread"; account: string; resident: string; name: string; follows: boolean }
  | { type: "account"; account: string };

export interface WorldOptions {
  /** Whom the gateway serves; asked again when a token or an account is not known. */
  accounts: () => Promise<GivenAccount[]>;
  /** Where these platforms are reached: "http://127.0.0.1:3000/simulator". */
  address: string;
  now: () => number;
  pageStart?: PageStart | undefined;
  /** What was saved of accounts, by key. */
  saved?: Map<string, SavedAccount> | undefined;
  /** Where files are kept; only in memory otherwise. */
  folder?: string | undefined;
}

/** The gateway is not asked more often for accounts it does not know, ms. */
const ASK_AGAIN = 500;
/** Older receipts are forgotten. */
const MOST_RECEIPTS = 500_000;

export type World = ReturnType<typeof createWorld>;

export function createWorld({ accounts: given, address, now, pageStart, saved, folder }: WorldOptions) {
  const accounts = new Map<string, Account>();
  const receipts: Receipt[] = [];
  let forgotten = 0;
  const watchers = new Set<(update: Update) => void>();
  let askedAt = 0;
  let asking: Promise<void> | null = null;

  async function ask() {
    askedAt = Date.now();
    const list = await given();
    for (const each of list) {
      const known = accounts.get(`${each.channel}:${each.externalId}`);
      if (known) adopt(known, each);
      else join(newAccount(each, pageStart));
    }
    const keys = new Set(list.map(({ channel, externalId }) => `${channel}:${externalId}`));
    for (const key of accounts.keys()) if (!keys.has(key)) accounts.delete(key);
  }

  function join(account: Account) {
    const before = saved?.get(account.key);
    if (before) restore(account, before);
    accounts.set(account.key, account);
  }

  /** Reads the gateway's accounts again, unless that was just done. */
  async function refresh() {
    if (Date.now() - askedAt < ASK_AGAIN) return asking ?? undefined;
    asking ??= ask().finally(() => (asking = null));
    await asking;
  }

  const find = (test: (account: Account) => boolean) => [...accounts.values()].find(test);
  const tell = (update: Update) => {
    for (const watcher of watchers) watcher(update);
  };

  return {
    address,
    now,
    files: createFileShelf(address, folder),
    refresh,
    accounts: () => [...accounts.values()],
    account: (key: string) => accounts.get(key),
    async accountOf(channel: ChannelName, test: (account: Account) => boolean): Promise<Account | undefined> {
      const matches = (account: Account) => account.channel === channel && test(account);
      const known = find(matches);
      if (known) return known;
      await refresh();
      return find(matches);
    },
    /** The talk of this resident, begun if there is none. */
    thread(account: Account, resident: string, name?: string): Thread {
      let thread = account.threads.get(resident);
      if (!thread) {
        thread = newThread(account, resident, name ?? `Người dân ${resident.slice(-4)}`);
        account.threads.set(resident, thread);
        tell({ type: "thread", account: account.key, resident, name: thread.name, follows: false });
      }
      return thread;
    },
    add(thread: Thread, entry: Entry) {
      addEntry(thread, entry);
      const { account, resident } = thread;
      if (entry.by === "bot" || entry.by === "staff") {
        thread.typingUntil = 0;
        const { id, at, by, text, metadata } = entry;
        receipts.push({
          ...{ seq: forgotten + receipts.length + 1, at, account: account.key, resident, id, by, text },
          ...(metadata ? { metadata } : {}),
        });
        if (receipts.length > MOST_RECEIPTS) forgotten += receipts.splice(0, MOST_RECEIPTS / 10).length;
      }
      tell({ type: "entry", account: account.key, resident, entry });
    },
    /** An entry of the talk changed: its ticks, its words, a reaction. */
    changed({ account, resident }: Thread, entry: Entry) {
      tell({ type: "entry", account: account.key, resident, entry });
    },
    tell,
    watch(watcher: (update: Update) => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    receipts: {
      after: (seq: number, limit: number) =>
        receipts.slice(Math.max(0, seq - forgotten), Math.max(0, seq - forgotten) + limit),
      last: () => receipts.at(-1),
      count: () => forgotten + receipts.length,
      clear() {
        receipts.length = 0;
        forgotten = 0;
      },
    },
  };
}
