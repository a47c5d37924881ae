/** The answer about a parcel: what it is, what the plan says of it, whence that is known, and a picture. */
import type { Reply } from "../../channels/channel.ts";
import type { Media } from "../../channels/media.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import { formatDate } from "../../infra/clock.ts";
import { log } from "../../infra/log.ts";
import { wardToday } from "../../places/index.ts";
import type { TurnContext } from "../feature.ts";
import type { LandDraft } from "./draft.ts";
import { drawParcel } from "./picture.ts";
import { crossings, sourcesOf, surroundings, type Crossing } from "./report.ts";
import {
  findById,
  findByIdentifier,
  findByNumber,
  findByPoint,
  hasLayers,
  neighbours,
  zonesIn,
} from "./store.ts";
import type { FoundParcel } from "./store.ts";
import { inWords } from "./use-codes.ts";

/** The formal way: planning information of a parcel (mã 1.014159), about ten days. */
const PROCEDURE = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh?maThuTuc=1.014159";
const MOST_CHOICES = 5;

export async function show(
  draft: LandDraft,
  context: TurnContext,
  media: Pick<Media, "keepPicture">,
): Promise<Reply[]> {
  const { tx, say } = context;
  if (!(await hasLayers(tx, "parcels"))) return [withPerson(say("land.noMap"), context)];
  const found = await find(draft, context);
  if (found.length === 0)
    return [withPerson(say("land.notFound", { what: whatIs(draft, context) }), context)];
  if (found.length > 1) return [whichOne(found, draft, context)];
  return describe(found[0]!, context, media);
}

async function find(draft: LandDraft, { tx }: TurnContext): Promise<FoundParcel[]> {
  if (draft.id) return [(await findById(tx, BigInt(draft.id))) ?? []].flat();
  if (draft.point) return findByPoint(tx, draft.point);
  if (draft.identifier) return findByIdentifier(tx, draft.identifier);
  return findByNumber(tx, draft.sheet!, draft.number!, wardNames(draft.ward ?? ""));
}

/** The ward as named and, for a ward of today, its name alone: files print "Phường 8", "phường 8", "P.8". */
function wardNames(ward: string): string[] {
  if (!ward) return [];
  const short = ward.replace(/^(?:Phường|Xã|Thị trấn) /, "");
  return [ward, short, `phường ${short}`, `xã ${short}`, `P.${short}`, `Phường ${short}`, `Xã ${short}`];
}

function whatIs({ sheet, number, ward, point }: LandDraft, { say }: TurnContext): string {
  if (point) return say("land.thatPlace");
  return sheet === null
    ? say("land.thatCode")
    : say("land.thatParcel", { sheet, number: number!, ward: ward || "…" });
}

function whichOne(found: FoundParcel[], { intent }: LandDraft, { say }: TurnContext): Reply {
  const choices = found.slice(0, MOST_CHOICES).map(({ id, ward, area, address, sheet, number }) => ({
    label: say("land.choice", {
      sheet,
      number,
      ward,
      area: figure(area),
      address: address ? `, ${address}` : "",
    }),
    value: askFor(intent, String(id)),
  }));
  return withChoices(say("land.which", { count: found.length }), choices);
}

async function describe(
  parcel: FoundParcel,
  context: TurnContext,
  media: Pick<Media, "keepPicture">,
): Promise<Reply[]> {
  const { tx, say } = context;
  const box = surroundings(parcel);
  const [around, zones] = [await neighbours(tx, box), await zonesIn(tx, box)];
  const crossed = crossings(parcel, zones);
  const text = inSentences(parcel, crossed, context, await hasLayers(tx, "planning"));
  const link = { title: say("land.formal"), url: PROCEDURE };
  const sample = parcel.layer.sample ? say("land.sample") : "";
  const caption = [say("land.reference"), sourceLine(parcel, crossed), sample].filter(Boolean).join(". ");
  try {
    const mediaHash = await media.keepPicture(
      await drawParcel({ parcel, around, zones, crossings: crossed, box, caption }),
    );
    return [{ text, link, image: { mediaHash } }];
  } catch (error) {
    log.error({ err: error, parcel: String(parcel.id) }, "a parcel could not be drawn");
    return [{ text, link }]; // the words are the answer
  }
}

function inSentences(
  parcel: FoundParcel,
  crossed: Crossing[],
  { say }: TurnContext,
  isPlanned: boolean,
): string {
  const { sheet, number, ward, area, useCodes, address, geohash } = parcel;
  const today = wardToday(ward);
  const lines = [
    say("land.head", { sheet, number, ward }),
    today?.formerly ? say("land.wardNow", { ward: today.ward }) : "",
    address ? say("land.address", { address }) : "",
    say("land.area", { area: figure(area) }),
    useCodes.length > 0 ? say("land.uses", { uses: useCodes.map(inWords).join("; ") }) : "",
    ...planning(crossed, isPlanned, say),
    say("land.identifier", { geohash }),
    `(${say("land.reference")}. ${sourceLine(parcel, crossed)}.)`,
    parcel.layer.sample ? `(${say("land.sample")}.)` : "",
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
      share: figure(share * 100),
    }),
  );
  const isRoad = crossed.some(({ zone: { code } }) => code === "DGT");
  return [say("land.planned"), ...zones, isRoad ? say("land.road") : ""];
}

const sourceLine = (parcel: FoundParcel, crossed: Crossing[]) =>
  sourcesOf(parcel, crossed)
    .map(({ source, asOf }) => `${source}, ${formatDate(asOf)}`)
    .join("; ");

export const figure = (value: number) => value.toLocaleString("vi-VN", { maximumFractionDigits: 1 });

export const withPerson = (text: string, { say }: Pick<TurnContext, "say">) =>
  withChoices(text, [
    { label: say("intents.human"), value: askFor("human") },
    { label: say("intents.help"), value: askFor("help") },
  ]);
