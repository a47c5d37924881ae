/**
 * The quiet hours begin, end, or are set anew: what is on its way is looked at again, so that copies already queued wait for
 * the right morning, and no broadcast for a wrong one.
 */
import { afterNight, quietHours } from "../../../channels/windows.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Database } from "../../../infra/db.ts";
import { lookAgain } from "./store.ts";

/** Run every minute; each process remembers what it saw last, so what nobody saw change is looked at once more. */
export function createHoursWatch({ database, clock }: { database: Database; clock: Clock }) {
  let seen = "";
  return async (): Promise<void> => {
    const now = clock.now();
    const hours = JSON.stringify([quietHours.value, afterNight(now) > now]);
    if (hours === seen) return;
    await database.db.$transaction((tx) => lookAgain(tx));
    seen = hours;
  };
}
