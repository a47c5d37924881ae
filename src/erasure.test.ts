/**
 * Erasure, tried on the running service: somebody tells of themselves in every way there is, and asks to be forgotten. Then
 * no table, no kept file and no line of the log holds their words, name, phone or platform id, save what is named as kept.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { jest } from "@jest/globals";
import supertest from "supertest";
import { hashPassword } from "./console/passwords.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { spawnService, useTemporaryFolder, type ServiceProcess } from "./infra/testing/service-process.ts";
import { giveConsent } from "./residents/consents.ts";
import { PASSWORD } from "./console/testing/sign-in.ts";
import { until } from "./testing/service.ts";

jest.setTimeout(120_000);
const database = useTestDatabase();
const folder = useTemporaryFolder();
const ACCOUNT = "facebook:109900112233411";
const SAME_ORIGIN = { "sec-fetch-site": "same-origin", "hx-request": "true" };

const RESIDENT = "7199887766554433";
const NAME = "Đặng Thị Bảy Kín";
const CHAT = "chuyện riêng của tui không ai biết";
const PHONE = "0907654321";
const FILED = "đèn đường tắt hai bữa trước hẻm có cây ổi nhà tui";
const FILE = "giấy tờ riêng trong tệp";

let service: ServiceProcess;
let url: string;

beforeAll(async () => {
  const env = { DATABASE_URL: database.url, DATA_DIR: folder, MODE: "demo", LOG_LEVEL: "trace" };
  service = spawnService(env);
  const [, port] = await service.says(/http:\/\/localhost:(\d+)\/console/, 60_000);
  url = `http://localhost:${port}`;
});
afterAll(async () => {
  service.child.kill("SIGTERM");
  await service.ended;
});

const act = async (deed: object) => {
  const { status, body } = await supertest(url)
    .post("/simulator/control/acts")
    .send({ account: ACCOUNT, resident: RESIDENT, name: NAME, ...deed });
  if (status !== 200) throw new Error(JSON.stringify(body));
};
const talk = () => database.db.conversation.findFirst({ where: { resident: { externalId: RESIDENT } } });

/** Says it and waits for so many answers in all. */
async function says(text: string) {
  await act({ act: "text", text });
  await until(async () => {
    const open = await database.db.inboundEvent.count({ where: { state: "stored" } });
    return open === 0 && (await talk());
  });
}

async function signIn() {
  const email = "can-bo@hoiphuong.test";
  const passwordHash = await hashPassword(PASSWORD);
  await database.db.staff.create({
    data: { email, passwordHash, name: "Lan", role: "unit_admin", unitCode: "PHU-KHUONG", mustChange: false },
  });
  const agent = supertest.agent(url);
  await agent.post("/console/sign-in").set(SAME_ORIGIN).type("form").send({ email, password: PASSWORD });
  const _csrf = /name="_csrf" value="([^"]+)"/.exec((await agent.get("/console/me")).text)![1]!;
  return {
    get: (where: string) => agent.get(where),
    post: (where: string, fields: object) =>
      agent
        .post(where)
        .set(SAME_ORIGIN)
        .type("form")
        .send({ _csrf, ...fields }),
  };
}

test("who is erased is nowhere any more: no table, no file, no log", async () => {
  await says("xin chào");
  const { id, residentId } = (await talk())!;
  await giveConsent(database.db, residentId, "training");
  await until(() => database.db.resident.findFirst({ where: { displayName: NAME } }));
  await says(CHAT);
  await says(`số của tui là ${PHONE}`);
  const form = new FormData();
  form.append("file", new Blob([`%PDF-1.4 ${FILE}\n%%EOF`], { type: "application/pdf" }), `${NAME}.pdf`);
  const kept = await fetch(`${url}/simulator/control/files`, { method: "POST", body: form });
  await act({ act: "files", urls: [((await kept.json()) as { url: string }).url] });
  await act({ act: "location", latitude: 10.2402, longitude: 106.3789 });
  await until(() => database.db.attachment.findFirst({ where: { conversationId: id, state: "stored" } }));
  await says("gặp cán bộ");
  await until(async () => (await talk())?.state === "waiting");

  const lan = await signIn();
  const at = `/console/conversations/${id}`;
  await lan.get(at).expect(200);
  await lan.post(`${at}/reply`, { text: `Dạ chị ${NAME}, em nghe` }).expect(204);
  await lan.post(`${at}/note`, { text: `${NAME} gọi từ ${PHONE}` }).expect(204);
  await lan.post(`${at}/label`, { label: "cần gọi lại" }).expect(204);
  const said = { category: "street_light", description: FILED, ward: "28756", street: "Nguyễn Huệ" };
  await lan.post(`${at}/report`, { ...said, houseNumber: "", hamlet: "", point: "" }).expect(303);
  const { code } = await until(() => database.db.report.findFirst({ where: { residentId } }));
  await lan.post(`/console/reports/${code}/category`, { category: "road_damage" });
  await lan.get(`/console/conversations?q=${encodeURIComponent(NAME)}`).expect(200);
  await lan.post(`${at}/hand-back`, {}).expect(204);
  for (const mark of [NAME, CHAT, PHONE, RESIDENT]) expect(await tablesWith(mark)).not.toEqual([]);
  expect(filesWith(FILE)).not.toEqual([]);

  await says("xóa dữ liệu của tôi");
  await says("đồng ý");
  await until(async () => (await database.db.resident.count({ where: { id: residentId } })) === 0, 60_000);
  await until(() => database.db.privacyRequest.findFirst({ where: { kind: "erase", state: "done" } }));

  for (const mark of [NAME, CHAT, PHONE, RESIDENT, FILE]) {
    expect([mark, await tablesWith(mark), filesWith(mark)]).toEqual([mark, [], []]);
    expect([mark, service.said().includes(mark)]).toEqual([mark, false]);
  }
  // kept, and named so: what was filed, which no longer tells by whom
  const keptIn = ["report", "report_event"];
  expect((await tablesWith(FILED)).filter((table) => !keptIn.includes(table))).toEqual([]);
  expect(await database.db.report.findUniqueOrThrow({ where: { code } })).toMatchObject({ residentId: null });
  expect(service.said()).not.toContain(FILED);
});

/** Tables of ours, of the jobs and of whatever else is there, that hold these words anywhere. */
async function tablesWith(words: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string; shown: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name, tablename AS shown FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name, shown } of rows) {
    const held = await database.pool.query(`SELECT 1 FROM ${name} t WHERE strpos(t::text, $1) > 0 LIMIT 1`, [
      words,
    ]);
    if (held.rowCount) found.push(shown);
  }
  return found;
}

/** Of what the service keeps; the pretend platforms remember what they were told. */
function filesWith(words: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => !file.startsWith("simulator") && statSync(path.join(folder, file)).isFile(),
  );
  return files.filter(
    (file) => file.includes(words) || readFileSync(path.join(folder, file)).includes(words),
  );
}
