import fc from "fast-check";
import { fixture } from "../testing/accounts.ts";
import { parseJson } from "../loose-json.ts";
import { parse, split } from "./events.ts";

const webhooks = fixture<Record<string, any>>(import.meta.url, "webhooks.json");
const PAGE = "109900112233445";
const AN = "6123456789012345";
const only = (body: unknown) => {
  const events = split(body);
  expect(events).toHaveLength(1);
  return events[0]!;
};
const read = (body: unknown) => parse(only(body).raw);
/** The fixture with its first element changed. */
const changed = (name: string, change: (element: any, entry: any) => void) => {
  const body = structuredClone(webhooks[name]);
  const entry = body.entry[0];
  change((entry.messaging ?? entry.standby ?? entry.changes)[0], entry);
  return body;
};
const message = { kind: "message", choice: null, quotes: null };

test.each([
  [
    "message_text",
    { ...message, text: "Chào phường, tôi muốn hỏi lịch tiêm chủng cho bé 2 tuổi.", attachments: [] },
  ],
  ["message_quick_reply", { kind: "message", text: "Hộ tịch", choice: '{"menu":"ho_tich"}' }],
  ["message_reply_to", { kind: "message", quotes: "m_Yl4PZJ3ieAD8O89MEY73n2nct2LC5z-7HPzg56hv" }],
  [
    "message_image",
    {
      ...message,
      text: "",
      attachments: [{ type: "image", url: "https://scontent.example.invalid/o-ga.jpg" }],
    },
  ],
  ["message_file", { attachments: [{ type: "file", url: "https://cdn.example.invalid/don-kien-nghi.pdf" }] }],
  ["message_audio", { attachments: [{ type: "audio", url: "https://cdn.example.invalid/ghi-am.mp4" }] }],
  ["message_video", { attachments: [{ type: "video", url: "https://video.example.invalid/ngap.mp4" }] }],
  [
    "message_sticker",
    { attachments: [{ type: "sticker", url: "https://scontent.example.invalid/like.png" }] },
  ],
  [
    "message_fallback",
    {
      attachments: [
        { type: "link", url: "https://tin.example.invalid/cat-dien", title: "Lịch cắt điện tháng 11" },
      ],
    },
  ],
  [
    "message_location",
    { attachments: [expect.objectContaining({ type: "location", latitude: 10.2415, longitude: 106.3759 })] },
  ],
  [
    "message_edit",
    {
      kind: "edit",
      messageId: "m_g5EEv50srlA0dr45h7HjXoI-paM3Ebk0VIvTFmfv",
      text: "Sửa: bé nhà tôi 3 tuổi ạ",
    },
  ],
  [
    "postback_get_started",
    {
      kind: "postback",
      title: "Bắt đầu",
      choice: "GET_STARTED",
      referral: { ref: "qr-bo-phan-mot-cua", source: "SHORTLINK" },
    },
  ],
  ["postback_menu", { kind: "postback", choice: '{"action":"escalate"}', referral: null }],
  ["referral", { kind: "referral", referral: { ref: "qr-nha-van-hoa-3", source: "SHORTLINK" } }],
  [
    "optin_notification_messages",
    {
      kind: "optin",
      type: "notification_messages",
      payload: "thong_bao_phuong",
      token: "4455667788990011223",
      expiresAt: new Date(1810341000000),
      status: "NOT_REFRESHED",
    },
  ],
  ["reaction", { kind: "reaction", messageId: "m_gGc35rGfZjTnXJ6AgHzYg1snkH4beN6PiUMypVQG", reaction: "❤" }],
  ["reaction_removed", { kind: "reaction", reaction: null }],
  [
    "delivery",
    {
      kind: "delivered",
      messageIds: ["m_tcm8bcKsswg0X0tbC1E5BQ7oRBYTvH0_f6gagelg"],
      before: new Date(1794789687136),
    },
  ],
  ["delivery_without_mids", { kind: "delivered", messageIds: [], before: new Date(1794789730157) }],
  ["read", { kind: "seen", messageIds: [], before: new Date(1794789773478) }],
  ["echo_bot", { kind: "echo", appId: "880011223344556", metadata: "out:01JABCDEF0", adminId: null }],
  ["echo_staff_inbox", { kind: "echo", appId: "263902037430900", metadata: null }],
  [
    "echo_template",
    { kind: "echo", appId: "880011223344556", metadata: null, text: "Anh/chị cần hỗ trợ gì?" },
  ],
  [
    "standby_message",
    { kind: "standby", event: { kind: "message", text: "Tôi vẫn đang chờ cán bộ trả lời." } },
  ],
  [
    "pass_thread_control",
    { kind: "thread_control", action: "pass", newOwner: "263902037430900", previousOwner: "880011223344556" },
  ],
  ["take_thread_control", { kind: "thread_control", action: "take", newOwner: "263902037430900" }],
  ["request_thread_control", { kind: "thread_control", action: "request", newOwner: "880011223344556" }],
  ["handover_legacy_app_roles", { kind: "thread_control", action: "roles", newOwner: "880011223344556" }],
  [
    "policy_enforcement",
    { kind: "policy", action: "block", reason: "The bot violated our Platform Policies." },
  ],
  [
    "feed_comment_add",
    {
      kind: "comment",
      verb: "add",
      commentId: "700100200300_811",
      postId: "109900112233445_700100200300",
      parentId: "109900112233445_700100200300",
      authorId: "7012345678901234",
      authorName: "Trần Văn Bình",
      byPage: false,
      text: "Phường ơi đường Hùng Vương còn ngập không ạ?",
    },
  ],
  ["feed_comment_reply_add", { kind: "comment", parentId: "700100200300_811", byPage: false }],
  ["feed_comment_by_page", { kind: "comment", byPage: true }],
  ["feed_comment_edited", { kind: "comment", verb: "edited" }],
  ["feed_comment_remove", { kind: "comment", verb: "remove", text: "" }],
  ["feed_status_add", { kind: "post", verb: "add", item: "status", postId: "109900112233445_700100200999" }],
])("%s is read as what it says", (name, expected) => {
  const event = read(webhooks[name]);
  expect(event).toMatchObject(expected);
  expect(only(webhooks[name]).kind).toBe(event.kind);
});

test("every entry and every element of a batch is an event", () => {
  const events = split(webhooks.batch_many);
  expect(events.map(({ residentExternalId }) => residentExternalId)).toEqual([AN, AN, "6123456789054321"]);
  expect(events.map(({ raw }) => parse(raw))).toMatchObject([
    { text: "Cho tôi hỏi" },
    { text: "thủ tục khai sinh ạ" },
    { text: "Phường nghỉ lễ ngày nào?" },
  ]);
});

test("lists of every kind in one entry are all read", () => {
  const entry = {
    id: PAGE,
    time: 1794790000000,
    messaging: webhooks.message_text.entry[0].messaging,
    standby: webhooks.standby_message.entry[0].standby,
    changes: webhooks.feed_comment_add.entry[0].changes,
  };
  const events = split({ object: "page", entry: [entry] });
  expect(events.map(({ kind }) => kind)).toEqual(["message", "standby", "comment"]);
});

test("every fixture belongs to its Page, and no two events share a key", () => {
  const events = Object.values(webhooks).flatMap((body) => split(body));
  expect(new Set(events.map(({ accountExternalId }) => accountExternalId))).toEqual(new Set([PAGE]));
  expect(new Set(events.map(({ externalKey }) => externalKey)).size).toBe(events.length);
  for (const body of Object.values(webhooks)) {
    expect(split(structuredClone(body))).toEqual(split(body));
  }
});

test("an event belongs to the talk with its resident, whoever spoke; comments, policies and roles to none", () => {
  for (const [name, body] of Object.entries(webhooks)) {
    if (name === "batch_many") continue;
    const isOfNobody = /^feed_|^policy|app_roles$/.test(name);
    expect([name, only(body).residentExternalId]).toEqual([name, isOfNobody ? null : AN]);
  }
});

test("events are dated by themselves, else by their entry", () => {
  expect(only(webhooks.message_text).occurredAt.getTime()).toBe(1794789043021);
  expect(only(webhooks.feed_comment_add).occurredAt.getTime()).toBe(1794790247000);
  expect(only(webhooks.delivery).occurredAt.getTime()).toBe(1794789688586);
  const undated = changed("message_text", (element, entry) => {
    delete element.timestamp;
    delete entry.time;
  });
  const now = new Date("2026-11-24T00:00:00Z");
  expect(split(undated, now)[0]!.occurredAt).toEqual(now);
  const inSeconds = changed("message_text", (element) => (element.timestamp = 1794789043));
  expect(only(inSeconds).occurredAt.getTime()).toBe(1794789043000);
});

test("the same mid twice in one batch is one event, its echo, edit and reaction others", () => {
  const element = webhooks.message_text.entry[0].messaging[0];
  const { mid } = element.message;
  const { sender, recipient, timestamp } = element;
  const echo = {
    sender: recipient,
    recipient: sender,
    timestamp,
    message: { ...element.message, is_echo: true },
  };
  const edit = { sender, recipient, timestamp, message_edit: { mid, text: "khác", num_edit: 1 } };
  const editAgain = { sender, recipient, timestamp, message_edit: { mid, text: "khác nữa", num_edit: 2 } };
  const react = { sender, recipient, timestamp, reaction: { mid, action: "react", emoji: "❤" } };
  const unreact = { sender, recipient, timestamp, reaction: { mid, action: "unreact" } };
  const messaging = [element, structuredClone(element), echo, edit, editAgain, react, unreact];
  const events = split({ object: "page", entry: [{ id: PAGE, messaging }] });
  expect(events[0]!.externalKey).toBe(events[1]!.externalKey);
  expect(new Set(events.map(({ externalKey }) => externalKey)).size).toBe(6);
  expect(new Set(events.map(({ messageId }) => messageId))).toEqual(new Set([mid]));
});

test("a comment edited twice is two edits", () => {
  const again = changed("feed_comment_edited", (element) => (element.value.message = "Thôi hết ngập rồi"));
  expect(only(again).externalKey).not.toBe(only(webhooks.feed_comment_edited).externalKey);
});

test("messages of the App Dashboard's test button, in the form of changes, are read", () => {
  const value = webhooks.message_text.entry[0].messaging[0];
  const body = {
    object: "page",
    entry: [{ id: "0", time: 1794790000, changes: [{ field: "messages", value }] }],
  };
  expect(only(body)).toMatchObject({ accountExternalId: PAGE, residentExternalId: AN, kind: "message" });
  expect(read(body)).toMatchObject({ kind: "message", text: value.message.text });
  const echo = webhooks.echo_bot.entry[0].messaging[0];
  const echoed = {
    object: "page",
    entry: [{ id: "0", changes: [{ field: "message_echoes", value: echo }] }],
  };
  expect(only(echoed)).toMatchObject({ accountExternalId: PAGE, residentExternalId: AN, kind: "echo" });
});

test("ids as numbers stay whole, watermarks may be text", () => {
  const raw = JSON.stringify(webhooks.message_text).replace(/"id":"(\d+)"/g, '"id":$1');
  expect(only(parseJson(raw))).toMatchObject({ accountExternalId: PAGE, residentExternalId: AN });
  const long = JSON.stringify(webhooks.echo_bot).replace("880011223344556", "88001122334455667788");
  expect(read(parseJson(long))).toMatchObject({ appId: "88001122334455667788" });
  const watermark = changed("read", (element) => (element.read.watermark = "1794789773478"));
  expect(read(watermark)).toMatchObject({ before: new Date(1794789773478) });
  expect(only(watermark).externalKey).toBe(only(webhooks.read).externalKey);
});

test("a sticker that comes as an image with a sticker id is a sticker", () => {
  const body = changed("message_sticker", (element) => (element.message.attachments[0].type = "image"));
  expect(read(body)).toMatchObject({ attachments: [{ type: "sticker" }] });
});

test("a message withdrawn by its writer is no message to answer", () => {
  const body = changed("message_text", (element) => {
    element.message = { mid: element.message.mid, is_deleted: true };
  });
  expect(read(body)).toEqual({ kind: "unsent", messageId: expect.any(String) as string });
});

test("a message from the Page is an echo even when nothing says so", () => {
  const body = changed("echo_staff_inbox", (element) => delete element.message.is_echo);
  expect(read(body)).toMatchObject({ kind: "echo", appId: "263902037430900" });
  expect(only(body).residentExternalId).toBe(AN);
});

test("on standby, what the Page sent and what became of it is read as ever; the rest is only overheard", () => {
  const onStandby = (name: string) =>
    changed(name, (_, entry) => {
      entry.standby = entry.messaging;
      delete entry.messaging;
    });
  expect(read(onStandby("echo_staff_inbox")).kind).toBe("echo");
  expect(read(onStandby("read")).kind).toBe("seen");
  expect(read(onStandby("postback_menu"))).toMatchObject({ kind: "standby", event: { kind: "postback" } });
  expect(only(onStandby("message_text")).externalKey).not.toBe(only(webhooks.message_text).externalKey);
});

test("what nobody knows is kept: an entry without lists, an unknown field, an unknown key, an element that is no object", () => {
  const entry = (rest: object) => only({ object: "page", entry: [{ id: PAGE, time: 1794790000, ...rest }] });
  expect(entry({}).kind).toBe("unknown");
  expect(entry({ messaging: ["?"] }).kind).toBe("unknown");
  expect(parse(entry({ changes: [{ field: "leadgen", value: { ad_id: "1" } }] }).raw)).toEqual({
    kind: "unknown",
    name: "leadgen",
  });
  const account_linking = {
    sender: { id: AN },
    recipient: { id: PAGE },
    account_linking: { status: "linked" },
  };
  const linked = entry({ messaging: [account_linking] });
  expect(linked).toMatchObject({ kind: "unknown", residentExternalId: AN });
  expect(parse(linked.raw)).toEqual({ kind: "unknown", name: "account_linking" });
  expect(parse(changed("feed_status_add", () => {}))).toEqual({ kind: "unknown", name: "" });
});

test("a reaction to a post is not a post", () => {
  expect(read(changed("feed_status_add", (element) => (element.value.item = "reaction")))).toEqual({
    kind: "unknown",
    name: "feed.reaction",
  });
});

test("a body without entries holds no event", () => {
  for (const body of [
    {},
    { object: "page" },
    { object: "page", entry: [] },
    { entry: "x" },
    [],
    null,
    1,
    "x",
  ]) {
    expect(split(body)).toEqual([]);
  }
});

test("no JSON makes it throw", () => {
  const parts = ["message", "postback", "reaction", "delivery", "read", "referral", "optin", "message_edit"];
  const rest = ["sender", "recipient", "timestamp", "app_roles", "pass_thread_control", "policy_enforcement"];
  const keys = [...parts, ...rest, "field", "value", "from", "item", "comment_id", "id"];
  const element = fc.record(Object.fromEntries(keys.map((key) => [key, fc.jsonValue()])), {
    requiredKeys: [],
  });
  const list = fc.oneof(fc.array(element), element, fc.jsonValue());
  const entry = fc.record(
    { id: fc.jsonValue(), time: fc.jsonValue(), messaging: list, standby: list, changes: list },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      for (const event of split({ object: "page", entry: entries })) {
        expect(JSON.stringify(event)).toBeDefined();
        expect(event.externalKey.length).toBeLessThan(700);
        parse(event.raw);
      }
    }),
  );
  fc.assert(fc.property(fc.jsonValue(), (value) => Boolean(split(value)) && Boolean(parse(value))));
});

test("any Unicode and a text of a million characters come through", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const event = read(changed("message_text", (element) => (element.message.text = text)));
      expect(event.kind === "message" && event.text.length).toBe(text.length);
    }),
  );
  const long = "Đường ngập 🌊 ".repeat(80_000);
  expect(read(changed("message_text", (element) => (element.message.text = long)))).toMatchObject({
    text: long,
  });
});

test("an element nested without end is kept as unknown", () => {
  const nested = JSON.parse("[".repeat(50_000) + "]".repeat(50_000)) as unknown;
  const event = only(changed("message_text", (element) => (element.message = nested)));
  expect(event).toMatchObject({ kind: "unknown", accountExternalId: PAGE });
  expect(JSON.stringify(event.raw).length).toBeLessThan(200);
});
