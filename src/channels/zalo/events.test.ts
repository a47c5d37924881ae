import fc from "fast-check";
import { fixture } from "../testing/accounts.ts";
import { parseJson } from "../loose-json.ts";
import { parse, split } from "./events.ts";

const webhooks = fixture<Record<string, Record<string, unknown>>>(import.meta.url, "webhooks.json");
const OA = "1840026671135570001";
const SAU = "7700135524419980021";
const only = (body: unknown) => {
  const events = split(body);
  expect(events).toHaveLength(1);
  return events[0]!;
};
/** The fixture with some of its keys changed. */
const changed = (name: string, change: (body: any) => void) => {
  const body = structuredClone(webhooks[name]!);
  change(body);
  return body;
};
const message = { kind: "message", text: "", attachments: [], choice: null, quotes: null };

test.each([
  [
    "user_send_text",
    { ...message, messageId: "8bec96a71e6ed70da021", text: expect.stringMatching(/^Cho tôi hỏi/) },
  ],
  ["user_send_text_minimal", { ...message, messageId: "380a4c847a577ff63523", text: "alo" }],
  ["user_send_text_quote", { kind: "message", quotes: "27930aa56df31f0dcd10" }],
  [
    "user_send_image",
    {
      text: "Đèn đường trước nhà số 12 hỏng 3 hôm nay",
      attachments: [
        {
          type: "image",
          url: "https://photo.example.invalid/o/den-duong.jpg",
          thumbnailUrl: "https://photo.example.invalid/t/den-duong.jpg",
        },
      ],
    },
  ],
  ["user_send_gif", { attachments: [expect.objectContaining({ type: "gif" })] }],
  [
    "user_send_link",
    {
      attachments: [
        {
          type: "link",
          url: "https://tin.example.invalid/lich-cat-nuoc",
          thumbnailUrl: "https://photo.example.invalid/t/cat-nuoc.jpg",
          title: "Lịch tạm ngừng cấp nước tuần này",
        },
      ],
    },
  ],
  [
    "user_send_audio",
    { attachments: [{ type: "audio", url: "https://voice.example.invalid/a/ghi-am-01.amr" }] },
  ],
  [
    "user_send_video",
    { attachments: [expect.objectContaining({ type: "video", title: "Ngập nước đường Đồng Khởi" })] },
  ],
  [
    "user_send_sticker",
    { attachments: [{ type: "sticker", url: "https://stickers.example.invalid/e/21979.png" }] },
  ],
  ["user_send_location", { attachments: [{ type: "location", latitude: 10.2415, longitude: 106.3759 }] }],
  [
    "user_send_file",
    {
      attachments: [
        {
          type: "file",
          url: "https://file.example.invalid/d/don-xac-nhan-cu-tru.pdf",
          name: "Đơn xin xác nhận cư trú.pdf",
          size: 184320,
        },
      ],
    },
  ],
  [
    "user_send_business_card",
    { attachments: [expect.objectContaining({ type: "contact", phone: "0900000123" })] },
  ],
  ["anonymous_send_text", { ...message, text: expect.any(String), anonymousConversation: "c-90a1f7be2d" }],
  ["oa_send_text_api", { kind: "echo", adminId: null, messageId: "5fb8b5b666be2454eafd" }],
  [
    "oa_send_text_staff",
    { kind: "echo", adminId: "4410077712369985203", text: expect.stringMatching(/^Chào chị Sáu/) },
  ],
  ["oa_send_image_staff", { kind: "echo", attachments: [expect.objectContaining({ type: "image" })] }],
  ["follow", { kind: "follow", source: "oa_profile" }],
  ["unfollow", { kind: "unfollow", source: "oa_profile" }],
  ["user_click_chatnow", { kind: "chat_opened" }],
  ["user_reacted_message", { kind: "reaction", messageId: "2eb1f26854e462c48ff8", reaction: "/-heart" }],
  ["user_received_message", { kind: "delivered", messageIds: ["c08de139e622bdc778f1"], before: null }],
  [
    "user_received_message_zbs_phone",
    { kind: "delivered", messageIds: ["16afe5f33034bae06be1"], trackingId: "tb-2026-11-0042" },
  ],
  [
    "user_seen_message",
    { kind: "seen", messageIds: ["84d066d3535d7eae7a3e", "e9f897ed6b12f5560770"], before: null },
  ],
  [
    "user_submit_info",
    {
      kind: "submitted_info",
      name: "Nguyễn Thị Sáu",
      phone: "0900000123",
      birthday: "02/09/1985",
      gender: "Nữ",
      address: "45 Nguyễn Đình Chiểu, Phường An Hội, Vĩnh Long",
    },
  ],
  [
    "user_submit_info_legacy",
    {
      kind: "submitted_info",
      name: "Nguyễn Thị Sáu",
      phone: "0900000123",
      address: "45 Nguyễn Đình Chiểu, Phường 3, Thành phố Bến Tre, Vĩnh Long",
    },
  ],
  ["user_withdraw", { kind: "consent_withdrawn" }],
  [
    "add_user_to_tag",
    {
      kind: "tag",
      action: "add",
      name: "khu-pho-5",
      residentIds: ["7700135524419980021", "7700135524419980544"],
    },
  ],
  ["change_oa_daily_quota", { kind: "quota", previous: "500", current: "5000" }],
  [
    "change_template_status",
    {
      kind: "template_status",
      templateId: "410233",
      previous: "PENDING_REVIEW",
      current: "ENABLE",
      reason: "",
    },
  ],
])("%s is read as what it says", (name, expected) => {
  const event = parse(webhooks[name]);
  expect(event).toMatchObject(expected);
  expect(only(webhooks[name]).kind).toBe(event.kind);
});

test("every fixture belongs to its OA, keeps its time, and has a key of its own", () => {
  const events = Object.entries(webhooks).map(([name, body]) => ({ name, event: only(body), body }));
  for (const { name, event, body } of events) {
    expect([name, event.accountExternalId]).toEqual([
      name,
      name === "user_withdraw" ? "app:3120457788990011223" : OA,
    ]);
    expect(event.occurredAt.getTime()).toBe(Number(body.timestamp));
    expect(event.raw).toEqual(body);
  }
  expect(new Set(events.map(({ event }) => event.externalKey)).size).toBe(events.length);
});

test("an event belongs to the talk with its resident, whoever spoke; quotas and tags to none", () => {
  const residentOf = (name: string) => only(webhooks[name]).residentExternalId;
  for (const name of ["user_send_text", "oa_send_text_staff", "oa_send_text_api", "user_seen_message"]) {
    expect(residentOf(name)).toBe(SAU);
  }
  for (const name of [
    "user_received_message",
    "user_reacted_message",
    "follow",
    "unfollow",
    "user_withdraw",
  ]) {
    expect(residentOf(name)).toBe(SAU);
  }
  expect(residentOf("user_click_chatnow")).toBe("7700135524419980544");
  expect(residentOf("anonymous_send_text")).toBe("anon-66b1c2f09d");
  for (const name of ["change_oa_daily_quota", "change_template_status", "add_user_to_tag"]) {
    expect(residentOf(name)).toBeNull();
  }
  // a template sent to a phone number: the recipient is no one we talk with
  expect(residentOf("user_received_message_zbs_phone")).toBeNull();
});

test("the same webhook sent again has the same key, a later one another", () => {
  for (const body of Object.values(webhooks)) {
    expect(only(structuredClone(body)).externalKey).toBe(only(body).externalKey);
  }
  const later = changed("follow", (body) => (body.timestamp = "1794789794999"));
  expect(only(later).externalKey).not.toBe(only(webhooks.follow).externalKey);
  const again = changed("user_reacted_message", (body) => (body.timestamp = "1794790283999"));
  expect(only(again).externalKey).not.toBe(only(webhooks.user_reacted_message).externalKey);
});

test("ids as numbers, even too large for JavaScript, stay whole", () => {
  const raw = JSON.stringify(webhooks.user_send_text).replace(/"(\d{10,})"/g, "$1");
  const event = only(parseJson(raw));
  expect(event).toMatchObject({ accountExternalId: OA, residentExternalId: SAU });
  expect(event.occurredAt).toEqual(only(webhooks.user_send_text).occurredAt);
});

test("ids that are no numbers are ids all the same", () => {
  const body = changed("user_send_text", (body) => (body.sender.id = "người-dân/№1"));
  expect(only(body).residentExternalId).toBe("người-dân/№1");
});

test("a timestamp in seconds is understood, a missing or senseless one is now", () => {
  const seconds = changed("user_send_text", (body) => (body.timestamp = "1794789061"));
  expect(only(seconds).occurredAt.toISOString()).toBe("2026-11-16T00:31:01.000Z");
  const now = new Date("2026-11-24T00:00:00Z");
  for (const timestamp of [undefined, "hôm nay", -5, 9e20, null, {}]) {
    const body = changed("user_send_text", (body) => (body.timestamp = timestamp));
    expect(split(body, now)[0]!.occurredAt).toEqual(now);
  }
});

test("locations in the wrong shapes in circulation are found", () => {
  const place = { type: "location", latitude: 10.2415, longitude: 106.3759 };
  const inMessage = changed("user_send_location", (body) => {
    delete body.message.attachments;
    body.message.location = { latitude: "10.2415", longitude: "106.3759" };
  });
  const shortNames = changed("user_send_location", (body) => {
    body.message.attachments[0].payload = { lat: 10.2415, long: 106.3759 };
  });
  for (const body of [inMessage, shortNames]) expect(parse(body)).toMatchObject({ attachments: [place] });
  const nowhere = changed("user_send_location", (body) => {
    body.message.attachments[0].payload.coordinates = { latitude: "bắc", longitude: "999" };
  });
  expect(parse(nowhere)).toMatchObject({ attachments: [{ type: "location" }] });
});

test("a sticker that comes as an image is a sticker, a business card that comes as a link is a contact", () => {
  const sticker = changed("user_send_sticker", (body) => (body.message.attachments[0].type = "image"));
  expect(parse(sticker)).toMatchObject({ attachments: [{ type: "sticker" }] });
  const card = changed("user_send_business_card", (body) => (body.event_name = "user_send_link"));
  expect(parse(card)).toMatchObject({ attachments: [{ type: "contact", phone: "0900000123" }] });
});

test("an attachment's address is a web address or nothing", () => {
  const body = changed(
    "user_send_link",
    (body) => (body.message.attachments[0].payload.url = "javascript:alert(1)"),
  );
  expect(parse(body)).toMatchObject({
    attachments: [expect.not.objectContaining({ url: expect.anything() })],
  });
});

test("events nobody knows, and those of groups, are kept and belong to no talk they should not", () => {
  expect(only(changed("user_send_text", (body) => (body.event_name = "user_asking_product")))).toMatchObject({
    kind: "unknown",
    residentExternalId: SAU,
  });
  expect(only(changed("user_send_text", (body) => (body.event_name = "user_send_group_text")))).toMatchObject(
    {
      kind: "unknown",
      residentExternalId: null,
    },
  );
  expect(parse({ event_name: "constructor" })).toEqual({ kind: "unknown", name: "constructor" });
});

test("Zalo's probe {} and what is no object hold no event", () => {
  for (const body of [{}, [], null, "", 5, true, undefined]) expect(split(body)).toEqual([]);
});

test("no JSON makes it throw", () => {
  const names = fc.constantFrom(...new Set(Object.values(webhooks).map((body) => String(body.event_name))));
  const keys = [
    "sender",
    "recipient",
    "message",
    "timestamp",
    "app_id",
    "oa_id",
    "info",
    "tag",
    "quota",
    "follower",
  ];
  const body = fc.record(Object.fromEntries(keys.map((key) => [key, fc.jsonValue()])), { requiredKeys: [] });
  fc.assert(
    fc.property(names, body, (event_name, rest) => {
      const [event] = split({ event_name, ...rest });
      expect(JSON.stringify(event)).toBeDefined();
      expect(event!.externalKey.length).toBeLessThan(700);
      parse(event!.raw);
    }),
  );
  fc.assert(fc.property(fc.jsonValue(), (value) => Boolean(split(value)) && Boolean(parse(value))));
});

test("any Unicode and a text of a million characters come through", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const event = parse(changed("user_send_text", (body) => (body.message.text = text)));
      expect(event.kind === "message" && event.text.length).toBe(text.length);
    }),
  );
  const long = "Đường ngập 🌊 ".repeat(80_000);
  expect(parse(changed("user_send_text", (body) => (body.message.text = long)))).toMatchObject({
    text: long,
  });
});

test("a body nested without end is kept as unknown", () => {
  const nested = JSON.parse("[".repeat(50_000) + "]".repeat(50_000)) as unknown;
  const event = only(changed("user_send_text", (body) => (body.message = nested)));
  expect(event).toMatchObject({ kind: "unknown", accountExternalId: OA, residentExternalId: SAU });
  expect(JSON.stringify(event.raw).length).toBeLessThan(200);
});
