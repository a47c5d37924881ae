/** Who writes is known by the name they have on the platform: asked once, of who was told so, and never insisted upon. */
import fc from "fast-check";
import { DeliveryError } from "../channels/delivery-error.ts";
import { facebookAccount } from "../channels/testing/accounts.ts";
import { useTestDatabase } from "../infra/testing/database.ts";
import { openService, until, type WholeService } from "../testing/service.ts";
import { createNames, publicNames, tidy } from "./names.ts";

afterAll(() => service.stop()); // before its database goes
const database = useTestDatabase();
let service: WholeService;
beforeAll(async () => {
  service = await openService(database);
});
afterEach(() => publicNames.follow({}));

const ZALO = "zalo:1840026671135570011";
const FACEBOOK = "facebook:109900112233411";
let people = 0;

async function somebody(account: string, name: string) {
  const resident = `72000000000${String(++people).padStart(5, "0")}`;
  await service.act({ act: "text", account, resident, name, text: "xin chào" });
  return resident;
}
const named = (externalId: string) =>
  until(() => database.db.resident.findFirst({ where: { externalId, profileAt: { not: null } } }));

test.each([
  ["Zalo", ZALO, "Trần Thị Bé Ba"],
  ["Facebook", FACEBOOK, "Nguyễn Huỳnh Thanh Trúc"],
])("%s is asked after the first message, and the name is said as in Việt Nam", async (_, account, name) => {
  expect(await named(await somebody(account, name))).toMatchObject({ displayName: name, namedSelf: false });
});

test("what somebody told of themselves stays", async () => {
  const resident = await somebody(ZALO, "Bé Heo 🐷");
  await named(resident);
  const info = { name: "Lê Thị Lan", phone: "0901234567", address: "12 Nguyễn Huệ" };
  await service.act({ act: "shareInfo", account: ZALO, resident, ...info });
  const told = await until(() =>
    database.db.resident.findFirst({ where: { externalId: resident, namedSelf: true } }),
  );
  await database.db.resident.update({ where: { id: told.id }, data: { profileAt: null } });
  await askAll(() => Promise.resolve("Bé Heo 🐷"));
  expect(await named(resident)).toMatchObject({ displayName: "Lê Thị Lan" });
});

test("refused for one, the others are asked; without the permission an account is asked once; nobody hears of it", async () => {
  const [first, second] = [await somebody(FACEBOOK, "A"), await somebody(FACEBOOK, "B")];
  for (const externalId of [first, second]) {
    const { id } = await named(externalId);
    await database.db.resident.update({ where: { id }, data: { profileAt: null, displayName: null } });
  }
  const asked: string[] = [];
  await askAll((_account, externalId) => {
    asked.push(externalId);
    throw new DeliveryError("stop_account", "200", "thiếu quyền");
  });
  expect(asked).toHaveLength(1);
  await askAll((_account, externalId) => {
    if (externalId === first) throw new DeliveryError("permanent", "230", "chưa đồng ý");
    return Promise.resolve("Bình");
  });
  expect(await named(first)).toMatchObject({ displayName: null });
  expect(await named(second)).toMatchObject({ displayName: "Bình" });
  expect(await database.db.incident.count()).toBe(0);
});

test("where the office does not want names, nobody is asked for", async () => {
  publicNames.follow({ days: 0 });
  await database.db.resident.updateMany({ data: { profileAt: null } });
  await askAll(() => {
    throw new Error("asked");
  });
});

test("whatever somebody calls themselves, it is one line that does not turn the writing round", () => {
  expect(tidy("  Lan\u202e\u0000\n Anh\u200b ")).toBe("Lan Anh");
  expect([tidy(" \u2066 "), tidy(null)]).toEqual([null, null]);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (name) => {
      const tidied = tidy(name);
      expect(tidied === null || [...tidied].length <= 80).toBe(true);
      expect(tidied ?? "").not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});

type ReadName = (account: object, externalId: string) => Promise<string | null>;

/** The clock's round, with a platform that answers so. */
async function askAll(readName: ReadName) {
  const registry = { byId: (id: number) => Promise.resolve({ ...facebookAccount(), id }) };
  const channels = { zalo: { readName }, facebook: { readName } };
  const names = createNames(database, registry, channels, { now: () => new Date() });
  await (names.tasks.residents_names as () => Promise<void>)();
}
