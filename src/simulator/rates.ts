/** Counting calls in the present minute or second. */

/** @returns a counter per key that begins anew with each span of time. */
function createCounter(now: () => number, span: number) {
  const counts = new Map<string, number>();
  let current = 0;
  return {
    /** Counts one more. @returns how many there were in this span, this one included. */
    count(key: string): number {
      const present = Math.floor(now() / span);
      if (present !== current) {
        counts.clear();
        current = present;
      }
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count;
    },
  };
}

export const createMinutes = (now: () => number) => createCounter(now, 60_000);
export const createSeconds = (now: () => number) => createCounter(now, 1000);
export const createDays = (now: () => number) => createCounter(now, 24 * 3_600_000);
