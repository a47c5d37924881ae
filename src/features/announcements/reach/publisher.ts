/**
 * One article, broadcast or post on its way, a step at a time. What is called for is written down before the call, and what
 * came of it after: killed in between, or left without an answer, the outcome is unknown. Then the platform's lists are
 * looked through; nothing is put there again by itself (`looking.ts`).
 */
import { vi } from "../../../bilingual/index.ts";
import type { ConnectedAccount } from "../../../channels/channel.ts";
import { DeliveryError } from "../../../channels/delivery-error.ts";
import { backoff } from "../../../channels/outbox-settle.ts";
import { formatDateTime, type Clock } from "../../../infra/clock.ts";
import type { Database } from "../../../infra/db.ts";
import { enqueue } from "../../../infra/jobs.ts";
import { log } from "../../../infra/log.ts";
import { articleOf, postOf } from "./content.ts";
import { alignHeldPosts } from "./held.ts";
import { lookFor } from "./looking.ts";
import { createPlatforms, type PlatformParts } from "./platforms.ts";
import { broadcastSettings } from "./settings.ts";
import { askQuota } from "./quota.ts";
import {
  articleBeside,
  broadcastBeside,
  claim,
  enqueuePublications,
  putAtOnce,
  disownPublications,
  findPublication,
  isTakenBack,
  settlePublication,
  type Outcome,
  type Publication,
} from "./store.ts";
import { broadcastTime, LOOKS_AFTER, MOST_VERIFIES, VERIFY_AFTER } from "./times.ts";
import { tellUncovered } from "./deciding.ts";
import { createPublisherLock } from "./publisher-lock.ts";

export interface PublisherParts extends PlatformParts {
  database: Database;
  clock: Clock;
  publicUrl: string;
}

/** A row another publisher has in hand, or that waits for another row, is looked at again after, ms. */
const BESIDE = 5_000;
/** Facebook wants a post it is to hold ten minutes ahead: later than this it is put there at its time. */
const LEAST_HELD = 11 * 60_000;
/** An account that cannot be called is asked for again after, ms. */
const STOPPED = 5 * 60_000;

export type Publisher = ReturnType<typeof createPublisher>;

export function createPublisher(parts: PublisherParts) {
  const { database, clock, publicUrl } = parts;
  const { db } = database;
  const platforms = createPlatforms(parts);
  const lock = createPublisherLock(database.pool);

  /** The job of a row. Run again, or killed and run again, it goes on where it stopped. */
  async function step(id: bigint): Promise<void> {
    await lock.held();
    await disownPublications(db);
    const row = await findPublication(db, id);
    if (!row || !(await mayGo(row))) return;
    switch (row.state) {
      case "open":
        return open(row);
      case "processing":
        return verify(row);
      case "unknown":
        return look(row);
      case "calling":
        return soon(row, BESIDE);
      case "scheduled":
        return published(row);
      default:
        return;
    }
  }

  /** A sending that is paused holds its publications, one that is cancelled ends them. What is to be removed goes in any case. */
  async function mayGo({ id, state, deed, announcement }: Publication): Promise<boolean> {
    if (deed === "remove" || state !== "open") return true;
    const sending = announcement.sendings[0]?.state;
    if (sending === "cancelled") await settlePublication(db, id, "open", { state: "cancelled" });
    return sending !== "paused" && sending !== "cancelled";
  }

  async function open(row: Publication): Promise<void> {
    if (row.deed === "remove") return call(row, (account) => remove(account, row));
    if (row.kind === "broadcast") return broadcast(row);
    if (row.dueAt > clock.now()) return soon(row, row.dueAt.getTime() - clock.now().getTime());
    if (row.kind === "post") return call(row, (account) => post(account, row));
    return call(row, async (account) => {
      const text = articleOf(row.announcement, publicUrl);
      const token =
        row.deed === "change"
          ? await platforms.articles.change(account, row.externalId!, text)
          : await platforms.articles.create(account, text);
      return { state: "processing", token, attempts: 0, dueAt: after(VERIFY_AFTER[0]!) };
    });
  }

  async function post(account: ConnectedAccount, row: Publication): Promise<Outcome> {
    const { announcement, deed, externalId, scheduledFor } = row;
    const text = postOf(announcement, publicUrl);
    if (deed === "change") {
      await platforms.posts.change(account, externalId!, text.message);
      return done();
    }
    if (scheduledFor && scheduledFor.getTime() - clock.now().getTime() > LEAST_HELD) {
      // its picture is not public before it is published
      const id = await platforms.posts.create(account, { ...text, pictures: [] }, scheduledFor);
      return held(id, postLink(id));
    }
    const id = await platforms.posts.create(account, text, null);
    return done({ externalId: id, link: postLink(id) });
  }

  async function remove(account: ConnectedAccount, { kind, externalId }: Publication): Promise<Outcome> {
    const isGone = (error: unknown) => {
      // it is not there: somebody else took it away
      if (error instanceof DeliveryError && ["-201", "100/33"].includes(error.code)) return;
      throw error;
    };
    const removing =
      kind === "article"
        ? platforms.articles.remove(account, externalId!)
        : platforms.posts.remove(account, externalId!);
    await removing.catch(isGone);
    return { state: "removed", doneAt: clock.now(), note: null, errorCode: null };
  }

  /** Waits for its article, and for the hours in which it may go. */
  async function broadcast(row: Publication): Promise<void> {
    const article = await articleBeside(db, row);
    if (article?.state !== "done") {
      if (article && ["open", "calling", "processing", "unknown", "held"].includes(article.state))
        return soon(row, 6 * BESIDE, vi`Chờ bài viết lên OA.`);
      const note = vi`Bài viết không lên được OA nên không có gì để gửi.`;
      return settle(row, "open", { state: "failed", errorCode: "no_article", note });
    }
    const now = clock.now();
    const at = broadcastTime(now, row.announcement.level === "emergency");
    if (at > now) return soon(row, at.getTime() - now.getTime(), `Chờ tới ${formatDateTime(at)}.`);
    const target = broadcastSettings.value.cities ? { cities: broadcastSettings.value.cities } : {};
    const quota = await platforms
      .ask(row.accountId, (account) => askQuota(db, platforms, account))
      .catch(() => ({ left: null }));
    await call(
      row,
      async (account) => {
        const id = await platforms.articles.broadcast(account, article.externalId!, target);
        return done({ externalId: id, link: article.link });
      },
      quota.left,
    );
  }

  /** Written down, called, written down. */
  async function call(
    row: Publication,
    work: (account: ConnectedAccount) => Promise<Outcome>,
    quotaBefore: number | null = null,
  ): Promise<void> {
    if (!(await claim(db, row, lock.id, clock.now(), quotaBefore))) return soon(row, BESIDE);
    let outcome: Outcome;
    try {
      outcome = await platforms.ask(row.accountId, work);
    } catch (error) {
      outcome = await outcomeOf(row, error);
    }
    await settle(row, "calling", outcome);
  }

  async function outcomeOf(row: Publication, error: unknown): Promise<Outcome> {
    const failure =
      error instanceof DeliveryError ? error : new DeliveryError("unknown", "internal", String(error));
    const { errorClass, code, message } = failure;
    const why = { errorCode: code, note: message };
    log.warn({ publication: String(row.id), account: row.accountId, errorClass, code }, "not published");
    switch (errorClass) {
      case "unknown":
        // what only changes or removes may be done twice
        if (row.deed === "put") return { state: "unknown", looks: 0, dueAt: after(LOOKS_AFTER[0]!), ...why };
        return later(row, failure, why);
      case "later":
        // a month's quota does not come back with the morning: a person decides whether it shall go then
        if (code === "-211") return { state: "failed", ...why };
        if (code === "not_connected") return { state: "open", dueAt: after(STOPPED), ...why };
        return later(row, failure, why);
      case "stop_account":
      case "refresh_token":
        await platforms.stopAccount(row.accountId, message);
        parts.registry.forget();
        return { state: "open", dueAt: after(STOPPED), ...why };
      default:
        return { state: "failed", ...why };
    }
  }

  function later(
    row: Publication,
    failure: DeliveryError,
    why: { errorCode: string; note: string },
  ): Outcome {
    const again = backoff(row.attempts + 1, failure, {}, clock.now().getTime());
    return again.state === "dead"
      ? { state: "failed", ...why }
      : { state: "open", dueAt: again.dueAt!, ...why };
  }

  /** Asks for the article that is being made; asking changes nothing. */
  async function verify(row: Publication): Promise<void> {
    try {
      const id = await platforms.ask(row.accountId, (account) =>
        platforms.articles.verify(account, row.token!),
      );
      const link = await articleLink(row, id);
      await settle(row, "processing", done({ externalId: id, link, token: null }));
    } catch (error) {
      const isFinal = error instanceof DeliveryError && error.errorClass === "permanent";
      const { code = "internal", message = "" } = error instanceof DeliveryError ? error : {};
      const tries = row.attempts + 1;
      const why = { errorCode: code, note: message, attempts: tries };
      if (isFinal || tries >= MOST_VERIFIES)
        return settle(row, "processing", { state: isFinal ? "failed" : "held", ...why });
      const wait = VERIFY_AFTER[Math.min(tries, VERIFY_AFTER.length - 1)]!;
      await settle(row, "processing", { state: "processing", dueAt: after(wait), ...why });
    }
  }

  /** The list tells where an article is read; without it there is no link, and nothing else is missing. */
  const articleLink = (row: Publication, id: string): Promise<string | null> =>
    platforms
      .ask(row.accountId, (account) => platforms.articles.list(account, 0))
      .then((listed) => listed.find((each) => each.id === id)?.link ?? row.link)
      .catch(() => row.link);

  async function look(row: Publication): Promise<void> {
    if (row.dueAt > clock.now()) return soon(row, row.dueAt.getTime() - clock.now().getTime());
    const found = await platforms
      .ask(row.accountId, (account) => lookFor(db, platforms, account, row))
      .catch((error: unknown) => {
        log.warn({ err: error, publication: String(row.id) }, "the platform's lists could not be read");
        return null;
      });
    if (found?.isHeld) return settle(row, "unknown", held(found.externalId!, found.link ?? null));
    if (found) {
      const { externalId = null, link = null, note } = found;
      return settle(row, "unknown", done({ externalId, link, note, errorCode: "found" }));
    }
    const looks = row.looks + 1;
    const wait = LOOKS_AFTER[looks];
    if (wait !== undefined) return settle(row, "unknown", { state: "unknown", looks, dueAt: after(wait) });
    const note = vi`Không rõ nền tảng đã nhận chưa; tìm trong danh sách không thấy. Xem lại rồi quyết định.`;
    await settle(row, "unknown", { state: "held", looks, note });
  }

  /** Facebook published it at its time, or somebody took it away before. */
  async function published(row: Publication): Promise<void> {
    if (row.scheduledFor! > clock.now())
      return soon(row, row.scheduledFor!.getTime() - clock.now().getTime() + BESIDE);
    await settle(row, "scheduled", done());
  }

  async function settle(row: Publication, from: Publication["state"], outcome: Outcome): Promise<void> {
    if (!(await settlePublication(db, row.id, from, outcome))) return;
    if (outcome.state === "done") await afterDone(row);
    if (outcome.state === "scheduled") await enqueueStep(row.id);
    if (outcome.state === "removed" && row.scheduledFor) await afterHeld(row);
    if (outcome.state === "failed") await tellUncovered(database, row, clock.now());
    const { dueAt } = outcome;
    if (["open", "processing", "unknown"].includes(outcome.state) && dueAt instanceof Date)
      await soon(row, Math.max(0, dueAt.getTime() - clock.now().getTime()));
  }

  /** A broadcast may wait for this article; and what was recalled or corrected meanwhile goes again. */
  async function afterDone(row: Publication): Promise<void> {
    const waiting = row.kind === "article" ? await broadcastBeside(db, row) : null;
    if (waiting) await enqueueStep(waiting);
    if (row.kind === "broadcast" || !(await isTakenBack(db, row.announcementId))) return;
    const again = { state: "open", deed: "remove", dueAt: clock.now() } as const;
    if (await settlePublication(db, row.id, "done", again)) await enqueueStep(row.id);
  }

  /** What Facebook no longer holds: for another time, at once, or not any more. */
  const afterHeld = ({ id, announcementId }: Publication) =>
    db.$transaction(async (tx) => {
      await putAtOnce(tx, id, clock.now());
      await alignHeldPosts(tx, announcementId, clock.now());
      await enqueuePublications(tx, announcementId);
    });

  const held = (externalId: string, link: string | null): Outcome => ({
    ...{ state: "scheduled", externalId, link, note: null, errorCode: null },
  });
  const after = (ms: number) => new Date(clock.now().getTime() + ms);
  const done = (more: Partial<Outcome> = {}): Outcome => ({
    ...{ state: "done", doneAt: clock.now(), note: null, errorCode: null, ...more },
  });
  const enqueueStep = (id: bigint, runAt?: Date) =>
    enqueue(
      db,
      "announcements.publication",
      { id: String(id) },
      { key: `announcements.publication:${id}`, ...(runAt ? { runAt } : {}) },
    );
  async function soon(row: Publication, ms: number, note?: string): Promise<void> {
    if (note) {
      const waiting = { state: row.state, note, dueAt: after(ms) };
      await settlePublication(db, row.id, row.state, waiting);
    }
    await enqueueStep(row.id, new Date(Date.now() + ms));
  }

  return { step, platforms, close: lock.close };
}

/** "109…_884…": Facebook leads such an address to the post. */
const postLink = (id: string) => `https://www.facebook.com/${id}`;
