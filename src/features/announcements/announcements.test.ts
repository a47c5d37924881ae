import { testBox } from "../../channels/testing.ts";
import { writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import express from "express";
import supertest from "supertest";
import { loadWording } from "../../dialogue/wording.ts";
import { ImportReport } from "../../infra/import/importer.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { loadEngine, type LanguageEngine } from "../../language/index.ts";
import { conversations } from "../conversations/index.ts";
import type { Feature } from "../feature.ts";
import { pretendMailer } from "../testing/mail.ts";
import { testMedia } from "../testing/media.ts";
import { openTown, type Town } from "../testing/people.ts";
import { importAnnouncements } from "./import.ts";
import { createAnnouncements } from "./index.ts";
import { capAlert } from "./feeds.ts";
import { findPublished } from "./store.ts";
import { check } from "./verify.ts";

const database = useTestDatabase();
const publicUrl = "https://hoi.example";
let engine: LanguageEngine;
let town: Town;
let feature: Feature;
let web: ReturnType<typeof supertest>;

const NOW = new Date("2026-11-25T09:00:00+07:00");
const ARCHIVE = [
  {
    title: "Tạm ngưng cấp nước đường Nguyễn Huệ",
    body: "Nước máy tạm ngưng từ 8 giờ đến 16 giờ ngày 28/11/2026 trên đường Nguyễn Huệ, phường An Hội để sửa đường ống chính. Bà con trữ nước trước.",
    ...{
      number: "41/TB-UBND",
      date: "24/11/2026",
      unit: "AN-HOI",
      topic: "Cúp nước",
      wards: "Phường An Hội",
    },
  },
  {
    title: "Cắt điện bảo trì trạm biến áp khu phố 3",
    body: "Điện lực cắt điện từ 7 giờ 30 đến 11 giờ 30 ngày 29/11/2026 tại khu phố 3, phường Phú Khương.",
    ...{
      number: "87/TB-UBND",
      date: "2026-11-23",
      unit: "UBND phường Phú Khương",
      topic: "",
      wards: "Phường 8",
    },
  },
  {
    title: "Chi trả trợ cấp người cao tuổi tháng 12",
    body: "Phường Bến Tre chi trả trợ cấp người cao tuổi ngày 05/12/2026 tại hội trường phường, mức 500.000 đồng một người.",
    ...{ number: "54/TB-UBND", date: "22/11/2026", unit: "BEN-TRE" },
  },
  {
    title: "Tiêm ngừa dại cho chó mèo",
    body: "Trạm thú y tiêm ngừa dại cho chó, mèo từ 7 giờ đến 10 giờ ngày 30/11/2026 tại nhà văn hóa ấp Phú Thành, phường Sơn Đông, mỗi con 15.000 đồng.",
    ...{ number: "63/TB-UBND", date: "22/11/2026", unit: "SON-DONG" },
  },
  {
    title: "Họp dân bàn mở rộng hẻm 12",
    body: "Mời bà con khu phố 6, phường Phú Tân dự họp lúc 19 giờ ngày 29/11/2026 tại nhà văn hóa khu phố, bàn việc góp đất mở rộng hẻm 12.",
    ...{ number: "29/TM-UBND", date: "24/11/2026", unit: "PHU-TAN" },
  },
];

beforeAll(async () => {
  engine = await loadEngine();
  const clock = { now: () => NOW };
  const media = testMedia(database);
  feature = createAnnouncements({
    database,
    wording: loadWording(),
    engine,
    media,
    clock,
    publicUrl,
    mailer: pretendMailer(),
    box: testBox,
  });
  town = await openTown(database, [feature, conversations], engine, clock);
  web = supertest(express().use(feature.pages!));
  const { report } = await load(ARCHIVE);
  expect(report.bad).toEqual([]);
});

async function load(rows: object[], checkOnly = false) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "archive-")), "archive.json");
  writeFileSync(file, JSON.stringify(rows));
  const report = new ImportReport();
  await importAnnouncements(file, { database, check: checkOnly, report, now: NOW });
  return { report };
}
const verdictOn = (text: string) => check(database.db, text, engine, NOW);
const titleOf = async (text: string) => {
  const verdict = await verdictOn(text);
  return verdict.kind === "official" ? verdict.notice.title : verdict.kind;
};

describe("the archive", () => {
  test("rows are kept once; a changed one is changed; bad ones are named with their reason", async () => {
    const again = await load([
      ...ARCHIVE,
      { ...ARCHIVE[4], body: `${ARCHIVE[4]!.body} Ai vắng thì gửi ý kiến cho tổ trưởng.` },
      { title: "Không rõ đơn vị", body: "…", date: "01/11/2026", unit: "Sở Không Có" },
      { title: "Sai ngày", body: "…", date: "31/02/2026", unit: "AN-HOI" },
      { title: "Phường lạ", body: "…", date: "01/11/2026", unit: "AN-HOI", wards: "Phường Bến Nghé" },
    ]);
    expect(again.report).toMatchObject({ unchanged: 5, changed: 1, added: 0 });
    expect(again.report.bad.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("Sở Không Có"),
      expect.stringContaining("31/02/2026"),
      expect.stringContaining("Phường Bến Nghé"),
    ]);
  });

  test("a dry run keeps nothing", async () => {
    const row = { title: "Tin thử", body: "Nội dung", date: "01/11/2026", unit: "AN-HOI" };
    expect((await load([row], true)).report.added).toBe(1);
    expect(await database.db.announcement.count({ where: { title: "Tin thử" } })).toBe(0);
  });

  test("unit and wards are read as printed, old names too; a topic that is not given is read from the words", async () => {
    const power = await database.db.announcement.findFirstOrThrow({
      where: { title: { startsWith: "Cắt điện" } },
    });
    expect(power).toMatchObject({ unitCode: "PHU-KHUONG", wards: ["28756"], topic: "power", archived: true });
    expect(power.code).toMatch(/^TB-2611-\d{5}$/);
  });
});

describe("is it true?", () => {
  test.each([
    ["Nước máy tạm ngưng từ 8 giờ đến 16 giờ ngày 28/11/2026 trên đường Nguyễn Huệ, phường An Hội", 0],
    ["nuoc may tam ngung tu 8h den 16h ngay 28/11 tren duong nguyen hue phuong an hoi", 0],
    ["nghe nói cúp nước đường Nguyễn Huệ phường An Hội ngày 28/11 để sửa ống phải không ad", 0],
    ["dien luc cat dien khu pho 3 phuong phu khuong 7h30 toi 11h30 ngay 29/11 co that ko", 1],
    ["tháng 12 chi trợ cấp người cao tuổi phường Bến Tre 500 ngàn một người ở hội trường phường", 2],
    ["tiem ngua dai cho cho meo o nha van hoa ap phu thanh son dong", 3],
    ["thấy bảo mời bà con khu phố 6 họp bàn mở rộng hẻm 12 lúc 19h", 4],
  ])("“%s” is found", async (text, index) => {
    expect(await titleOf(text)).toBe(ARCHIVE[index]!.title);
  });

  test.each([
    "nghe nói sắp đổi tiền mới, ai có tiền cũ phải ra ngân hàng đổi trong 3 ngày",
    "ngày mai học sinh toàn tỉnh nghỉ học vì bão số 15",
    "uống nước lá đu đủ chữa khỏi ung thư",
    "tối nay không được mở cửa sổ vì máy bay phun thuốc khử trùng",
    "bắt cóc trẻ em đi xe 16 chỗ biển số 71 ở cổng trường tiểu học",
    "mỗi hộ được phát 10 triệu đồng, bấm vào link để nhận",
    "sáp nhập xong phải làm lại toàn bộ giấy tờ trước cuối năm, ai không làm bị phạt 5 triệu",
    "cúp nước toàn tỉnh Vĩnh Long một tuần vì nhà máy bị nhiễm độc",
    "giá điện tăng gấp đôi từ tháng sau",
    "nha nuoc phat gao mien phi 50kg cho moi nguoi o chua vinh trang",
    "có dịch tả heo lây sang người ở chợ phường 7, chết 3 người",
    "trúng thưởng xe SH do Facebook tặng, nộp 2 triệu phí",
  ])("“%s” is not called official", async (rumour) => {
    expect(await titleOf(rumour)).toBe("unknown");
  });

  test("where the rumour differs in day, hour, sum or place, it is pointed out", async () => {
    const of = async (text: string) => {
      const verdict = await verdictOn(text);
      return verdict.kind === "official" ? verdict.differences : verdict.kind;
    };
    expect(await of("cúp nước đường Nguyễn Huệ phường An Hội từ 8 giờ đến 16 giờ ngày 30/11/2026")).toEqual([
      { kind: "days", told: ["2026-11-30"], official: expect.arrayContaining(["2026-11-28"]) },
    ]);
    expect(
      await of("chi trả trợ cấp người cao tuổi phường Bến Tre ngày 5/12 mức 800.000 đồng một người"),
    ).toEqual([{ kind: "amounts", told: ["800.000 dong"], official: ["500.000 dong"] }]);
    expect(
      await of(
        "cắt điện khu phố 3 phường Phú Tân từ 7 giờ 30 đến 11 giờ 30 ngày 29/11/2026 bảo trì trạm biến áp",
      ),
    ).toEqual([expect.objectContaining({ kind: "places", told: ["Phường Phú Tân"] })]);
    expect(
      await of("cắt điện khu phố 3 phường 8 từ 7 giờ 30 đến 11 giờ 30 ngày 29/11/2026 bảo trì trạm biến áp"),
    ).toEqual([]);
  });

  test("a resident asks, passes the text on, and is told; a code answers by itself", async () => {
    const lan = await town.knownResident("Chị Lan hỏi tin");
    expect((await lan.says("tin này có đúng không"))[0]).toMatch(/nguyên văn/);
    const [found] = await lan.says("cúp nước đường Nguyễn Huệ phường An Hội ngày 28/11 từ 8 giờ tới 16 giờ");
    expect(found).toMatch(/tin này có thật.*TB-2611-\d{5}/);
    const code = /TB-\d{4}-\d{5}/.exec(found!)![0];
    expect((await lan.says(code))[0]).toContain(code);
    expect(
      (await lan.says("tin này có thật không: sắp đổi tiền mới, ai có tiền cũ phải đổi trong 3 ngày"))[0],
    ).toMatch(/chưa thấy thông báo chính thức/);
    expect((await lan.says("TB-2611-99999"))[0]).toMatch(
      /không có thông báo chính thức nào mang mã TB-2611-99999/,
    );
  });

  test("a rumour that several ask about rises, without anybody's phone number", async () => {
    const ask = async (name: string, text: string) => (await town.knownResident(name)).says(text);
    await ask("Một", "nghe nói vỡ đê ở cồn Phụng hôm qua, gọi 0912345678 để được cứu, tin này có thật không");
    await ask("Hai", "vo de o con phung hom qua co that khong, goi 0912345678 de duoc cuu");
    const rumours = await database.db.rumour.findMany({ where: { folded: { contains: "con phung" } } });
    expect(rumours).toHaveLength(1);
    expect(rumours[0]).toMatchObject({ asked: 2 });
    expect(rumours[0]!.text).not.toContain("0912345678");
  });

  test("a recalled notice is never called true", async () => {
    const meeting = await database.db.announcement.findFirstOrThrow({ where: { title: ARCHIVE[4]!.title } });
    const data = { state: "recalled", recalledAt: NOW, recallReason: "Dời ngày" };
    await database.db.announcement.update({ where: { id: meeting.id }, data });
    const lan = await town.knownResident("Chị Lan thu hồi");
    expect((await lan.says(`kiểm tra giùm tin ${meeting.code}`)).join()).toMatch(/đã được thu hồi/);
    await database.db.announcement.update({ where: { id: meeting.id }, data: { state: "published" } });
  });
});

describe("subscribing", () => {
  test("by ward and topic, shown as it stands, narrowed, and stopped at once", async () => {
    const lan = await town.knownResident("Chị Lan theo dõi");
    expect((await lan.says("đăng ký nhận tin cúp nước phường Phú Khương"))[0]).toMatch(
      /Cúp nước ở Phường Phú Khương/,
    );
    expect((await lan.says("dang ky nhan tin cup dien"))[0]).toMatch(/Cúp nước.*; Cúp điện ở mọi phường/);
    expect((await lan.says("chỉ nhận tin cúp nước thôi"))[0]).toMatch(/đang nhận: Cúp nước ở mọi phường\./);
    expect((await lan.says("đừng gửi tin nữa"))[0]).toMatch(/ngưng gửi tin/);
    expect((await lan.says("ngung nhan tin"))[0]).toMatch(/không có đăng ký/);
    const { id } = await lan.row();
    expect(await database.db.consent.findFirstOrThrow({ where: { residentId: id } })).toMatchObject({
      ...{ purpose: "announcements", withdrawnAt: expect.any(Date) },
    });
  });

  test("what is new is told with its code and where to read it", async () => {
    const lan = await town.knownResident("Chị Lan tin mới");
    expect((await lan.says("có thông báo cúp nước gì mới không"))[0]).toMatch(/Tạm ngưng cấp nước.*TB-2611/s);
  });
});

describe("for everybody", () => {
  test("the list is searched bare or accented, by kind and ward; a code leads to its page", async () => {
    expect((await web.get("/thong-bao")).text).toContain("Tạm ngưng cấp nước");
    const found = await web.get("/thong-bao").query({ tim: "tro cap nguoi cao tuoi" });
    expect(found.text).toContain("Chi trả trợ cấp");
    expect(found.text).not.toContain("Tạm ngưng cấp nước");
    expect((await web.get("/thong-bao").query({ loai: "power" })).text).toContain("Cắt điện");
    expect((await web.get("/thong-bao").query({ phuong: "28756" })).text).not.toContain("Tạm ngưng cấp nước");
    const { code } = await database.db.announcement.findFirstOrThrow();
    expect((await web.get("/thong-bao").query({ tim: code.toLowerCase() })).get("location")).toBe(
      `/thong-bao/${code}`,
    );
  });

  test("a notice's page has what proves it; a made-up code gets a plain no", async () => {
    const { code } = await database.db.announcement.findFirstOrThrow({
      where: { documentNumber: "41/TB-UBND" },
    });
    const page = await web.get(`/thong-bao/${code}`);
    for (const part of [code, "41/TB-UBND", "Phường An Hội", "24/11/2026", "Mã QR"])
      expect(page.text).toContain(part);
    const none = await web.get("/thong-bao/TB-2611-77777");
    expect(none.status).toBe(404);
    expect(none.text).toContain("Không có thông báo này");
  });

  test("a title with markup in it is text on every page and in every feed", async () => {
    await load([
      {
        title: "<script>alert(1)</script> & tin",
        body: "a < b\n\n- x\n- y",
        date: "25/11/2026",
        unit: "AN-HOI",
      },
    ]);
    const { code } = await database.db.announcement.findFirstOrThrow({
      where: { title: { startsWith: "<script>" } },
    });
    for (const address of ["/thong-bao", `/thong-bao/${code}`, "/thong-bao/feed.atom"]) {
      const { text, body } = await web.get(address).buffer(true);
      const content = text ?? String(body);
      expect(content).toMatch(/&lt;script(?:&gt;|>)alert\(1\)/);
      expect(content).not.toContain("<script>alert");
    }
  });

  test("an emergency, its correction and its recall are CAP messages that refer to each other", async () => {
    const base = {
      unitCode: "DO-THI",
      level: "emergency",
      topic: "weather",
      state: "published",
      wards: ["28777"],
    };
    const first = await database.db.announcement.create({
      data: { ...base, code: "TB-2611-80001", title: "Triều cường", body: "Ngập đêm nay", publishedAt: NOW },
    });
    await database.db.announcement.create({
      data: {
        ...base,
        code: "TB-2611-80002",
        title: "Triều cường (đính chính)",
        body: "Ngập đêm mai",
        publishedAt: NOW,
        replacesId: first.id,
      },
    });
    const feed = await web.get("/thong-bao/canh-bao.cap").buffer(true);
    expect(feed.get("content-type")).toContain("application/cap+xml");
    const cap = String(feed.text ?? feed.body);
    expect(cap).toContain("<identifier>TB-2611-80002</identifier>");
    expect(cap).toContain("<msgType>Update</msgType>");
    expect(cap).toMatch(/<references>hoi\.example,TB-2611-80001,2026-11-25T09:00:00\+07:00<\/references>/);
    expect(cap).toMatch(/<polygon>10\.\d+,106\.\d+ .*<\/polygon>/);
    const recalled = {
      ...(await findPublished(database.db, "TB-2611-80001"))!,
      state: "recalled",
      recalledAt: NOW,
      recallReason: "Nước đã rút",
    };
    expect(capAlert(recalled, publicUrl, NOW)).toContain("<msgType>Cancel</msgType>");
    expect(capAlert(null, publicUrl, NOW)).toContain("<status>System</status>");
  });
});
