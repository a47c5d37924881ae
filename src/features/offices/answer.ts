/** What is said of an office: what was asked, what is not known, and from where we know the rest. */
import type { Choice, Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Wording } from "../../dialogue/types.ts";
import { cityHours, type WorkTime } from "../../infra/office-time.ts";
import { inSentence, metresBetween, type Point } from "../../places/index.ts";
import {
  dayAfter,
  dayInWords,
  dayKind,
  endOf,
  hoursInLines,
  openUntil,
  opensAgain,
  stretchesInWords,
  today,
  type EnteredDay,
} from "./open.ts";
import type { Office, OfficeKind } from "./store.ts";

export type Asked = "hours" | "location" | "contact";

/** The day that was asked of, and when the office works. */
export interface Day {
  day: string;
  entered(day: string): EnteredDay | null;
  work: WorkTime;
}

/** These keep the hours of all offices where they have told no others. */
const OFFICIAL: ReadonlySet<OfficeKind> = new Set(["committee", "police", "land"]);

export function officeReply(
  office: Office,
  asked: Asked,
  day: Day,
  note: string | null,
  now: Date,
  say: Wording,
): Reply {
  const lines = [
    ...(note ? [note] : []),
    `🏛 ${office.name}`,
    ...(asked === "hours" ? hoursLines(office, day, now, say) : []),
    ...(asked === "contact" ? [phoneLine(office, say)] : []),
    ...(asked === "location" ? [addressLine(office, say)] : []),
    ...(asked === "location" && office.phone ? [phoneLine(office, say)] : []),
    say("offices.source", { source: office.source, asOf: office.asOf }),
  ];
  const reply = withChoices(lines.join("\n"), nextSteps(office, asked, say));
  const pin = pinOf(office);
  return pin ? { ...reply, link: { title: say("offices.openMap"), url: pin } } : reply;
}

function nextSteps({ code, name }: Office, asked: Asked, say: Wording): Choice[] {
  const others = (["location", "contact", "hours"] as const).filter((each) => each !== asked);
  return [
    ...others.map((each) => ({ label: say(`offices.next.${each}`), value: askFor(`office.${each}`, code) })),
    { label: say("offices.next.remind"), value: askFor("reminder.set", say("offices.remindOf", { name })) },
    { label: say("offices.nearest"), value: askFor("office.nearest") },
    { label: say("intents.human"), value: askFor("human") },
  ];
}

function addressLine({ address, addressNote, ward }: Office, say: Wording): string {
  if (!address)
    return ward ? say("offices.noAddressInWard", { ward: inSentence(ward) }) : say("offices.noAddress");
  return addressNote
    ? say("offices.addressWith", { address, note: addressNote })
    : say("offices.address", { address });
}

const phoneLine = ({ phone }: Office, say: Wording) =>
  phone ? say("offices.phone", { phone }) : say("offices.noPhone");

function hoursLines(office: Office, asked: Day, now: Date, say: Wording): string[] {
  const { hours, note, kind } = office;
  const kept = hours ?? (OFFICIAL.has(kind) ? cityHours() : null);
  return [
    ...(kept ? hoursInLines(kept, say).map((line) => `• ${line}`) : [say("offices.hoursUnknown")]),
    ...(kept && !hours ? [say("offices.hoursOfAll")] : []),
    ...(note ? [`• ${note}`] : []),
    ...(asked.day === today(now)
      ? [...nowLine(office, asked, now, say), ...tomorrowLine(office, asked, now, say)]
      : [dayLine(office, asked, now, say)]),
  ];
}

/** Open now, or when again. */
function nowLine(office: Office, { day, work, entered }: Day, now: Date, say: Wording): string[] {
  const kind = dayKind(day, entered(day));
  if (!knowsHours(office))
    return kind === "worked" ? [] : [dayLine(office, { day, work, entered }, now, say)];
  const until = openUntil(now, work);
  if (until) return [say("offices.openNow", { until })];
  if (work(day).length === 0) return [dayLine(office, { day, work, entered }, now, say)];
  return [say("offices.closedNow", { again: opensAgain(now, now, work, say) })];
}

/** A day off that nobody would think of, told the day before. */
function tomorrowLine(office: Office, asked: Day, now: Date, say: Wording): string[] {
  const day = dayAfter(asked.day);
  const kind = dayKind(day, asked.entered(day));
  const isSurprise = kind === "holiday" || kind === "special_off";
  return isSurprise ? [dayLine(office, { ...asked, day }, now, say)] : [];
}

const knowsHours = ({ hours, kind }: Office) => hours !== null || OFFICIAL.has(kind);

function dayLine(office: Office, { day, work, entered }: Day, now: Date, say: Wording): string {
  const special = entered(day);
  const when = whenOf(day, now, say);
  const open = work(day);
  if (!knowsHours(office)) return say(`offices.dayOnly.${dayKind(day, special)}`, { when });
  const name = special ? ` (${special.name})` : "";
  if (open.length > 0) return say("offices.dayOpen", { when, name, hours: stretchesInWords(open) });
  const again = opensAgain(endOf(day), now, work, say);
  if (special) return say("offices.dayOff", { when, name, again });
  const kind = dayKind(day, null);
  if (kind === "holiday") return say("offices.dayHoliday", { when, again });
  return say(office.hours ? "offices.dayClosed" : "offices.dayWeekend", { when, again });
}

/** "Hôm nay", "Ngày mai (thứ Năm 02/09/2027)" */
function whenOf(day: string, now: Date, say: Wording): string {
  const when = dayInWords(day, say);
  if (day === today(now)) return say("offices.dayToday", { when });
  return day === dayAfter(today(now)) ? say("offices.dayTomorrow", { when }) : when;
}

/** A pin on a map anybody has; only where we have a point. */
const pinOf = ({ latitude, longitude }: Office) =>
  latitude === null || longitude === null
    ? null
    : `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;

/**
 * The offices of somebody's ward, the nearest first where their points are known.
 * @param kind the only kind that is wanted; null: what people mostly need
 */
export function nearestReply(
  { ward, point, kind = null }: { ward: string; point: Point | null; kind?: OfficeKind | null },
  offices: Office[],
  say: Wording,
): Reply {
  const wanted = (office: Office) =>
    kind ? office.kind === kind : office.kind === "committee" || office.kind === "police";
  const inWard = offices.filter((office) => wanted(office) && (office.ward === ward || office.ward === null));
  const placed = offices
    .flatMap((office) => {
      const metres = point && (kind === null || wanted(office)) ? distance(office, point) : null;
      return metres === null ? [] : [{ office, metres }];
    })
    .sort((one, other) => one.metres - other.metres)
    .slice(0, 3);
  const lines = [
    say(inWard.length > 0 ? "offices.yourWard" : "offices.noneInWard", { ward: inSentence(ward) }),
    ...inWard.map(
      (office) =>
        `• ${office.name}${office.phone ? `, ${office.phone}` : ""}${office.address ? `, ${office.address}` : ""}`,
    ),
    ...(inWard.some(({ address, kind }) => !address && OFFICIAL.has(kind))
      ? [say("offices.noAddressYet")]
      : []),
    ...(placed.length > 0 ? [say("offices.nearestFirst")] : []),
    ...placed.map(({ office, metres }) =>
      say("offices.away", { name: office.name, distance: inWords(metres) }),
    ),
    ...sourceLines([...inWard, ...placed.map(({ office }) => office)], say),
  ];
  const offered = new Map(
    [...placed.map(({ office }) => office), ...inWard].map((each) => [each.code, each]),
  );
  return withChoices(lines.join("\n"), [
    ...[...offered.values()].map(({ code, name }) => ({
      label: name,
      value: askFor("office.location", code),
    })),
    { label: say("intents.human"), value: askFor("human") },
  ]);
}

/** Each source once. */
function sourceLines(told: Office[], say: Wording): string[] {
  const sources = [...new Set(told.map(({ source, asOf }) => say("offices.source", { source, asOf })))];
  return sources.slice(0, 2);
}

function distance({ latitude, longitude }: Office, point: Point): number | null {
  return latitude === null || longitude === null ? null : metresBetween(point, { latitude, longitude });
}

const inWords = (metres: number) =>
  metres < 1000 ? `${Math.round(metres / 50) * 50} m` : `${(metres / 1000).toFixed(1).replace(".", ",")} km`;
