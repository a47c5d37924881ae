/** The console's first user, made once, when there is no other. */
import type { Db } from "../infra/db.ts";
import { hashPassword, oneTimePassword } from "./passwords.ts";

export const FIRST_ADMIN = "admin@localhost";

/** @returns the one-time password, or null when somebody can already sign in. */
export async function firstAdmin(db: Db): Promise<string | null> {
  if ((await db.staff.count()) > 0) return null;
  const password = oneTimePassword();
  const { count } = await db.staff.createMany({
    data: [
      {
        email: FIRST_ADMIN,
        name: "Quản trị",
        role: "admin",
        unitCode: "DO-THI",
        passwordHash: await hashPassword(password),
      },
    ],
    skipDuplicates: true, // two processes at the first start
  });
  return count === 1 ? password : null;
}
