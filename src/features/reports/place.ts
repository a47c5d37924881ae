/** Where a message says something is: house number, lane, street, hamlet, landmark, ward of today or of before. */
import type { Turn } from "../../dialogue/types.ts";
import { foldDiacritics, hasDiacritics, spells, type Entity } from "../../language/index.ts";
import { wardOfLandmark, wardToday, type Point, type TodaysWard } from "../../places/index.ts";

export interface SpokenPlace {
  /** The stretch that tells where, names in full; null: a ward at most. */
  words: string | null;
  /** A street, a hamlet, a numbered house, a landmark we know, or a point: somebody could go there. */
  isExact: boolean;
  street: string | null;
  houseNumber: string | null;
  hamlet: string | null;
  pole: string | null;
  point: Point | null;
  wards: TodaysWard[];
}

interface Span {
  start: number;
  end: number;
}

export function placeIn({ text, understanding }: Pick<Turn, "text" | "understanding">): SpokenPlace {
  const { entities } = understanding;
  const stretch = likeliest(text, entities);
  const inside = entities.filter(({ start, end }) => stretch && start >= stretch.start && end <= stretch.end);
  const named = inside.some(({ type }) => PLACES.has(type)) ? inside : entities;
  const street = valueOf(named, "street");
  const hamlet = valueOf(named, "hamlet");
  const houseNumber = valueOf(named, "house_number");
  const point = pointIn(entities);
  const near = wardsIn(inside);
  const wards = near.length > 0 ? near : wardsIn(entities);
  const landmark = wardOfLandmark(text);
  return {
    words: stretch && inFull(text, stretch, entities).replace(/\s+/g, " ").trim(),
    isExact: Boolean(street ?? hamlet ?? houseNumber ?? point ?? landmark),
    ...{ street, hamlet, houseNumber, point },
    pole: valueOf(entities, "lamp_pole"),
    wards: wards.length > 0 || !landmark ? wards : [{ ward: landmark, formerly: null }],
  };
}

/** What a message says besides where: nothing, of an address alone. */
export function besidePlace({ text, understanding }: Pick<Turn, "text" | "understanding">): string {
  const { entities } = understanding;
  const place = likeliest(text, entities);
  const spans = [
    ...(place ? [place] : []),
    ...entities.filter(({ type }) => PLACES.has(type) || type === "ward"),
  ];
  const letters = [...text];
  for (const { start, end } of spans) for (let at = start; at < end; at++) letters[at] = " ";
  return letters.join("").replace(FILLERS, " ");
}

/** Words that only lead to a place. */
const FILLERS =
  /(?<!\p{L})(?:ở|o|tại|tai|chỗ|cho|số|so|nhà|nha|đường|duong|phường|phuong|nè|ne|đó|do|ạ|a)(?!\p{L})/giu;

const PLACES = new Set<string>(["street", "hamlet", "house_number"]);

function valueOf(entities: Entity[], type: Entity["type"]): string | null {
  const value = entities.find((entity) => entity.type === type)?.value;
  return typeof value === "string" ? value : null;
}

function pointIn(entities: Entity[]): Point | null {
  const value = entities.find(({ type }) => type === "coordinates")?.value as
    { lat?: unknown; lon?: unknown } | undefined;
  if (typeof value?.lat !== "number" || typeof value.lon !== "number") return null;
  return { latitude: value.lat, longitude: value.lon };
}

/** Each ward of today once: “Sơn Đông” names the commune of before and the ward. */
export function wardsIn(entities: Entity[]): TodaysWard[] {
  const named = entities.flatMap(({ type, value }) => {
    const today = type === "ward" && typeof value === "string" ? wardToday(value) : null;
    return today ? [today] : [];
  });
  return named.filter(({ ward }, index) => named.findIndex((other) => other.ward === ward) === index);
}

// ── the stretch of text ──

/** Words a place begins with in running text. */
const OPENINGS =
  "trước cửa,trước cổng,trước mặt,trước,phía sau,sau lưng,đối diện,gần,ngay trước,ngay góc,ngay chỗ,ngay,kế bên,kế,sát,góc,ngã ba,ngã tư,ngã năm,đầu,cuối,hẻm,kiệt,chân cầu,dưới cầu,trên cầu,cầu,chợ,trường,bệnh viện,chùa,công viên,bến xe,bờ kè,vòng xoay,bùng binh,khúc,đoạn".split(
    ",",
  );
const OPENING = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${OPENINGS.map(foldDiacritics).join("|")})\s+(?=[\p{L}\p{N}])`,
  "gu",
);
/** What follows belongs to the place up to a word that tells what is wrong, or how long. */
const ENDS =
  /[,.;!?\n]|(?<![\p{L}\p{N}])(?:bi|hu|tat|ngap|khong|hong|hok|ko|chua|hoai|qua|ca|may|bua|tu hom|nay|da|dang|rac|mat|den|gay|nga xuong|be|nghet|toi|thui|chat|do|hoi|nhieu|suot|lam|co|tuan|thang nay|roi|oi|nua|a|ha|vay)(?![\p{L}\p{N}])/u;
/** Without their marks these are everyday words: “chó”, “câu”, “đau”, “cười”, “kẻ”. */
const AMBIGUOUS = new Set(["cho", "cau", "dau", "cuoi", "ke"]);
/** “hẻm 12”, but “gần 3 bữa” is no place. */
const NUMBERED = /hem|kiet|nga/;
const LONGEST = 60;

/** "… trước cổng trường mầm non bị ngập" → "trước cổng trường mầm non". */
function phrases(text: string, entities: Entity[]): Span[] {
  const bare = folded(text);
  if (bare === null) return [];
  const isBare = !hasDiacritics(text);
  const found: Span[] = [];
  for (const { index: start, 0: opening } of bare.matchAll(OPENING)) {
    const isName = entities.some((entity) => entity.start <= start && start < entity.end);
    if (isName || start < (found.at(-1)?.end ?? 0)) continue;
    const from = start + opening.length;
    const typed = text.slice(start, from).trim();
    if (!OPENINGS.some((word) => spellsAll(typed, word)) || (isBare && AMBIGUOUS.has(typed.toLowerCase())))
      continue;
    const rest = bare.slice(from, start + LONGEST);
    const told = from + bare.slice(from, from + (ENDS.exec(rest)?.index ?? rest.length)).trimEnd().length;
    const named = entities.filter(
      ({ type, start: at, end }) => PLACES.has(type) && at >= from && end <= told,
    );
    const end = named.length > 0 ? Math.max(...named.map((entity) => entity.end)) : told;
    const words = bare.slice(from, end);
    if (words && (!/^\d+$/.test(words) || NUMBERED.test(opening))) found.push({ start, end });
  }
  return found;
}

/** “đậu xe” is no “đầu hẻm”: marks that were typed count. */
function spellsAll(typed: string, intended: string): boolean {
  const [said, meant] = [typed.split(/\s+/), intended.split(" ")];
  return said.length === meant.length && said.every((word, at) => spells(word, meant[at]!));
}

/**
 * The stretch that tells where best: of several places in one message the most precise. Where somebody lives is that only when
 * no street is named besides: “trước nhà tui hư đèn, nhà ở hẻm 12 Nguyễn Huệ”. Null: a ward at most.
 */
function likeliest(text: string, entities: Entity[]): Span | null {
  const places = [...entities.filter(({ type }) => PLACES.has(type)), ...phrases(text, entities)];
  if (places.length === 0) return null;
  const spans = [...places, ...entities.filter(({ type }) => type === "ward")];
  const stretches = stretchesOf(text, spans).filter((stretch) =>
    places.some((place) => holds(stretch, place)),
  );
  const ranked = stretches.map((stretch) => ({ stretch, precision: precisionOf(stretch, entities) }));
  const away = ranked.filter(({ stretch, precision }) => precision >= STREET && !isHome(text, stretch));
  const [best] = (away.length > 0 ? away : ranked).sort((one, other) => other.precision - one.precision);
  return best!.stretch;
}

const holds = (whole: Span, { start, end }: Span) => start >= whole.start && end <= whole.end;

const STREET = 2;

/** 3: a number in a street. 2: a street. 1: a hamlet, a number. 0: words. */
function precisionOf(stretch: Span, entities: Entity[]): number {
  const kinds = entities.filter((entity) => holds(stretch, entity)).map(({ type }) => type);
  const isNumbered = kinds.includes("house_number");
  if (kinds.includes("street")) return isNumbered ? STREET + 1 : STREET;
  return isNumbered || kinds.includes("hamlet") ? 1 : 0;
}

/** “nhà tui ở”, “nhà em số” right before it. */
const HOME = /(?<!\p{L})nha(?: (?:tui|toi|em|minh|con|chau|anh|chi|co|chu))?(?: (?:o|so|thi o|tai))?\s*$/u;

function isHome(text: string, { start }: Span): boolean {
  const before = foldDiacritics(text.slice(Math.max(0, start - 24), start).normalize("NFC"));
  return HOME.test(before) && !/(?:truoc|gan|ke|canh|doi dien|sau)\s+nha[^,.;]*$/u.test(before);
}

/** Spans that stand together are one stretch; where somebody says where they live, another begins. */
function stretchesOf(text: string, spans: Span[]): Span[] {
  const sorted = [...spans].sort((one, other) => one.start - other.start);
  const stretches: Span[] = [];
  for (const span of sorted) {
    const last = stretches.at(-1);
    const isNext = last && span.start - last.end <= APART && !isHome(text, span);
    if (isNext || (last && span.start < last.end)) last.end = Math.max(last.end, span.end);
    // a phrase has its own beginning
    else
      stretches.push({
        start: span.start - ("type" in span ? leadBefore(text.slice(0, span.start)) : 0),
        end: span.end,
      });
  }
  return stretches;
}

/** Further apart than this is another clause, letters. */
const APART = 12;

/** "số ", "trước số ": words that belong to the number after them. */
function leadBefore(before: string): number {
  const lead =
    /(?:^|\s)((?:(?:trước|truoc|gần|gan|đối diện|doi dien|nhà|nha|số|so|đường|duong)\s+)+)$/iu.exec(before);
  return lead ? lead[1]!.length : 0;
}

/** Writes the names that were found as the gazetteer has them. */
export function inFull(text: string, { start, end }: Span, entities: Entity[]): string {
  let written = "";
  let at = start;
  const named = entities
    .filter(({ type, value }) => ["street", "hamlet", "ward"].includes(type) && typeof value === "string")
    .sort((one, other) => one.start - other.start);
  for (const entity of named) {
    if (entity.start < at || entity.end > end) continue;
    const before = written + text.slice(at, entity.start);
    written =
      before + (entity.type === "ward" ? wardInFull(entity) : afterKind(before, String(entity.value)));
    at = entity.end;
  }
  const whole = written + text.slice(at, end);
  return hasDiacritics(text) ? whole : withMarks(whole);
}

/** The everyday words of an address, for a text that was typed without any mark. */
function withMarks(text: string): string {
  return text.replace(PLAIN, (word) => MARKED[word] ?? word);
}

const MARKED: Record<string, string> = Object.fromEntries(
  "trước,số,đường,hẻm,góc,gần,đối diện,phường,xã,ấp,khu phố,nhà,ngã ba,ngã tư,kế bên,cuối,cầu,với"
    .split(",")
    .map((word) => [foldDiacritics(word), word]),
);
const PLAIN = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${Object.keys(MARKED).join("|")})(?![\p{L}\p{N}])`,
  "gu",
);

/** An old number (“p8”) stays as it was said; a name gets its marks. */
function wardInFull({ text, value }: Entity): string {
  const name = String(value);
  const bare = name.replace(KIND, "");
  return foldDiacritics(text).endsWith(foldDiacritics(bare)) && !/\d/.test(bare)
    ? text.slice(0, text.length - bare.length) + bare
    : text;
}

/** “đại lộ ” already stands before “Đại lộ Đồng Khởi”. */
function afterKind(before: string, name: string): string {
  const kind = KIND.exec(name)?.[0];
  if (!kind) return name;
  return foldDiacritics(before).endsWith(foldDiacritics(kind))
    ? name.replace(KIND, "")
    : kind.toLowerCase() + name.replace(KIND, "");
}

const KIND = /^(?:Phường|Xã|Khu phố|Ấp|Đại lộ|Quốc lộ|Đường tỉnh|Huyện lộ|Đường|Lộ) /u;

/** The folded text where it has a letter for each letter of the text; null where positions would not agree. */
function folded(text: string): string | null {
  const bare = foldDiacritics(text.normalize("NFC"));
  return bare.length === text.length ? bare : null;
}
