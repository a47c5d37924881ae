/**
 * Days off by law (Bộ luật Lao động 2019, Điều 112): New Year, five days of Tết, Hùng Kings' day, 30 April, 1 May and two
 * days around 2 September; a day off that falls on a week-end is made up for on the next working day (Điều 111). Which
 * days of Tết, and days worked in exchange, the Prime Minister decides each year: staff enter those as special days.
 */

// First day of Tết and the 10th of the third lunar month, by solar date, as computed by date-holidays 3.37 for Việt Nam.
const LUNAR: Record<number, [tet: string, hungKings: string]> = {
  2026: ["02-17", "04-26"],
  2027: ["02-06", "04-16"],
  2028: ["01-26", "04-04"],
  2029: ["02-13", "04-23"],
  2030: ["02-02", "04-12"],
  2031: ["01-23", "04-01"],
  2032: ["02-11", "04-19"],
  2033: ["01-31", "04-09"],
  2034: ["02-19", "04-28"],
  2035: ["02-08", "04-17"],
  2036: ["01-28", "04-06"],
  2037: ["02-15", "04-24"],
  2038: ["02-04", "04-13"],
  2039: ["01-24", "04-03"],
  2040: ["02-12", "04-20"],
  2041: ["02-01", "04-10"],
  2042: ["01-22", "04-29"],
  2043: ["02-10", "04-19"],
  2044: ["01-30", "04-07"],
  2045: ["02-17", "04-26"],
};

const DAY = 86_400_000;
const shift = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
export const isWeekend = (day: string) => [0, 6].includes(new Date(day).getUTCDay());

const known = new Map<number, ReadonlySet<string>>();

/** "2026-02-17" is one; so is the Monday after a holiday that fell on a Sunday. */
export function isPublicHoliday(day: string): boolean {
  const year = Number(day.slice(0, 4));
  if (!known.has(year)) known.set(year, holidaysOf(year));
  return known.get(year)!.has(day);
}

function holidaysOf(year: number): ReadonlySet<string> {
  const [tet, hungKings] = LUNAR[year]?.map((day) => `${year}-${day}`) ?? [];
  const byLaw = [
    `${year}-01-01`,
    // the eve and the first four days, as decided in most years
    ...(tet ? [-1, 0, 1, 2, 3].map((days) => shift(tet, days)) : []),
    ...(hungKings ? [hungKings] : []),
    ...[`${year}-04-30`, `${year}-05-01`, `${year}-09-01`, `${year}-09-02`],
  ];
  const days = new Set(byLaw);
  for (const day of byLaw.filter(isWeekend)) {
    let instead = day;
    while (isWeekend(instead) || days.has(instead)) instead = shift(instead, 1);
    days.add(instead);
  }
  return days;
}
