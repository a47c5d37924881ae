/** No number so small that somebody could be known by it, also not by taking the others from the total. */

/** Fewer than this many are not told. */
export const LEAST = 5;

export interface Shown {
  key: string;
  /** Null: hidden. */
  count: number | null;
}

/**
 * Hides what is 1 to 4. Where the total is told, the hidden ones together must be LEAST or more and at least two:
 * otherwise the smallest of the others is hidden too (complementary suppression), and the total when there is none.
 */
export function hideSmall(
  rows: readonly { key: string; count: number }[],
  least = LEAST,
): { rows: Shown[]; total: number | null } {
  const isSmall = (count: number) => count > 0 && count < least;
  const hidden = new Set(rows.filter(({ count }) => isSmall(count)).map(({ key }) => key));
  const others = rows
    .filter(({ key, count }) => count > 0 && !hidden.has(key))
    .sort((one, other) => other.count - one.count);
  const sumHidden = () => rows.reduce((sum, { key, count }) => sum + (hidden.has(key) ? count : 0), 0);
  while (hidden.size > 0 && others.length > 0 && (hidden.size < 2 || sumHidden() < least)) {
    hidden.add(others.pop()!.key);
  }
  const isSafe = hidden.size === 0 || (hidden.size > 1 && sumHidden() >= least);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return {
    rows: rows.map(({ key, count }) => ({ key, count: hidden.has(key) ? null : count })),
    total: isSafe ? total : null,
  };
}

/** A part of a whole, both told or neither part nor rest: null where one of them is small. */
export function shareOf(part: number, whole: number, least = LEAST): number | null {
  const rest = whole - part;
  if (whole < least || (part > 0 && part < least) || (rest > 0 && rest < least)) return null;
  return part / whole;
}
