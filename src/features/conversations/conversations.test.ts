import fc from "fast-check";
import type { EchoEvent, InboundEvent } from "../../channels/channel.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { openTown, photo, pretendEngine, type Town } from "../testing/people.ts";
import { conversations, handBack } from "./index.ts";

const database = useTestDatabase();
const engine = pretendEngine({
  alo: "greeting",
  "hello please": "greeting",
  "cảm ơn em": "thanks",
  "cho gặp cán bộ": "human",
  "cháy nhà rồi": "emergency",
  "alo cháy nhà": ["greeting", "emergency"],
  "chờ hoài không ai trả lời": "complaint.service",
});
let town: Town;

beforeAll(async () => {
  town = await openTown(database, [conversations], engine);
});

const staffEcho = (extra: Partial<EchoEvent> = {}): EchoEvent => ({
  kind: "echo",
  messageId: "m_staff",
  text: "Dạ để em coi",
  attachments: [],
  adminId: null,
  appId: "263902037430900",
  metadata: null,
  ...extra,
});

describe("first contact", () => {
  test("says who answers, what is kept, and how to stop, once", async () => {
    const lan = town.resident("Chị Lan");
    const [notice, menu, ...rest] = await lan.says("alo");
    expect(notice).toContain("trợ lý tự động của Phường Phú Khương");
    expect(notice).toMatch(/lưu lại.*\n.*cán bộ.*xóa dữ liệu.*dừng/s);
    expect(menu).toMatch(/^Anh\/chị cần em giúp gì.*\n1\. Gặp cán bộ$/s);
    expect(rest).toEqual([]);
    expect(await lan.row()).toMatchObject({ noticeVersion: "2026-11.1", noticeAt: expect.any(Date) as Date });
    expect(await lan.says("alo")).toHaveLength(1);
  });

  test("the notice comes after the numbers to call, never before", async () => {
    const [numbers, notice] = await town.resident("Anh Ba").says("cháy nhà rồi");
    expect(numbers).toMatch(/114/);
    expect(notice).toContain("trợ lý tự động");
  });

  test("following greets, but only who has not been greeted", async () => {
    const lan = town.resident("Người theo dõi");
    expect(await lan.does({ kind: "follow", source: null })).toHaveLength(2);
    expect(await lan.does({ kind: "follow", source: null })).toHaveLength(0);
    expect(await lan.row()).toMatchObject({ follows: true });
    expect((await lan.conversation()).lastInboundAt).not.toBeNull();
  });

  test("“bắt đầu” of Messenger greets", async () => {
    expect(await town.resident("Chú Tư").taps("GET_STARTED")).toHaveLength(2);
  });

  test("who writes English is answered in English", async () => {
    const john = town.resident("John");
    expect((await john.says("hello please"))[0]).toContain(
      "I am the automatic assistant of Phường Phú Khương",
    );
    expect(await john.row()).toMatchObject({ language: "en" });
  });
});

describe("a person", () => {
  test("is one word away, and from then on the bot is silent", async () => {
    const lan = await town.knownResident("Cô Năm");
    const [reply] = await lan.says("cho gặp cán bộ");
    expect(reply).toContain("em đã báo cán bộ Phường Phú Khương");
    expect(await lan.conversation()).toMatchObject({
      state: "waiting",
      waitingReason: "asked",
      waitingSince: expect.any(Date) as Date,
    });
    expect(await lan.says("alo")).toEqual([]);
    expect(await lan.says("cháy nhà rồi")).toEqual([expect.stringContaining("114")]);
  });

  test("who answers in the platform's own app takes the talk", async () => {
    const lan = await town.knownResident("Dì Sáu");
    await lan.says("alo");
    await lan.does(staffEcho());
    expect(await lan.conversation()).toMatchObject({ state: "staff", waitingReason: "taken_in_app" });
    expect(await lan.says("alo")).toEqual([]);
  });

  test("our own echoes take nothing", async () => {
    const lan = await town.knownResident("Dì Bảy");
    await lan.does(staffEcho({ metadata: "out:1" }));
    await lan.does(staffEcho({ appId: "880011223344556" }));
    expect(await lan.conversation()).toMatchObject({ state: "bot" });
  });

  test("hands the talk back, and the bot answers again", async () => {
    const lan = await town.knownResident("Ông Tám");
    await lan.says("cho gặp cán bộ");
    await handBack(database.db, (await lan.conversation()).id);
    expect(await lan.conversation()).toMatchObject({ state: "bot", waitingSince: null, waitingReason: null });
    expect(await lan.says("cảm ơn em")).toHaveLength(1);
  });

  test("is offered to who complains, and to who is not understood twice", async () => {
    const lan = await town.knownResident("Bà Chín");
    expect((await lan.says("chờ hoài không ai trả lời"))[0]).toMatch(/1\. Gặp cán bộ/);
    await lan.says("xyz");
    expect((await lan.says("xyz"))[0]).toMatch(/chuyển cho cán bộ.*1\. Gặp cán bộ/s);
    expect((await lan.says("số 1"))[0]).toContain("em đã báo cán bộ");
  });
});

describe("danger", () => {
  test("gets the numbers first, and is shown to staff while the bot goes on", async () => {
    const lan = await town.knownResident("Anh Mười");
    const replies = await lan.says("alo cháy nhà");
    expect(replies).toHaveLength(1);
    for (const number of ["111", "112", "113", "114", "115"]) expect(replies[0]).toContain(number);
    expect(await lan.conversation()).toMatchObject({ state: "bot", waitingReason: "emergency" });
    expect(await lan.says("cảm ơn em")).toHaveLength(1);
  });
});

describe("what the bot cannot do", () => {
  test.each([
    ["sticker", /dễ thương/],
    ["audio", /tin thoại/],
    ["file", /chưa mở xem được/],
    ["image", /hình này/],
  ] as const)("a %s is met kindly", async (type, words) => {
    const lan = await town.knownResident(`Người gửi ${type}`);
    expect((await lan.sends({ ...photo, type }))[0]).toMatch(words);
  });
});

describe("what is no message", () => {
  test("standby, reactions and the like are read and never answered", async () => {
    const lan = await town.knownResident("Người im lặng");
    const message = {
      kind: "message",
      messageId: "m1",
      text: "alo",
      attachments: [],
      choice: null,
      quotes: null,
    };
    const silent: InboundEvent[] = [
      { kind: "standby", event: message as InboundEvent },
      { kind: "reaction", messageId: "m1", reaction: "love" },
      { kind: "chat_opened" },
      { kind: "unknown", name: "x" },
      { kind: "thread_control", action: "request", newOwner: null, previousOwner: null },
    ];
    for (const event of silent) expect(await lan.does(event)).toEqual([]);
    expect((await lan.conversation()).lastInboundAt).not.toBeNull();
  });

  test("a thread passed to another app silences the bot until it comes back", async () => {
    const lan = await town.knownResident("Người chuyển");
    const ours = "880011223344556";
    await lan.does({ kind: "thread_control", action: "pass", newOwner: "1", previousOwner: ours });
    expect(await lan.conversation()).toMatchObject({ state: "staff", waitingReason: "thread_control" });
    await lan.does({ kind: "thread_control", action: "pass", newOwner: ours, previousOwner: "1" });
    expect(await lan.conversation()).toMatchObject({ state: "bot" });
  });

  test("what the resident gives or takes back is kept", async () => {
    const lan = await town.knownResident("Người cho biết");
    await lan.does({
      kind: "submitted_info",
      name: "Lê Thị Lan",
      phone: "0901234567",
      address: "12 Nguyễn Huệ",
    });
    await lan.does({ kind: "unfollow", source: null });
    expect(await lan.row()).toMatchObject({ displayName: "Lê Thị Lan", phone: "0901234567", follows: false });
    await lan.does({ kind: "consent_withdrawn" });
    expect(await lan.row()).toMatchObject({ withdrawnAt: expect.any(Date) as Date, noticeVersion: null });
  });

  test("an edited last message is heard anew, an older one is not", async () => {
    const lan = await town.knownResident("Người sửa");
    const says = (messageId: string) =>
      lan.does({ kind: "message", messageId, text: "xyz", attachments: [], choice: null, quotes: null });
    await says("m_old");
    await says("m_last");
    expect(await lan.does({ kind: "edit", messageId: "m_old", text: "alo" })).toEqual([]);
    expect((await lan.does({ kind: "edit", messageId: "m_last", text: "cảm ơn em" }))[0]?.text).toMatch(
      /không có chi/,
    );
  });
});

test("a broken memory never breaks a talk", async () => {
  const lan = await town.knownResident("Người cũ");
  const { id } = await lan.conversation();
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (dialogue) => {
      await database.db.conversation.update({ where: { id }, data: { dialogue: dialogue ?? "null" } });
      expect(await lan.says("alo")).toHaveLength(1);
    }),
    { numRuns: 15 },
  );
});

test("a zero byte, a turned direction and a very long text are answered like any other", async () => {
  const lan = await town.knownResident("Người lạ");
  for (const text of ["a\0b", "\u202e", "x".repeat(200_000)]) {
    expect((await lan.says(text)).length).toBeLessThanOrEqual(1);
  }
});
