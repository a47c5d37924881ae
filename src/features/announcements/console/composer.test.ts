import { openConsole, type Browser } from "../../../console/testing/kit.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import type { ShownFile } from "../files/store.ts";
import { pretendMailer } from "../../testing/mail.ts";
import { findingsOf } from "../checks.ts";
import { templates } from "../templates.ts";
import { announcementConsole } from "./routes.tsx";

const database = useTestDatabase();
const MORNING = new Date("2026-11-25T09:00:00+07:00");
let now = MORNING;
let lan: Browser;
let minh: Browser;

const noSignatures = (files: ShownFile[]) => Promise.resolve(files);

beforeAll(async () => {
  const parts = {
    ...{ database, wording: loadWording(), publicUrl: "https://hoi.example" },
    clock: { now: () => now },
    mailer: pretendMailer(),
    checkSignatures: noSignatures,
  };
  const office = await openConsole(database, {
    pages: [{ name: "announcements", router: announcementConsole(parts) }],
  });
  lan = await office.signIn("editor", "PHU-KHUONG");
  minh = await office.signIn("editor", "PHU-KHUONG");
});

const later = () => (now = new Date(now.getTime() + 1000));
const TYPED = {
  ...{ title: "Cúp nước khu phố 3", body: "", unitCode: "PHU-KHUONG", topic: "water", level: "normal" },
  ...{ documentNumber: "", documentDate: "", signer: "", validFrom: "", validTo: "" },
};
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)![1]!;
const compose = async (who: Browser, fields: object) =>
  (await who.post("/console/announcements/compose", fields).expect(200)).text;
const kept = (code: string) =>
  database.db.announcement.findUniqueOrThrow({ where: { code }, include: { steps: true } });

test("what is typed is kept as it is typed: one draft, one step, however long it takes", async () => {
  const first = await compose(lan, TYPED);
  const code = hidden(first, "code");
  expect(first).toContain("Đã lưu lúc 25/11/2026");
  later();
  const draft = {
    ...TYPED,
    code,
    version: hidden(first, "version"),
    body: "Từ 7h30 đến 11h ngày 28/11/2026",
  };
  const second = await compose(lan, draft);
  expect(hidden(second, "code")).toBe(code);
  const { body, steps } = await kept(code);
  expect([body, steps.map(({ kind }) => kind)]).toEqual([draft.body, ["written"]]);
  // the button afterwards goes on with the same draft
  later();
  const version = hidden(second, "version");
  const saved = await lan.post("/console/announcements/new", {
    ...draft,
    version,
    title: "Cúp nước cả phường",
  });
  expect(saved.headers.location).toBe(`/console/announcements/${code}`);
  expect(await database.db.announcement.count()).toBe(1);
});

test("what another wrote meanwhile is not written over, and it is told who did", async () => {
  const first = await compose(lan, TYPED);
  const [code, version] = [hidden(first, "code"), hidden(first, "version")];
  later();
  await compose(minh, { ...TYPED, code, version, title: "Minh sửa tiêu đề" });
  later();
  const late = await compose(lan, { ...TYPED, code, version, title: "Lan sửa tiêu đề" });
  expect(late).toMatch(/Chưa lưu: Nguyễn Thị Mỹ Hạnh vừa sửa/);
  const body = "Nước cúp từ sáng tới chiều ở khu phố 3.";
  const form = { ...TYPED, body, version, title: "Lan sửa tiêu đề" };
  const refused = await lan.post(`/console/announcements/${code}/edit`, form).expect(409);
  expect(refused.text).toContain("Lan sửa tiêu đề");
  expect((await kept(code)).title).toBe("Minh sửa tiêu đề");
  // having seen it, she may insist
  await lan
    .post(`/console/announcements/${code}/edit`, { ...form, version: hidden(refused.text, "version") })
    .expect(303);
  expect((await kept(code)).title).toBe("Lan sửa tiêu đề");
});

test("the previews show each channel, the loudspeaker in words and the board in capitals", async () => {
  const html = await compose(lan, { ...TYPED, body: "Từ **7h30** ngày 28/11/2026, gọi 0275 3822 123." });
  for (const name of ["Bài viết trên Zalo", "Bài đăng Facebook", "Tin nhắn Messenger", "Bảng đèn LED"])
    expect(html).toContain(name);
  expect(html).toContain("bảy giờ rưỡi ngày hai mươi tám tháng mười một");
  expect(html).toContain("<strong>7h30</strong>");
  expect(html).toContain("CÚP NƯỚC KHU PHỐ 3 - PHƯỜNG PHÚ KHƯƠNG");
});

test("script and line are downloads", async () => {
  const code = hidden(await compose(lan, TYPED), "code");
  const { text, headers } = await lan.get(`/console/announcements/${code}/loudspeaker.txt`).expect(200);
  expect(text).toContain("Kính thưa bà con. Phường Phú Khương xin thông báo.");
  expect(headers["content-disposition"]).toContain(`${code}-loudspeaker.txt`);
  expect((await lan.get(`/console/announcements/${code}/led.txt`)).text).toMatch(/^CÚP NƯỚC KHU PHỐ 3/);
});

test("a template begins a notice, and nothing goes for approval with a place left open", async () => {
  const page = (await lan.get("/console/announcements/new?template=storm").expect(200)).text;
  expect(page).toContain("chằng chống nhà cửa".replace("c", "C"));
  const bare = { documentNumber: "1/TB", documentDate: MORNING, signer: "Út", validTo: null };
  for (const { title, body } of Object.values(templates)) {
    const stops = findingsOf({ ...bare, title, body }, now).filter((finding) => finding.stops);
    expect(stops.map(({ text }) => text)).toEqual([expect.stringMatching(/^Còn chỗ chưa điền: \[/)]);
  }
});

test.each([
  ["Xem https://ubnd ngay", "Liên kết không mở được: https://ubnd"],
  ["Xem http://phukhuong.example.vn/tin ngay", "Liên kết không an toàn"],
  ["Xem https://bit.ly/abc ngay", "Liên kết rút gọn"],
  ["Hộ thuộc diện QHTT tới nhận giấy", "Loa đọc không trôi, nên viết đủ chữ: QHTT"],
  ["Hẹn bà con ngày 01/11/2026 nha", "Mọi ngày nêu trong bài đều đã qua"],
])("the check list: %s", (words, told) => {
  const notice = {
    ...{ title: "Thông báo chung", body: `${words}, kính mời bà con.` },
    ...{ documentNumber: "1/TB", documentDate: MORNING, signer: "Út", validTo: null },
  };
  expect(findingsOf(notice, now).map(({ text }) => text)).toEqual([expect.stringContaining(told)]);
});
