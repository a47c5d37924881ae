/**
 * Telling who asked for it: at once while the platform's window is open, by day, at most three a day; else with the
 * answer to their next message. Emergencies wait for no morning and are not counted.
 */
import { DateTime } from "luxon";
import type { Reply } from "../../channels/channel.ts";
import { queueReplies } from "../../channels/queue-replies.ts";
import { afterNight, BULK_HOURS } from "../../channels/windows.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import { ZONE, type Clock } from "../../infra/clock.ts";
import { settingGroup } from "../../infra/setting-groups.ts";
import type { Database } from "../../infra/db.ts";
import { enqueue } from "../../infra/jobs.ts";
import { lockListener, type Listener } from "../../residents/listener.ts";
import type { TurnContext } from "../feature.ts";
import { messageOf } from "./message.ts";
import {
  countTold,
  findToTell,
  findWaiting,
  hasPending,
  keyOf,
  markTold,
  pendingNotices,
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
  title: "Thông báo cho người đăng ký",
  meaning: "Nhiều hơn thì tin chờ, kèm vào câu trả lời kế tiếp. Tin khẩn cấp không tính.",
  choices: {
    perDay: {
      ...{ kind: "number", label: "Nhiều nhất mỗi ngày, mỗi người", unit: "tin", min: 1, max: 3, initial: 3 },
      meaning: "Nghị định 91/2020 cho tối đa 3.",
    },
  },
});
const BATCH = 500;
/** So many at most come with one answer. */
const AT_ONCE = 3;

export function createTelling({ database, wording, clock, publicUrl }: TellingParts) {
  /** The job of a publication or a recall. Run again it goes on where it stopped: who was told no longer waits. */
  async function tell(announcementId: bigint, kind: NoticeKind): Promise<void> {
    const notice = await findToTell(database.db, announcementId);
    if (notice?.state !== (kind === "recall" ? "recalled" : "published")) return;
    const now = clock.now();
    const morning = afterNight(now);
    if (morning > now && notice.level !== "emergency") {
      const payload = { id: String(announcementId), kind };
      return enqueue(database.db, "announcements.tell", payload, { runAt: morning });
    }
    let after = 0n;
    for (;;) {
      const waiting = await findWaiting(database.db, announcementId, kind, { after, now, take: BATCH });
      for (const residentId of waiting) await tellOne(notice, kind, residentId);
      if (waiting.length < BATCH) return;
      after = waiting.at(-1)!;
    }
  }

  async function tellOne(notice: Told, kind: NoticeKind, residentId: bigint): Promise<void> {
    await database.transaction(async (tx) => {
      const listener = await lockListener(tx, residentId);
      const now = clock.now();
      if (!listener || listener.withdrawn || !mayHearNow(listener, notice, now)) return;
      const isCounted = kind === "news" && notice.level !== "emergency" && !notice.replaces;
      if (isCounted && (await countTold(tx, residentId, startOfDay(now))) >= announcementLimits.value.perDay)
        return;
      if (!(await markTold(tx, notice.id, residentId, kind, now))) return;
      const { accountId, conversationId, externalId, language } = listener;
      const say = wording.in(language === "en" ? "en" : "vi");
      const to = { accountId, conversationId, recipient: { user: externalId } };
      await queueReplies(tx, to, [messageOf(notice, kind, say, publicUrl)], {
        ...{ author: "bot", purpose: "bulk", dedupeKey: keyOf(notice.id, residentId, kind) },
      });
    });
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

/** A talk that a person holds is not talked into, but for an emergency. */
function mayHearNow({ conversationState, channel, lastInboundAt }: Listener, notice: Told, now: Date) {
  const isHeld = conversationState === "waiting" || conversationState === "staff";
  const hours = lastInboundAt ? (now.getTime() - lastInboundAt.getTime()) / 3_600_000 : Infinity;
  return hours <= BULK_HOURS[channel] && (!isHeld || notice.level === "emergency");
}

const startOfDay = (now: Date) => DateTime.fromJSDate(now, { zone: ZONE }).startOf("day").toJSDate();
