import type { Passage } from "./passage.ts";

/** “trụ NH-045”, “cột đèn nh045”. The plate on a pole bears letters of its street and a number. */
const PLATE = /(?<![\p{L}\p{N}.-])([a-z]{1,4})\s?[-–._]?\s?(\d{2,4})(?![\p{L}\p{N}]|[-–./]\d)/gu;
const POLE_BEFORE =
  /(?:tru|cot|den|bong|ma tru|ma cot|so tru|so cot|ma so|bien so tru|ky hieu)(?:\s+(?:den|dien|chieu sang|duong|cong cong|so|ma|ma so|ten|ky hieu|la|mang|ghi|co|hieu)){0,4}\s*[:“"'(]?\s*$/u;
/** Letters before a number that mean a road, a paper, a ward, money, a vehicle. */
const NOT_PLATES = new Set(
  "ql tl hl dt dh d p f x kp k ap to so tb pa qd nd tt nq cv ubnd bd tbd gs ct vn cmt tc tphcm q t h m km kv kw w hem nha lo ngo gio luc ngay thang nam".split(
    " ",
  ),
);

export function findLampPoles(passage: Passage, known: readonly string[] = []): void {
  const poles = new Map(known.map((pole) => [plateKey(pole), pole]));
  for (const match of passage.matches(PLATE)) {
    const [whole, letters, digits] = match;
    const end = match.index + whole.length;
    const typed = passage.typed(match.index, match.index + letters!.length).toUpperCase();
    const plate = `${typed}-${digits!.padStart(3, "0")}`;
    const capital = typed === passage.typed(match.index, match.index + letters!.length);
    const registered = poles.get(plateKey(plate));
    const dashed = /[-–]/u.test(whole) && digits!.length === 3 && letters!.length >= 2;
    const called =
      POLE_BEFORE.test(passage.before(match.index, 40)) &&
      !/[àáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵâêôơưă]/u.test(typed.toLowerCase());
    if (!registered && (NOT_PLATES.has(letters!) || !(called || (dashed && capital)))) continue;
    if (registered && !called && !capital && !dashed) continue;
    passage.add("lamp_pole", registered ?? plate, match.index, end);
  }
}

function plateKey(plate: string): string {
  const [, letters = "", digits = ""] = /^(\p{L}+)[^\p{L}\d]*0*(\d+)/u.exec(plate.toUpperCase()) ?? [];
  return `${letters}${digits}`;
}
