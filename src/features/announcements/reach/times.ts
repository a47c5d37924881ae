/** When a broadcast may go: it wakes people, so by day; and never in the hours the platform refuses (zalo-oa.md §5.4). */
import { DateTime } from "luxon";
import { afterNight } from "../../../channels/windows.ts";
import { ZONE } from "../../../infra/clock.ts";

/** Zalo takes none from 22:00 to 05:59; its time zone is not stated, Việt Nam's is assumed, and five minutes are left for clocks that differ. */
const BAN = { from: 22, to: 6, spare: 5 };

/** The moment itself, or the first one after it at which a broadcast may go. An emergency heeds only the platform's ban. */
export function broadcastTime(moment: Date, isUrgent: boolean): Date {
  const wished = isUrgent ? moment : afterNight(moment);
  const local = DateTime.fromJSDate(wished, { zone: ZONE });
  const opens = local.startOf("day").set({ hour: BAN.to, minute: BAN.spare });
  if (local.hour >= BAN.from) return opens.plus({ days: 1 }).toJSDate();
  return local < opens ? opens.toJSDate() : wished;
}

/** A post or an article waits for nothing; a look into the lists comes again after these waits, then a person decides, ms. */
export const LOOKS_AFTER = [10_000, 30_000, 60_000, 3 * 60_000, 10 * 60_000];
/** An article that is being made is asked for after these waits, the last one again and again, ms. */
export const VERIFY_AFTER = [3_000, 3_000, 3_000, 5_000, 10_000, 30_000, 60_000];
/** After so many asks nobody waits for it any more. */
export const MOST_VERIFIES = 60;
