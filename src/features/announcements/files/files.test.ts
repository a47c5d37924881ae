import express from "express";
import sharp from "sharp";
import supertest from "supertest";
import { createTestAccount } from "../../../channels/testing.ts";
import { openConsole, SAME_ORIGIN, type Browser, type ConsoleKit } from "../../../console/testing/kit.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { pretendMailer } from "../../testing/mail.ts";
import { testMedia } from "../../testing/media.ts";
import { announcementConsole } from "../console/routes.tsx";
import { publicPages } from "../pages.tsx";
import { createTelling } from "../telling.ts";
import { createSignatureCheck } from "../signatures/index.ts";
import { certify, sign, signedPdf, unsignedPdf } from "../signatures/testing/authority.ts";
import { fileConsole } from "./routes.tsx";

const database = useTestDatabase();
const MORNING = new Date("2026-11-25T09:00:00+07:00");
const clock = { now: () => MORNING };
const publicUrl = "https://hoi.example";
let media: ReturnType<typeof testMedia>;
let telling: ReturnType<typeof createTelling>;
let office: ConsoleKit;
let editor: Browser;
let approver: Browser;
let web: ReturnType<typeof supertest>;

const PDF = Buffer.from("%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");
const photo = (width: number) =>
  sharp({ create: { width, height: 200, channels: 3, background: "#0f6b5c" } })
    .withMetadata({ exif: { IFD0: { Copyright: "máy của ông Bảy" } } })
    .png()
    .toBuffer();

beforeAll(async () => {
  await prepareJobs(database.pool);
  media = testMedia(database);
  const parts = {
    database,
    wording: loadWording(),
    publicUrl,
    clock,
    media,
    mailer: pretendMailer(),
    checkSignatures: createSignatureCheck((hash) => media.read(hash), []),
  };
  telling = createTelling(parts);
  const router = express.Router().use(announcementConsole(parts)).use(fileConsole(parts));
  office = await openConsole(database, { pages: [{ name: "announcements", router }] });
  editor = await office.signIn("editor", "PHU-KHUONG");
  approver = await office.signIn("approver", "PHU-KHUONG");
  web = supertest(
    express().use(
      publicPages({
        db: database.db,
        media,
        clock,
        publicUrl,
        checkSignatures: createSignatureCheck((hash) => media.read(hash), []),
      }),
    ),
  );
});

const FIELDS = {
  ...{ title: "Cắt điện khu phố 3", body: "Điện lực cắt điện từ 7 giờ 30 đến 11 giờ 30 tại khu phố 3." },
  ...{ topic: "power", level: "normal", unitCode: "PHU-KHUONG", documentNumber: "", documentDate: "" },
  ...{ signer: "", validFrom: "", validTo: "" },
};
const path = (code: string, rest = "") => `/console/announcements/${code}${rest}`;
async function write(): Promise<string> {
  const { headers } = await editor.post("/console/announcements/new", FIELDS).expect(303);
  return headers.location!.split("/").at(-1)!;
}
/** As a browser sends a form with a file. */
const upload = (who: Browser, to: string, field: string, bytes: Buffer, name: string, more: object = {}) =>
  Object.entries({ _csrf: who.csrf, ...more }).reduce(
    (request, [key, value]) => request.field(key, value),
    who.agent.post(to).set(SAME_ORIGIN).attach(field, bytes, name),
  );
const cover = async (code: string, width = 900, who = editor) =>
  upload(who, path(code, "/cover"), "cover", await photo(width), "cau.png", { alt: "Trạm biến áp" });
const told = async (code: string) => (await editor.get(path(code, "/edit"))).text;
const read = (code: string) =>
  database.db.announcement.findUniqueOrThrow({ where: { code }, include: { files: true, steps: true } });
async function publish(code: string) {
  await editor.post(path(code, "/submit"));
  await approver.post(path(code, "/approve"));
  await editor.post(path(code, "/publish"));
  expect((await read(code)).state).toBe("published");
}

test("a cover is kept without what the camera wrote, shown with its words, and public only once the notice is", async () => {
  const code = await write();
  await cover(code).then(({ status }) => expect(status).toBe(303));
  expect(await told(code)).toMatch(/<img class="preview-cover"[^>]*alt="Trạm biến áp"/);
  const shown = await editor.get(path(code, "/cover")).expect(200);
  expect(shown.headers["content-type"]).toBe("image/jpeg");
  expect((await sharp(shown.body as Buffer).metadata()).exif).toBeUndefined();
  await web.get(`/thong-bao/${code}/anh-bia.jpg`).expect(404);
  await publish(code);
  await web.get(`/thong-bao/${code}/anh-bia.jpg`).expect(200).expect("content-type", "image/jpeg");
  expect((await web.get(`/thong-bao/${code}`)).text).toContain('alt="Trạm biến áp"');
});

test("the cover goes with the message of those who are told", async () => {
  const { account } = await createTestAccount(database);
  const resident = await database.db.resident.create({
    data: {
      accountId: account.id,
      externalId: "lan",
      subscriptions: { create: { topic: "", wardCode: "" } },
    },
  });
  await database.db.conversation.create({ data: { residentId: resident.id, lastInboundAt: MORNING } });
  const code = await write();
  await cover(code);
  await publish(code);
  const { id, coverHash } = await read(code);
  await telling.tell(id, "news");
  const { content } = await database.db.outboundMessage.findFirstOrThrow();
  expect(content).toMatchObject({
    image: { mediaHash: coverHash },
    link: { url: `${publicUrl}/thong-bao/${code}` },
  });
});

test("a PDF is kept to the last byte under its name, whatever ending it was given, and never served as a page", async () => {
  const code = await write();
  await upload(editor, path(code, "/files"), "files", PDF, "41 TB-UBND.exe");
  await publish(code);
  const [file] = (await read(code)).files;
  expect(file!.name).toBe("41 TB-UBND.pdf");
  const { body, headers } = await web.get(`/thong-bao/${code}/tep/${file!.id}`).responseType("blob");
  expect(body).toEqual(PDF);
  expect(headers).toMatchObject({ "content-type": "application/pdf", "x-content-type-options": "nosniff" });
  expect(headers["content-disposition"]).toBe("inline; filename*=UTF-8''41%20TB-UBND.pdf");
  expect((await web.get(`/thong-bao/${code}`)).text).toContain("41 TB-UBND.pdf");
});

const SVG = Buffer.from(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
);
const HTML = Buffer.from("<!doctype html><script>alert(1)</script>");
test.each([
  ["SVG", SVG, "hinh.png"],
  ["HTML", HTML, "van-ban.pdf"],
  ["a program", Buffer.from("MZ\x90\x00 giả làm văn bản"), "van-ban.pdf"],
  ["half a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "hinh.png"],
])("%s is refused in words, as a file and as a cover", async (_what, bytes, name) => {
  const code = await write();
  await upload(editor, path(code, "/files"), "files", bytes, name);
  expect(await told(code)).toMatch(/Không nhận tệp|không mở được/);
  await upload(editor, path(code, "/cover"), "cover", bytes, name, { alt: "Hình gì đó" });
  expect(await told(code)).toMatch(/Ảnh bìa phải là hình|không mở được/);
  expect(await read(code)).toMatchObject({ files: [], coverHash: null });
});

test("a cover wants words for who does not see it, and enough points to be looked at", async () => {
  const code = await write();
  await upload(editor, path(code, "/cover"), "cover", await photo(900), "cau.png");
  expect(await told(code)).toContain("trong hình có gì");
  await cover(code, 120);
  expect(await told(code)).toContain("Ảnh bìa nhỏ quá");
  expect((await read(code)).coverHash).toBeNull();
});

test("what waits for approval is not changed; whoever changed it does not approve it", async () => {
  const code = await write();
  await cover(code, 900, approver);
  await editor.post(path(code, "/submit"));
  await upload(editor, path(code, "/files"), "files", PDF, "a.pdf");
  await editor.post(path(code, "/cover/remove"));
  const { files, coverHash } = await read(code);
  expect([files, coverHash]).toEqual([[], expect.any(String)]);
  await approver.post(path(code, "/approve"));
  expect((await read(code)).state).toBe("pending");
});

test("a notice's page tells who signed its papers and whether they are intact", async () => {
  const chairman = await certify("Nguyễn Văn Ký", "UBND phường Phú Khương");
  const genuine = await signedPdf(unsignedPdf("Ngay 28/11"), (covered) => sign(covered, chairman, MORNING));
  const altered = Buffer.from(genuine.toString("latin1").replace("Ngay 28/11", "Ngay 29/11"), "latin1");
  const code = await write();
  for (const [name, bytes] of Object.entries({ a: genuine, b: altered, c: PDF }))
    await upload(editor, path(code, "/files"), "files", bytes, `${name}.pdf`);
  await publish(code);
  for (const { text } of [await web.get(`/thong-bao/${code}`), await editor.get(path(code))]) {
    const words = text.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
    expect(words).toMatch(
      /a\.pdf .{0,20} Đã ký số bởi Nguyễn Văn Ký \(UBND phường Phú Khương\) lúc 25\/11\/2026 09:00, còn nguyên vẹn/,
    );
    expect(words).toMatch(/b\.pdf .{0,20} Chữ ký số không hợp lệ/);
    expect(words).toMatch(/c\.pdf .{0,20} Không có chữ ký số/);
  }
});

test("a correction begins with the cover and the files of what it corrects", async () => {
  const code = await write();
  await cover(code);
  await upload(editor, path(code, "/files"), "files", PDF, "a.pdf");
  await publish(code);
  const { headers } = await editor.post(path(code, "/correct")).expect(303);
  const next = await read(headers.location!.split("/").at(-1)!);
  expect(next).toMatchObject({ coverAlt: "Trạm biến áp", files: [{ name: "a.pdf" }] });
});
