import { useTestDatabase } from "../../../infra/testing/database.ts";
import { until } from "../../../testing/service.ts";
import { releaseUnanswered } from "./holding.ts";
import { openInbox, PHU_KHUONG, type InboxPeople } from "./testing.ts";
import { replyWindow } from "./window.ts";

afterAll(() => inbox.stop()); // before its database goes
const database = useTestDatabase();
let inbox: InboxPeople;
beforeAll(async () => {
  inbox = await openInbox(database);
});

const signIn: InboxPeople["signIn"] = (...who) => inbox.signIn(...who);
const whoWaits: InboxPeople["whoWaits"] = (...who) => inbox.whoWaits(...who);
const talkRow = (id: bigint) => inbox.talkRow(id);
const sentTo = (id: bigint) => inbox.sentTo(id);

describe("taking a talk", () => {
  test("of two who reach for it at once, one has it and the other is told who", async () => {
    const [lan, ba] = [
      await signIn("agent", "PHU-KHUONG", "Chị Lan"),
      await signIn("agent", "PHU-KHUONG", "Anh Ba"),
    ];
    const { at, id } = await whoWaits();
    const answers = await Promise.all([lan.post(`${at}/claim`), ba.post(`${at}/claim`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    const winner = (await talkRow(id)).staffId === lan.id ? "Chị Lan" : "Anh Ba";
    expect(answers.find(({ status }) => status === 409)!.text).toBe(`${winner} đang giữ trò chuyện này.`);
    expect(await database.db.talkStep.count({ where: { conversationId: id, kind: "claimed" } })).toBe(1);
  });

  test("an answer takes it too; a colleague's answer is refused; a leader may take it over", async () => {
    const [lan, ba, lead] = [await signIn(), await signIn(), await signIn("unit_admin")];
    const { at, id } = await whoWaits();
    await lan.post(`${at}/reply`, { text: "Dạ em nghe" }).expect(204);
    expect(await talkRow(id)).toMatchObject({ state: "staff", staffId: lan.id, waitingSince: null });
    await ba.post(`${at}/reply`, { text: "để tôi" }).expect(409);
    await ba.post(`${at}/take-over`).expect(403);
    await lead.post(`${at}/take-over`).expect(204);
    expect(await talkRow(id)).toMatchObject({ state: "staff", staffId: lead.id });
    const said = (await sentTo(id)).filter(({ author }) => author === "staff");
    expect(said.map(({ content }) => content)).toEqual([{ text: "Dạ em nghe" }]);
  });

  test("the answer reaches the resident, and its delivery is seen", async () => {
    const lan = await signIn();
    const { at, id } = await whoWaits();
    await lan.post(`${at}/reply`, { text: "Dạ chào anh chị" }).expect(204);
    await until(async () => (await sentTo(id)).at(-1)?.state === "sent");
    expect((await lan.get(`${at}/parts`)).text).toMatch(/Dạ chào anh chị[\s\S]*đã (gửi|nhận|xem)/);
  });
});

describe("giving it away", () => {
  test("to a colleague with a note that the resident never sees", async () => {
    const [lan, ba] = [await signIn(), await signIn("agent", "PHU-KHUONG", "Anh Ba")];
    const { at, id } = await whoWaits();
    await lan.post(`${at}/claim`);
    await lan.post(`${at}/hand-on`, { to: String(ba.id), note: "Cô này hỏi về đèn đường" }).expect(204);
    expect(await talkRow(id)).toMatchObject({ state: "staff", staffId: ba.id });
    expect((await ba.get(`${at}/parts`)).text).toContain("Cô này hỏi về đèn đường");
    expect(JSON.stringify((await sentTo(id)).map(({ content }) => content))).not.toContain("đèn đường");
  });

  test("not to somebody of another unit", async () => {
    const [lan, stranger] = [await signIn(), await signIn("agent", "AN-HOI")];
    const { at } = await whoWaits();
    await lan.post(`${at}/claim`);
    await lan.post(`${at}/hand-on`, { to: String(stranger.id) }).expect(404);
  });

  test("back to the bot, which asks on where the form was left", async () => {
    const lan = await signIn();
    const resident = "7100000000099001";
    await inbox.service.act({
      act: "text",
      account: PHU_KHUONG.facebook,
      resident,
      text: "đèn đường trước nhà tôi hư rồi",
    });
    await until(() =>
      database.db.conversation.findFirst({
        where: { resident: { externalId: resident }, dialogue: { not: "null" } },
      }),
    );
    await inbox.service.act({
      act: "text",
      account: PHU_KHUONG.facebook,
      resident,
      text: "cho tôi gặp cán bộ",
    });
    const { id } = await until(() =>
      database.db.conversation.findFirst({ where: { state: "waiting", resident: { externalId: resident } } }),
    );
    const at = `/console/conversations/${id}`;
    await lan.post(`${at}/claim`).expect(204);
    await lan.post(`${at}/hand-back`).expect(204);
    expect(await talkRow(id)).toMatchObject({ state: "bot", staffId: null });
    const { text } = (await sentTo(id)).at(-1)!.content as { text: string };
    expect(text).toMatch(/^Giờ mình làm tiếp chuyện đang dở nha\.\n.+\?/s);
  });

  test("closed with a reason; what is held goes back to the queue at sign-out, and when nobody answers", async () => {
    const lan = await signIn();
    const [closed, held, silent] = [await whoWaits(), await whoWaits(), await whoWaits()];
    for (const { at } of [closed, held, silent]) await lan.post(`${at}/claim`).expect(204);
    await lan.post(`${closed.at}/close`, { reason: "Tin rác" }).expect(204);
    expect(await talkRow(closed.id)).toMatchObject({ state: "closed", staffId: null });

    const later = new Date(Date.now() + 60_000);
    await lan.post(`${held.at}/reply`, { text: "Dạ em coi liền" }).expect(204);
    await releaseUnanswered(database.db, later);
    expect(await talkRow(silent.id)).toMatchObject({
      state: "waiting",
      staffId: null,
      waitingReason: "returned",
    });
    expect(await talkRow(held.id)).toMatchObject({ state: "staff", staffId: lan.id });

    await lan.post("/console/sign-out");
    expect(await talkRow(held.id)).toMatchObject({
      state: "waiting",
      staffId: null,
      waitingReason: "returned",
    });
  });
});

describe("answered in the platform's own tool", () => {
  test("the bot is silent, staff see that and may hand it back; left without an answer it waits for anybody", async () => {
    const lan = await signIn();
    const { account, resident, id, at } = await whoWaits();
    const says = (act: string, text: string) => inbox.service.act({ act, account, resident, text });
    await says("staff", "Dạ em trả lời từ Business Suite");
    await until(async () => (await talkRow(id)).state === "staff");
    const page = (await lan.get(at)).text;
    expect(page).toContain("Có người trả lời bằng ứng dụng của nền tảng; trợ lý im lặng.");
    expect(page).toContain("Giao lại trợ lý");

    const soon = () => new Date(Date.now() + 60_000);
    await releaseUnanswered(database.db, soon());
    expect(await talkRow(id)).toMatchObject({ state: "staff" }); // theirs is the last word
    const before = (await sentTo(id)).length;
    await says("text", "còn gì nữa không em");
    await until(async () =>
      database.db.inboundEvent.findFirst({
        where: { conversationId: id, kind: "message", state: "handled" },
        orderBy: { id: "desc" },
        skip: 1,
      }),
    );
    expect(await sentTo(id)).toHaveLength(before);
    await releaseUnanswered(database.db, soon());
    expect(await talkRow(id)).toMatchObject({ state: "waiting", waitingReason: "returned" });
  });
});

describe("the platform's window", () => {
  const now = new Date("2026-11-25T09:00:00+07:00");
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  test.each([
    ["zalo", 1, false, "free", 47],
    ["zalo", 50, false, "special", 118],
    ["zalo", 169, false, "closed", null],
    ["facebook", 1, false, "free", 23],
    ["facebook", 25, false, "closed", null],
    ["facebook", 25, true, "special", 143],
    ["facebook", 169, true, "closed", null],
  ] as const)(
    "%s, %i h after the last message, HUMAN_AGENT %s: %s",
    (channel, hours, humanAgent, state, left) => {
      const window = replyWindow(channel, { humanAgent, templates: {} }, hoursAgo(hours), now);
      expect(window.state).toBe(state);
      expect(window.until && (window.until.getTime() - now.getTime()) / 3_600_000).toBe(left);
    },
  );

  test("closed: nothing is put on its way, and the reason is told", async () => {
    const lan = await signIn();
    const { at, id } = await whoWaits();
    await database.db.conversation.update({ where: { id }, data: { lastInboundAt: new Date("2026-01-01") } });
    const before = (await sentTo(id)).length;
    const refused = await lan.post(`${at}/reply`, { text: "alo" }).expect(409);
    expect(refused.text).toContain("Hết thời hạn trả lời");
    expect(await sentTo(id)).toHaveLength(before);
  });
});

test("past the window an answer goes by the unit's approved template, if it fits", async () => {
  const lan = await signIn();
  const { at, id } = await whoWaits();
  const { residentId } = await talkRow(id);
  const { accountId } = await database.db.resident.findUniqueOrThrow({ where: { id: residentId } });
  const parameters = ["don_vi", "loi_nhan"].map((value, n) => ({ name: `${n + 1}`, value }));
  const templates = { staff_reply: { id: "can_bo_tra_loi", language: "vi", longest: 60, parameters } };
  await database.db.account.update({ where: { id: accountId }, data: { settings: { templates } } });
  await database.db.conversation.update({ where: { id }, data: { lastInboundAt: new Date("2026-01-01") } });
  expect((await lan.get(at)).text).toContain("Chỉ gửi được bằng mẫu tin đã duyệt");
  const refused = await lan.post(`${at}/reply`, { text: "a".repeat(61) }).expect(409);
  expect(refused.text).toContain("Tối đa 60 ký tự");
  await lan.post(`${at}/reply`, { text: "Dạ hồ sơ của cô xong rồi" }).expect(204);
  const sent = await until(async () =>
    (await sentTo(id)).find(({ author, state }) => author === "staff" && state === "sent"),
  );
  const answer = await fetch(`${inbox.service.url}/simulator/control/receipts`);
  const { receipts } = (await answer.json()) as { receipts: { id: string; text: string }[] };
  const { text } = receipts.find((receipt) => receipt.id === sent.externalId)!;
  expect(text).toBe("Phường Phú Khương trả lời anh/chị: Dạ hồ sơ của cô xong rồi");
  await database.db.account.update({ where: { id: accountId }, data: { settings: {} } });
});

describe("what a resident sends does no harm", () => {
  test("markup in a message, a name or a label is only text", async () => {
    const lan = await signIn();
    const evil = `<img src=x onerror=alert(1)>"'><script>alert(2)</script>`;
    const { at, id, resident } = await whoWaits();
    await inbox.service.act({ act: "text", account: PHU_KHUONG.facebook, resident, text: evil });
    const { residentId } = await talkRow(id);
    await database.db.resident.update({
      where: { id: residentId },
      data: { displayName: evil, address: evil },
    });
    await lan.post(`${at}/label`, { label: evil.slice(0, 28) }).expect(204);
    await lan.post(`${at}/note`, { text: evil }).expect(204);
    await until(async () => (await lan.get(`${at}/parts`)).text.includes("alert(2)"));
    for (const path of [at, `${at}/parts`, "/console/conversations/list", "/console/failures"]) {
      const { text } = await lan.get(path);
      expect(withoutAttributes(text).match(/<img src=x|<script>alert/)).toBeNull();
    }
    expect((await lan.get(at)).text.includes("&lt;img src=x onerror=alert(1)>")).toBe(true);
  });

  test("a file is served as what its content is, and never as a page", async () => {
    const lan = await signIn();
    const { at, id } = await whoWaits();
    const event = await database.db.inboundEvent.findFirstOrThrow({ where: { conversationId: id } });
    await database.db.media.create({ data: { hash: "f".repeat(64), mime: "application/pdf", bytes: 4 } });
    const file = await database.db.attachment.create({
      data: {
        ...{
          eventId: event.id,
          conversationId: id,
          position: 7,
          type: "file",
          sourceUrl: "x",
          state: "stored",
        },
        ...{ name: '<script>alert(1)</script>".html', mediaHash: "f".repeat(64) },
      },
    });
    const page = (await lan.get(at)).text;
    expect(page.includes("&lt;script>alert(1)&lt;/script>")).toBe(true);
    expect(withoutAttributes(page).includes("<script>alert(1)")).toBe(false);
    // of another talk it is not there
    const other = await whoWaits();
    await lan.get(`${other.at}/files/${file.id}`).expect(404);
  });

  test("staff cannot send a page or a drawing that runs: pictures only, by their content", async () => {
    const lan = await signIn();
    const { at, id } = await whoWaits();
    const before = (await sentTo(id)).length;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    const html = Buffer.from("<!doctype html><script>alert(1)</script>");
    for (const [bytes, name, type] of [
      [svg, "a.svg", "image/svg+xml"],
      [html, "a.jpg", "image/jpeg"],
      [Buffer.from("GIF89a not a picture"), "a.gif", "image/gif"],
    ] as const) {
      const refused = await lan.upload(`${at}/reply`, bytes, name, type);
      expect([name, refused.status]).toEqual([name, 409]);
    }
    expect(await sentTo(id)).toHaveLength(before);
    const png = await picture();
    await lan.upload(`${at}/reply`, png, "sơ đồ.png", "image/png").expect(204);
    const { content } = (await sentTo(id)).at(-1)!;
    const { image } = content as { image: { mediaHash: string } };
    expect((await lan.get(`${at}/sent/${image.mediaHash}`)).headers["content-type"]).toBe("image/jpeg");
  });
});

/** Inside quotes that are closed, "<" begins nothing. */
const withoutAttributes = (html: string) => html.replace(/="[^"]*"/g, "");

async function picture(): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  return sharp({ create: { width: 40, height: 30, channels: 3, background: "#0f6b5c" } })
    .png()
    .toBuffer();
}

describe("finding a talk", () => {
  test("by words bare or accented, by name, phone, label and note; quotes and wildcards are only letters", async () => {
    const lan = await signIn();
    const { at, id, resident, account } = await whoWaits();
    await inbox.service.act({ act: "text", account, resident, text: "Cống nghẹt ở hẻm Nguyễn Trãi quá hôi" });
    const { residentId } = await talkRow(id);
    await database.db.resident.update({
      where: { id: residentId },
      data: { displayName: "Đặng Thị Ngọc Ánh", phone: "0912345678" },
    });
    await lan.post(`${at}/label`, { label: "Thoát nước" });
    await lan.post(`${at}/note`, { text: "Hẹn khảo sát chiều mai" });
    const finds = async (words: string) =>
      (await lan.get(`/console/conversations/list?q=${encodeURIComponent(words)}`)).text.includes(
        `id="talk-${id}"`,
      );
    await until(() => finds("nguyen trai"));
    for (const words of [
      "Nguyễn Trãi",
      "hem nguyen",
      "dang thi ngoc",
      "Ngọc Ánh",
      "345678",
      "thoat nuoc",
      "khao sat",
    ])
      expect([words, await finds(words)]).toEqual([words, true]);
    for (const words of ["Nguyên Trai", "%", "' OR 1=1 --", "\\", "!!! & |", "tiệm vàng"])
      expect([words, await finds(words)]).toEqual([words, false]);
  });

  test("is for one's own unit only", async () => {
    const [lan, stranger] = [await signIn(), await signIn("agent", "AN-HOI")];
    const { at, id } = await whoWaits();
    const list = async (who: typeof lan) => (await who.get("/console/conversations/list?tab=waiting")).text;
    expect(await list(lan)).toContain(`id="talk-${id}"`);
    expect(await list(stranger)).not.toContain(`id="talk-${id}"`);
    for (const path of [at, `${at}/parts`]) await stranger.get(path).expect(404);
    for (const deed of ["claim", "reply", "note", "close", "hand-back", "label", "present"])
      await stranger.post(`${at}/${deed}`, { text: "x" }).expect(404);
  });
});

test("a look at a talk is in the audit log, without a word of it", async () => {
  const lan = await signIn();
  const { at, id } = await whoWaits();
  await lan.get(at).expect(200);
  await lan.post(`${at}/reply`, { text: "chuyện rất riêng" });
  const entries = await database.db.auditEntry.findMany({ where: { subject: `conversation:${id}` } });
  expect(entries.map(({ action }) => action)).toEqual(["talk.open", "talk.reply"]);
  expect(
    JSON.stringify(entries, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
  ).not.toContain("riêng");
});
