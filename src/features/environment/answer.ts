/** "Độ mặn hôm nay bao nhiêu": the last value of each station, where it is heading, and how the last days went. */
import type { Choice, Reply } from "../../channels/channel.ts";
import type { Media } from "../../channels/media.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn } from "../../dialogue/types.ts";
import { formatDateTime } from "../../infra/clock.ts";
import { log } from "../../infra/log.ts";
import { foldDiacritics } from "../../language/index.ts";
import type { TurnContext } from "../feature.ts";
import { drawReadings } from "./chart.ts";
import { followedStations, measured, type Measured, type StationKind } from "./store.ts";
import { isPast } from "./warning.ts";

/** How people name what is measured (folded). */
const KINDS: [StationKind, RegExp][] = [
  ["salinity", /\b(?:man|do man|nuoc man|phan ngan|phan nghin|cham man|salt|salinity)\b/],
  ["water_level", /\b(?:muc nuoc|nuoc lon|nuoc rong|trieu|con nuoc|bao dong|nuoc kem|tide|water level)\b/],
  ["rain", /\b(?:mua|luong mua|rain)\b/],
  ["air", /\b(?:khong khi|bui|aqi|khoi|air)\b/],
];
const MOST = 4;
/** A value this old is told to be old, ms. */
const STALE = 6 * 3_600_000;

export async function answer(
  turn: Turn,
  context: TurnContext,
  media: Pick<Media, "keepPicture">,
): Promise<Reply[]> {
  const { tx, say, now } = context;
  const folded = ` ${foldDiacritics(turn.text.toLowerCase()).replace(/[^a-z0-9]+/g, " ")} `;
  const named = KINDS.filter(([, words]) => words.test(folded)).map(([kind]) => kind);
  const stations = await measured(tx, named.length > 0 ? named : KINDS.map(([kind]) => kind), now);
  const asked = stations.filter(({ name }) => folded.includes(` ${bareName(name)} `));
  const shown = (asked.length > 0 ? asked : stations).slice(0, MOST);
  if (shown.length === 0) {
    const person = { label: say("intents.human"), value: askFor("human") };
    return [withChoices(say("environment.none"), [person])];
  }
  const lines = shown.map((station) => lineOf(station, say, now));
  const sources = [...new Set(shown.map(({ source }) => source))].join("; ");
  const sample = shown.some((station) => station.sample) ? `\n(${say("environment.sample")})` : "";
  const text = `${lines.join("\n")}\n(${say("environment.source", { sources })})${sample}`;
  const offered = await followChoices(shown, context);
  const reply = withChoices(text, [...offered, { label: say("intents.human"), value: askFor("human") }]);
  return [{ ...reply, ...(await pictureOf(shown[0]!, media)) }];
}

/** To be told when one of these goes over its bar, where they are not already. */
async function followChoices(shown: Measured[], { tx, say, residentId }: TurnContext): Promise<Choice[]> {
  const followed = await followedStations(tx, residentId);
  return shown
    .filter(({ code, warnFrom }) => warnFrom !== null && !followed.includes(code))
    .map(({ code, name, warnsLow }) => ({
      label: say(warnsLow ? "environment.followLow" : "environment.follow", { station: name }),
      value: askFor("environment.follow", code),
    }));
}

/** "Trạm An Thuận" → "an thuan" */
const bareName = (name: string) =>
  foldDiacritics(name.toLowerCase().replace(/^(?:trạm|cống|điểm đo)\s+/, "")).replace(/[^a-z0-9]+/g, " ");

function lineOf(station: Measured, say: TurnContext["say"], now: Date): string {
  const last = station.readings.at(-1)!;
  const line = say("environment.line", {
    ...{ station: station.name, what: say(`environment.kind.${station.kind}`) },
    ...{ value: figure(last.value), unit: station.unit, at: formatDateTime(last.at) },
  });
  const isHigh = isPast(station, last.value);
  return [
    line,
    say(`environment.trend.${trendOf(station)}`),
    isHigh ? say("environment.high", { limit: figure(station.warnFrom!), unit: station.unit }) : "",
    now.getTime() - last.at.getTime() > STALE ? say("environment.stale") : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** Against the mean of the day before: a tenth more or less is a change. */
export function trendOf({ readings }: Pick<Measured, "readings">): "rising" | "falling" | "steady" {
  const last = readings.at(-1)!;
  const before = readings.filter(({ at }) => at < last.at && last.at.getTime() - at.getTime() <= 86_400_000);
  if (before.length === 0) return "steady";
  const mean = before.reduce((sum, { value }) => sum + value, 0) / before.length;
  const change = last.value - mean;
  if (Math.abs(change) <= Math.abs(mean) * 0.1) return "steady";
  return change > 0 ? "rising" : "falling";
}

export const figure = (value: number) => value.toLocaleString("vi-VN", { maximumFractionDigits: 2 });

async function pictureOf(
  station: Measured,
  media: Pick<Media, "keepPicture">,
): Promise<Pick<Reply, "image">> {
  if (station.readings.length < 3) return {};
  try {
    return { image: { mediaHash: await media.keepPicture(await drawReadings(station)) } };
  } catch (error) {
    log.error({ err: error, station: station.code }, "a chart could not be drawn");
    return {}; // the words are the answer
  }
}
