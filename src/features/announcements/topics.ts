/** What notices are about, and the words by which people name it (folded: without diacritics). */
import { foldDiacritics } from "../../language/index.ts";

export const TOPICS = {
  water: {
    vi: "Cúp nước",
    en: "Water cuts",
    words: /\b(?:cup nuoc|mat nuoc|cat nuoc|ngung (?:cung )?cap nuoc|nuoc may|nuoc sach|water)\b/,
  },
  power: {
    vi: "Cúp điện",
    en: "Power cuts",
    words: /\b(?:cup dien|mat dien|cat dien|ngung (?:cung )?cap dien|dien luc|power|electric\w*)\b/,
  },
  health: {
    vi: "Y tế, tiêm ngừa",
    en: "Health and vaccination",
    words:
      /\b(?:tiem (?:ngua|chung|phong)|chich ngua|vac ?xin|y te|dich benh|sot xuat huyet|kham benh|kham suc khoe|phun thuoc|tay chan mieng|hien mau|vaccin\w*|health)\b/,
  },
  salinity: {
    vi: "Độ mặn, xâm nhập mặn",
    en: "Salinity",
    words: /\b(?:do man|xam nhap man|nuoc man|han man|dong cong|xa cong|salinity)\b/,
  },
  weather: {
    vi: "Bão, lũ, triều cường",
    en: "Storms, floods, tides",
    words:
      /\b(?:(?:con|tin|mua|co|sap|gio) bao(?! (?:gio|nhieu|lau))|bao (?:so|lu|lut|lon|to)|ap thap|trieu cuong|lu lut|ngap lut|giong loc|sat lo|thien tai|di doi|mua lon|storm|flood|tide)\b/,
  },
  meeting: {
    vi: "Họp dân, tiếp dân",
    en: "Meetings",
    words:
      /\b(?:hop dan|hop to|hop khu pho|hop ap|tiep (?:cong )?dan|tiep xuc cu tri|cu tri|bau cu|meeting)\b/,
  },
  traffic: {
    vi: "Đường sá, cấm đường",
    en: "Roads and closures",
    words: /\b(?:cam duong|cam xe|phan luong|sua duong|sua cau|thi cong|giao thong|rao duong|road|traffic)\b/,
  },
  welfare: {
    vi: "Trợ cấp, chính sách",
    en: "Benefits",
    words:
      /\b(?:tro cap|ho ngheo|can ngheo|bao tro|luong huu|nguoi cao tuoi|chi tra|ho tro|qua tet|hoc bong|benefit\w*)\b/,
  },
  security: {
    vi: "An ninh, cảnh báo lừa đảo",
    en: "Security and scams",
    words:
      /\b(?:lua dao|gia danh|an ninh|trom cap|phong chay|pccc|nghia vu quan su|tuyen quan|scam|security)\b/,
  },
  culture: {
    vi: "Lễ hội, văn hóa",
    en: "Festivals and culture",
    words: /\b(?:le hoi|van nghe|hoi thi|giai dau|the thao|ban phao|hoi cho|festival)\b/,
  },
  general: { vi: "Tin chung", en: "General", words: /\b(?:tin chung)\b/ },
} as const;

export type Topic = keyof typeof TOPICS;
export const isTopic = (name: string): name is Topic => Object.hasOwn(TOPICS, name);
/** One station of measurement, followed by itself. */
const STATION = /^station:(.+)$/;
export function topicName(topic: string, language: "vi" | "en" = "vi"): string {
  if (isTopic(topic)) return TOPICS[topic][language];
  const station = STATION.exec(topic)?.[1];
  if (!station) return topic;
  return language === "vi" ? `Số đo trạm ${station}` : `Readings of station ${station}`;
}

/** The topics a text speaks of, in the order of the table. */
export function topicsIn(text: string): Topic[] {
  // bare, "bão" is any of báo, bao, bảo: "thông báo" is no storm
  const told = text.slice(0, 4000).toLowerCase().normalize("NFC").replaceAll("bão", "con bão");
  const folded = foldDiacritics(told).replace(/[^a-z0-9]+/g, " ");
  return (Object.keys(TOPICS) as Topic[]).filter((topic) => TOPICS[topic].words.test(folded));
}

/** A topic as an archive prints it ("Cúp nước", "water", "Thông báo cúp nước"), else by what the notice says. */
export function readTopic(printed: string | undefined, notice: string): Topic {
  const given = printed?.trim().toLowerCase() ?? "";
  if (isTopic(given)) return given;
  return topicsIn(given)[0] ?? topicsIn(notice)[0] ?? "general";
}
