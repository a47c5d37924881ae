/** Codes that people read aloud and type: a prefix, the month in Việt Nam, a running number of that month. */
import { yearMonth } from "./clock.ts";
import type { Tx } from "./db.ts";

/** "PA" → "PA-2611-00042". Numbers are given in the order of commits, without a gap. */
export async function nextCode(tx: Tx, prefix: string, now: Date): Promise<string> {
  const month = yearMonth(now);
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO code_counter (prefix, month, last) VALUES (${prefix}, ${month}, 1)
    ON CONFLICT (prefix, month) DO UPDATE SET last = code_counter.last + 1
    RETURNING last`;
  return `${prefix}-${month}-${String(row!.last).padStart(5, "0")}`;
}
