/**
 * Every route of the console × every role × one's own and another unit: who has no right is refused, and what belongs to
 * another unit does not exist. A new route is in here the moment it is mounted.
 */
import supertest from "supertest";
import { may, RIGHTS, ROLES, type Role } from "./console/rights.ts";
import { listRoutes, type ListedRoute } from "./console/routes.ts";
import { draftByService } from "./features/announcements/index.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { PASSWORD } from "./console/testing/sign-in.ts";
import { openService, type WholeService } from "./testing/service.ts";

afterAll(() => service.stop()); // before its database goes
const database = useTestDatabase();
const OWN = "PHU-KHUONG";
const FOREIGN = "AN-HOI";
const SAME_ORIGIN = { "sec-fetch-site": "same-origin" };

let service: WholeService;
let routes: ListedRoute[];
let things: Record<string, Record<typeof OWN | typeof FOREIGN, string>>;

beforeAll(async () => {
  service = await openService(database);
  routes = listRoutes(service.app.console);
  things = await thingsOfBothUnits();
});

/** One of each kind of thing in both units, by the name of its pages. */
async function thingsOfBothUnits() {
  const { db } = database;
  const made: Record<string, Record<string, string>> = {
    accounts: {},
    conversations: {},
    failures: {},
    incidents: {},
  };
  for (const unitCode of [OWN, FOREIGN]) {
    const account = await db.account.findFirstOrThrow({ where: { unitCode, channel: "facebook" } });
    const resident = await db.resident.create({
      data: { accountId: account.id, externalId: `r-${unitCode}` },
    });
    const talk = await db.conversation.create({ data: { residentId: resident.id, state: "waiting" } });
    const failed = await db.outboundMessage.create({
      data: {
        ...{ accountId: account.id, conversationId: talk.id, recipient: { user: "r" }, author: "bot" },
        ...{ content: { text: "xin chào" }, state: "dead" },
      },
    });
    const incident = await db.incident.create({
      data: { kind: "quota", accountId: account.id, message: "x" },
    });
    made.accounts![unitCode] = String(account.id);
    made.conversations![unitCode] = String(talk.id);
    made.failures![unitCode] = String(failed.id);
    made.incidents![unitCode] = String(incident.id);
  }
  const report = async (unitCode: string) =>
    (await db.report.findFirst({ where: { unitCode }, orderBy: { id: "asc" } }))?.code ?? "";
  const at = new Date("2026-11-25T09:00:00+07:00");
  const draft = (unitCode: string) =>
    draftByService(db, { unitCode, topic: "water", title: "Cúp nước", body: "Nước yếu cả ngày.", at });
  made.announcements = { [OWN]: await draft(OWN), [FOREIGN]: await draft(FOREIGN) };
  const station = async (unitCode: string) => {
    const place = { latitude: 10.24, longitude: 106.37, source: "thử", unit: "m", kind: "water_level" };
    return (await db.station.create({ data: { code: `DO-${unitCode}`, name: unitCode, unitCode, ...place } }))
      .code;
  };
  made.environment = { [OWN]: await station(OWN), [FOREIGN]: await station(FOREIGN) };
  made.offices = { [OWN]: `UBND-${OWN}`, [FOREIGN]: `UBND-${FOREIGN}` };
  made.reports = { [OWN]: await report(OWN), [FOREIGN]: await report(FOREIGN) };
  return made as typeof things;
}

async function signIn(role: Role) {
  const { email } = await service.person(role, OWN);
  const agent = supertest.agent(service.url);
  await agent
    .post("/console/sign-in")
    .set(SAME_ORIGIN)
    .type("form")
    .send({ email, password: PASSWORD })
    .expect(303);
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await agent.get("/console/me")).text)![1]!;
  return (method: string, path: string) =>
    method === "GET" ? agent.get(path) : agent.post(path).set(SAME_ORIGIN).type("form").send({ _csrf: csrf });
}

/** The first number of a path stands for a thing of its kind; what else there is in it, for nothing. */
function addressOf({ path }: ListedRoute, unit: typeof OWN | typeof FOREIGN): string | null {
  const kind = path.split("/")[1]!;
  const [, ...rest] = path.split("/");
  let isFirst = true;
  const parts = rest.map((part) => {
    if (!part.startsWith(":")) return part;
    const value = isFirst ? things[kind]?.[unit] : "1";
    isFirst = false;
    return value;
  });
  return parts.every((part) => part !== undefined && (part !== "" || rest.length === 1))
    ? `/console/${parts.join("/")}`.replace(/\/$/, "")
    : null;
}

/** "/reports/:code", and all below it; not what is numbered otherwise. */
const hasThing = ({ path }: ListedRoute) => {
  const [, kind, first] = path.split("/");
  return Object.hasOwn(things, kind!) && first?.startsWith(":");
};
/** Every deed, and every look at personal data, leaves its entry. */
const deedsDone = () => database.db.auditEntry.count();
/** The live stream never ends. */
const isStream = ({ path }: ListedRoute) => path.endsWith("/live");

test("every route declares a right", () => {
  expect(routes.length).toBeGreaterThan(60);
  expect(routes.filter(({ declares }) => declares === null)).toEqual([]);
  const open = routes.filter(({ declares }) => declares === "anyone").map(({ path }) => path);
  expect([...new Set(open)].sort()).toEqual(["/sign-in", "/sign-in/code"]);
  for (const { declares } of routes) if (declares !== "anyone") expect(RIGHTS).toHaveProperty([declares!]);
});

test("who is not signed in is asked to sign in, everywhere", async () => {
  for (const route of routes.filter(({ declares }) => declares !== "anyone")) {
    const path = addressOf(route, OWN) ?? `/console${route.path}`;
    const request = supertest(service.url);
    const response = await (route.method === "GET" ? request.get(path) : request.post(path).set(SAME_ORIGIN));
    expect([route.path, response.status, response.headers.location?.split("?")[0]]).toEqual([
      route.path,
      303,
      "/console/sign-in",
    ]);
  }
});

describe.each(ROLES)("as %s", (role) => {
  test("what one has no right to is refused", async () => {
    const ask = await signIn(role);
    for (const route of routes) {
      const right = route.declares!;
      if (right === "anyone" || may(role, right)) continue;
      const path = addressOf(route, OWN) ?? `/console${route.path.replace(/:\w+/g, "1")}`;
      expect([route.method, route.path, (await ask(route.method, path)).status]).toEqual([
        route.method,
        route.path,
        403,
      ]);
    }
  });

  test("one's own is there; another unit's is not", async () => {
    const ask = await signIn(role);
    const allowed = routes.filter(
      (route) =>
        route.declares !== "anyone" && may(role, route.declares!) && hasThing(route) && !isStream(route),
    );
    const seesAll = role === "admin";
    for (const route of allowed) {
      const foreign = addressOf(route, FOREIGN);
      if (foreign && !seesAll) {
        const before = await deedsDone();
        const { status } = await ask(route.method, foreign);
        // a form that is empty may be sent back before it is looked for; nothing was done either way
        const refusals = route.method === "GET" ? [404] : [404, 303, 422];
        expect(refusals.map((refusal) => [foreign, refusal])).toContainEqual([foreign, status]);
        expect([foreign, await deedsDone()]).toEqual([foreign, before]);
      }
      const own = addressOf(route, OWN);
      const isPage = route.method === "GET" && route.path.split("/").length === 3;
      if (own && isPage) expect([own, (await ask("GET", own)).status]).toEqual([own, 200]);
    }
    expect(await database.db.account.count({ where: { unitCode: FOREIGN, status: "active" } })).toBe(2);
  });
});
