/** What staff put into an answer, and what they make out of a message. */
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { giveConsent } from "../../../residents/consents.ts";
import { mentionedIn } from "./mentions.ts";
import { openInbox, PHU_KHUONG, type InboxPeople } from "./testing.ts";

afterAll(() => inbox.stop()); // before its database goes
const database = useTestDatabase();
let inbox: InboxPeople;
beforeAll(async () => {
  inbox = await openInbox(database);
});

describe("put into an answer", () => {
  test("a procedure is found by its name, and its answer comes without a list to choose from", async () => {
    const [lan, { at }] = [await inbox.signIn(), await inbox.whoWaits()];
    const { text: hits } = await lan.get(`${at}/insert?kind=procedures&q=khai sinh`);
    expect(hits).toMatch(/khai sinh/i);
    const part = /data-insert="([^"]+ documents)"/.exec(hits)![1]!;
    const { text, hasPicture } = (await lan.get(`${at}/insert/text?part=${encodeURIComponent(part)}`))
      .body as {
      text: string;
      hasPicture: boolean;
    };
    expect(text).toMatch(/giấy/i);
    expect(text).not.toMatch(/^\d\. /m);
    expect(hasPicture).toBe(false);
  });

  test("a parcel goes with its picture, drawn by us and not named by the browser", async () => {
    const [lan, { at, id }] = [await inbox.signIn(), await inbox.whoWaits()];
    const { sheet, number } = await database.db.parcel.findFirstOrThrow();
    const { text: hits } = await lan.get(`${at}/insert?kind=land&q=tờ ${sheet} thửa ${number}`);
    const part = /data-insert="(land \d+)"/.exec(hits)![1]!;
    await lan.post(`${at}/reply`, { text: "Dạ thửa của cô đây", insert: part }).expect(204);
    const said = (await inbox.sentTo(id)).filter(({ author }) => author === "staff");
    const contents = said.map(({ content }) => content as { text: string; image?: { mediaHash: string } });
    expect(contents.map(({ text }) => text)).toEqual(["", "Dạ thửa của cô đây"]);
    expect(contents[0]!.image!.mediaHash).toMatch(/^[0-9a-f]{64}$/);
    await lan.post(`${at}/reply`, { insert: "land 999999999" }).expect(409);
    await lan.post(`${at}/reply`, { insert: "constructor x" }).expect(409);
  });

  test("of another resident's report no more than the public may read", async () => {
    const [lan, { at }] = [await inbox.signIn(), await inbox.whoWaits()];
    const secret = await database.db.report.findFirstOrThrow({ where: { isPublic: false } });
    const hits = (await lan.get(`${at}/insert?kind=reports&q=${secret.code}`)).text;
    expect(hits).not.toContain(`data-insert="reports`);
    await lan.get(`${at}/insert/text?part=reports ${secret.code}`).expect(404);
    const open = await database.db.report.findFirstOrThrow({ where: { isPublic: true } });
    const { text } = (await lan.get(`${at}/insert/text?part=reports ${open.code}`)).body as { text: string };
    expect(text).toContain(open.code);
    expect(text).not.toContain(open.description);
  });
});

describe("a message becomes a report", () => {
  test("with what it says filled in, its place and pictures; the resident is told the code and owns it", async () => {
    const [lan, { at, id, resident, account }] = [await inbox.signIn(), await inbox.whoWaits()];
    const says = (deed: object) => inbox.service.act({ act: "text", account, resident, ...deed });
    await says({ text: "đèn đường trước số 12 Nguyễn Huệ phường An Hội tắt ba bữa nay" });
    await says({ act: "location", latitude: 10.2402, longitude: 106.3789 });
    const events = await inbox.until(async () => {
      const all = await database.db.inboundEvent.findMany({
        where: { conversationId: id },
        orderBy: { id: "asc" },
      });
      return all.length >= 3 && all;
    });
    const event = events.find(({ raw }) => JSON.stringify(raw).includes("ba bữa nay"))!;
    const page = (await lan.get(`${at}/report?message=${event.id}`)).text;
    expect(page).toMatch(/value="Nguyễn Huệ"/);
    expect(page).toMatch(/value="10.2402, 106.3789"/);
    const chosen = (name: string) =>
      new RegExp(`name="${name}"[\\s\\S]*?<option value="([^"]+)" selected`).exec(page)?.[1];
    expect(chosen("category")).toBe("street_light");
    const ward = chosen("ward")!;

    const photo = await pictureIn(id, event.id);
    const foreign = await pictureIn((await inbox.whoWaits()).id, event.id);
    await lan
      .post(`${at}/report?message=${event.id}`, {
        ...{
          category: "street_light",
          description: "Đèn tắt ba bữa",
          ward,
          street: "Nguyễn Huệ",
          houseNumber: "12",
        },
        ...{ point: "10.2402, 106.3789", photos: [String(photo), String(foreign)] },
      })
      .expect(303);
    const { residentId } = await inbox.talkRow(id);
    const report = await database.db.report.findFirstOrThrow({
      where: { residentId },
      include: { photos: true, history: true },
    });
    expect(report).toMatchObject({ category: "street_light", reporterKind: "resident", latitude: 10.2402 });
    expect(report.photos.map(({ attachmentId }) => attachmentId)).toEqual([photo]);
    expect(report.history[0]).toMatchObject({ kind: "filed", staffId: lan.id });
    const told = (await inbox.sentTo(id)).at(-1)!.content as { text: string };
    expect(told.text).toContain(report.code);
    expect((await lan.get(`${at}/parts`)).text).toContain(`/console/reports/${report.code}`);
  });

  test("an empty form says what is missing and files nothing", async () => {
    const [lan, { at, id }] = [await inbox.signIn(), await inbox.whoWaits(PHU_KHUONG.zalo)];
    const { residentId } = await inbox.talkRow(id);
    const { text } = await lan.post(`${at}/report`, { category: "", description: "", ward: "" }).expect(422);
    expect(text.match(/Chọn loại việc\.|Ghi nội dung người dân báo\.|Chọn phường\./g)).toHaveLength(3);
    expect(await database.db.report.count({ where: { residentId } })).toBe(0);
  });
});

let pictures = 0;
async function pictureIn(conversationId: bigint, eventId: bigint): Promise<bigint> {
  const hash = String(++pictures).padStart(64, "a");
  await database.db.media.create({ data: { hash, mime: "image/jpeg", bytes: 1 } });
  const { id } = await database.db.attachment.create({
    data: {
      ...{ eventId, conversationId, position: 20 + pictures, type: "image", sourceUrl: "x" },
      ...{ state: "stored", mediaHash: hash },
    },
  });
  return id;
}

describe("a note calls a colleague", () => {
  test("by name with @: it is in their list and counted until they have looked", async () => {
    const [lan, ba, tu] = [
      await inbox.signIn("agent", "PHU-KHUONG", "Phan Thị Út Lan"),
      await inbox.signIn("agent", "PHU-KHUONG", "Võ Văn Ba"),
      await inbox.signIn("agent", "AN-HOI", "Võ Văn Bảy"),
    ];
    const { at, id } = await inbox.whoWaits();
    await lan
      .post(`${at}/note`, { text: "@võ văn ba coi giúp hồ sơ này; @Võ Văn Bảy ở phường khác" })
      .expect(204);
    const counted = async (who: typeof lan) => {
      const { text } = await who.get("/console/conversations/list?tab=mentions");
      return {
        here: text.includes(`id="talk-${id}"`),
        count: /data-tab-count="mentions"[^>]*>(\d+)/.exec(text)?.[1],
      };
    };
    expect(await counted(ba)).toEqual({ here: true, count: "1" });
    expect(await counted(tu)).toEqual({ here: false, count: "0" });
    expect(await counted(lan)).toEqual({ here: false, count: "0" });
    await ba.get(at).expect(200);
    expect(await counted(ba)).toEqual({ here: true, count: "0" });
  });

  test("the longest name that was typed is meant, and an e-mail address calls nobody", () => {
    const people = ["Lan", "Lan Anh", "Ba"].map((name, id) => ({ id, name }));
    const names = (text: string) => mentionedIn(text, people).map(({ name }) => name);
    expect(names("@Lan Anh xem nha, @BA nữa")).toEqual(["Lan Anh", "Ba"]);
    expect(names("gửi lan@gmail.com, @Bảo")).toEqual([]);
  });
});

describe("the queue by what people know", () => {
  test("a talk waits for who knows its matter; who knows another does not see it among theirs", async () => {
    const { at, id } = await inbox.whoWaits(PHU_KHUONG.facebook, "cho gặp cán bộ hỏi đất đai");
    const admin = await inbox.signIn("admin", "DO-THI");
    await admin.post(`${at}/skill`, { skill: "land" }).expect(204);
    const [land, order, all] = [await inbox.signIn(), await inbox.signIn(), await inbox.signIn()];
    for (const [{ id: staffId }, skill] of [
      [land, "land"],
      [order, "order"],
    ] as const)
      await database.db.staff.update({ where: { id: staffId }, data: { skills: [skill] } });
    const sees = async (who: typeof land, query: string) =>
      (await who.get(`/console/conversations/list?${query}`)).text.includes(`id="talk-${id}"`);
    expect([
      await sees(land, "skill=mine"),
      await sees(order, "skill=mine"),
      await sees(all, "skill=mine"),
    ]).toEqual([true, false, true]);
    expect([await sees(order, ""), await sees(order, "skill=land"), await sees(land, "skill=order")]).toEqual(
      [true, true, false],
    );
  });

  test("what was spoken of before a person was asked for says what it is about", async () => {
    const resident = "7100000000088001";
    const says = (text: string) =>
      inbox.service.act({ act: "text", account: PHU_KHUONG.facebook, resident, text });
    await says("đèn đường trước nhà tôi hư rồi");
    await inbox.until(() =>
      database.db.conversation.findFirst({
        where: { resident: { externalId: resident }, dialogue: { not: "null" } },
      }),
    );
    await says("cho tôi gặp cán bộ");
    const { skill } = await inbox.until(() =>
      database.db.conversation.findFirst({ where: { state: "waiting", resident: { externalId: resident } } }),
    );
    expect(skill).toBe("works");
  });
});

describe("files", () => {
  const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF");

  test.each(["zalo", "facebook"] as const)(
    "a paper reaches the resident on %s, and comes back as a download",
    async (channel) => {
      const [lan, { at, id }] = [await inbox.signIn(), await inbox.whoWaits(PHU_KHUONG[channel])];
      await lan.upload(`${at}/reply`, pdf, '../Mẫu đơn "số 1".pdf', "text/html").expect(204);
      const sent = await inbox.until(async () => {
        const last = (await inbox.sentTo(id)).at(-1);
        return last?.state === "sent" && last;
      });
      const { file } = sent.content as { file: { mediaHash: string; name: string } };
      expect(file.name).toBe("Mẫu đơn số 1.pdf");
      const { headers } = await lan.get(`${at}/sent/${file.mediaHash}`).expect(200);
      expect(headers["content-type"]).toBe("application/octet-stream");
      expect(headers["content-disposition"]).toMatch(
        /^attachment; filename=".*"; filename\*=UTF-8''M%E1%BA%ABu/,
      );
      expect(headers["x-content-type-options"]).toBe("nosniff");
      // of another talk it is not there
      await lan.get(`${(await inbox.whoWaits()).at}/sent/${file.mediaHash}`).expect(404);
    },
  );

  test("what the platform does not take is refused before anything goes out, and said so", async () => {
    const [lan, { at, id }] = [await inbox.signIn(), await inbox.whoWaits(PHU_KHUONG.zalo)];
    const before = (await inbox.sentTo(id)).length;
    const script = await lan.upload(
      `${at}/reply`,
      Buffer.from("#!/bin/sh\nrm -rf /"),
      "đơn.pdf",
      "application/pdf",
    );
    expect([script.status, script.text]).toEqual([
      409,
      "Không gửi được tệp “đơn.pdf”. Gửi được hình (JPG, PNG, WebP, GIF), PDF, Word.",
    ]);
    const large = await lan.upload(
      `${at}/reply`,
      Buffer.concat([pdf, Buffer.alloc(5 * 1024 * 1024)]),
      "to.pdf",
      "application/pdf",
    );
    expect([large.status, large.text]).toEqual([409, "Tệp “to.pdf” lớn quá: tối đa 5 MB."]);
    expect(await inbox.sentTo(id)).toHaveLength(before);
  });

  test("a voice message is played, a paper is downloaded and never shown as a page", async () => {
    const [lan, { at, id }] = [await inbox.signIn(), await inbox.whoWaits()];
    const event = await database.db.inboundEvent.findFirstOrThrow({ where: { conversationId: id } });
    const kept = async (mime: string, type: string, name: string, position: number) => {
      const hash = await inbox.service.app.media.keep(type === "audio" ? wav() : pdf);
      await database.db.media.update({ where: { hash: hash! }, data: { mime } });
      return database.db.attachment.create({
        data: {
          ...{ eventId: event.id, conversationId: id, position, type, sourceUrl: "x", state: "stored" },
          ...{ name, mediaHash: hash },
        },
      });
    };
    const voice = await kept("audio/wav", "audio", "thoai.wav", 1);
    const paper = await kept("application/pdf", "file", "don.html", 2);
    const page = (await lan.get(at)).text;
    expect(page).toContain(
      `<audio class="bubble-audio" controls="controls" preload="none" src="${at}/files/${voice.id}"`,
    );
    expect((await lan.get(`${at}/files/${voice.id}`)).headers).toMatchObject({ "content-type": "audio/wav" });
    expect((await lan.get(`${at}/files/${paper.id}`)).headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": "attachment; filename=don.html",
    });
  });
});

/** A tenth of a second of silence. */
function wav(): Buffer {
  const bytes = Buffer.alloc(44 + 800);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(836, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(8000, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(800, 40);
  return bytes;
}

describe("how long residents wait", () => {
  test("is kept from asking until a person answers, and of whom it was is forgotten then", async () => {
    const [lan, { at, id }] = [await inbox.signIn(), await inbox.whoWaits()];
    const waiting = await database.db.talkWait.findUniqueOrThrow({ where: { conversationId: id } });
    expect(waiting).toMatchObject({ unitCode: "PHU-KHUONG", answeredAt: null });
    await lan.post(`${at}/claim`).expect(204);
    await lan.post(`${at}/reply`, { text: "Dạ em nghe" }).expect(204);
    const answered = await database.db.talkWait.findUniqueOrThrow({ where: { id: waiting.id } });
    expect(answered.conversationId).toBeNull();
    expect(answered.workedSeconds).toBeGreaterThanOrEqual(0);
    await lan.post(`${at}/reply`, { text: "Anh chị cần gì ạ?" }).expect(204);
  });

  test("who is given back to the bot without an answer has no time to tell", async () => {
    const [lan, { at, id }] = [await inbox.signIn(), await inbox.whoWaits()];
    await lan.post(`${at}/claim`).expect(204);
    await lan.post(`${at}/hand-back`).expect(204);
    expect(await database.db.talkWait.count({ where: { conversationId: id } })).toBe(0);
  });
});

test("what was meant, said by staff, lies on the training desk; the question is there only of who agreed to teach", async () => {
  const [lan, { at, id }] = [await inbox.signIn(), await inbox.whoWaits(undefined, "gặp cán bộ bị gì đó")];
  expect((await lan.get(at)).text).not.toContain("Thật ra người dân muốn");
  const { residentId } = await inbox.talkRow(id);
  await giveConsent(database.db, residentId, "training");
  const page = (await lan.get(at)).text;
  const message = /name="message" value="(\d+)"/.exec(page)![1]!;
  await lan.post(`${at}/meant`, { message, intent: "khong.co" }).expect(404);
  await lan.post(`${at}/meant`, { message, intent: "report.lighting" }).expect(204);
  expect(await database.db.trainingCandidate.findMany({ where: { residentId } })).toMatchObject([
    { chosenIntent: "report.lighting", correctedBy: lan.id, state: "open" },
  ]);
});
