import { OperatorError } from "../../src/config.ts";
import { audit } from "../../src/console/audit/audit.ts";
import { hashPassword, oneTimePassword } from "../../src/console/passwords.ts";
import { dropSecondStep } from "../../src/console/me/store.ts";
import { endSessions } from "../../src/console/session.ts";
import { createAttempts } from "../../src/console/sign-in/attempts.ts";
import type { Tx } from "../../src/infra/db.ts";
import { withInstallation } from "../command/run.ts";
import { table } from "../command/table.ts";
import { requireUnit } from "../command/units.ts";

interface NewStaff {
  email: string;
  role: string;
  unit: string;
  name?: string;
}

/** Prints "email role unit password". */
export async function addStaff({ email: given, role, unit: unitCode, name = "" }: NewStaff) {
  const email = given.trim().toLowerCase();
  if (!/^\S+@\S+$/.test(email)) throw new OperatorError(`“${given}” is no e-mail address.`);
  await withInstallation(async ({ database: { db } }) => {
    const unit = await requireUnit(db, unitCode);
    const password = oneTimePassword();
    const passwordHash = await hashPassword(password);
    await db.$transaction(async (tx) => {
      if (await tx.staff.findUnique({ where: { email } })) {
        throw new OperatorError(
          `${email} is there already. \`staff reset-password ${email}\` gives a new password.`,
        );
      }
      await tx.staff.create({ data: { email, name, role, unitCode: unit.code, passwordHash } });
      await audit(tx, null, "staff.added", email, { role, unit: unit.code });
    });
    console.log(`added ${email} ${role} ${unit.code} one-time password: ${password}`);
  });
}

export async function list({ json }: { json?: boolean }) {
  await withInstallation(async ({ database: { db } }) => {
    const rows = await db.staff.findMany({ orderBy: { email: "asc" } });
    const staff = rows.map(({ email, name, role, unitCode, disabledAt, mustChange }) => ({
      ...{ email, name, role, unit: unitCode },
      state: disabledAt ? "disabled" : mustChange ? "has not changed the one-time password" : "active",
    }));
    if (json) console.log(JSON.stringify(staff, null, 2));
    else
      console.log(
        table(
          ["e-mail", "name", "role", "unit", "state"],
          staff.map((person) => Object.values(person)),
        ),
      );
  });
}

/** Also ends a lock-out. @param secondStep true: the phone is lost too, so the second step goes. */
export async function resetPassword(email: string, { secondStep }: { secondStep?: boolean }) {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  await change(email, "staff.password_reset", async (tx, id) => {
    await tx.staff.update({ where: { id }, data: { passwordHash, mustChange: true } });
    if (secondStep) await dropSecondStep(tx, id);
  });
  await withInstallation(({ database }) => createAttempts(database.pool).forgive(email.trim().toLowerCase()));
  console.log(`${email} one-time password: ${password}`);
}

export async function disable(email: string) {
  await change(email, "staff.disabled", (tx, id) =>
    tx.staff.update({ where: { id }, data: { disabledAt: new Date() } }),
  );
  console.log(`disabled ${email}`);
}

export async function enable(email: string) {
  await change(email, "staff.enabled", (tx, id) =>
    tx.staff.update({ where: { id }, data: { disabledAt: null } }),
  );
  console.log(`enabled ${email}`);
}

/** The change, its audit entry, and the end of the person's sessions, at once. */
async function change(given: string, action: string, deed: (tx: Tx, id: number) => Promise<unknown>) {
  const email = given.trim().toLowerCase();
  await withInstallation(({ database: { db } }) =>
    db.$transaction(async (tx) => {
      const person = await tx.staff.findUnique({ where: { email } });
      if (!person)
        throw new OperatorError(`Nobody has the e-mail ${email} here. \`staff list\` shows everybody.`);
      await deed(tx, person.id);
      await endSessions(tx, person.id);
      await audit(tx, null, action, email);
    }),
  );
}
