/**
 * Telling who asked for it: at once while the platform's window is open, by day, at most three a day; else with the
 * answer to their next message. Emergencies wait for no morning and are not counted. A sending gives everybody a row,
 * queues the rows for the senders batch by batch, and is finished when none is open.
 */
import { DateTime } from "luxon";
import { vi } from "../../bilingual/index.ts";
import type { Reply } from "../../channels/channel.ts";
import { afterNight } from "../../channels/windows.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import { ZONE, type Clock } from "../../infra/clock.ts";
import { settingGroup } from "../../infra/setting-groups.ts";
import type { Database } from "../../infra/db.ts";
import type { TurnContext } from "../feature.ts";
import { templatesOf } from "./audience/templates.ts";
import { findRoom, lockRunning, pick, queue, type Batch } from "./delivery/store.ts";
import { messageOf } from "./message.ts";
import { tellSoon } from "./notices/sending.ts";
import { nextPublicationDue } from "./reach/store.ts";
import {
  cancelWaiting,
  expandSlice,
  findSending,
  findToTell,
  hasPending,
  holdQueued,
  markTold,
  nextDue,
  pendingNotices,
  releaseHeld,
  refreshFigures,
  withSending,
  type NoticeKind,
  type Told,
} from "./notices/store.ts";

export interface TellingParts {
  database: Database;
  wording: WordingBook;
  clock: Clock;
  publicUrl: string;
}

export const announcementLimits = settingGroup("announcements.limits", {
  title: vi`Thông báo cho người đăng ký`,
  meaning: vi`Nhiều hơn thì tin chờ, kèm vào câu trả lời kế tiếp. Tin khẩn cấp không tính.`,
  choices: {
    perDay: {
      ...{
        kind: "number",
        label: vi`Nhiều nhất mỗi ngày, mỗi người`,
        unit: vi`tin`,
        min: 1,
        max: 3,
        initial: 3,
      },
      meaning: vi`Nghị định 91/2020 cho tối đa 3.`,
    },
  },
});
/** Rows of a cancelled sending that are closed at once. */
const CANCEL_BATCH = 20_000;
/** So many at most come with one answer. */
const AT_ONCE = 3;
/** One run of the job feeds the senders so long, ms: a worker that is to stop does not wait for a whole sending. */
const LONGEST_RUN = 5000;
/** A batch of fewer: the senders have enough, or talks are in the middle of a turn. Look again after, ms. */
const WORTHWHILE = 200;
const REST = 200;
const SECOND = 1000;
/** What is with the senders is looked at again at the latest after, ms. */
const LONGEST_WAIT = 5 * 60 * SECOND;
/** A slice takes a second; those with a phone are one slice, and may be a million. */
const EXPANSION = { maxWait: 30_000, timeout: 10 * 60_000 };

export function createTelling({ database, wording, clock, publicUrl }: TellingParts) {
  /** The job of a sending. Run again, or killed and run again, it goes on where it stopped. */
  async function tell(announcementId: bigint, kind: NoticeKind): Promise<void> {
    const notice = await findToTell(database.db, announcementId);
    const sending = notice && (await findSending(database.db, announcementId, kind));
    if (!sending || sending.state === "paused" || sending.state === "finished") return;
    if (sending.state === "cancelled") {
      while ((await cancelWaiting(database.db, announcementId, kind, CANCEL_BATCH)) === CANCEL_BATCH);
      return;
    }
    if (notice.state !== (kind === "recall" ? "recalled" : "published")) return;
    const now = clock.now();
    const morning = afterNight(now);
    const isNight = morning > now && notice.level !== "emergency";
    if (isNight) {
      await holdQueued(database.db, announcementId, kind, morning);
      return tellSoon(database.db, announcementId, kind, morning);
    }
    await releaseHeld(database.db, announcementId, kind);
    const isExpanded = sending.state !== "expanding" || (await expand(notice, kind));
    const isFed = isExpanded && (await feed(notice, kind));
    if (isFed) await finishOrWait(announcementId, kind);
    else await tellSoon(database.db, announcementId, kind);
  }

  /** Slice after slice. @returns true when everybody has a row. */
  async function expand(notice: Told, kind: NoticeKind): Promise<boolean> {
    const until = Date.now() + LONGEST_RUN;
    const nextSlice = () =>
      database.db.$transaction((tx) => expandSlice(tx, notice, kind, clock.now()), EXPANSION);
    while (!(await nextSlice())) if (Date.now() > until) return false;
    await refreshFigures(database.db);
    return true;
  }

  /** Queues batch after batch. @returns true when no row is left to queue. */
  async function feed(notice: Told, kind: NoticeKind): Promise<boolean> {
    const until = Date.now() + LONGEST_RUN;
    const templates = await templatesOf(database.db, notice, kind, publicUrl);
    for (;;) {
      const queued = await queueBatch(batchOf(notice, kind, templates));
      if (typeof queued === "string") return queued === "none left";
      if (Date.now() > until) return false;
      // a few rows at a time would cost as much as many
      if (queued < WORTHWHILE) await new Promise((resolve) => setTimeout(resolve, REST));
    }
  }

  const queueBatch = (batch: Batch) =>
    database.transaction(async (tx) => {
      if (!(await lockRunning(tx, batch))) return "stopped";
      const room = await findRoom(tx, batch);
      if (room.size === 0) return "none left";
      const residents = await pick(tx, batch, room);
      if (residents.length > 0) await queue(tx, batch, residents);
      return residents.length;
    });

  function batchOf(notice: Told, kind: NoticeKind, templates: Batch["templates"]): Batch {
    const now = clock.now();
    const isUrgent = notice.level === "emergency";
    const isCounted = kind === "news" && !isUrgent && !notice.replaces;
    const inLanguage = (language: "vi" | "en") => messageOf(notice, kind, wording.in(language), publicUrl);
    return {
      ...{ announcementId: notice.id, kind, isUrgent, now, startOfDay: startOfDay(now), templates },
      message: { vi: inLanguage("vi"), en: inLanguage("en") },
      mostADay: isCounted ? announcementLimits.value.perDay : null,
    };
  }

  /** Finished is only what has no row open: with the senders, or tried again later. */
  async function finishOrWait(announcementId: bigint, kind: NoticeKind): Promise<void> {
    const due = earliest(
      await nextDue(database.db, announcementId, kind),
      kind === "news" ? await nextPublicationDue(database.db, announcementId) : null,
    );
    if (due === null) {
      await database.db.$transaction((tx) =>
        withSending(tx, announcementId, kind, ["running"], "finished", clock.now()),
      );
      return;
    }
    const wait = Math.min(LONGEST_WAIT, Math.max(2 * SECOND, due.getTime() - Date.now()));
    await tellSoon(database.db, announcementId, kind, new Date(Date.now() + wait));
  }

  /** What could not be told when it was published. */
  async function withAnswer({ tx, residentId, say, now }: TurnContext): Promise<Reply[]> {
    if (!(await hasPending(tx, residentId))) return [];
    const told: Reply[] = [];
    for (const { announcement, kind } of await pendingNotices(tx, residentId, now, AT_ONCE)) {
      if (await markTold(tx, announcement.id, residentId, kind as NoticeKind, now))
        told.push(messageOf(announcement, kind as NoticeKind, say, publicUrl));
    }
    const [first, ...rest] = told;
    if (!first) return [];
    return [{ ...first, text: `${say("announcements.sooner")}\n\n${first.text}` }, ...rest];
  }

  return { tell, withAnswer };
}

const earliest = (one: Date | null, other: Date | null) =>
  one && other ? (one < other ? one : other) : (one ?? other);
const startOfDay = (now: Date) => DateTime.fromJSDate(now, { zone: ZONE }).startOf("day").toJSDate();
