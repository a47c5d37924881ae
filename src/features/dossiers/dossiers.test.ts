import express from "express";
import QRCode from "qrcode";
import sharp from "sharp";
import request from "supertest";
import { loadWording } from "../../dialogue/wording.ts";
import type { JobSet } from "../../infra/jobs.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import type { LanguageEngine } from "../../language/index.ts";
import { conversations } from "../conversations/index.ts";
import type { Feature } from "../feature.ts";
import { openTown, photo, pretendEngine, type Town } from "../testing/people.ts";
import { SourceUnavailable } from "../../infra/json-source/source.ts";
import type { Dossier } from "./dossier.ts";
import { createDossiers } from "./index.ts";
import { readQr } from "../../infra/read-qr.ts";
import { findLocal, keepDossier } from "./store.ts";

const database = useTestDatabase();
const KEY = "0123456789abcdef0123456789abcdef";
// daytime in Việt Nam, whenever the test runs: nobody is told at night
const clock = { now: () => new Date("2026-11-25T03:00:00Z") };
const pictures = new Map<string, Buffer>();
let remote: (code: string) => Promise<Dossier | null>;
let feature: Feature;
let town: Town;

const base: Dossier = {
  ...{ code: "H07.20-261101-0001", state: "processing", statusText: null, unit: "UBND phường Phú Khương" },
  ...{ dueOn: "2026-12-05", procedure: "Đăng ký khai sinh", receivedOn: "2026-11-01", finishedOn: null },
  ...{ note: "Mẹ cháu đã ký", phoneEnding: "4321", asOf: new Date("2026-11-24T02:00:00Z"), sample: false },
};

/** The pretend engine, which also sees dossier codes. */
const engine: LanguageEngine = (() => {
  const pretend = pretendEngine({
    "hồ sơ của tui tới đâu rồi": "dossier.status",
    "tra hồ sơ": "dossier.status",
    "cảm ơn em": "thanks",
  });
  return {
    ...pretend,
    understand(text, options) {
      const understood = pretend.understand(text, options);
      const match = /H\d\d\.\d+-\d{6}-\d{4}/.exec(text);
      if (!match) return understood;
      const entity = {
        type: "dossier_code" as const,
        value: match[0],
        text: match[0],
        start: match.index,
        end: match.index + match[0].length,
      };
      return { ...understood, entities: [entity] };
    },
  };
})();

beforeAll(async () => {
  const readMedia = async (hash: string) => ({ bytes: pictures.get(hash)! });
  const source = { find: (code: string) => remote(code) };
  const parts = { database, wording: loadWording(), clock, readMedia, pushKeys: [KEY] };
  feature = createDossiers({ ...parts, source });
  town = await openTown(database, [feature, conversations], engine, clock);
  await keepDossier(database.db, base);
});
beforeEach(() => (remote = async () => null));

/** What was put on its way to them since. */
async function repliesTo(
  person: { conversation(): Promise<{ id: bigint }> },
  from: number,
): Promise<string[]> {
  const { id } = await person.conversation();
  const rows = await database.db.outboundMessage.findMany({
    where: { conversationId: id },
    orderBy: { id: "asc" },
  });
  return rows.slice(from).map(({ content }) => (content as { text: string }).text);
}

const countTo = async (person: { conversation(): Promise<{ id: bigint }> }) =>
  (await repliesTo(person, 0)).length;
const run = (task: string, payload: object) => (feature.jobs as JobSet).tasks[task]!(payload as never);

describe("by its code", () => {
  test("anybody learns state, office and due day, and nothing else", async () => {
    const lan = await town.knownResident("Chị Lan");
    const [answer] = await lan.says("cho hỏi H07.20-261101-0001 xong chưa");
    expect(answer).toMatch(
      /Tình trạng: đang giải quyết\n• Nơi giải quyết: UBND phường Phú Khương\n• Hẹn trả: 05\/12\/2026/,
    );
    expect(answer).not.toMatch(/khai sinh|Mẹ cháu|4321/);
  });

  test("a question without a code asks for it, and a wrong one says what is wrong", async () => {
    const hai = await town.knownResident("Anh Hai");
    expect((await hai.says("hồ sơ của tui tới đâu rồi"))[0]).toMatch(/cho em mã hồ sơ/);
    expect((await hai.says("H07.20-270101-0001"))[0]).toMatch(/ngày chưa tới/);
    expect((await hai.says("h07.20 – 261101 – 0001"))[0]).toMatch(/đang giải quyết/);
  });

  test("past its day it is said to be overdue", async () => {
    await keepDossier(database.db, { ...base, code: "H07.20-261001-0009", dueOn: "2026-11-20" });
    const ba = await town.knownResident("Chị Ba");
    expect((await ba.says("H07.20-261001-0009"))[0]).toMatch(/Hẹn trả: 20\/11\/2026, đã quá hẹn/);
  });
});

describe("the second factor", () => {
  test("opens the rest to whoever knows the phone's last digits", async () => {
    const tu = await town.knownResident("Anh Tư");
    await tu.says("H07.20-261101-0001");
    expect((await tu.says("Xem chi tiết"))[0]).toMatch(/4 số cuối/);
    expect((await tu.says("4321"))[0]).toMatch(/Thủ tục: Đăng ký khai sinh[^]*Mẹ cháu đã ký/);
  });

  test("is given up after five wrong tries, the right digits included", async () => {
    await keepDossier(database.db, { ...base, code: "H07.20-261101-0777" });
    const nam = await town.knownResident("Chị Năm");
    await nam.says("H07.20-261101-0777");
    for (let tries = 1; tries <= 5; tries++) {
      await nam.taps("intent:dossier.details H07.20-261101-0777");
      const [reply] = await nam.says("0000");
      expect(reply).toMatch(tries < 5 ? new RegExp(`còn ${5 - tries} lần`) : /tạm khóa/);
    }
    await nam.taps("intent:dossier.details H07.20-261101-0777");
    expect((await nam.says("4321"))[0]).toMatch(/tạm khóa/);
    // somebody else gets no further with this dossier either
    const sau = await town.knownResident("Anh Sáu");
    await sau.taps("intent:dossier.details H07.20-261101-0777");
    expect((await sau.says("4321"))[0]).toMatch(/tạm khóa/);
  });
});

describe("following", () => {
  test("tells once of a change by day, and once of it", async () => {
    const code = "H07.20-261102-0002";
    await keepDossier(database.db, { ...base, code });
    const bay = await town.knownResident("Chị Bảy");
    await bay.says(code);
    expect((await bay.says("Theo dõi hồ sơ này"))[0]).toMatch(/có thay đổi em nhắn/);
    const { id } = await bay.row();
    const before = await countTo(bay);
    await keepDossier(database.db, { ...base, code, state: "done", asOf: new Date("2026-11-25T01:00:00Z") });
    await run("dossiers.tell", { residentId: String(id) });
    await run("dossiers.tell", { residentId: String(id) });
    expect(await repliesTo(bay, before)).toEqual([expect.stringMatching(/có thay đổi[^]*đã có kết quả/)]);
  });

  test("is started and ended in words as well, with the details at hand in between", async () => {
    const code = "H07.20-261102-0004";
    await keepDossier(database.db, { ...base, code });
    const lien = await town.knownResident("Chị Liên");
    await lien.says(code);
    expect((await lien.says("theo doi ho so nay giup em"))[0]).toMatch(
      /có thay đổi em nhắn[^]*2\. Xem chi tiết/,
    );
    expect((await lien.says("cho em xem chi tiết"))[0]).toMatch(/4 số cuối/);
    expect((await lien.says("4321"))[0]).toMatch(/Mẹ cháu đã ký/);
    const followers = () => database.db.dossierFollow.count({ where: { code } });
    expect(await followers()).toBe(1);
    expect(await lien.says("ngừng theo dõi hồ sơ này")).toHaveLength(1);
    expect(await followers()).toBe(0);
  });

  test("waits for the next message when no window is open", async () => {
    const code = "H07.20-261102-0003";
    await keepDossier(database.db, { ...base, code });
    const tam = await town.knownResident("Anh Tám");
    await tam.says(code);
    await tam.taps(`intent:dossier.follow ${code}`);
    const { id } = await tam.row();
    await database.db.conversation.updateMany({
      where: { residentId: id },
      data: { lastInboundAt: new Date("2026-11-01") },
    });
    const before = await countTo(tam);
    await keepDossier(database.db, {
      ...base,
      code,
      state: "supplement",
      asOf: new Date("2026-11-25T01:00:00Z"),
    });
    await run("dossiers.tell", { residentId: String(id) });
    expect(await repliesTo(tam, before)).toEqual([]);
    expect((await tam.says("cảm ơn em")).join("\n")).toMatch(/cần bổ sung giấy tờ/);
    expect((await tam.says("cảm ơn em")).join("\n")).not.toMatch(/bổ sung/);
  });

  test("ends when asked, and is shown and erased with the rest of what is kept", async () => {
    const code = "H07.20-261101-0001";
    const chin = await town.knownResident("Chị Chín");
    await chin.taps(`intent:dossier.follow ${code}`);
    const { id } = await chin.row();
    const shown = await feature.personalData!.show(database.db, id, loadWording().in("vi"));
    expect(shown[0]!.rows.map(({ what }) => what)).toEqual([code]);
    await chin.taps(`intent:dossier.unfollow ${code}`);
    expect(await feature.personalData!.erase(database.db, id)).toEqual({ dossierFollows: 0 });
  });
});

describe("a dossier only the province's system knows", () => {
  const code = "H61.05-261103-0042";

  test("is asked for after the turn, and its last answer is kept for bad days", async () => {
    const muoi = await town.knownResident("Anh Mười");
    remote = async () => ({ ...base, code, unit: "Sở Xây dựng" });
    expect((await muoi.says(code))[0]).toMatch(/đang tra hồ sơ/);
    const { id } = await muoi.row();
    const before = await countTo(muoi);
    await run("dossiers.ask", { residentId: String(id), code });
    remote = () => Promise.reject(new SourceUnavailable("timeout"));
    await run("dossiers.ask", { residentId: String(id), code });
    const [fresh, stale] = await repliesTo(muoi, before);
    expect(fresh).toMatch(/Sở Xây dựng[^]*Cập nhật lúc/);
    expect(stale).toMatch(/Sở Xây dựng[^]*đang không trả lời[^]*có thể đã cũ/);
    // a number answers what was told outside of a turn
    expect((await muoi.says("1"))[0]).toMatch(/có thay đổi em nhắn/);
  });

  test("nobody has heard of, while the system is down, is not called unknown", async () => {
    const mot = await town.knownResident("Chị Mốt");
    await mot.says("H61.05-261103-0043");
    const { id } = await mot.row();
    remote = () => Promise.reject(new SourceUnavailable("timeout"));
    const before = await countTo(mot);
    await run("dossiers.ask", { residentId: String(id), code: "H61.05-261103-0043" });
    expect((await repliesTo(mot, before))[0]).toMatch(/không trả lời nên em chưa tra được/);
  });
});

describe("a receipt's QR", () => {
  const qr = async (text: string) => QRCode.toBuffer(text, { width: 220 });

  test("is read from a photo that is askew, dim and far away", async () => {
    const code = await sharp(await qr("https://x.vn/?ma=H07.20-261101-0001"))
      .rotate(11, { background: "#ddd" })
      .toBuffer();
    const photo = await sharp({ create: { width: 1500, height: 2000, channels: 3, background: "#bbb" } })
      .composite([{ input: code, left: 300, top: 900 }])
      .modulate({ brightness: 0.6 })
      .blur(0.8)
      .jpeg({ quality: 70 })
      .toBuffer();
    expect(await readQr(photo)).toBe("https://x.vn/?ma=H07.20-261101-0001");
  });

  test("answers in the talk once the picture is there", async () => {
    const hoa = await town.knownResident("Chị Hoa");
    await hoa.says("tra hồ sơ");
    expect((await hoa.sends(photo))[0]).toMatch(/đang đọc mã/);
    const { id } = await hoa.row();
    const attachment = await database.db.attachment.findFirstOrThrow({ orderBy: { id: "desc" } });
    const payload = { residentId: String(id), attachmentId: String(attachment.id) };
    await expect(run("dossiers.receipt", payload)).rejects.toThrow(/still being fetched/);
    pictures.set("h1", await qr("H07.20-261101-0001"));
    await database.db.media.create({ data: { hash: "h1", mime: "image/jpeg", bytes: 1 } });
    await database.db.attachment.update({
      where: { id: attachment.id },
      data: { state: "stored", mediaHash: "h1" },
    });
    const before = await countTo(hoa);
    await run("dossiers.receipt", payload);
    expect((await repliesTo(hoa, before))[0]).toMatch(/H07\.20-261101-0001[^]*đang giải quyết/);
  });
});

describe("pushing", () => {
  const app = () => express().use(feature.pages!);
  const row = {
    code: "H07.20-261110-0100",
    state: "Đang giải quyết",
    dueOn: "01/12/2026",
    phone: "0912 345 999",
  };

  test("takes rows from whoever has the key, and says what is wrong with the others", async () => {
    const { status, body } = await request(app())
      .post("/api/dossiers")
      .set("authorization", `Bearer ${KEY}`)
      .send([row, { code: "H07.20-261110-0101", state: "lạc đâu mất" }]);
    expect(status).toBe(422);
    expect(body.results).toEqual([
      { row: 0, result: "added", code: row.code },
      {
        row: 1,
        result: "refused",
        reason: expect.stringMatching(/state: "lạc đâu mất" is none of received/),
      },
    ]);
    expect(await findLocal(database.db, row.code)).toMatchObject({
      state: "processing",
      dueOn: "2026-12-01",
      phoneEnding: "5999",
    });
  });

  test.each([
    ["no key", undefined],
    ["another key", "Bearer x"],
  ])("refuses %s", async (_what, header) => {
    const post = request(app()).post("/api/dossiers");
    if (header) post.set("authorization", header);
    expect((await post.send(row)).status).toBe(401);
  });

  test("what is older than what is known changes nothing", async () => {
    const older = { ...base, state: "received" as const, asOf: new Date("2026-11-20T00:00:00Z") };
    expect(await keepDossier(database.db, older)).toBe("unchanged");
    expect(await findLocal(database.db, base.code)).toMatchObject({ state: "processing" });
  });
});
