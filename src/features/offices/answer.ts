/** What is said of an office: what was asked, what is not known, and from where we know the rest. */
import { DateTime } from "luxon";
import type { Choice, Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Wording } from "../../dialogue/types.ts";
import { inSentence, metresBetween, type Point } from "../../places/index.ts";
import { dayKind, hoursInLines, today, weekdayName, type DayKind } from "./open.ts";
import type { Office } from "./store.ts";

export type Asked = "hours" | "location" | "contact";

export interface Day {
  day: string;
  special: { name: string; isWorking: boolean } | null;
}

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

function nextSteps({ code }: Office, asked: Asked, say: Wording): Choice[] {
  const others = (["location", "contact", "hours"] as const).filter((each) => each !== asked);
  return [
    ...others.map((each) => ({ label: say(`offices.next.${each}`), value: askFor(`office.${each}`, code) })),
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

function hoursLines({ hours, note }: Office, { day, special }: Day, now: Date, say: Wording): string[] {
  const kind = dayKind(day, special);
  const when = `${weekdayName(day)} ${DateTime.fromISO(day).toFormat("dd/MM/yyyy")}`;
  const isToday = day === today(now);
  return [
    ...(hours ? hoursInLines(hours).map((line) => `• ${line}`) : [say("offices.hoursUnknown")]),
    ...(note ? [`• ${note}`] : []),
    ...(isToday && kind === "worked" ? [] : [dayLine(kind, when, special, say)]),
  ];
}

function dayLine(kind: DayKind, when: string, special: Day["special"], say: Wording): string {
  switch (kind) {
    case "worked":
      return say("offices.dayWorked", { when });
    case "holiday":
      return say("offices.dayHoliday", { when });
    case "special_off":
      return say("offices.daySpecialOff", { when, name: special!.name });
    case "special_worked":
      return say("offices.daySpecialWorked", { when, name: special!.name });
    default:
      return say("offices.dayWeekend", { when });
  }
}

/** A pin on a map anybody has; only where we have a point. */
const pinOf = ({ latitude, longitude }: Office) =>
  latitude === null || longitude === null
    ? null
    : `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;

/** The offices of somebody's ward, the nearest first where their points are known. */
export function nearestReply(ward: string, point: Point | null, offices: Office[], say: Wording): Reply {
  const inWard = offices.filter(
    (office) => office.ward === ward && (office.kind === "committee" || office.kind === "police"),
  );
  const placed = offices
    .flatMap((office) => {
      const metres = point && distance(office, point);
      return metres === null ? [] : [{ office, metres }];
    })
    .sort((one, other) => one.metres - other.metres)
    .slice(0, 3);
  const lines = [
    say("offices.yourWard", { ward: inSentence(ward) }),
    ...inWard.map(
      (office) =>
        `• ${office.name}${office.phone ? `, ${office.phone}` : ""}${office.address ? `, ${office.address}` : ""}`,
    ),
    ...(inWard.some(({ address }) => !address) ? [say("offices.noAddressYet")] : []),
    ...placed.map(({ office, metres }) =>
      say("offices.away", { name: office.name, distance: inWords(metres) }),
    ),
  ];
  return withChoices(lines.join("\n"), [
    ...inWard.map(({ code, name }) => ({ label: name, value: askFor("office.contact", code) })),
    { label: say("intents.human"), value: askFor("human") },
  ]);
}

function distance({ latitude, longitude }: Office, point: Point): number | null {
  return latitude === null || longitude === null ? null : metresBetween(point, { latitude, longitude });
}

const inWords = (metres: number) =>
  metres < 1000 ? `${Math.round(metres / 50) * 50} m` : `${(metres / 1000).toFixed(1).replace(".", ",")} km`;
