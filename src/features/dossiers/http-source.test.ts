import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SourceUnavailable } from "../../infra/json-source/source.ts";
import { createHttpSource } from "./http-source.ts";
import { parseSourceConfig } from "./source-config.ts";

const CODE = "H07.20-260804-0583";
let server: Server;
let answer: RequestListener;
let calls: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    calls.push(request.url!);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());
beforeEach(() => (calls = []));

const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function sourceAt(extra = "", url = `${origin()}/ho-so/{code}`) {
  const text = `
url: ${url}
headers: { authorization: "Bearer \${PORTAL_TOKEN}" }
trustedOrigin: ${origin()}
timeoutSeconds: 0.4
largestKilobytes: 4
notFound: { status: [404], missing: data.hoSo }
fields: { code: data.hoSo.ma, status: data.hoSo.trangThai, unit: data.hoSo.coQuan, dueOn: data.hoSo.henTra, phone: data.hoSo.sdt }
states: { "2": processing, "Đã trả kết quả": returned }
${extra}`;
  return createHttpSource(parseSourceConfig(text, "source.yml", { PORTAL_TOKEN: "secret" }));
}

const json =
  (body: unknown): RequestListener =>
  (_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  };
const dossier = (more: object = {}) => ({
  data: {
    hoSo: {
      ma: CODE,
      trangThai: 2,
      coQuan: "UBND phường",
      henTra: "01/12/2026",
      sdt: "0912 345 678",
      ...more,
    },
  },
});

async function failure(source: ReturnType<typeof sourceAt>): Promise<string> {
  const error: unknown = await source.find(CODE).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SourceUnavailable);
  return (error as SourceUnavailable).reason;
}

test("an answer is read as the file says, whatever the system calls things", async () => {
  let header: string | undefined;
  answer = (request, response) => {
    header = request.headers.authorization;
    json(dossier())(request, response);
  };
  expect(await sourceAt().find(CODE)).toMatchObject({
    ...{ code: CODE, state: "processing", unit: "UBND phường", dueOn: "2026-12-01", phoneEnding: "5678" },
    statusText: null,
  });
  expect(header).toBe("Bearer secret");
  expect(calls).toEqual([`/ho-so/${CODE}`]);
});

test("no such dossier, by status or by what is missing, is an answer", async () => {
  answer = (_request, response) => response.writeHead(404).end();
  expect(await sourceAt().find(CODE)).toBeNull();
  answer = json({ data: {} });
  expect(await sourceAt().find(CODE)).toBeNull();
});

describe("a system that is", () => {
  test("slow is not waited for", async () => {
    answer = () => {};
    const begun = Date.now();
    expect(await failure(sourceAt())).toMatch(/timeout|ABORT|CANCEL|network/i);
    expect(Date.now() - begun).toBeLessThan(1500);
  });

  test.each([
    ["broken", (_request: unknown, response: any) => response.writeHead(500).end("x"), "status_500"],
    [
      "no JSON",
      (_request: unknown, response: any) => response.setHeader("content-type", "text/html").end("<p>"),
      "not_json",
    ],
    [
      "half JSON",
      (_request: unknown, response: any) => response.setHeader("content-type", "application/json").end("{"),
      "not_json",
    ],
    [
      "oversized",
      (_request: unknown, response: any) =>
        response.setHeader("content-type", "application/json").end(`"${"x".repeat(9000)}"`),
      "too_large",
    ],
    [
      "sending elsewhere",
      (_request: unknown, response: any) =>
        response.writeHead(302, { location: "http://169.254.169.254/latest" }).end(),
      "redirect",
    ],
  ])("%s is not believed", async (_what, how, reason) => {
    answer = how as RequestListener;
    expect(await failure(sourceAt())).toBe(reason);
  });

  test.each([
    ["a state we have no word for", { trangThai: "???" }, "unknown_state"],
    ["no state at all", { trangThai: { a: 1 } }, "unknown_state"],
    ["another dossier", { ma: "H07.20-260804-9999" }, "other_code"],
  ])("answering with %s is not believed", async (_what, more, reason) => {
    answer = json(dossier(more));
    expect(await failure(sourceAt())).toBe(reason);
  });

  test("down is left in peace after some tries", async () => {
    answer = (_request, response) => response.writeHead(503).end();
    const source = sourceAt();
    for (let tries = 0; tries < 6; tries++) await failure(source);
    const before = calls.length;
    expect(await failure(source)).toBe("resting");
    expect(calls.length).toBe(before);
    source.close();
  });

  test("at a private address that was not named as trusted is never called", async () => {
    const elsewhere = sourceAt("", "https://127.0.0.1/ho-so/{code}");
    expect(await failure(elsewhere)).toMatch(/private_address|host|ECONN|refused/i);
    expect(await failure(sourceAt("", "http://portal.example/{code}"))).toBe("host");
    expect(calls).toEqual([]);
  });
});

test("a file that cannot be used is refused with every fault named", () => {
  const parse = (text: string) => () => parseSourceConfig(text, "source.yml", {});
  expect(parse("url: https://x.vn/\nfields: { status: 'a b' }\nstates: { a: lost }")).toThrow(
    /url: needs \{code\}[^]*fields\.status[^]*states\.a/,
  );
  expect(parse("a: [")).toThrow(/is not YAML/);
  expect(
    parse("url: https://x.vn/{code}\nheaders: { a: '${NONE}' }\nfields: { status: a }\nstates: {}"),
  ).toThrow(/needs the environment variable NONE/);
});
