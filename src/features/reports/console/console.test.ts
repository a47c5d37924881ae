import { loadWording } from "../../../dialogue/wording.ts";
import { createTestAccount } from "../../../channels/testing.ts";
import { openConsole, SAME_ORIGIN, type ConsoleKit } from "../../../console/testing/kit.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import type { StaffCorrection } from "../../../residents/candidates.ts";
import { categoryOf } from "../categories.ts";
import { ensureTemplates, fileReport, type NewReport } from "../store.ts";
import { reportConsole } from "./routes.tsx";

const database = useTestDatabase();
const now = new Date("2026-11-25T08:00:00+07:00");
const kept: string[] = [];
let office: ConsoleKit;

beforeAll(async () => {
  await createTestAccount(database);
  const media = {
    read: async (hash: string) => ({ bytes: Buffer.from(hash), mime: "image/jpeg" }),
    readThumbnail: async () => null,
    keep: async (bytes: Buffer) => {
      const hash = `hash-${String(bytes)}`;
      await database.db.media.create({ data: { hash, mime: "image/jpeg", bytes: bytes.length } });
      kept.push(hash);
      return hash;
    },
  };
  const parts = {
    database,
    media,
    clock: { now: () => now },
    learn: (_tx: unknown, correction: StaffCorrection) => {
      learnt.push(correction);
      return Promise.resolve(true);
    },
    tiles: "https://tiles.test/{z}/{x}/{y}.png",
    attribution: "",
    say: loadWording().in("vi"),
  };
  office = await openConsole(database, { pages: [{ name: "reports", router: reportConsole(parts) }] });
  await ensureTemplates(database.db);
});
beforeEach(() => database.db.$executeRaw`TRUNCATE report CASCADE`);

const learnt: StaffCorrection[] = [];

const file = (change: Partial<NewReport> = {}) =>
  fileReport(database.db, {
    ...{ category: categoryOf("street_light"), description: "đèn tắt ba bữa", place: "Nguyễn Huệ" },
    ...{ street: "Nguyễn Huệ", wardCode: "28756", unitCode: "DO-THI", at: now },
    reporter: { kind: "counter", staffId: 1, name: "Lê Thị Lan", phone: "0903123456" },
    ...change,
  });
const read = (code: string) => database.db.report.findUniqueOrThrow({ where: { code } });

test("staff see the reports of their unit and those under it, and no others", async () => {
  const [ours, theirs] = [await file(), await file({ wardCode: "28777" })];
  const agent = await office.signIn("agent", "PHU-KHUONG");
  for (const page of ["/console/reports", "/console/reports/list"]) {
    const { text } = await agent.get(page).expect(200);
    expect(text).toContain(ours.code);
    expect(text).not.toContain(theirs.code);
  }
  await agent.get(`/console/reports/${theirs.code}`).expect(404);
  await agent.post(`/console/reports/${theirs.code}/state`, { to: "in_progress" }).expect(404);
  const above = await office.signIn("agent", "DO-THI");
  expect((await above.get("/console/reports")).text).toMatch(
    new RegExp(`${ours.code}[^]*${theirs.code}|${theirs.code}[^]*${ours.code}`),
  );
});

test("a viewer looks and touches nothing", async () => {
  const { code } = await file();
  const viewer = await office.signIn("viewer", "PHU-KHUONG");
  expect((await viewer.get(`/console/reports/${code}`).expect(200)).text).not.toContain("Chuyển thành");
  await viewer.post(`/console/reports/${code}/state`, { to: "in_progress" }).expect(403);
  await viewer.post(`/console/reports/${code}/reporter`).expect(403);
  await viewer.get("/console/reports/settings").expect(403);
});

test("who reported it is shown on asking only, and that it was asked is written down", async () => {
  const { code } = await file();
  const agent = await office.signIn("agent", "PHU-KHUONG");
  expect((await agent.get(`/console/reports/${code}`)).text).not.toMatch(/Lê Thị Lan|0903123456/);
  const { text } = await agent.post(`/console/reports/${code}/reporter`).expect(200);
  expect(text).toMatch(/Lê Thị Lan[^]*0903123456/);
  expect(
    await database.db.auditEntry.count({ where: { action: "report.reporter.see", subject: code } }),
  ).toBe(1);
});

test("an answer template stands in for words nobody wrote", async () => {
  const { code } = await file();
  const agent = await office.signIn("agent", "PHU-KHUONG");
  await agent.post(`/console/reports/${code}/state`, { to: "in_progress", note: "" }).expect(303);
  const template = await database.db.reportTemplate.findFirstOrThrow({ where: { title: "Đã thay bóng" } });
  await agent
    .post(`/console/reports/${code}/state`, { to: "resolved", note: "", template: template.id })
    .expect(303);
  expect(await read(code)).toMatchObject({ state: "resolved" });
  expect((await agent.get(`/console/reports/${code}`)).text).toContain(template.text);
});

test("what the state does not allow any more is refused with a sentence", async () => {
  const { code } = await file();
  const agent = await office.signIn("agent", "PHU-KHUONG");
  await agent.post(`/console/reports/${code}/state`, { to: "rejected" }).expect(303);
  expect((await agent.get(`/console/reports/${code}`)).text).toContain("người dân phải biết vì sao");
  await agent.post(`/console/reports/${code}/state`, { to: "closed" }).expect(303);
  expect((await agent.get(`/console/reports/${code}`)).text).toContain("vừa đổi trạng thái");
});

test("several reports are given to a colleague at once", async () => {
  const codes = [(await file()).code, (await file()).code];
  const agent = await office.signIn("agent", "PHU-KHUONG");
  const colleague = await office.person("agent", "PHU-KHUONG");
  const fields = {
    codes: [...codes, "PA-0000-00000"],
    unit: "",
    assignee: String(colleague.id),
    back: "https://evil",
  };
  await agent.post("/console/reports/bulk", fields).expect(303).expect("location", "/console/reports/list");
  expect((await agent.get("/console/reports/list")).text).toContain("Đã giao 2 phản ánh; 1 không giao được");
  for (const code of codes)
    expect(await read(code)).toMatchObject({ state: "assigned", assigneeId: colleague.id });
});

test("filters find by words without diacritics, and a kept view finds them again", async () => {
  const light = await file();
  const noise = await file({ category: categoryOf("noise"), description: "loa kéo ồn" });
  const agent = await office.signIn("agent", "PHU-KHUONG");
  const shown = async (query: string) => {
    const { text } = await agent.get(`/console/reports/list?${query}`).expect(200);
    return [light, noise]
      .filter(({ code }) => text.includes(`/console/reports/${code}"`))
      .map(({ code }) => code);
  };
  expect(await shown("q=den tat")).toEqual([light.code]);
  expect(await shown(`q=${light.code}`)).toEqual([light.code]);
  expect(await shown("q=' OR 1=1 --")).toEqual([]);
  expect(await shown("category=noise")).toEqual([noise.code]);
  expect(await shown("state=resolved")).toEqual([]);
  expect(await shown("assignee=nobody&state=open")).toEqual([light.code, noise.code]);
  await agent
    .post("/console/reports/views", { name: "Sáng thứ Hai", query: "category=noise&page=3" })
    .expect(303);
  const { text } = await agent.get("/console/reports/list");
  expect(text).toMatch(/href="\/console\/reports\/list\?category=noise"[^]*Sáng thứ Hai/);
  const other = await office.signIn("agent", "PHU-KHUONG");
  expect((await other.get("/console/reports/list")).text).not.toContain("Sáng thứ Hai");
});

test("filing for somebody at the counter needs its fields, keeps the pictures, and shows who filed it", async () => {
  const agent = await office.signIn("agent", "PHU-KHUONG");
  const empty = await agent
    .post("/console/reports/new", { category: "", description: "", ward: "" })
    .expect(422);
  expect(empty.text).toMatch(/Chọn loại việc\.[^]*Ghi nội dung/);
  const away = { category: "noise", description: "ồn quá", ward: "28756", point: "21.03, 105.85" };
  expect((await agent.post("/console/reports/new", away).expect(422)).text).toContain(
    "không nằm trong năm phường",
  );
  const { headers } = await agent.agent
    .post("/console/reports/new")
    .set(SAME_ORIGIN)
    .field({ _csrf: agent.csrf, ...away, point: "10.2473, 106.3801", name: "Ông Bảy", phone: "0903000111" })
    .attach("files", Buffer.from("picture"), { filename: "a.jpg", contentType: "image/jpeg" })
    .expect(303);
  const code = headers.location!.split("/").at(-1)!;
  expect(await read(code)).toMatchObject({
    reporterKind: "counter",
    reporterName: "Ông Bảy",
    latitude: 10.2473,
  });
  expect(kept).toEqual(["hash-picture"]);
  expect((await agent.get(`/console/reports/${code}`)).text).toContain("Nguyễn Thị Mỹ Hạnh");
});

test("pictures of after the work are for staff until they are chosen", async () => {
  const { id, code } = await file();
  const agent = await office.signIn("agent", "PHU-KHUONG");
  await agent.agent
    .post(`/console/reports/${code}/photos`)
    .set(SAME_ORIGIN)
    .field({ _csrf: agent.csrf, kind: "after" })
    .attach("files", Buffer.from("after"), { filename: "a.jpg", contentType: "image/jpeg" })
    .expect(303);
  const [photo] = await database.db.reportPhoto.findMany({ where: { reportId: id } });
  expect(photo).toMatchObject({ kind: "after", isPublic: false });
  const shown = await agent.get(`/console/reports/${code}/photos/${photo!.id}`).expect(200);
  expect(String(shown.body)).toBe("hash-after");
  await agent
    .post(`/console/reports/${code}/publish`, { isPublic: "on", photos: String(photo!.id) })
    .expect(303);
  expect(await database.db.reportPhoto.findFirst({ where: { id: photo!.id } })).toMatchObject({
    isPublic: true,
  });
  const elsewhere = await office.signIn("agent", "AN-HOI");
  await elsewhere.get(`/console/reports/${code}/photos/${photo!.id}`).expect(404);
});

test("a rule of a leading member decides where new reports go", async () => {
  const head = await office.signIn("unit_admin", "DO-THI");
  await head
    .post("/console/reports/settings/rules", { category: "street_light", ward: "", unit: "SON-DONG" })
    .expect(303);
  expect(await file()).toMatchObject({ unitCode: "SON-DONG" });
  const { id } = await database.db.reportRule.findFirstOrThrow();
  await head.post(`/console/reports/settings/rules/${id}/drop`).expect(303);
  expect(await file()).toMatchObject({ unitCode: "PHU-KHUONG" });
});

test("targets, days off and templates are set; what is no date or number is not", async () => {
  const head = await office.signIn("unit_admin", "DO-THI");
  const set = (what: string, fields: object) =>
    head.post(`/console/reports/settings/${what}`, fields).expect(303);
  await set("categories", { category: "street_light", targetHours: "8", radius: "0" });
  expect((await file()).dueAt).toEqual(new Date("2026-11-26T08:00:00+07:00"));
  await set("days", { day: "2026-11-25", name: "Nghỉ bù", kind: "off" });
  expect((await file()).dueAt).toEqual(new Date("2026-11-26T17:00:00+07:00"));
  await set("days", { day: "mai", name: "x", kind: "off" });
  await set("categories", { category: "street_light", targetHours: "nhiều", radius: "" });
  await set("templates", { state: "resolved", category: "", title: "Xong", text: "Dạ xong rồi." });
  const { text } = await head.get("/console/reports/settings").expect(200);
  expect(text).toMatch(/25\/11\/2026[^]*Nghỉ bù/);
  expect(text).toContain("Dạ xong rồi.");
  expect(await database.db.specialDay.count()).toBe(1);
});

test("an Open311 key is shown once, and revoked for good", async () => {
  const head = await office.signIn("admin");
  const made = await head.post("/console/reports/settings/programs", { name: "Ứng dụng A" }).expect(200);
  const key = /<code>([\w-]{20,})<\/code>/.exec(made.text)![1]!;
  expect((await head.get("/console/reports/settings")).text).not.toContain(key);
  const { id, moderated } = await database.db.open311Key.findFirstOrThrow();
  expect(moderated).toBe(false);
  await head.post(`/console/reports/settings/programs/${id}/revoke`).expect(303);
  expect((await database.db.open311Key.findFirstOrThrow()).revokedAt).toEqual(now);
});

test("only the page with a map may show pictures from the tiles' server", async () => {
  const mapped = await file({ point: { latitude: 10.2473, longitude: 106.3801 } });
  const plain = await file();
  const agent = await office.signIn("agent", "PHU-KHUONG");
  const policy = async (code: string) =>
    (await agent.get(`/console/reports/${code}`)).headers["content-security-policy"];
  expect(await policy(mapped.code)).toContain("https://tiles.test");
  expect(await policy(plain.code)).not.toContain("tiles.test");
});

test("a category that staff correct is for the bot to learn, from the resident's words; one from the counter is not", async () => {
  const account = await database.db.account.create({
    data: {
      ...{ channel: "zalo", externalId: "oa-hoc", unitCode: "DO-THI", name: "OA" },
      ...{ appSecret: "x", webhookSecret: "x" },
    },
  });
  const { id: residentId } = await database.db.resident.create({
    data: { accountId: account.id, externalId: "cô Sáu" },
  });
  const [told, counter] = [await file({ reporter: { kind: "resident", residentId } }), await file()];
  const staff = await office.signIn("agent", "DO-THI");
  learnt.length = 0;
  for (const { code } of [told, counter])
    await staff.post(`/console/reports/${code}/category`, { category: "road_damage" }).expect(303);
  expect(learnt).toEqual([
    expect.objectContaining({
      residentId,
      text: "đèn tắt ba bữa",
      intents: categoryOf("road_damage").intents,
    }),
  ]);
});
