/** May a resident read this? What is wrong with a sentence is said so that it can be mended at once. */
import { t } from "../../bilingual/index.ts";
import { placeholdersOf } from "../../dialogue/wording.ts";

/** Zalo and Messenger both take 2,000 characters in one message. */
export const LONGEST_MESSAGE = 2000;
/** Zalo's longest button. Messenger shows 20 of it, so the preview shows where it is cut. */
export const LONGEST_LABEL = 100;

/** A short line that ends no sentence: it stands on a button or in a numbered list. */
export function isLabel(shipped: string): boolean {
  return !shipped.includes("\n") && [...shipped].length <= 48 && !/[.!?:…]$/.test(shipped);
}

/** As it will be kept: one kind of line ending, no white space around, letters composed as the platforms count them. */
export const tidy = (text: string) =>
  text
    .replaceAll("\r\n", "\n")
    .normalize("NFC")
    .replace(/[ \t]+$/gm, "")
    .trim();

/** @returns null when all is well. */
export function problemWith(shipped: string, text: string): string | null {
  if (text === "") return t`Câu này chưa có chữ nào. Muốn dùng lại câu gốc thì bấm “Dùng lại câu gốc”.`;
  const wanted = placeholdersOf(shipped);
  const given = placeholdersOf(text);
  const unknown = given.filter((name) => !wanted.includes(name));
  if (unknown.length > 0) return t`${inBraces(unknown)} không phải chỗ điền của câu này. ${usable(wanted)}`;
  const missing = wanted.filter((name) => !given.includes(name));
  if (missing.length > 0)
    return t`Thiếu ${inBraces(missing)}: người dân sẽ không thấy thông tin đó. Hãy đặt lại vào câu.`;
  const rest = text.replace(/\{\w+\}/g, "");
  if (/[{}]/.test(rest))
    return t`Có dấu ngoặc nhọn lẻ. Chỗ điền viết liền, không dấu, giữa { và }. ${usable(wanted)}`;
  const length = text.length;
  if (isLabel(shipped)) {
    if (text.includes("\n")) return t`Chữ trên nút chỉ có một dòng.`;
    if (length > LONGEST_LABEL) return t`Chữ trên nút dài nhất ${LONGEST_LABEL} ký tự; đang có ${length}.`;
  }
  if (length > LONGEST_MESSAGE)
    return t`Một tin của Zalo và Messenger dài nhất 2.000 ký tự; đang có ${length}. Hãy viết gọn lại.`;
  return null;
}

const inBraces = (names: string[]) => names.map((name) => `{${name}}`).join(", ");
const usable = (names: string[]) =>
  names.length > 0 ? t`Câu này dùng được: ${inBraces(names)}.` : t`Câu này không có chỗ điền nào.`;
