/** One place to ask for a dossier: our own table first, then the province's system, then its last answer. */
import { log } from "../../infra/log.ts";
import type { Tx } from "../../infra/db.ts";
import { SourceUnavailable } from "../../infra/json-source/source.ts";
import type { Dossier, DossierSource } from "./dossier.ts";
import { findLocal, keepAnswer, lastAnswer } from "./store.ts";

export type Found =
  | {
      dossier: Dossier;
      /** Set when the system does not answer and this is what it said last. */ staleSince: Date | null;
    }
  /** "unknown": nobody knows it. "unreachable": whoever may know it does not answer. */
  | { missing: "unknown" | "unreachable" };

export interface Book {
  /** Answers at once from the database; null: the province's system has to be asked, outside of any transaction. */
  findNow(tx: Tx, code: string): Promise<Found | null>;
  /** May take as long as the province's system is given. Not for a transaction. */
  ask(db: Tx, code: string, now: Date): Promise<Found>;
  isRemote: boolean;
}

export function createBook(remote: DossierSource | null): Book {
  return {
    isRemote: remote !== null,
    async findNow(tx, code) {
      const dossier = await findLocal(tx, code);
      if (dossier) return { dossier, staleSince: null };
      return remote ? null : { missing: "unknown" };
    },
    async ask(db, code, now) {
      const here = await findLocal(db, code);
      if (here) return { dossier: here, staleSince: null };
      if (!remote) return { missing: "unknown" };
      try {
        const dossier = await remote.find(code);
        if (!dossier) return { missing: "unknown" };
        await keepAnswer(db, dossier, now);
        return { dossier, staleSince: null };
      } catch (error) {
        if (!(error instanceof SourceUnavailable)) throw error;
        log.warn({ reason: error.reason }, "the dossier source could not be asked");
        const last = await lastAnswer(db, code);
        return last ? { dossier: last.dossier, staleSince: last.fetchedAt } : { missing: "unreachable" };
      }
    },
  };
}
