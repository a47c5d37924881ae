import type { Passage } from "./passage.ts";

/**
 * A place on the map, as WGS 84 degrees or as a VN-2000 pair in metres, either way round: which number is which shows
 * in its size. On Vietnamese papers X is northing and Y easting.
 */
const DECIMALS = String.raw`\d{1,3}[.,]\d{3,}`;
const BETWEEN = String.raw`\s*(?:°|do)?\s*[nb]?\s*[,;/|\s]\s*(?:(?:kinh do|long|lng|lon|e|d|kd|vi do|lat|vd)\s*[:=]?\s*)?`;
const DEGREES = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,])(${DECIMALS})${BETWEEN}(${DECIMALS})(?:\s*°\s*[ed]?)?(?![\p{N}])`,
  "gu",
);
const SEXAGESIMAL = String.raw`(\d{1,3})\s*°\s*(\d{1,2})\s*['’′]\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:["”″]|''|’’)?\s*([nbedđ])?`;
const DEGREES_MINUTES = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,])${SEXAGESIMAL}\s*[,;]?\s*${SEXAGESIMAL}(?![\p{L}\p{N}])`,
  "gu",
);

const METRES = String.raw`\d{1,3}(?:[. ]\d{3}){1,2}(?:,\d{1,4})?|\d{1,3}(?:,\d{3}){1,2}(?:\.\d{1,4})?|\d{6,7}(?:[.,]\d{1,4})?`;
const AXIS = String.raw`(?:[xyne]|bac|dong)\s*[:=]?\s*`;
const VN2000 = new RegExp(
  String.raw`(?<![\p{N}.,]|[\p{L}](?<!(?<![\p{L}])[xyne]))(${AXIS})?(${METRES})\s*(?:m(?![\p{L}\p{N}]))?\s*(?:[,;/|-]|va)?\s*(${AXIS})?(${METRES})(?![\p{N}]|[.,]\d)`,
  "gu",
);
const MONEY = /^\s*(?:d|dong|vnd|vnđ|k|ngan|nghin|trieu|tr|ty|m2|m²|ha)(?![\p{L}])/u;
const ABOUT_PLACES = /toa do|vn\s*-?\s*2000|vn2k|kinh tuyen|he toa|diem goc|moc ranh|goc ranh/u;

export function findCoordinates(passage: Passage): void {
  for (const match of passage.matches(DEGREES_MINUTES)) {
    const first = sexagesimal(match[1]!, match[2]!, match[3]!);
    const second = sexagesimal(match[5]!, match[6]!, match[7]!);
    addDegrees(passage, match, first, second);
  }
  for (const match of passage.matches(DEGREES)) {
    addDegrees(passage, match, decimal(match[1]!), decimal(match[2]!));
  }
  const spokenOf = ABOUT_PLACES.test(passage.bare);
  for (const match of passage.matches(VN2000)) {
    const [whole, firstAxis, first, secondAxis, second] = match;
    const end = match.index + whole.length;
    if (MONEY.test(passage.after(end, 8))) continue;
    const pair = [metres(first!), metres(second!)];
    const north = Math.max(...pair);
    const east = Math.min(...pair);
    const named = spokenOf || (firstAxis !== undefined && secondAxis !== undefined);
    if (!(named ? isInVietnam(north, east) : isNearby(north, east))) continue;
    passage.add("coordinates", { x: north, y: east }, match.index, end);
  }
}

function addDegrees(passage: Passage, match: RegExpExecArray, first: number, second: number): void {
  const [lat, lon] = first < second ? [first, second] : [second, first];
  if (lat < 8 || lat > 23.5 || lon < 102 || lon > 117.5) return;
  passage.add("coordinates", { lat, lon }, match.index, match.index + match[0].length);
}

function decimal(digits: string): number {
  return Number(digits.replace(",", "."));
}

function sexagesimal(degrees: string, minutes: string, seconds: string): number {
  const value = Number(degrees) + Number(minutes) / 60 + decimal(seconds) / 3600;
  return Math.round(value * 1e6) / 1e6;
}

/** “1.132.497,94”, “1,132,497.94”, “1132497.94” */
function metres(typed: string): number {
  const parts = typed.split(/[., ]/u);
  const last = parts.at(-1)!;
  const separators = typed.replace(/\d/gu, "");
  const lastIsFraction =
    parts.length > 1 && (last.length !== 3 || parts[0]!.length > 3 || new Set(separators).size > 1);
  return lastIsFraction ? Number(`${parts.slice(0, -1).join("")}.${last}`) : Number(parts.join(""));
}

function isInVietnam(north: number, east: number): boolean {
  return north >= 900_000 && north <= 2_600_000 && east >= 150_000 && east <= 900_000;
}

/** Two bare numbers are taken for a place only where the province lies. */
function isNearby(north: number, east: number): boolean {
  return north >= 1_070_000 && north <= 1_160_000 && east >= 480_000 && east <= 660_000;
}
