/** What about a procedure is asked: its papers, its fee … The intent says so, the words may say it better. */
import { foldDiacritics, normalise } from "../../language/index.ts";

export const ASPECTS = [
  "info",
  "documents",
  "fee",
  "time",
  "where",
  "online",
  "legal",
  "forms",
  "link",
] as const;
export type Aspect = (typeof ASPECTS)[number];
export const isAspect = (name: string): name is Aspect => (ASPECTS as readonly string[]).includes(name);

/** In this order: "mẫu đơn nộp ở đâu" asks for the form. */
const SIGNS: [Aspect, RegExp][] = [
  [
    "legal",
    /can cu phap ly|co so phap ly|(?:luat|nghi dinh|thong tu|van ban|quy dinh) (?:nao|gi)|theo (?:luat|quy dinh) nao/,
  ],
  [
    "forms",
    /mau don|bieu mau|mau to khai|to khai (?:o dau|lay|mau)|(?:lay|tai|xin|goi|gui) (?:cai )?(?:mau|to khai)|mau (?:nao|gi|so may)/,
  ],
  ["link", /duong link|link|trang web|dia chi web|website/],
  [
    "fee",
    /bao nhieu (?:tien|1|mot|phi)|nhieu tien|le phi|\bphi\b|ton (?:bao|tien|phi|nhieu)|mat (?:tien|phi)|het (?:bao nhieu|nhieu)|dong (?:bao nhieu|nhieu|tien|phi)|mien phi|thue/,
  ],
  [
    "time",
    /may (?:ngay|bua|hom|tuan|thang)|bao lau|lau (?:khong|hong|ko)|khi nao (?:co|xong|lay)|chung nao|bao gio (?:co|xong)|mat bao lau|lay lien/,
  ],
  ["online", /online|qua mang|tren mang|truc tuyen|vneid|dich vu cong|qua dien thoai|o nha/],
  [
    "documents",
    /giay to|giay gi|can (?:gi|nhung gi|dem|mang|cam)|ho so (?:gom|can|co)|(?:dem|mang|cam) theo|dem (?:gi|nhung)|ban chinh|ban sao (?:khong|hong)|nhung gi/,
  ],
  ["where", /o dau|cho nao|noi nao|phuong nao|co quan nao|nop dau|quay nao|ra dau|den dau|toi dau/],
];

export function aspectOf(intent: string, text: string): Aspect {
  const named = intent.replace(/^procedure\./, "") as Aspect;
  const folded = foldDiacritics(normalise(text));
  const said = SIGNS.find(([, sign]) => sign.test(folded))?.[0];
  if (named === "info" || said === "legal" || said === "forms" || said === "link") return said ?? "info";
  return ASPECTS.includes(named) ? named : "info";
}
