import { useTestDatabase } from "../src/infra/testing/database.ts";
import { isPassword } from "../src/console/passwords.ts";
import { ensureUnits } from "../src/residents/units.ts";
import { runCommand } from "./testing/commands.ts";

const database = useTestDatabase();
beforeAll(() => ensureUnits(database.db));

const staff = (...args: string[]) =>
  runCommand("scripts/staff.ts", args, {
    DATABASE_URL: database.url,
    APP_KEY: Buffer.alloc(32).toString("base64"),
  });
const row = () => database.db.staff.findUniqueOrThrow({ where: { email: "lan@bentre.invalid" } });

test("a person is added with a one-time password that opens the console", async () => {
  const { code, out } = await staff(
    "add",
    "--email",
    "Lan@bentre.invalid",
    "--role",
    "agent",
    "--unit",
    "PHU-TAN",
  );
  expect(code).toBe(0);
  const [, password] = /^added lan@bentre\.invalid agent PHU-TAN one-time password: (\S+)\n$/.exec(out)!;
  const { passwordHash, mustChange } = await row();
  expect([await isPassword(passwordHash, password!), mustChange]).toEqual([true, true]);
});

test("a reset gives another password and ends every session", async () => {
  const { id, passwordHash } = await row();
  const session = { sid: "s1", sess: { staffId: id }, expire: new Date(Date.now() + 60_000) };
  await database.db.staffSession.create({ data: session });
  const { out } = await staff("reset-password", "lan@bentre.invalid");
  const [, password] = /one-time password: (\S+)/.exec(out)!;
  const after = await row();
  expect([
    await isPassword(after.passwordHash, password!),
    await isPassword(passwordHash, password!),
  ]).toEqual([true, false]);
  expect(await database.db.staffSession.count()).toBe(0);
});

test("whoever is disabled is so from now on, and it stands in the audit", async () => {
  expect((await staff("disable", "lan@bentre.invalid")).out).toBe("disabled lan@bentre.invalid\n");
  expect((await row()).disabledAt).not.toBeNull();
  expect(await database.db.auditEntry.count({ where: { action: "staff.disabled", staffId: null } })).toBe(1);
});

test("a role that does not exist and an e-mail nobody has are told in a sentence", async () => {
  const wrongRole = await staff("add", "--email", "b@b.vn", "--role", "boss", "--unit", "PHU-TAN");
  expect(wrongRole).toMatchObject({
    code: 2,
    out: "",
    errors: expect.stringMatching(/Allowed choices are admin, unit_admin/) as string,
  });
  expect(await staff("disable", "ai@b.vn")).toMatchObject({
    code: 1,
    errors: "Nobody has the e-mail ai@b.vn here. `staff list` shows everybody.\n",
  });
});
