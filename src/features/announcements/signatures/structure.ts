/**
 * Where the digital signatures of a PDF lie (ISO 32000-1, 12.8.1): each names the bytes it covers, which is everything but the
 * gap that holds itself. Whatever is not exactly so covers less than it seems to, and is told apart.
 */

export interface FoundSignature {
  /** The CMS message in DER. */
  cms: Buffer;
  /** What it covers, put together. */
  covered: Buffer;
  /** Nothing was added to the file after signing. */
  coversAll: boolean;
  /** A time stamp of the whole document (RFC 3161), which nobody signs by name. */
  isTimestamp: boolean;
  /** The time that the signing program wrote beside it: "D:20261125090000+07'00'". */
  time: Date | null;
}

/** More than this in one document is no official paper. */
const MOST = 20;
const RANGE = /\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/g;
/** A signature's dictionary stands within so many bytes around its range and its gap. */
const NEAR = 2000;

/** In the order they stand in the file. null in place of one: it is built so that it cannot be trusted to cover what it says. */
export function findSignatures(pdf: Buffer): (FoundSignature | null)[] {
  const text = pdf.toString("latin1");
  return [...text.matchAll(RANGE)].slice(0, MOST).map((match) => {
    const [start, length, from, rest] = match.slice(1, 5).map(Number) as [number, number, number, number];
    const end = from + rest;
    const isWhole = start === 0 && length > 0 && from > length && end <= pdf.length;
    const isCovered = match.index + match[0].length <= length || match.index >= from;
    if (!isWhole || !isCovered) return null;
    const cms = gapOf(text.slice(length, from));
    if (!cms) return null;
    const around = text.slice(Math.max(0, match.index - NEAR), length) + text.slice(from, from + NEAR);
    const dictionary = dictionaryOf(around);
    return {
      ...{ cms, covered: Buffer.concat([pdf.subarray(0, length), pdf.subarray(from, end)]) },
      coversAll: text.slice(end).trim() === "",
      isTimestamp: /\/SubFilter\s*\/ETSI\.RFC3161/.test(dictionary),
      time: timeOf(dictionary),
    };
  });
}

/** "<3082…0000>" and nothing else: what could be changed without anybody noticing holds the signature alone. */
function gapOf(gap: string): Buffer | null {
  if (!/^<(?:[0-9a-fA-F]{2})+>$/.test(gap)) return null;
  const bytes = Buffer.from(gap.slice(1, -1), "hex");
  return bytes.subarray(0, lengthOfDer(bytes));
}

/** The message is padded with zeros: its own length says where it ends. */
function lengthOfDer(bytes: Buffer): number {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 4 || bytes.length < 2 + count) return bytes.length;
  return 2 + count + bytes.readUIntBE(2, count);
}

/** The object the range stands in. */
function dictionaryOf(around: string): string {
  const begin = around.lastIndexOf(" obj");
  return around.slice(Math.max(0, begin)).split("endobj")[0]!;
}

function timeOf(dictionary: string): Date | null {
  const match = /\/M\s*\(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d'?\d\d)?/.exec(dictionary);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, zone = "Z"] = match;
  const offset = zone === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(time.getTime()) ? null : time;
}
