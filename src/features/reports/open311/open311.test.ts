import express from "express";
import supertest from "supertest";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { ensureUnits } from "../../../residents/units.ts";
import { categoryOf } from "../categories.ts";
import { assign, changeState, createProgram, fileReport, type NewReport, type Worker } from "../store.ts";
import { toXml } from "./answer.ts";
import { open311Routes } from "./routes.ts";

const database = useTestDatabase();
const now = new Date("2026-11-25T08:00:00+07:00");
const place = { lat: "10.2473", long: "106.3801" }; // Phường Phú Khương
const app = express();
let key: string;
let moderatedKey: string;
let worker: Worker;

beforeAll(async () => {
  await ensureUnits(database.db);
  key = await createProgram(database.db, "Ứng dụng thử", false);
  moderatedKey = await createProgram(database.db, "Ứng dụng mới", true);
  const data = { email: "an@hoi.vn", passwordHash: "", role: "agent", unitCode: "DO-THI" };
  worker = { id: (await database.db.staff.create({ data })).id, units: ["DO-THI", "PHU-KHUONG"] };
  const clock = { now: () => now };
  app.use("/open311/v2", open311Routes({ database, clock, publicUrl: "https://hoi.vn", mostPosts: 1000 }));
});
beforeEach(() => database.db.$executeRaw`TRUNCATE report CASCADE`);

const get = (path: string) => supertest(app).get(`/open311/v2${path}`);
const post = (fields: object, format = "json") =>
  supertest(app).post(`/open311/v2/requests.${format}`).type("form").send(fields);
const file = (change: Partial<NewReport> = {}) =>
  fileReport(database.db, {
    ...{ category: categoryOf("street_light"), description: "nhà bà Tư", place: "12 Nguyễn Huệ", at: now },
    ...{ street: "Nguyễn Huệ", wardCode: "28756", unitCode: "DO-THI" },
    point: { latitude: 10.24731, longitude: 106.38012 },
    reporter: { kind: "counter", staffId: worker.id, name: "Lan", phone: "0903123456" },
    ...change,
  });

test("discovery names the standard, the address and both formats", async () => {
  const { body } = await get("/discovery.json")
    .expect(200)
    .expect("content-type", /application\/json/);
  expect(body.endpoints).toMatchObject([
    {
      specification: "http://wiki.open311.org/GeoReport_v2",
      url: "https://hoi.vn/open311/v2",
      formats: ["text/xml", "application/json"],
    },
  ]);
  const { text } = await get("/discovery.xml")
    .expect(200)
    .expect("content-type", /text\/xml; charset=utf-8/);
  expect(text).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>\n<discovery><changeset>/);
  expect(text).toContain("<formats><format>text/xml</format><format>application/json</format></formats>");
});

test("the list of services has the standard's fields, and nothing that must not be filed in the open", async () => {
  const { body } = await get("/services.json").expect(200);
  expect(body.find((service: any) => service.service_code === "street_light")).toEqual({
    ...{ service_code: "street_light", service_name: categoryOf("street_light").name.vi, metadata: true },
    ...{ type: "realtime", description: expect.any(String), group: "Hạ tầng đô thị" },
    keywords: expect.stringContaining("đèn đường"),
  });
  const codes = body.map((service: any) => service.service_code);
  for (const hidden of ["child_protection", "fire", "medical", "security"])
    expect(codes).not.toContain(hidden);
  const { text } = await get("/services.xml").expect(200);
  expect(text).toMatch(
    /<services><service><service_code>[^]*<type>realtime<\/type>[^]*<\/service><\/services>/,
  );
});

test("a service's definition lists its attributes with their values", async () => {
  const { body } = await get("/services/street_light.json").expect(200);
  expect(body).toMatchObject({
    service_code: "street_light",
    attributes: [
      { code: "WARD", datatype: "singlevaluelist", required: false, variable: true, order: 1 },
      { code: "LAMP_POLE", datatype: "string" },
    ],
  });
  expect(body.attributes[0].values).toContainEqual({ key: "28756", name: "Phường Phú Khương" });
  const { text } = await get("/services/noise.xml").expect(200);
  expect(text).toContain("<values><value><key>28777</key><name>Phường An Hội</name></value>");
  const missing = await get("/services/none.xml").expect(404);
  expect(missing.text).toContain(
    "<errors><error><code>404</code><description>service_code provided was not found</description></error></errors>",
  );
});

test("a request is filed with a key, routed by its point, and found again by its id", async () => {
  const attributes = { "attribute[LAMP_POLE]": "NH-045" };
  const fields = {
    api_key: key,
    service_code: "street_light",
    description: "đèn tắt",
    ...place,
    ...attributes,
  };
  const who = { first_name: "Lan", last_name: "Lê Thị", phone: "0903123456", email: "lan@thu.vn" };
  const { body } = await post({ ...fields, ...who }).expect(201);
  expect(body).toEqual([
    {
      service_request_id: expect.stringMatching(/^PA-2611-\d{5}$/),
      service_notice: expect.stringContaining("https://hoi.vn/phan-anh/PA-"),
      account_id: null,
    },
  ]);
  const code = body[0].service_request_id;
  expect(await database.db.report.findUnique({ where: { code } })).toMatchObject({
    ...{ unitCode: "PHU-KHUONG", wardCode: "28756", lampPole: "NH-045", reporterKind: "open311" },
    ...{ reporterName: "Lê Thị Lan", reporterPhone: "0903123456", reporterEmail: "lan@thu.vn" },
  });
  const found = await get(`/requests/${code}.json`).expect(200);
  expect(found.body).toMatchObject([
    { service_request_id: code, status: "open", service_code: "street_light" },
  ]);
  expect(found.text).not.toMatch(/Lan|0903|lan@thu/);
});

test("what waits for staff has a token until a unit accepts it, and is not public meanwhile", async () => {
  const { text } = await post(
    { api_key: moderatedKey, service_code: "noise", description: "ồn", ...place },
    "xml",
  ).expect(201);
  expect(text).toMatch(/<service_requests><request><token>\w+<\/token><service_notice>/);
  expect(text).not.toContain("service_request_id");
  const token = /<token>(\w+)</.exec(text)![1]!;
  expect((await get(`/tokens/${token}.json`)).body).toEqual([{ service_request_id: null, token }]);
  const { code } = await database.db.report.findFirstOrThrow();
  await get(`/requests/${code}.json`).expect(404);
  await assign(database.db, code, worker, { unitCode: "DO-THI", assigneeId: null, at: now });
  const accepted = await get(`/tokens/${token}.xml`).expect(200);
  expect(accepted.text).toContain(
    `<request><service_request_id>${code}</service_request_id><token>${token}</token></request>`,
  );
  await get("/tokens/unknown.json").expect(404);
});

test.each([
  ["no key", { service_code: "noise" }, 403, "Missing or invalid api_key."],
  ["a wrong key", { api_key: "x", service_code: "noise" }, 403, "Missing or invalid api_key."],
  ["no service", { description: "a", ...place }, 400, "service_code was not provided"],
  ["an unknown service", { service_code: "x", description: "a", ...place }, 404, "was not found"],
  [
    "a service that is not offered",
    { service_code: "fire", description: "a", ...place },
    404,
    "was not found",
  ],
  ["no place", { service_code: "noise", description: "a" }, 400, "a location is required"],
  ["half a place", { service_code: "noise", description: "a", lat: "10.2" }, 400, "both are needed"],
  [
    "a place elsewhere",
    { service_code: "noise", description: "a", lat: "21", long: "105.8" },
    400,
    "outside",
  ],
  ["no words", { service_code: "noise", ...place }, 400, "description"],
  ["too many words", { service_code: "noise", description: "a".repeat(4001), ...place }, 400, "description"],
  [
    "a ward that is none",
    { service_code: "noise", description: "a", address_string: "x", "attribute[WARD]": "1" },
    400,
    "WARD",
  ],
  [
    "another jurisdiction",
    { service_code: "noise", description: "a", ...place, jurisdiction_id: "hue.vn" },
    404,
    "jurisdiction_id",
  ],
])("%s is answered with the standard's error", async (name, fields, status, words) => {
  const withKey = /key/.test(name) ? fields : { api_key: key, ...fields };
  const { body } = await post(withKey).expect(status);
  expect(body).toContainEqual({ code: status, description: expect.stringContaining(words) });
  const { text } = await post(withKey, "xml").expect(status);
  expect(text).toMatch(new RegExp(`<errors>(?:<error>.*)?<error><code>${status}</code><description>`));
  expect(await database.db.report.count()).toBe(0);
});

test("a revoked key opens nothing", async () => {
  const revoked = await createProgram(database.db, "Cũ", false);
  await database.db.open311Key.updateMany({ where: { name: "Cũ" }, data: { revokedAt: now } });
  await post({ api_key: revoked, service_code: "noise", description: "a", ...place }).expect(403);
});

test("requests are found by id, kind, state and time; without dates, those of the last 90 days", async () => {
  const light = await file();
  const noise = await file({ category: categoryOf("noise"), at: new Date("2026-11-20T00:00:00Z") });
  const old = await file({ at: new Date("2026-01-10T00:00:00Z") });
  await changeState(database.db, noise.code, worker, {
    to: "rejected",
    note: "đã đo, trong mức cho phép",
    at: now,
  });
  const ids = async (query: string) =>
    (await get(`/requests.json?${query}`).expect(200)).body.map((request: any) => request.service_request_id);
  expect(await ids("")).toEqual([light.code, noise.code]);
  expect(await ids("status=open")).toEqual([light.code]);
  expect(await ids("status=closed")).toEqual([noise.code]);
  expect(await ids("status=open,closed&service_code=noise,tree")).toEqual([noise.code]);
  expect(await ids(`service_request_id=${old.code},${light.code}`)).toEqual([light.code, old.code]);
  expect(await ids("start_date=2026-01-01T00:00:00Z&end_date=2026-02-01T00:00:00Z")).toEqual([old.code]);
  expect(await ids("page=2&page_size=1")).toEqual([noise.code]);
  const [request] = (await get(`/requests/${noise.code}.json`)).body;
  expect(request).toMatchObject({
    status: "closed",
    status_notes: "đã đo, trong mức cho phép",
    zipcode: null,
  });
  expect(request.requested_datetime).toBe("2026-11-20T07:00:00+07:00");
  await get("/requests.json?start_date=yesterday").expect(400);
  await get("/requests.xml?status=lost").expect(400);
});

test("private words, people and exact places stay private here too", async () => {
  const { code } = await file();
  const { text, body } = await get(`/requests/${code}.json`).expect(200);
  expect(text).not.toMatch(/bà Tư|Lan|0903|12 Nguyễn/);
  expect(body[0]).toMatchObject({
    lat: 10.2475,
    long: 106.38,
    address: "Đường Nguyễn Huệ, Phường Phú Khương",
  });
});

test("an address that is none of the standard's is an error of the standard's", async () => {
  await get("/requests").expect(404);
  const { body } = await get("/nothing.json").expect(404);
  expect(body).toMatchObject([{ code: 404 }]);
});

test("XML stays well formed whatever somebody wrote", () => {
  expect(toXml("a", { b: `<&">\u0000\u000B`, c: null, d: ["x"] })).toBe(
    `<?xml version="1.0" encoding="utf-8"?>\n<a><b>&lt;&amp;&quot;&gt;</b><c/><d><item>x</item></d></a>\n`,
  );
});
