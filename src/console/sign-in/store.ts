/** Finding who signs in, and taking a code so that it works once. */
import type { Db, Tx } from "../../infra/db.ts";
import type { SecretBox } from "../../infra/secrets.ts";
import { isPassword } from "../passwords.ts";
import { hashRecoveryCode, stepOfCode } from "./second-step.ts";

/** Of a password that nobody has: an unknown e-mail costs as much time as a known one. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=65536,t=3,p=1$YYnBV1URW7Z1h6rleiEp+Q$cMgUDWNiufit4ek7d4eBBWevrMFtSpHl/OFYEFN7Zug";

export interface Knocking {
  id: number;
  hasSecondStep: boolean;
}

/** @returns null for an unknown e-mail, a wrong password, and somebody disabled, after the same work. */
export async function findByPassword(db: Db, email: string, password: string): Promise<Knocking | null> {
  const staff = await db.staff.findUnique({ where: { email } });
  const isRight = await isPassword(staff?.passwordHash ?? NOBODYS_HASH, password);
  if (!staff || !isRight || staff.disabledAt) return null;
  return { id: staff.id, hasSecondStep: staff.totpSince !== null };
}

/** A code of the app that was not used before, or one of the codes on paper. */
export async function takeCode(db: Db, box: SecretBox, staffId: number, code: string): Promise<boolean> {
  const staff = await db.staff.findUnique({ where: { id: staffId } });
  if (!staff?.totpSecret || staff.disabledAt) return false;
  const step = stepOfCode(box.open(staff.totpSecret), code);
  if (step !== null) {
    const { count } = await db.staff.updateMany({
      where: { id: staffId, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
      data: { totpLastStep: step },
    });
    return count === 1;
  }
  const taken = await db.$executeRaw`
    UPDATE staff SET recovery_hashes = array_remove(recovery_hashes, ${hashRecoveryCode(code)})
    WHERE id = ${staffId} AND ${hashRecoveryCode(code)} = ANY(recovery_hashes)`;
  return taken === 1;
}

export async function noteSignIn(tx: Tx, staffId: number, now = new Date()): Promise<void> {
  await tx.staff.update({ where: { id: staffId }, data: { lastSignInAt: now }, select: { id: true } });
}
