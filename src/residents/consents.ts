/** What residents agreed to, purpose by purpose: nothing is agreed to by silence (Law 91/2025/QH15). */
import type { Tx } from "../infra/db.ts";

/** "announcements": notices without being asked. "training": their unclear messages help to teach the bot. */
export type Purpose = "announcements" | "training";

/** Which wording is agreed to today; a new one asks again. */
export const CONSENT_VERSION = "2026-11";

export async function giveConsent(
  tx: Tx,
  residentId: bigint,
  purpose: Purpose,
  givenAt = new Date(),
): Promise<void> {
  const given = { version: CONSENT_VERSION, givenAt, withdrawnAt: null };
  await tx.consent.upsert({
    where: { residentId_purpose: { residentId, purpose } },
    create: { residentId, purpose, ...given },
    update: given,
  });
}

/** Withdrawing what was never given is no error. What waits to teach the bot goes with the consent to it. */
export async function withdrawConsent(tx: Tx, residentId: bigint, purpose: Purpose): Promise<void> {
  await tx.consent.updateMany({
    where: { residentId, purpose, withdrawnAt: null },
    data: { withdrawnAt: new Date() },
  });
  if (purpose === "training") await tx.trainingCandidate.deleteMany({ where: { residentId, state: "open" } });
}

export async function hasConsent(tx: Tx, residentId: bigint, purpose: Purpose): Promise<boolean> {
  return (await tx.consent.count({ where: { residentId, purpose, withdrawnAt: null } })) > 0;
}
