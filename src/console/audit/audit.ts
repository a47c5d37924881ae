/** Every deed of staff, written in the transaction of the deed. The table takes no change afterwards. */
import type { Tx } from "../../infra/db.ts";

/** @param staff null: the command line, or the service itself. Never put a resident's words into `details`. */
export async function audit(
  tx: Tx,
  staff: { id: number } | null,
  action: string,
  subject: string,
  details: Record<string, string | number | boolean | null> = {},
): Promise<void> {
  await tx.auditEntry.create({
    data: { staffId: staff?.id ?? null, action, subject, details },
    select: { id: true },
  });
}
