import { createServer, type IncomingMessage, type Server } from "node:http";
import { useTestDatabase } from "../src/infra/testing/database.ts";
import { createSecretBox } from "../src/infra/secrets.ts";
import { ensureUnits } from "../src/residents/units.ts";
import { SUBSCRIBED_FIELDS } from "../src/channels/facebook/needs.ts";
import { runCommand } from "./testing/commands.ts";

const database = useTestDatabase();
const [oldKey, newKey] = [Buffer.alloc(32, 1).toString("base64"), Buffer.alloc(32, 2).toString("base64")];

let platform: Server;
let platformUrl: string;
/** What the platform was asked: "POST /v25.0/109/subscribed_apps". */
let asked: string[] = [];

beforeAll(async () => {
  await ensureUnits(database.db);
  platform = createServer((request, response) => {
    asked.push(`${request.method} ${new URL(request.url!, "http://x").pathname}`);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answerOf(request)));
  });
  await new Promise<void>((resolve) => platform.listen(0, "127.0.0.1", resolve));
  platformUrl = `http://127.0.0.1:${(platform.address() as { port: number }).port}`;
});
afterAll(() => new Promise((resolve) => platform.close(resolve)));
beforeEach(() => {
  asked = [];
});

function answerOf({ url, method }: IncomingMessage): object {
  const path = new URL(url!, "http://x").pathname;
  if (path.endsWith("/getoa")) {
    const valid = { is_verified: true, package_name: "Nâng cao", package_valid_through_date: "31/12/2099" };
    return {
      error: 0,
      message: "Success",
      data: { oa_id: "1840026671135570001", name: "Phường An Hội", ...valid },
    };
  }
  if (path.endsWith("/debug_token")) {
    const scopes = ["pages_messaging", "pages_manage_metadata", "pages_read_engagement"];
    return { data: { app_id: "880011223344556", is_valid: true, expires_at: 0, scopes } };
  }
  if (path.endsWith("/subscribed_apps") && method === "GET") {
    return { data: [{ id: "880011223344556", subscribed_fields: SUBSCRIBED_FIELDS.slice(1) }] };
  }
  if (path.endsWith("/subscribed_apps") || path.endsWith("/messenger_profile")) return { success: true };
  return { id: "109900112233445", name: "Phường Phú Khương" };
}

const env = (more: Record<string, string> = {}) => ({
  ...{
    DATABASE_URL: database.url,
    APP_KEY: oldKey,
    MODE: "production",
    PUBLIC_URL: "https://bentre.invalid",
  },
  ...{ ZALO_API_URL: platformUrl, FACEBOOK_GRAPH_URL: platformUrl },
  ...more,
});
const accounts = (args: string[], input = "", more = {}) =>
  runCommand("scripts/accounts.ts", args, env(more), input);

const zalo = ["add", "zalo", "--unit", "AN-HOI", "--oa-id", "1840026671135570001"];
const secrets = ["--app-id", "312", "--app-secret", "app", "--webhook-secret", "oa"];
const page = ["add", "facebook", "--unit", "PHU-KHUONG", "--page-id", "109900112233445"];

test("an OA is added in one line, its secrets sealed, its name asked of Zalo", async () => {
  const ended = await accounts([...zalo, ...secrets, "--access-token", "a1", "--refresh-token", "r1"]);
  expect(ended).toEqual({
    code: 0,
    errors: "",
    out: "added zalo 1840026671135570001 AN-HOI “Phường An Hội”\n",
  });
  const row = await database.db.account.findFirstOrThrow({ where: { channel: "zalo" } });
  const box = createSecretBox(oldKey);
  expect([row.appSecret, row.webhookSecret, row.accessToken!, row.refreshToken!].map(box.open)).toEqual([
    "app",
    "oa",
    "a1",
    "r1",
  ]);
  expect(JSON.stringify(row)).not.toMatch(/"(app|oa|a1|r1)"/);
  expect(await database.db.auditEntry.count({ where: { action: "account.added" } })).toBe(1);
});

test("added again it is changed: a new pair takes the place of the old, what is not given stays", async () => {
  const ended = await accounts([
    ...zalo,
    "--access-token",
    "a2",
    "--refresh-token",
    "r2",
    "--set",
    "buttons=true",
  ]);
  expect(ended.out).toBe("changed zalo 1840026671135570001 AN-HOI “Phường An Hội”\n");
  const box = createSecretBox(oldKey);
  const row = await database.db.account.findFirstOrThrow({ where: { channel: "zalo" } });
  expect([box.open(row.accessToken!), box.open(row.appSecret), row.appId]).toEqual(["a2", "app", "312"]);
  expect(row.settings).toMatchObject({ buttons: true });
  const former = await database.db.accountToken.findMany();
  expect(former.map(({ refreshToken }) => box.open(refreshToken!))).toEqual(["r1"]);
});

test("a Page is subscribed and given its greeting; secrets come from standard input", async () => {
  const given = [...page, "--app-secret", "-", "--verify-token", "-", "--page-token", "-"];
  const ended = await accounts(given, "app\nverify-me\nEAAG\n");
  expect(ended).toEqual({
    ...{ code: 0, errors: "" },
    out: "added facebook 109900112233445 PHU-KHUONG “Phường Phú Khương”\n",
  });
  expect(asked).toEqual(
    expect.arrayContaining([
      "POST /v25.0/109900112233445/subscribed_apps",
      "POST /v25.0/me/messenger_profile",
    ]),
  );
  const row = await database.db.account.findFirstOrThrow({ where: { channel: "facebook" } });
  expect(row.appId).toBe("880011223344556");
  expect(createSecretBox(oldKey).open(row.webhookSecret)).toBe("verify-me");
});

test("check says what is missing and how to mend it, and its exit code says that something is", async () => {
  const { code, out } = await accounts(["check", "facebook"]);
  expect(code).toBe(1);
  expect(out).toMatch(
    /BAD +permissions +thiếu: pages_manage_engagement .*\n +→ Xin các quyền này trong App Review/,
  );
  expect(out).toMatch(/BAD +fields +thiếu: messages\n +→ Bấm “Lưu”/);
  expect(out).toMatch(/ok +clock/);
  expect(out).toMatch(
    /WARN +webhook +chưa nhận được lần nào\n +→ .*https:\/\/bentre.invalid\/webhooks\/facebook/,
  );
});

test("a platform that is away does not keep an account from being added", async () => {
  const away = { ZALO_API_URL: "http://127.0.0.1:9" };
  const other = ["add", "zalo", "--unit", "PHU-TAN", "--oa-id", "77", ...secrets, "--access-token", "a"];
  const { code, out, errors } = await accounts(other, "", away);
  expect([code, out]).toEqual([0, "added zalo 77 PHU-TAN “Phường Phú Tân”\n"]);
  expect(errors).toMatch(/could not be reached[^]*The account is registered/);
});

test("what is missing or wrong is one sentence, on standard error only", async () => {
  const noUnit = await accounts(["add", "zalo", "--unit", "PHUONG-9", "--oa-id", "5", ...secrets]);
  expect(noUnit).toMatchObject({ code: 1, out: "" });
  expect(noUnit.errors).toMatch(/^There is no unit PHUONG-9\. Units here: .*SON-DONG \(Phường Sơn Đông\)/);
  const noSecrets = await accounts(["add", "facebook", "--unit", "AN-HOI", "--page-id", "5"]);
  expect(noSecrets).toMatchObject({
    ...{ code: 1, out: "" },
    errors: "A new facebook account needs --app-secret and --verify-token.\n",
  });
});

test("another APP_KEY than the service's is told before anything is sealed with it", async () => {
  const { code, errors } = await accounts([...zalo, ...secrets], "", { APP_KEY: newKey });
  expect([code, errors]).toEqual([1, expect.stringMatching(/^APP_KEY here is not the key/)]);
});

test("after a change of APP_KEY, reseal makes the old key unneeded", async () => {
  expect((await accounts(["reseal"], "", { APP_KEY: `${newKey},${oldKey}` })).out).toMatch(
    /^resealed \d+ secrets\n$/,
  );
  const rows = await database.db.account.findMany();
  expect(rows.map(({ appSecret }) => createSecretBox(newKey).open(appSecret))).toEqual(["app", "app", "app"]);
});

test("an account that residents wrote to loses its secrets and keeps its talks; another goes altogether", async () => {
  const { id } = await database.db.account.findFirstOrThrow({ where: { channel: "facebook" } });
  await database.db.resident.create({ data: { accountId: id, externalId: "6123" } });
  const key = { APP_KEY: newKey };
  expect((await accounts(["remove", "facebook", "109900112233445"], "", key)).code).toBe(0);
  expect((await accounts(["remove", "zalo", "77"], "", key)).code).toBe(0);
  const left = await database.db.account.findMany({ orderBy: { id: "asc" } });
  expect(
    left.map(({ externalId, status, accessToken }) => [externalId, status, accessToken !== null]),
  ).toEqual([
    ["1840026671135570001", "active", true],
    ["109900112233445", "removed", false],
  ]);
  const listed = JSON.parse((await accounts(["list", "--json"], "", key)).out) as { id: string }[];
  expect(listed.map(({ id }) => id)).toEqual(["1840026671135570001"]);
});
