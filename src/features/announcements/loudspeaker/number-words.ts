/** Numbers as they are read aloud in the South: 105 → "một trăm lẻ năm", 24 → "hai mươi bốn", 1.000 → "một ngàn". */
const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;
const GROUPS = ["", "ngàn", "triệu"] as const;
/** Beyond it figures are read one by one. */
export const LARGEST = 999_999_999_999_999;

/** @param value a whole number from 0 to `LARGEST` */
export function numberWords(value: number): string {
  if (value === 0) return DIGITS[0];
  const billions = Math.floor(value / 1e9);
  const rest = value % 1e9;
  const head = billions > 0 ? `${belowBillion(billions, false)} tỷ` : "";
  return [head, rest > 0 ? belowBillion(rest, billions > 0) : ""].filter(Boolean).join(" ");
}

/** @param isInner something larger stands before: "không trăm lẻ năm" is said */
function belowBillion(value: number, isInner: boolean): string {
  const words: string[] = [];
  let isFirst = !isInner;
  for (let group = 2; group >= 0; group--) {
    const three = Math.floor(value / 1000 ** group) % 1000;
    if (three === 0) continue;
    words.push(threeDigits(three, !isFirst), GROUPS[group]!);
    isFirst = false;
  }
  return words.filter(Boolean).join(" ");
}

function threeDigits(value: number, isInner: boolean): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const head = hundreds > 0 || isInner ? `${DIGITS[hundreds]!} trăm` : "";
  if (rest === 0) return head;
  const tail = rest < 10 && head ? `lẻ ${DIGITS[rest]!}` : twoDigits(rest);
  return head ? `${head} ${tail}` : tail;
}

function twoDigits(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  if (tens === 0) return DIGITS[ones]!;
  const head = tens === 1 ? "mười" : `${DIGITS[tens]!} mươi`;
  if (ones === 0) return head;
  if (ones === 5) return `${head} lăm`;
  return `${head} ${ones === 1 && tens > 1 ? "mốt" : DIGITS[ones]!}`;
}

/** "1.250.000" and "0,5" as written in Vietnamese; what is too long to be a number is read figure by figure. */
export function figureWords(written: string): string {
  const [whole = "", part] = written.replace(/\.(?=\d{3}(?!\d))/g, "").split(/[.,]/);
  const isNumber = whole.length <= 15 && (whole === "0" || !whole.startsWith("0") || whole.length <= 2);
  const head = isNumber ? numberWords(Number(whole)) : digitWords(whole);
  if (!part) return head;
  return `${head} phẩy ${part.startsWith("0") || part.length > 2 ? digitWords(part) : numberWords(Number(part))}`;
}

/** "0903" → "không chín không ba": telephone numbers. */
export const digitWords = (digits: string) => [...digits].map((digit) => DIGITS[Number(digit)]!).join(" ");
