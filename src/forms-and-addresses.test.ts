/**
 * Two things every route of the console and every public page must stand: a form that is not ours does nothing, and what
 * stands in an address is only text. A new route is in here the moment it is mounted.
 */
import supertest from "supertest";
import { listRoutes, type ListedRoute } from "./console/routes.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { PASSWORD } from "./console/testing/sign-in.ts";
import { openService, type WholeService } from "./testing/service.ts";

afterAll(() => service.stop()); // before its database goes
const database = useTestDatabase();
const SAME_ORIGIN = { "sec-fetch-site": "same-origin" };
let service: WholeService;
let routes: ListedRoute[];
let admin: ReturnType<typeof supertest.agent>;
let csrf: string;

beforeAll(async () => {
  service = await openService(database);
  routes = listRoutes(service.app.console);
  const { email } = await service.person("admin", "DO-THI");
  admin = supertest.agent(service.url);
  await admin
    .post("/console/sign-in")
    .set(SAME_ORIGIN)
    .type("form")
    .send({ email, password: PASSWORD })
    .expect(303);
  csrf = /name="_csrf" value="([^"]+)"/.exec((await admin.get("/console/me")).text)![1]!;
});

const deeds = () => routes.filter(({ method, declares }) => method === "POST" && declares !== "anyone");
const at = ({ path }: ListedRoute, value = "1") => `/console${path.replace(/:\w+/g, value)}`;

test("a deed asked for by another site, or without the session's token, is refused before anything is looked at", async () => {
  expect(deeds().length).toBeGreaterThan(40);
  await each(deeds(), async (route) => {
    const post = () => admin.post(at(route));
    const foreign = await post().type("form").set("sec-fetch-site", "cross-site").send({ _csrf: csrf });
    const bare = await post().type("form").set(SAME_ORIGIN).send({});
    expect([route.path, foreign.status, bare.status]).toEqual([route.path, 403, 403]);
  });
}, 120_000);

/** A page without the values of its attributes: in quotes of their own they are no markup. */
const withoutValues = (page: string) => page.replace(/="[^"]*"/g, "");

const PUBLIC = [
  ...["/phan-anh", "/thong-bao", "/thong-bao/feed.atom", "/thong-bao/canh-bao.cap"],
  "/open311/v2/services.json",
];
const EVIL = `"'><svg onload=alert(1)>%27;--\\`;
const NAMES =
  "q words tab state unit channel label skill page from to kind code topic ward category lang next at before sort part message";

test("whatever stands in an address is never markup, and breaks nothing", async () => {
  const query = new URLSearchParams(NAMES.split(" ").map((name) => [name, EVIL])).toString();
  const twice = NAMES.split(" ")
    .map((name) => `${name}[]=${encodeURIComponent(EVIL)}`)
    .join("&");
  const looks = routes.filter(({ method, path }) => method === "GET" && !path.endsWith("/live"));
  const numbered = looks.filter(({ path }) => path.includes(":"));
  const paths = [
    ...looks.map((route) => `${at(route)}?${query}`),
    ...looks.filter((route) => !numbered.includes(route)).map((route) => `${at(route)}?${twice}`),
    ...numbered.map((route) => at(route, encodeURIComponent(EVIL))),
    ...PUBLIC.map((page) => `${page}?${query}`),
    ...["/phan-anh/", "/thong-bao/", "/du-lieu/", "/du-lieu/yeu-cau/"].map(
      (page) => page + encodeURIComponent(EVIL),
    ),
  ];
  expect(looks.length).toBeGreaterThan(40);
  const wrong: unknown[] = [];
  await each(paths, async (path) => {
    const { status, text } = await admin.get(path);
    if (status >= 500 || withoutValues(text ?? "").includes("<svg onload"))
      wrong.push([path.slice(0, 80), status]);
  });
  expect(wrong).toEqual([]);
}, 120_000);

/** A few at a time. */
async function each<Item>(items: Item[], deed: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await deed(item);
  };
  await Promise.all(Array.from({ length: 6 }, worker));
}
