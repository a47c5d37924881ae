/** How a filed dossier stands: by its code, by its receipt's QR; followed until it is done. */
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Database } from "../../infra/db.ts";
import type { Feature } from "../feature.ts";
import { createBook } from "./book.ts";
import { createDeeds } from "./deeds.ts";
import type { DossierSource } from "./dossier.ts";
import { detailsFlow, statusFlow } from "./flow.ts";
import { personalData } from "./personal-data.ts";
import { pushRouter } from "./push.ts";
import { readReceipt } from "./receipt.ts";
import { createTelling } from "./telling.ts";

export { createHttpSource } from "./http-source.ts";
export { ensureSampleDossiers } from "./sample.ts";
export { readSourceConfig } from "./source-config.ts";

/** "ngừng theo dõi hồ sơ này": to be heard before anything that only sounds like taking back a subscription. */
const STOPS =
  /(?:ng[uừ]ng|th[oô]i|b[oỏ]|d[uừ]ng|đ[uừ]ng|kh[oỏ]i|h[uủ]y)\s+theo d[oõ]i\s+(?:c[aá]i\s+|b[oộ]\s+)?h[oồ] s[oơ]/iu;
const STARTS =
  /theo d[oõ]i\s+(?:gi[uù]m\s+|gi[uú]p\s+|(?:em|tui|t[oô]i)\s+|c[aá]i\s+|b[oộ]\s+){0,3}h[oồ] s[oơ]/iu;
const DETAILS = /^(?:(?:cho|em|tui|t[oô]i|xem|coi|th[eê]m|n[oó]i)\s+)*chi ti[eế]t/iu;

export interface DossierParts {
  database: Database;
  wording: WordingBook;
  clock: Clock;
  readMedia(this: void, hash: string): Promise<{ bytes: Buffer }>;
  /** The province's system, where there is one. */
  source: DossierSource | null;
  pushKeys: string[];
}

export function createDossiers({
  database,
  wording,
  clock,
  readMedia,
  source,
  pushKeys,
}: DossierParts): Feature {
  const { db } = database;
  const book = createBook(source);
  const telling = createTelling({ database, wording, clock, book });
  const deeds = createDeeds(book);
  return {
    name: "dossiers",
    flows: [statusFlow, detailsFlow],
    answers: deeds.answers!,
    effects: deeds.effects!,
    codes: [
      { pattern: STOPS, intent: "dossier.unfollow" },
      { pattern: STARTS, intent: "dossier.follow" },
    ],
    recognises: async ({ text, understanding }, { topic }) => {
      if (topic?.name === "dossier" && DETAILS.test(text.trim())) return "dossier.details";
      return understanding.entities.some(({ type }) => type === "dossier_code") ? "dossier.status" : null;
    },
    news: telling.withAnswer,
    menu: [{ intent: "dossier.status", label: "intents.dossier.status" }],
    personalData,
    pages: pushRouter(db, pushKeys),
    jobs: {
      tasks: {
        "dossiers.ask": ({ residentId, code }: { residentId: string; code: string }) =>
          telling.answer(BigInt(residentId), code),
        "dossiers.receipt": async ({
          residentId,
          attachmentId,
        }: {
          residentId: string;
          attachmentId: string;
        }) => {
          const read = await readReceipt({ db, clock, readMedia }, BigInt(attachmentId));
          if ("code" in read) await telling.answer(BigInt(residentId), read.code);
          else await telling.say(BigInt(residentId), async (_tx, say) => [read.reply(say)]);
        },
        "dossiers.tell": ({ residentId }: { residentId: string }) => telling.tell(BigInt(residentId)),
        dossiers_check: () => telling.checkFollowed(),
      },
      crontab: ["*/15 * * * * dossiers_check"],
    },
  };
}
