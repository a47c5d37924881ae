/** The answer about a parcel: what it is, what the plan says of it, whence that is known, and a picture. */
import type { Reply } from "../../channels/channel.ts";
import type { Media } from "../../channels/media.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import { formatDate } from "../../infra/clock.ts";
import { log } from "../../infra/log.ts";
import { wardToday } from "../../places/index.ts";
import type { TurnContext } from "../feature.ts";
import { figure } from "./figures.ts";
import { drawParcel } from "./picture.ts";
import { crossings, sourcesOf, surroundings, type Crossing, type Subject } from "./report.ts";
import { hasLayers, neighbours, zonesIn, type FoundZone } from "./store.ts";
import { inWords } from "./use-codes.ts";

export type Telling = Pick<TurnContext, "tx" | "say">;

/** The formal way: planning information of a parcel (mã 1.014159), about ten days. */
const PROCEDURE_CODE = "1.014159";
const PROCEDURE = `https://dichvucong.gov.vn/thu-tuc-hanh-chinh?maThuTuc=${PROCEDURE_CODE}`;
const MOST_CHOICES = 5;

/** @param choose what stands for each of them in a choice, in their order */
export function whichOne(found: Subject[], intent: string, choose: string[], { say }: Telling): Reply {
  const choices = found.slice(0, MOST_CHOICES).map(({ ward, area, address, sheet, number }, at) => ({
    label: say("land.choice", {
      ...{ sheet, number, ward },
      area: area === null ? "?" : figure(area),
      address: address ? `, ${address}` : "",
    }),
    value: askFor(intent, choose[at]),
  }));
  return withChoices(say("land.which", { count: found.length }), choices);
}

/** @param note said under it: that it may be old */
export async function describe(
  parcel: Subject,
  telling: Telling,
  media: Pick<Media, "keepPicture">,
  note = "",
): Promise<Reply> {
  const { tx, say } = telling;
  const box = parcel.shape && surroundings(parcel.shape);
  const zones = box ? await zonesIn(tx, box) : [];
  const crossed = parcel.zones ?? (parcel.shape ? crossings(parcel.shape, zones) : []);
  const isPlanned = parcel.zones !== null || (parcel.shape !== null && (await hasLayers(tx, "planning")));
  const text = inSentences(parcel, crossed, say, isPlanned, note);
  const link = { title: say("land.formal"), url: PROCEDURE };
  const mediaHash = await picture(parcel, crossed, zones, telling, media);
  const reply = withChoices(text, [
    { label: say("land.formalNext"), value: askFor("procedure.info", PROCEDURE_CODE) },
    { label: say("land.another"), value: askFor("land.parcel") },
    { label: say("intents.human"), value: askFor("human") },
  ]);
  return { ...reply, link, ...(mediaHash ? { image: { mediaHash } } : {}) };
}

/** null: it has no outline, or could not be drawn; the words are the answer. */
async function picture(
  parcel: Subject,
  crossed: Crossing[],
  zones: FoundZone[],
  { tx, say }: Telling,
  media: Pick<Media, "keepPicture">,
): Promise<string | null> {
  const { shape } = parcel;
  if (!shape) return null;
  const box = surroundings(shape);
  const around = (await neighbours(tx, box)).filter(({ id }) => id !== parcel.id);
  const sample = parcel.layer.sample ? say("land.sample") : "";
  const caption = [say("land.reference"), sourceLine(parcel, crossed), sample].filter(Boolean).join(". ");
  try {
    const drawing = { parcel: { ...parcel, shape }, around, zones, crossings: crossed, box, caption };
    return await media.keepPicture(await drawParcel(drawing));
  } catch (error) {
    log.error({ err: error, parcel: String(parcel.id) }, "a parcel could not be drawn");
    return null;
  }
}

function inSentences(
  parcel: Subject,
  crossed: Crossing[],
  say: TurnContext["say"],
  isPlanned: boolean,
  note: string,
): string {
  const { sheet, number, ward, area, useCodes, address, geohash } = parcel;
  const today = wardToday(ward);
  const lines = [
    say("land.head", { sheet, number, ward }),
    today?.formerly ? say("land.wardNow", { ward: today.ward }) : "",
    address ? say("land.address", { address }) : "",
    area === null ? "" : say("land.area", { area: figure(area) }),
    useCodes.length > 0 ? say("land.uses", { uses: useCodes.map(inWords).join("; ") }) : "",
    ...planning(crossed, isPlanned, say),
    geohash ? say("land.identifier", { geohash }) : "",
    `(${say("land.reference")}. ${sourceLine(parcel, crossed)}.)`,
    parcel.layer.sample ? `(${say("land.sample")}.)` : "",
    note,
  ];
  return lines.filter(Boolean).join("\n");
}

function planning(crossed: Crossing[], isPlanned: boolean, say: TurnContext["say"]): string[] {
  if (!isPlanned) return [say("land.noPlan")];
  if (crossed.length === 0) return [say("land.noZone")];
  const zones = crossed.map(({ zone: { code, name }, area, share }) =>
    say("land.zone", {
      zone: inWords(code) === code ? `${name} (${code})` : inWords(code),
      area: figure(area),
      share: share === null ? "?" : figure(share * 100),
    }),
  );
  const isRoad = crossed.some(({ zone: { code } }) => code === "DGT");
  return [say("land.planned"), ...zones, isRoad ? say("land.road") : ""];
}

const sourceLine = (parcel: Subject, crossed: Crossing[]) =>
  sourcesOf(parcel, crossed)
    .map(({ source, asOf }) => `${source}, ${formatDate(asOf)}`)
    .join("; ");
