/** Parcels as a province's land portal tells them, read as LAND_SOURCE says. */
import { dayIn, textAt, valueAt } from "../../infra/json-source/answer.ts";
import {
  createJsonSource,
  filled,
  SourceUnavailable,
  type JsonSource,
} from "../../infra/json-source/source.ts";
import { areaOf, boxOf, geohash, labelPoint, readShape, type Shape } from "./geometry.ts";
import type { LandSource, PortalParcel, Question } from "./portal-parcel.ts";
import { positionOf, toPlane } from "./projection.ts";
import type { LandSourceConfig } from "./source-config.ts";

/** More than anybody could choose from is no answer to a question about one parcel. */
const MOST = 20;
/** A parcel whose outline ends further than this from the point asked for is another one, degrees: some 50 m. */
const NEAR = 0.0005;

export function createLandSource(
  config: LandSourceConfig,
): LandSource & JsonSource<Question, PortalParcel[]> {
  const source = createJsonSource<Question, PortalParcel[]>(config, {
    address: (question) => filled(templateFor(config, question)!, valuesOf(config, question)),
    read: (body, question) => read(config, body, question),
  });
  return { ...source, canAnswer: (question) => templateFor(config, question) !== undefined };
}

function templateFor({ ask }: LandSourceConfig, { by }: Question): string | undefined {
  if (by === "number") return ask.byNumber;
  return by === "point" ? ask.byPoint : ask.byIdentifier;
}

function valuesOf({ axis }: LandSourceConfig, question: Question): Record<string, string | number> {
  if (question.by === "identifier") return { identifier: question.identifier };
  if (question.by === "number") return { ...question };
  const [lon, lat] = question.point;
  const { north, east } = toPlane(question.point, axis);
  return { lat: lat.toFixed(7), lon: lon.toFixed(7), north: north.toFixed(2), east: east.toFixed(2) };
}

function read(config: LandSourceConfig, body: unknown, question: Question): PortalParcel[] {
  const found = config.parcels ? valueAt(body, config.parcels) : body;
  const list: unknown[] = Array.isArray(found) ? found : found === undefined ? [] : [found];
  if (list.length > MOST) throw new SourceUnavailable("too_many");
  return list.map((item) => readParcel(config, item, question));
}

function readParcel(config: LandSourceConfig, item: unknown, question: Question): PortalParcel {
  const { fields, dateFormats } = config;
  const text = (path: string | undefined) => textAt(item, path);
  const [sheet, number] = [Number(text(fields.sheet)), Number(text(fields.number))];
  if (!isNumber(sheet) || !isNumber(number)) throw new SourceUnavailable("no_parcel");
  const shape = shapeAt(item, config);
  // another parcel's answer is worse than none
  if (!isAskedFor(question, sheet, number, shape)) throw new SourceUnavailable("other_parcel");
  return {
    sheet,
    number,
    ward: text(fields.ward)?.slice(0, 80) ?? (question.by === "number" ? question.ward : ""),
    area: figureAt(item, fields.area, config) ?? (shape && Math.round(areaOf(shape) * 10) / 10),
    useCodes: usesAt(item, fields.use),
    address: text(fields.address)?.slice(0, 200) ?? null,
    geohash: text(fields.identifier)?.slice(0, 20) ?? (shape && geohash(labelPoint(shape))),
    shape,
    zones: zonesAt(item, config),
    source: config.name,
    asOf: dayIn(text(fields.asOf), dateFormats)?.toJSDate() ?? new Date(),
  };
}

const isNumber = (value: number) => Number.isInteger(value) && value > 0 && value < 100_000;

function isAskedFor(question: Question, sheet: number, number: number, shape: Shape | null): boolean {
  if (question.by === "number") return question.sheet === sheet && question.number === number;
  if (question.by === "identifier" || !shape) return true;
  const [lon, lat] = question.point;
  const { west, east, south, north } = boxOf(shape);
  return lon > west - NEAR && lon < east + NEAR && lat > south - NEAR && lat < north + NEAR;
}

/** The outline is for the picture: one that cannot be read leaves the words as they are. */
function shapeAt(item: unknown, { fields, axis }: LandSourceConfig): Shape | null {
  if (!fields.geometry) return null;
  try {
    return readShape(valueAt(item, fields.geometry), positionOf(axis));
  } catch {
    return null;
  }
}

/** "ODT+CLN", or a list of codes. */
function usesAt(item: unknown, path: string | undefined): string[] {
  const value = path === undefined ? undefined : valueAt(item, path);
  const codes = Array.isArray(value) ? value.map(String) : (textAt(item, path) ?? "").split(/[+,;/\s]+/);
  return codes.map((code) => code.trim().toUpperCase().slice(0, 10)).filter(Boolean);
}

/** A planned road that is passed over would be worse than no answer: a zone that cannot be read spoils it. */
function zonesAt(item: unknown, config: LandSourceConfig): PortalParcel["zones"] {
  const { fields, zone } = config;
  if (!fields.zones) return null;
  const list = valueAt(item, fields.zones) ?? [];
  if (!Array.isArray(list) || list.length > 50) throw new SourceUnavailable("bad_zones");
  return list.map((each: unknown) => {
    const code = textAt(each, zone.code)?.toUpperCase().slice(0, 10);
    const area = figureAt(each, zone.area, config);
    if (!code || area === null) throw new SourceUnavailable("bad_zones");
    return { code, name: textAt(each, zone.name)?.slice(0, 200) ?? code, area };
  });
}

/** m²; null where nothing above zero stands. */
function figureAt(
  item: unknown,
  path: string | undefined,
  { decimalComma }: LandSourceConfig,
): number | null {
  const value = path === undefined ? undefined : valueAt(item, path);
  const text = String(typeof value === "string" ? value : "").replace(/\s|m2|m²/g, "");
  const written = decimalComma ? text.replaceAll(".", "").replace(",", ".") : text;
  const figure = typeof value === "number" ? value : written === "" ? NaN : Number(written);
  return Number.isFinite(figure) && figure > 0 ? figure : null;
}
