import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTestAccount } from "../channels/testing.ts";
import type { Finding } from "../infra/findings.ts";
import { prepareJobs } from "../infra/jobs.ts";
import { useTestDatabase } from "../infra/testing/database.ts";
import { json, usePretendPortal } from "../infra/testing/pretend-portal.ts";
import { examine } from "./index.ts";
import { nodeFinding } from "./machine.ts";

const database = useTestDatabase();
const keyOf = (byte: number) => Buffer.alloc(32, byte).toString("base64");
/** The key that createTestAccount seals with. */
const RIGHT_KEY = keyOf(7);

beforeAll(() => prepareJobs(database.pool));

async function findings(env: Record<string, string> = {}): Promise<Record<string, Finding>> {
  const all = await examine({ DATABASE_URL: database.url, APP_KEY: RIGHT_KEY, PORT: "0", ...env });
  return Object.fromEntries(all.map((finding) => [finding.what, finding]));
}

test("a new installation is well, but for what nobody has done yet", async () => {
  const found = await findings();
  const states = Object.fromEntries(Object.values(found).map(({ what, state }) => [what, state]));
  expect(states).toEqual({
    ...{
      settings: "ok",
      "Node.js": "ok",
      disk: expect.any(String) as string,
      language: "ok",
      database: "ok",
    },
    ...{ clock: "ok", migrations: "ok", APP_KEY: "ok", queues: "ok", "dead letters": "ok", events: "ok" },
    ...{ incidents: "ok", workers: "bad", accounts: "warn", mail: "ok" },
  });
  expect(found.workers!.mend).toMatch(/ROLE=worker/);
});

test("what does not work is named, each with its mend", async () => {
  const { account } = await createTestAccount(database, "109", {
    status: "needs_reauth",
    statusReason: "-14014",
  });
  const message = { accountId: account.id, recipient: {}, author: "bot", content: {} };
  await database.db.outboundMessage.createMany({
    data: [
      { ...message, state: "dead" },
      { ...message, dueAt: new Date(Date.now() - 600_000) },
    ],
  });
  await database.db.incident.create({ data: { kind: "needs_reauth", message: "Phường 8: kết nối lại" } });
  const found = await findings();
  expect(found["facebook 109"]).toMatchObject({ state: "bad", found: "needs_reauth: -14014" });
  expect(found["dead letters"]).toMatchObject({
    state: "warn",
    mend: expect.stringMatching(/Gửi lỗi/) as string,
  });
  expect(found.queues).toMatchObject({
    state: "bad",
    found: expect.stringMatching(/sending 60\d s/) as string,
  });
  expect(found.incidents!.found).toMatch(/^1 open; .*Phường 8: kết nối lại$/);
});

test("a key that opens nothing is told", async () => {
  const { APP_KEY } = await findings({ APP_KEY: keyOf(1) });
  expect(APP_KEY).toMatchObject({ state: "bad", found: "3 of 3 stored secrets cannot be opened" });
  const { APP_KEY: older } = await findings({ APP_KEY: `${keyOf(1)},${RIGHT_KEY}` });
  expect(older).toMatchObject({ state: "warn", mend: "npm run accounts -- reseal" });
});

test("settings that cannot be used, and a database that cannot be reached, are findings too", async () => {
  expect((await findings({ ROLE: "boss" })).settings).toMatchObject({ state: "bad" });
  const away = await findings({ DATABASE_URL: "postgresql://nobody@127.0.0.1:9/none" });
  expect(away.database).toMatchObject({
    state: "bad",
    found: expect.stringMatching(/cannot be reached/) as string,
  });
});

test("in production the address must be https and lead here", async () => {
  const plain = await findings({ MODE: "production", PUBLIC_URL: "http://a.invalid" });
  expect(plain.address).toMatchObject({ state: "bad", found: "http://a.invalid is not https" });
  const away = await findings({ MODE: "production", PUBLIC_URL: "https://127.0.0.1:9" });
  expect(away.address).toMatchObject({
    state: "bad",
    found: expect.stringMatching(/cannot be reached/) as string,
  });
});

test("e-mail is off, or its server is asked; letters that may be lost are counted", async () => {
  expect((await findings()).mail!.found).toBe("off: SMTP_URL is not set");
  const lost = { key: "a", recipient: "a@b.vn", subject: "a", text: "a", state: "unknown" };
  await database.db.mail.create({ data: lost });
  const found = await findings({ SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "a@b.vn" });
  expect(found.mail).toMatchObject({ state: "bad", found: "127.0.0.1:9 does not take us (ECONNREFUSED)" });
  expect(found.letters).toMatchObject({
    state: "warn",
    found: expect.stringMatching(/^1 e-mails/) as string,
  });
});

describe("other offices' systems", () => {
  const portal = usePretendPortal();
  const folder = mkdtempSync(path.join(tmpdir(), "sources-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const filesAt = (origin: string) => {
    const [dossiers, land] = [path.join(folder, "dossiers.yml"), path.join(folder, "land.yml")];
    const trusted = `trustedOrigin: ${portal.origin()}`;
    writeFileSync(
      dossiers,
      `url: "${origin}/{code}"\n${trusted}\nfields: { status: s }\nstates: { "1": received }`,
    );
    const ask = `{ byNumber: "${origin}/?s={sheet}&n={number}&w={ward}" }`;
    writeFileSync(land, `name: Cổng\n${trusted}\nask: ${ask}\nfields: { sheet: s, number: n }`);
    return { DOSSIER_SOURCE: dossiers, LAND_SOURCE: land };
  };

  test("that say there is no such thing are well", async () => {
    portal.answers = (_request, response) => response.writeHead(404).end();
    const found = await findings(filesAt(portal.origin()));
    expect([found.DOSSIER_SOURCE?.state, found.LAND_SOURCE?.state]).toEqual(["ok", "ok"]);
    expect(portal.calls).toHaveLength(2);
  });

  test("that answer otherwise, refuse us, must not be called, or have no file, are told apart", async () => {
    portal.answers = json({ s: "?", n: 3 });
    const odd = await findings(filesAt(portal.origin()));
    expect(odd.DOSSIER_SOURCE).toMatchObject({
      state: "warn",
      mend: expect.stringMatching(/notFound/) as string,
    });
    expect(odd.LAND_SOURCE).toMatchObject({
      state: "warn",
      found: expect.stringMatching(/no_parcel/) as string,
    });
    portal.answers = (_request, response) => response.writeHead(403).end();
    const refused = await findings(filesAt(portal.origin()));
    expect(refused.LAND_SOURCE!.mend).toMatch(/secret/);
    const inside = await findings(filesAt("https://10.0.0.5"));
    expect(inside.LAND_SOURCE!.found).toMatch(/private_address/);
    const missing = await findings({ LAND_SOURCE: path.join(folder, "none.yml") });
    expect(missing.LAND_SOURCE!.found).toMatch(/^LAND_SOURCE: there is no file/);
  });
});

test("Node.js 20.19 is enough, 20.18 is not", () => {
  expect(["18.20.4", "20.18.3", "20.19.0", "22.1.0"].map((version) => nodeFinding(version).state)).toEqual([
    "bad",
    "bad",
    "ok",
    "ok",
  ]);
});
