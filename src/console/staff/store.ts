/** The people of the console, for who manages them. */
import type { Db, Tx } from "../../infra/db.ts";
import { foldDiacritics } from "../../language/index.ts";
import { hashPassword, oneTimePassword } from "../passwords.ts";
import { endSessions } from "../session.ts";

export interface ListedStaff {
  id: number;
  email: string;
  name: string;
  role: string;
  unitCode: string;
  unitName: string;
  skills: string[];
  mustChange: boolean;
  hasSecondStep: boolean;
  disabledAt: Date | null;
  lastSignInAt: Date | null;
}

export interface StaffDetails {
  email: string;
  name: string;
  role: string;
  unitCode: string;
  skills: string[];
}

/** @param words parts of a name or an e-mail, with or without diacritics. */
export async function findStaff(db: Db, words: string): Promise<ListedStaff[]> {
  const rows = await db.staff.findMany({
    include: { unit: true },
    orderBy: [{ name: "asc" }, { email: "asc" }],
  });
  const wanted = foldDiacritics(words).split(/\s+/).filter(Boolean);
  return rows.map(listed).filter(({ name, email, unitName }) => {
    const own = foldDiacritics(`${name} ${email} ${unitName}`);
    return wanted.every((word) => own.includes(word));
  });
}

export async function findPerson(db: Db, id: number): Promise<ListedStaff | null> {
  const row = await db.staff.findUnique({ where: { id }, include: { unit: true } });
  return row && listed(row);
}

type Row = Awaited<ReturnType<Db["staff"]["findUniqueOrThrow"]>> & { unit: { name: string } };

function listed({ id, email, name, role, unitCode, unit, skills, mustChange, ...rest }: Row): ListedStaff {
  const { totpSince, disabledAt, lastSignInAt } = rest;
  const hasSecondStep = totpSince !== null;
  return {
    ...{ id, email, name, role, unitCode, unitName: unit.name, skills, mustChange },
    ...{ hasSecondStep, disabledAt, lastSignInAt },
  };
}

export async function isEmailTaken(db: Db, email: string, exceptId = 0): Promise<boolean> {
  return (await db.staff.count({ where: { email, id: { not: exceptId } } })) > 0;
}

/** @returns the new person's number and one-time password. */
export async function addPerson(tx: Tx, details: StaffDetails): Promise<{ id: number; password: string }> {
  const password = oneTimePassword();
  const { id } = await tx.staff.create({
    data: { ...details, passwordHash: await hashPassword(password) },
    select: { id: true },
  });
  return { id, password };
}

export async function changePerson(tx: Tx, id: number, details: StaffDetails): Promise<void> {
  await tx.staff.update({ where: { id }, data: details, select: { id: true } });
}

/** Signs the person out everywhere. @returns the one-time password. */
export async function resetPassword(tx: Tx, id: number): Promise<string> {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  await tx.staff.update({ where: { id }, data: { passwordHash, mustChange: true }, select: { id: true } });
  await endSessions(tx, id);
  return password;
}

export async function setDisabled(tx: Tx, id: number, isDisabled: boolean): Promise<void> {
  const disabledAt = isDisabled ? new Date() : null;
  await tx.staff.update({ where: { id }, data: { disabledAt }, select: { id: true } });
  if (isDisabled) await endSessions(tx, id);
}
