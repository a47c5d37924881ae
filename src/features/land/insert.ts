/** Staff put a parcel with its picture into an answer: of our own map, which answers at once. */
import { t, vi } from "../../bilingual/index.ts";
import type { Media } from "../../channels/media.ts";
import type { Insert } from "../feature.ts";
import { emptyDraft } from "./draft.ts";
import { findHere } from "./find.ts";
import { subjectOf } from "./report.ts";
import { describe } from "./show.ts";
import { findById } from "./store.ts";

const MOST = 6;

export const createInsert = (media: Pick<Media, "keepPicture">): Insert => ({
  label: vi`Thửa đất`,
  hint: vi`Tờ, thửa, phường: “tờ 12 thửa 125 phường 8”`,
  async find(_words, { tx, entities }) {
    const valueOf = (wanted: string) => entities.find(({ type }) => type === wanted)?.value;
    const { sheet, parcel: number } = (valueOf("parcel") ?? {}) as { sheet?: number; parcel?: number };
    if (sheet === undefined || number === undefined) return [];
    const ward = valueOf("ward");
    const draft = {
      ...emptyDraft("land.parcel"),
      sheet,
      number,
      ward: typeof ward === "string" ? ward : null,
    };
    return (await findHere(draft, tx)).slice(0, MOST).map(({ id, ward, address }) => ({
      title: t`Tờ ${sheet}, thửa ${number}`,
      about: [ward, address].filter(Boolean).join(" · "),
      parts: [{ id: String(id), label: t`Thông tin và hình` }],
    }));
  },
  async write(id, context) {
    const parcel = /^\d{1,18}$/.test(id) ? await findById(context.tx, BigInt(id)) : null;
    return parcel && describe(subjectOf(parcel), context, media);
  },
});
