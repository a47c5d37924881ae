/** Trouble that a person should know of: one open incident per account and kind, told once where alerts go. */
import axios from "axios";
import type { Db } from "../infra/db.ts";
import { log } from "../infra/log.ts";

export interface Incidents {
  open(kind: string, accountId: number | null, message: string): Promise<void>;
  close(kind: string, accountId: number | null): Promise<void>;
}

/** @param alertUrl takes a JSON POST {"text": …}, as most chat and alert services do. */
export function createIncidents(db: Db, alertUrl?: string): Incidents {
  return {
    async open(kind, accountId, message) {
      const known = await db.incident.findFirst({ where: { kind, accountId, closedAt: null } });
      if (known) return;
      await db.incident.create({ data: { kind, accountId, message } });
      log.error({ kind, account: accountId }, "an incident was opened");
      if (alertUrl) {
        await axios.post(alertUrl, { text: message }, { timeout: 5000 }).catch((error: Error) => {
          log.warn({ err: error }, "the alert address did not take an incident");
        });
      }
    },
    async close(kind, accountId) {
      await db.incident.updateMany({
        where: { kind, accountId, closedAt: null },
        data: { closedAt: new Date() },
      });
    },
  };
}
