import { BAD_ANSWERS, failureOf, json, usePretendPortal } from "../../infra/testing/pretend-portal.ts";
import { createHttpSource } from "./http-source.ts";
import { parseSourceConfig, readSourceConfig } from "./source-config.ts";

const CODE = "H07.20-260804-0583";
const portal = usePretendPortal();

function sourceAt(url = `${portal.origin()}/ho-so/{code}`) {
  const text = `
url: ${url}
headers: { authorization: "Bearer \${PORTAL_TOKEN}" }
trustedOrigin: ${portal.origin()}
timeoutSeconds: 0.4
largestKilobytes: 4
notFound: { status: [404], missing: data.hoSo }
fields: { code: data.hoSo.ma, status: data.hoSo.trangThai, unit: data.hoSo.coQuan, dueOn: data.hoSo.henTra, phone: data.hoSo.sdt }
states: { "2": processing, "Đã trả kết quả": returned }`;
  return createHttpSource(parseSourceConfig(text, "source.yml", { PORTAL_TOKEN: "secret" }));
}

const dossier = (more: object = {}) => {
  const usual = { ma: CODE, trangThai: 2, coQuan: "UBND phường", henTra: "01/12/2026", sdt: "0912 345 678" };
  return { data: { hoSo: { ...usual, ...more } } };
};

test("an answer is read as the file says, whatever the system calls things", async () => {
  let header: string | undefined;
  portal.answers = (request, response) => {
    header = request.headers.authorization;
    json(dossier())(request, response);
  };
  expect(await sourceAt().find(CODE)).toMatchObject({
    ...{ code: CODE, state: "processing", unit: "UBND phường", dueOn: "2026-12-01", phoneEnding: "5678" },
    statusText: null,
  });
  expect(header).toBe("Bearer secret");
  expect(portal.calls).toEqual([`/ho-so/${CODE}`]);
});

test("no such dossier, by status or by what is missing, is an answer", async () => {
  portal.answers = (_request, response) => response.writeHead(404).end();
  expect(await sourceAt().find(CODE)).toBeNull();
  portal.answers = json({ data: {} });
  expect(await sourceAt().find(CODE)).toBeNull();
});

describe("a system that is", () => {
  test.each(BAD_ANSWERS)("%s is not believed, nor waited for", async (_how, answer, reason) => {
    portal.answers = answer;
    const begun = Date.now();
    expect(await failureOf(sourceAt().find(CODE))).toMatch(reason);
    expect(Date.now() - begun).toBeLessThan(1500);
  });

  test.each([
    ["a state we have no word for", { trangThai: "???" }, "unknown_state"],
    ["no state at all", { trangThai: { a: 1 } }, "unknown_state"],
    ["another dossier", { ma: "H07.20-260804-9999" }, "other_code"],
  ])("answering with %s is not believed", async (_what, more, reason) => {
    portal.answers = json(dossier(more));
    expect(await failureOf(sourceAt().find(CODE))).toBe(reason);
  });

  test("down is left in peace after some tries", async () => {
    portal.answers = (_request, response) => response.writeHead(503).end();
    const source = sourceAt();
    for (let tries = 0; tries < 6; tries++) await failureOf(source.find(CODE));
    const before = portal.calls.length;
    expect(await failureOf(source.find(CODE))).toBe("resting");
    expect(portal.calls.length).toBe(before);
    source.close();
  });

  test.each([
    ["a private address", "https://10.0.0.7/ho-so/{code}", "private_address"],
    ["this machine", "https://127.0.0.1/ho-so/{code}", "private_address"],
    ["this machine, in IPv6", "https://[::1]/ho-so/{code}", "private_address"],
    ["a name that leads to this machine", "https://localhost/ho-so/{code}", "private_address"],
    ["plain http", "http://portal.example/{code}", "host"],
  ])("at %s, and not named as trusted, is never called", async (_where, url, reason) => {
    expect(await failureOf(sourceAt(url).find(CODE))).toBe(reason);
    expect(portal.calls).toEqual([]);
  });
});

test("a file that cannot be used is refused with every fault named", () => {
  const parse = (text: string) => () => parseSourceConfig(text, "source.yml", {});
  expect(parse("url: https://x.vn/\nfields: { status: 'a b' }\nstates: { a: lost }")).toThrow(
    /url: needs \{code\}[^]*fields\.status[^]*states\.a/,
  );
  expect(parse("url: https://{code}.x.vn/\nfields: { status: a }\nstates: {}")).toThrow(/url: must begin/);
  expect(parse("a: [")).toThrow(/is not YAML/);
  expect(
    parse("url: https://x.vn/{code}\nheaders: { a: '${NONE}' }\nfields: { status: a }\nstates: {}"),
  ).toThrow(/needs the environment variable NONE/);
});

test("the example can be used as it stands", async () => {
  process.env.DOSSIER_SOURCE_TOKEN = "secret";
  const { url, headers } = await readSourceConfig("docs/dossier-source.example.yml");
  expect({ url, headers }).toEqual({
    url: "https://motcua.example.gov.vn/api/ho-so/{code}",
    headers: { authorization: "Bearer secret" },
  });
});
