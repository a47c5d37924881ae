import { loadWording } from "../../dialogue/wording.ts";
import type { JobSet } from "../../infra/jobs.ts";
import { SourceUnavailable } from "../../infra/json-source/source.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { loadEngine } from "../../language/index.ts";
import { conversations } from "../conversations/index.ts";
import type { Feature } from "../feature.ts";
import { openTown, place, type Resident, type Town } from "../testing/people.ts";
import { createLand } from "./index.ts";
import { addParcels, beginLayer, boxText, finishLayer } from "./store.ts";
import type { PortalParcel, Question } from "./portal-parcel.ts";
import { toWgs84, type Position } from "./projection.ts";

const database = useTestDatabase();
// two moments, so that what was known before can be told from what is known now
let now = new Date("2026-11-25T03:00:00Z");
let portal: (question: Question) => Promise<PortalParcel[] | null>;
let feature: Feature;
let town: Town;

const corner = (north: number, east: number): Position =>
  toWgs84({ north: 1_132_000 + north, east: 568_000 + east });
const outline = [[[corner(0, 0), corner(0, 20), corner(20, 20), corner(20, 0), corner(0, 0)]]];
const parcel: PortalParcel = {
  ...{ sheet: 31, number: 7, ward: "Phường 8", area: 400, useCodes: ["CLN"], address: null },
  ...{ geohash: "w3gv00000000", shape: outline, zones: [{ code: "DGT", name: "Đường số 3", area: 100 }] },
  ...{ source: "Cổng đất đai", asOf: new Date("2026-10-20T00:00:00Z") },
};

beforeAll(async () => {
  const media = { keepPicture: async () => "1".padStart(64, "0") };
  const source = { find: (question: Question) => portal(question), canAnswer: () => true };
  feature = createLand({
    ...{ database, media, source },
    ...{ wording: loadWording(), clock: { now: () => now } },
  });
  town = await openTown(database, [feature, conversations], await loadEngine());
});

/** Runs what the last message has put on its way. @returns what the resident is told by it */
async function told(person: Resident) {
  const { id } = await person.conversation();
  const before = await database.db.outboundMessage.count({ where: { conversationId: id } });
  const { rows } = await database.pool.query<{ id: string; payload: object }>(
    `SELECT j.id, j.payload FROM graphile_worker._private_jobs j
     JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'land.ask'`,
  );
  await database.pool.query("DELETE FROM graphile_worker._private_jobs WHERE id = ANY($1)", [
    rows.map((row) => row.id),
  ]);
  for (const { payload } of rows) await (feature.jobs as JobSet).tasks["land.ask"]!(payload as never);
  const sent = await database.db.outboundMessage.findMany({
    where: { conversationId: id },
    orderBy: { id: "asc" },
    skip: before,
  });
  return sent.map(({ content }) => content as { text: string; image?: object });
}

test("what our map does not hold is asked of the portal after the turn, and told with its source and a picture", async () => {
  const lan = await town.knownResident("Chị Lan");
  const asked: Question[] = [];
  portal = async (question) => (asked.push(question), [parcel]);
  expect(await lan.says("thửa 7 tờ 31 phường 8")).toEqual([
    expect.stringMatching(/đang hỏi cổng thông tin đất đai về thửa 7, tờ 31, Phường 8/),
  ]);
  const [reply, ...others] = await told(lan);
  expect(asked).toEqual([{ by: "number", sheet: 31, number: 7, ward: "Phường 8" }]);
  expect(others).toEqual([]);
  expect(reply!.text).toMatch(
    /Thửa 7, tờ bản đồ 31, Phường 8[^]*400 m²[^]*Đất giao thông \(DGT\): 100 m² \(25 %\)/,
  );
  expect(reply!.text).toMatch(/tham khảo.*Cổng đất đai, 20\/10\/2026/);
  expect(reply!.image).toBeDefined();
});

test("while the portal is down its last answer is told, and that it may be old", async () => {
  const hai = await town.knownResident("Anh Hai");
  now = new Date("2026-11-26T03:00:00Z");
  portal = () => Promise.reject(new SourceUnavailable("timeout"));
  await hai.says("thửa 7 tờ 31 phường 8");
  expect((await told(hai))[0]!.text).toMatch(
    /400 m²[^]*đang không trả lời[^]*25\/11\/2026 10:00.*có thể đã cũ/,
  );
  await hai.says("thửa 8 tờ 31 phường 8");
  expect((await told(hai))[0]!.text).toMatch(/không trả lời nên em chưa tra được thửa 8/);
});

test("several are a list; the one that is picked is told without asking again", async () => {
  const ba = await town.knownResident("Chị Ba");
  portal = async () => [parcel, { ...parcel, ward: "Xã Bình Phú", area: 950, shape: null, zones: null }];
  await ba.says("thửa đất này");
  await ba.sends(place(10.24, 106.37));
  expect((await told(ba))[0]!.text).toMatch(/có 2 thửa[^]*2\. Thửa 7, tờ 31, Xã Bình Phú, 950 m²/);
  portal = () => Promise.reject(new Error("asked again"));
  const [reply] = await ba.says("2");
  expect(reply).toMatch(/Thửa 7, tờ bản đồ 31, Xã Bình Phú[^]*950 m²[^]*chưa có bản đồ quy hoạch/);
});

test("what nobody knows is said; our own map goes first", async () => {
  const tu = await town.knownResident("Anh Tư");
  portal = async () => null;
  await tu.says("thửa 9 tờ 31 phường 8");
  expect((await told(tu))[0]!.text).toMatch(/không tìm thấy thửa 9, tờ 31/);
  const layer = { name: "Bản đồ", source: "Bản đồ phường", asOf: now, sample: false };
  const layerId = await beginLayer(database.db, { kind: "parcels", ...layer });
  const [[west, south], [east, north]] = [corner(0, 0), corner(20, 20)];
  const row = { sheet: 31, number: 9, ward: "Phường 8", area: 400, use_codes: ["ODT"], address: null };
  const bounds = boxText({ west, south, east, north });
  await addParcels(database.db, layerId, [{ ...row, geohash: "w3gv00000001", shape: outline, bounds }]);
  await finishLayer(database.db, layerId, "parcels", layer.name);
  expect((await tu.says("thửa 9 tờ 31 phường 8"))[0]).toMatch(/Thửa 9.*Bản đồ phường/s);
  expect(await told(tu)).toEqual([]);
});

test("what the portal said half a year ago is forgotten", async () => {
  const forget = () => (feature.jobs as JobSet).tasks.land_forget!({} as never);
  await forget();
  expect(await database.db.landAnswer.count()).toBeGreaterThan(0);
  now = new Date("2027-06-25T03:00:00Z");
  await forget();
  expect(await database.db.landAnswer.count()).toBe(0);
});
