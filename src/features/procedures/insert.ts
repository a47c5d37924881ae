/** Staff put the answer about a procedure into their own. */
import { t, vi } from "../../bilingual/index.ts";
import type { Insert } from "../feature.ts";
import { wordsAbout } from "./answer.ts";
import { isAspect, type Aspect } from "./aspects.ts";
import { titleOf } from "./record.ts";
import type { ShelfOf } from "./shelf.ts";

const PARTS: { aspect: Aspect; label: string }[] = [
  { aspect: "info", label: vi`Tóm tắt` },
  { aspect: "documents", label: vi`Giấy tờ` },
  { aspect: "fee", label: vi`Lệ phí` },
  { aspect: "online", label: vi`Nộp trực tuyến` },
];
const MOST = 5;

export function createInsert(shelfOf: ShelfOf): Insert {
  return {
    label: vi`Thủ tục`,
    hint: vi`Tên thủ tục, như “khai sinh”, “tạm trú”`,
    async find(words, { tx }) {
      const shelf = await shelfOf(tx);
      const exact = shelf.get(words.trim());
      const found = exact ? [exact] : shelf.find(words, MOST).flatMap(({ code }) => shelf.get(code) ?? []);
      return found.map(({ code, data }) => ({
        ...{ title: titleOf(data), about: code },
        parts: PARTS.map(({ aspect, label }) => ({ id: `${code} ${aspect}`, label: t.of(label) })),
      }));
    },
    async write(id, { tx, say }) {
      const [code = "", aspect = ""] = id.split(" ");
      const procedure = (await shelfOf(tx)).get(code);
      if (!procedure || !isAspect(aspect)) return null;
      const { text, link } = wordsAbout(procedure, aspect, null, say);
      return link ? { text, link } : { text };
    },
  };
}
