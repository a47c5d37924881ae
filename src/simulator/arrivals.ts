/** A message of an account reaches a resident's phone: shown there, and told back to the gateway. */
import { messengerMid, zaloMessageId } from "./ids.ts";
import type { Settings } from "./settings.ts";
import * as facebook from "./facebook/events.ts";
import * as zalo from "./zalo/events.ts";
import type { Entry, Thread } from "./threads.ts";
import type { Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

/** The Page's inbox in Business Suite, as it signs its echoes (facebook.md §2.3). */
const INBOX_APP = "263902037430900";
/** Somebody who answers in the OA's own chat tool. */
const OA_ADMIN = "4410077712369985203";

export type Arrivals = ReturnType<typeof createArrivals>;

export function createArrivals(world: World, webhooks: Webhooks, settings: () => Settings) {
  /** @returns the entry as it was added, with its id. */
  function arrive(
    thread: Thread,
    content: Omit<Entry, "id" | "at" | "by">,
    by: "bot" | "staff" = "bot",
  ): Entry {
    const { account, resident } = thread;
    const at = world.now();
    const isZalo = account.channel === "zalo";
    const entry: Entry = { ...content, id: isZalo ? zaloMessageId() : messengerMid(), at, by };
    readByAccount(thread);
    world.add(thread, entry);
    const { echo, delivered, seenAtOnce } = settings();
    // what a person typed is always told: nobody else would know
    if (echo || by === "staff") {
      webhooks.send(account, resident, isZalo ? zaloEcho(thread, entry) : facebookEcho(thread, entry));
    }
    if (delivered) {
      const event = isZalo
        ? zalo.delivered(thread, entry.id, at)
        : facebook.delivered(thread, [entry.id], at);
      webhooks.send(account, resident, event);
    }
    if (seenAtOnce) see(thread);
    return entry;
  }

  const zaloEcho = (thread: Thread, entry: Entry) =>
    zalo.echo(thread, entry, entry.by === "staff" ? OA_ADMIN : undefined);
  const facebookEcho = (thread: Thread, entry: Entry) =>
    facebook.echo(thread, entry, entry.by === "staff" ? INBOX_APP : thread.account.appId);

  /** Whoever answers has read what was written. */
  function readByAccount(thread: Thread) {
    for (let index = thread.entries.length - 1; index >= 0; index--) {
      const entry = thread.entries[index]!;
      if (entry.by !== "resident") continue;
      if (entry.state === "seen") return;
      entry.state = "seen";
      world.changed(thread, entry);
    }
  }

  /** The resident's phone shows the talk. */
  function see(thread: Thread) {
    const unseen = thread.entries.filter(
      ({ by, state }) => (by === "bot" || by === "staff") && state !== "seen",
    );
    if (unseen.length === 0) return;
    for (const entry of unseen) entry.state = "seen";
    const at = world.now();
    const { account, resident } = thread;
    const ids = unseen.map(({ id }) => id);
    const event = account.channel === "zalo" ? zalo.seen(thread, ids, at) : facebook.seen(thread, at, at);
    webhooks.send(account, resident, event);
  }

  return { arrive, see, readByAccount };
}
