/** What every peer is given besides the sentences: words, and a copy of each example without diacritics. */
export const wordsOf = (text) =>
  text
    .normalize("NFC")
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

const bare = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .replaceAll("đ", "d")
    .replaceAll("Đ", "D");

export const withBareCopies = (rows) => rows.flatMap((row) => [row, { ...row, text: bare(row.text) }]);
