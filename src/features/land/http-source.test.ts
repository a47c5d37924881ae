import { BAD_ANSWERS, failureOf, json, usePretendPortal } from "../../infra/testing/pretend-portal.ts";
import { createLandSource } from "./http-source.ts";
import { toWgs84, type Position } from "./projection.ts";
import { parseLandSourceConfig, readLandSourceConfig } from "./source-config.ts";
import type { Question } from "./portal-parcel.ts";

const portal = usePretendPortal();
const byNumber: Question = { by: "number", sheet: 12, number: 125, ward: "Phường 8" };

function sourceAt(more = "", base = portal.origin()) {
  const text = `
name: Cổng đất đai
ask:
  byNumber: ${base}/thua?to={sheet}&thua={number}&xa={ward}
  byPoint: ${base}/thua?x={north}&y={east}
headers: { authorization: "Bearer \${PORTAL_TOKEN}" }
trustedOrigin: ${portal.origin()}
timeoutSeconds: 0.4
largestKilobytes: 4
parcels: data.thua
fields: { sheet: to, number: thua, ward: xa, area: dt, use: loai, geometry: hinh, asOf: ngay, zones: qh }
zone: { code: ma, name: ten, area: dt }
${more}`;
  return createLandSource(parseLandSourceConfig(text, "land.yml", { PORTAL_TOKEN: "secret" }));
}

/** In VN-2000 metres, as a portal of the province would have it. */
const geometry = {
  type: "Polygon",
  coordinates: [
    [
      [568_000, 1_132_000],
      [568_020, 1_132_000],
      [568_020, 1_132_020],
      [568_000, 1_132_020],
      [568_000, 1_132_000],
    ],
  ],
};
const parcel = (more: object = {}) => {
  const usual = { to: 12, thua: "125", xa: "Phường 8", dt: 401.5, loai: "ODT+CLN", hinh: geometry };
  const zones = [{ ma: "dgt", ten: "Đường số 3", dt: 90 }];
  return { data: { thua: [{ ...usual, ngay: "20/10/2026", qh: zones, chuSoHuu: "Nguyễn Văn A", ...more }] } };
};

test("a parcel is read as the file says, and nobody's name with it", async () => {
  portal.answers = json(parcel());
  const [found, ...others] = (await sourceAt().find(byNumber))!;
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    ...{ sheet: 12, number: 125, ward: "Phường 8", area: 401.5, useCodes: ["ODT", "CLN"] },
    zones: [{ code: "DGT", name: "Đường số 3", area: 90 }],
    source: "Cổng đất đai",
    asOf: new Date("2026-10-19T17:00:00Z"),
    geohash: expect.stringMatching(/^w3[0-9b-hjkmnp-z]{10}$/) as string,
  });
  const [lon, lat] = toWgs84({ north: 1_132_000, east: 568_000 });
  const [corner] = found!.shape![0]![0]!;
  expect(Math.abs(corner![0] - lon) + Math.abs(corner![1] - lat)).toBeLessThan(2e-7);
  expect(JSON.stringify(found)).not.toContain("Nguyễn");
  expect(portal.calls).toEqual([`/thua?to=12&thua=125&xa=${encodeURIComponent("Phường 8")}`]);
});

test("a point is asked in the portal's own metres; what it cannot be asked by is not asked", async () => {
  portal.answers = json(parcel());
  const point: Position = toWgs84({ north: 1_132_010, east: 568_010 });
  expect(await sourceAt().find({ by: "point", point })).toHaveLength(1);
  expect(portal.calls).toEqual(["/thua?x=1132010.00&y=568010.00"]);
  expect(sourceAt().canAnswer({ by: "identifier", identifier: "w3gv00000000" })).toBe(false);
});

test("figures written the Vietnamese way are read so when the file says it", async () => {
  portal.answers = json(parcel({ dt: "1.234,5 m²" }));
  expect((await sourceAt("decimalComma: true").find(byNumber))![0]!.area).toBe(1234.5);
});

test("without a figure the area is measured; an outline that cannot be read leaves the words", async () => {
  portal.answers = json(parcel({ dt: null }));
  expect((await sourceAt().find(byNumber))![0]!.area).toBeCloseTo(400, 0);
  portal.answers = json(parcel({ hinh: { type: "Polygon", coordinates: [[[1, 2]]] } }));
  expect((await sourceAt().find(byNumber))![0]).toMatchObject({ area: 401.5, shape: null, geohash: null });
});

test("no such parcel, by status or by an empty list, is an answer", async () => {
  portal.answers = (_request, response) => response.writeHead(404).end();
  expect(await sourceAt().find(byNumber)).toBeNull();
  portal.answers = json({ data: { thua: [] } });
  expect(await sourceAt().find(byNumber)).toEqual([]);
});

describe("a portal that is", () => {
  test.each(BAD_ANSWERS)("%s is not believed, nor waited for", async (_how, answer, reason) => {
    portal.answers = answer;
    const begun = Date.now();
    expect(await failureOf(sourceAt().find(byNumber))).toMatch(reason);
    expect(Date.now() - begun).toBeLessThan(1500);
  });

  const far = { by: "point", point: [106.5, 10.3] } as Question;
  test.each([
    ["another parcel", byNumber, parcel({ thua: 126 }), "other_parcel"],
    ["a parcel somewhere else", far, parcel(), "other_parcel"],
    ["no number", byNumber, parcel({ thua: { "": 1 } }), "no_parcel"],
    ["a word in place of a parcel", byNumber, { data: { thua: "lỗi" } }, "no_parcel"],
    ["a zone without its area", byNumber, parcel({ qh: [{ ma: "DGT", dt: "?" }] }), "bad_zones"],
    ["zones that are no list", byNumber, parcel({ qh: "DGT" }), "bad_zones"],
    ["half the province", byNumber, { data: { thua: Array(21).fill({ to: 12, thua: 125 }) } }, "too_many"],
  ])("answering with %s is not believed", async (_what, question, body, reason) => {
    portal.answers = json(body);
    expect(await failureOf(sourceAt().find(question))).toBe(reason);
  });

  test("down is left in peace after some tries", async () => {
    portal.answers = (_request, response) => response.writeHead(503).end();
    const source = sourceAt();
    for (let tries = 0; tries < 6; tries++) await failureOf(source.find(byNumber));
    const before = portal.calls.length;
    expect(await failureOf(source.find(byNumber))).toBe("resting");
    expect(portal.calls.length).toBe(before);
    source.close();
  });

  test.each([
    ["https://10.0.0.7", "private_address"],
    ["https://[::ffff:127.0.0.1]", "private_address"],
    ["https://localhost", "private_address"],
    ["http://portal.example", "host"],
    ["https://portal.example:8443", "host"],
  ])("at %s, and not named as trusted, is never called", async (base, reason) => {
    expect(await failureOf(sourceAt("", base).find(byNumber))).toBe(reason);
    expect(portal.calls).toEqual([]);
  });
});

test("a file that cannot be used is refused with every fault named", () => {
  const parse = (text: string) => () => parseLandSourceConfig(text, "land.yml", {});
  expect(parse("name: Cổng\nask: {}\nfields: { sheet: a, number: b, owner: c }")).toThrow(
    /ask: needs at least one address[^]*fields: Unrecognized key: "owner"/,
  );
  expect(parse("name: Cổng\nask: { byNumber: 'https://x.vn/{sheet}' }\nfields: { sheet: a }")).toThrow(
    /ask\.byNumber: needs \{sheet\} and \{number\} and \{ward\}[^]*fields\.number/,
  );
});

test("the example can be used as it stands", async () => {
  process.env.LAND_SOURCE_TOKEN = "secret";
  const { name, zone } = await readLandSourceConfig("docs/land-source.example.yml");
  expect({ name, zone }).toMatchObject({ name: "Cổng thông tin đất đai tỉnh", zone: { code: "ma" } });
});
