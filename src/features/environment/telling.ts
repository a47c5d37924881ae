/**
 * A station went over its bar: a draft for the office to complete, approve and publish, and at once the bare figure to who
 * follows the station or its topic, said to be a measurement and no announcement. By day, while the platform's window is
 * open; else with the answer to their next message.
 */
import type { Reply } from "../../channels/channel.ts";
import { queueReplies } from "../../channels/queue-replies.ts";
import { afterNight, BULK_HOURS } from "../../channels/windows.ts";
import type { Wording } from "../../dialogue/types.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import { formatDateTime, type Clock } from "../../infra/clock.ts";
import type { Database, Tx } from "../../infra/db.ts";
import { enqueue } from "../../infra/jobs.ts";
import { lockListener, type Listener } from "../../residents/listener.ts";
import { inLanguageOf, isHeld } from "../../residents/teller.ts";
import type { TurnContext } from "../feature.ts";
import { figure } from "./answer.ts";
import {
  addWarning,
  countTold,
  findWarning,
  markTold,
  pendingWarnings,
  toBeTold,
  type Station,
  type WholeWarning,
} from "./store.ts";
import { QUIET } from "./warning.ts";

/** What the office is given to work on. */
export interface WarningDraft {
  unitCode: string;
  /** As announcements are sorted: "salinity", "weather", "health". */
  topic: string;
  title: string;
  body: string;
  at: Date;
}
/** Writes an announcement nobody has approved yet. @returns its code. */
export type DraftsAnnouncement = (tx: Tx, draft: WarningDraft) => Promise<string>;

export interface TellingParts {
  database: Database;
  wording: WordingBook;
  clock: Clock;
  draft: DraftsAnnouncement;
}

const TOPICS: Record<string, string> = {
  ...{ salinity: "salinity", water_level: "weather", rain: "weather", air: "health" },
};
const MOST_A_DAY = 3;
const BATCH = 500;

export function createTelling({ database, wording, clock, draft }: TellingParts) {
  /** In the transaction of the reading. */
  async function warn(tx: Tx, station: Station, { at, value }: { at: Date; value: number }): Promise<void> {
    const say = wording.in("vi");
    const topic = TOPICS[station.kind] ?? "general";
    const words = wordsOf({ station, at, value, warnFrom: station.warnFrom! }, say);
    const announcementCode = await draft(tx, {
      ...{ unitCode: station.unitCode, topic, at: clock.now() },
      title: say("environment.draftTitle", { station: words.station, what: words.what }),
      body: say("environment.draftBody", {
        ...words,
        advice: say(`environment.advice.${station.kind}`),
      }),
    });
    const warning = { stationCode: station.code, at, value, warnFrom: station.warnFrom! };
    const id = await addWarning(tx, { ...warning, announcementCode }, topic);
    await enqueue(tx, "environment.tell", { id: String(id) });
  }

  /** The job of a warning. Run again it goes on where it stopped: who was told no longer waits. */
  async function tell(warningId: bigint): Promise<void> {
    const warning = await findWarning(database.db, warningId);
    const now = clock.now();
    if (!warning || isOld(warning, now)) return;
    const morning = afterNight(now);
    if (morning > now) {
      return enqueue(database.db, "environment.tell", { id: String(warningId) }, { runAt: morning });
    }
    for (let after = 0n; ;) {
      const waiting = await toBeTold(database.db, warningId, after, BATCH);
      for (const residentId of waiting) await tellOne(warning, residentId);
      if (waiting.length < BATCH) return;
      after = waiting.at(-1)!;
    }
  }

  async function tellOne(warning: WholeWarning, residentId: bigint): Promise<void> {
    await database.transaction(async (tx) => {
      const listener = await lockListener(tx, residentId);
      const now = clock.now();
      if (!listener || listener.withdrawn || !mayHearNow(listener, now)) return;
      if ((await countTold(tx, residentId, now)) >= MOST_A_DAY) return;
      if (!(await markTold(tx, warning.id, residentId, now))) return;
      const { accountId, conversationId, externalId } = listener;
      const to = { accountId, conversationId, recipient: { user: externalId } };
      await queueReplies(tx, to, [warningReply(warning, inLanguageOf(listener, wording))], {
        ...{ author: "bot", purpose: "bulk", dedupeKey: `station:${warning.id}:${residentId}` },
      });
    });
  }

  /** What could not be told when it was measured. */
  async function withAnswer({ tx, residentId, say, now }: TurnContext): Promise<Reply[]> {
    const told: Reply[] = [];
    for (const warning of await pendingWarnings(tx, residentId, new Date(now.getTime() - QUIET))) {
      if (await markTold(tx, warning.id, residentId, now)) told.push(warningReply(warning, say));
    }
    return told;
  }

  return { warn, tell, withAnswer };
}

const isOld = ({ at }: WholeWarning, now: Date) => now.getTime() - at.getTime() > QUIET;

/** A talk that a person holds is not talked into. */
function mayHearNow(listener: Listener, now: Date): boolean {
  const { channel, lastInboundAt } = listener;
  const hours = lastInboundAt ? (now.getTime() - lastInboundAt.getTime()) / 3_600_000 : Infinity;
  return hours <= BULK_HOURS[channel] && !isHeld(listener);
}

const warningReply = (warning: WholeWarning, say: Wording): Reply => ({
  text: say("environment.warning", wordsOf(warning, say)),
});

function wordsOf(
  { station, at, value, warnFrom }: Pick<WholeWarning, "station" | "at" | "value" | "warnFrom">,
  say: Wording,
) {
  return {
    ...{ station: station.name, what: say(`environment.kind.${station.kind}`), unit: station.unit },
    ...{ value: figure(value), limit: figure(warnFrom), at: formatDateTime(at), source: station.source },
  };
}
