/** "Đường Nguyễn Huệ" → "duong nguyen hue", to match what people type in a hurry. */
export function foldDiacritics(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .replaceAll("đ", "d"); // NFD leaves đ whole: it is a letter, not d with a mark
}

/** Whether any letter carries a Vietnamese mark (đ counts). */
export function hasDiacritics(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0xc0 && isMarkedLetter(code)) return true;
  }
  return false;
}

function isMarkedLetter(code: number): boolean {
  return (
    (code <= 0x1b0 && code !== 0xd7 && code !== 0xf7) ||
    (code >= 0x1ea0 && code <= 0x1ef9) ||
    (code >= 0x300 && code <= 0x36f)
  );
}

/**
 * Whether `typed` may be meant as `intended`: the same letters, and the same marks unless it was typed with none.
 * spells("to", "tờ") and spells("tờ", "tờ") hold, spells("tổ", "tờ") does not.
 */
export function spells(typed: string, intended: string): boolean {
  const plain = typed.toLowerCase().normalize("NFC");
  if (plain === intended) return true;
  return !hasDiacritics(plain) && plain === foldDiacritics(intended);
}
