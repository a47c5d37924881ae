/**
 * Ages tell some procedures apart: the identity card for a child of 8 is another than for a boy of 16. “8 tuổi”, “dưới 14
 * tuổi” and “từ đủ 14 tuổi” are brought to the same spans of life, so that one is found by the other.
 */

/** Where the law draws its lines, years: the health card, the identity card, old age. */
const SPANS = [
  { name: "#age:infant", from: 0, until: 6 },
  { name: "#age:child", from: 6, until: 14 },
  { name: "#age:adult", from: 14, until: 60 },
  { name: "#age:old", from: 60, until: 120 },
];

const AGE =
  /(?:(duoi|chua du|chua toi|under)\s+|(tu du|tu|du|tren|over)\s+)?(\d{1,3})\s?(?:tuoi|t|years? old)(?![\p{L}\p{N}])/gu;

/** @param bare without marks. @returns names of the spans it speaks of, none twice */
export function agesIn(bare: string): string[] {
  const found = [...bare.matchAll(AGE)].flatMap(([, below, above, digits]) => {
    const years = Number(digits);
    const [least, most] = below ? [0, years - 1] : above ? [years, 119] : [years, years];
    return SPANS.filter(({ from, until }) => from <= most && least < until).map(({ name }) => name);
  });
  return [...new Set(found)];
}

export const isAge = (term: string) => term.startsWith("#age:");
