/** One's own password, second step and sessions. */
import { createHash } from "node:crypto";
import type { Language } from "../../bilingual/index.ts";
import type { Db, Tx } from "../../infra/db.ts";
import type { SecretBox } from "../../infra/secrets.ts";
import type { MailKind } from "../staff-mail.ts";
import { hashPassword, isPassword } from "../passwords.ts";
import { hashRecoveryCode, newRecoveryCodes, stepOfCode } from "../sign-in/second-step.ts";

export interface OpenSession {
  /** Stands for the session in pages and addresses: its own number is nobody's to see. */
  handle: string;
  startedAt: Date;
  address: string;
  agent: string;
  expire: Date;
}

export async function sessionsOf(db: Tx, staffId: number): Promise<OpenSession[]> {
  const rows = await db.$queryRaw<{ sid: string; sess: Record<string, string>; expire: Date }[]>`
    SELECT sid, sess, expire FROM staff_session
    WHERE sess ->> 'staffId' = ${String(staffId)} AND expire > now() ORDER BY sess ->> 'startedAt' DESC`;
  return rows.map(({ sid, sess, expire }) => ({
    ...{ handle: handleOf(sid), expire, address: sess.address ?? "", agent: sess.agent ?? "" },
    startedAt: new Date(sess.startedAt ?? expire),
  }));
}

export const handleOf = (sid: string) => createHash("sha256").update(sid).digest("hex");

export async function endSession(db: Tx, staffId: number, handle: string): Promise<boolean> {
  const ended = await db.$executeRaw`
    DELETE FROM staff_session
    WHERE sess ->> 'staffId' = ${String(staffId)} AND encode(sha256(sid::bytea), 'hex') = ${handle}`;
  return ended === 1;
}

export async function isOwnPassword(db: Db, staffId: number, password: string): Promise<boolean> {
  const { passwordHash } = await db.staff.findUniqueOrThrow({ where: { id: staffId } });
  return isPassword(passwordHash, password);
}

export async function setPassword(tx: Tx, staffId: number, password: string): Promise<void> {
  const data = { passwordHash: await hashPassword(password), mustChange: false };
  await tx.staff.update({ where: { id: staffId }, data, select: { id: true } });
}

export async function setLanguage(tx: Tx, staffId: number, language: Language): Promise<void> {
  await tx.staff.update({ where: { id: staffId }, data: { language }, select: { id: true } });
}

export async function mailsOf(db: Db, staffId: number): Promise<string[]> {
  return (await db.staff.findUniqueOrThrow({ where: { id: staffId } })).mails;
}

export async function setMails(tx: Tx, staffId: number, mails: MailKind[]): Promise<void> {
  await tx.staff.update({ where: { id: staffId }, data: { mails }, select: { id: true } });
}

export async function secondStepOf(db: Db, staffId: number) {
  const { totpSecret, totpSince, recoveryHashes } = await db.staff.findUniqueOrThrow({
    where: { id: staffId },
  });
  return { sealed: totpSecret, since: totpSince, codesLeft: recoveryHashes.length };
}

/** A secret that counts once a first code of it was given. */
export async function proposeSecret(db: Db, box: SecretBox, staffId: number, secret: string): Promise<void> {
  await db.staff.updateMany({
    where: { id: staffId, totpSince: null },
    data: { totpSecret: box.seal(secret) },
  });
}

/** @returns the codes on paper, told this once; null when the code is not of the proposed secret. */
export async function confirmSecret(
  tx: Tx,
  box: SecretBox,
  staffId: number,
  code: string,
): Promise<string[] | null> {
  const { totpSecret } = await tx.staff.findUniqueOrThrow({ where: { id: staffId } });
  const step = totpSecret ? stepOfCode(box.open(totpSecret), code) : null;
  if (step === null) return null;
  const codes = newRecoveryCodes();
  const { count } = await tx.staff.updateMany({
    where: { id: staffId, totpSince: null },
    data: { totpSince: new Date(), totpLastStep: step, recoveryHashes: codes.map(hashRecoveryCode) },
  });
  return count === 1 ? codes : null;
}

export async function dropSecondStep(tx: Tx, staffId: number): Promise<void> {
  await tx.staff.update({
    where: { id: staffId },
    data: { totpSecret: null, totpSince: null, totpLastStep: null, recoveryHashes: [] },
    select: { id: true },
  });
}
