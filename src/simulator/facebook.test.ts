import sharp from "sharp";
import { createFacebookClient } from "../channels/facebook/client.ts";
import { isOwnEcho } from "../channels/receipts.ts";
import type { EchoEvent } from "../channels/channel.ts";
import { replyTo, runSimulator, type Run } from "./testing/run.ts";

const TAM = "6123456789012345";
const HOUR = 3_600_000;
let run: Run;
let client: ReturnType<typeof createFacebookClient>;

beforeEach(async () => {
  run = await runSimulator();
  client = createFacebookClient(run.config);
  run.does(run.facebook, TAM, { act: "text", name: "Anh Tám", text: "Đường Nguyễn Huệ có ổ gà" });
});
afterEach(() => run.close());

const reply = (text: string, more: object = {}) =>
  run.channels.facebook.send(run.facebook, replyTo(TAM, text, more), new Date());
const sendRaw = (body: object) => client.sendMessage(run.facebook, { recipient: { id: TAM }, ...body });
const graph = async (method: string, path: string, body?: object, version = "v25.0") => {
  const response = await fetch(`${run.config.FACEBOOK_GRAPH_URL}/${version}${path}`, {
    method,
    headers: { authorization: `Bearer ${run.facebook.accessToken}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
};
const age = (hours: number) => (run.thread(run.facebook, TAM).lastActAt = Date.now() - hours * HOUR);

test("an answer arrives with its quick replies, and its echo is known as ours", async () => {
  const choices = [{ label: "Gửi", value: "yes" }];
  const { externalId } = await reply("", { reply: { text: "Mình gửi luôn nha?", choices } });
  expect(run.last(run.facebook, TAM)).toMatchObject({
    ...{ id: externalId, by: "bot", text: "Mình gửi luôn nha?", metadata: "out:7" },
    quickReplies: [{ title: "Gửi", payload: "yes" }],
  });
  run.does(run.facebook, TAM, { act: "choose", title: "Gửi", payload: "yes" });
  await run.settled();
  expect(run.unsigned).toEqual([]);
  const events = run.heard.flatMap((each) => each.events);
  expect(events).toMatchObject([
    { kind: "message", text: "Đường Nguyễn Huệ có ổ gà" },
    { kind: "echo", messageId: externalId, metadata: "out:7", appId: run.facebook.appId },
    { kind: "delivered", messageIds: [externalId] },
    { kind: "message", text: "Gửi", choice: "yes" },
  ]);
  expect(isOwnEcho(events[1] as EchoEvent, "facebook", run.facebook.appId)).toBe(true);
});

test("letters that are not ASCII are escaped before the body is signed", async () => {
  await run.settled();
  const raw = run.heard[0]!.raw.toString("latin1");
  expect(raw).toContain("\\u0110\\u01b0\\u1eddng Nguy\\u1ec5n");
  expect(raw).not.toMatch(/[^ -~]/);
});

test("what residents and staff do has the shape Facebook documents", async () => {
  await run.settled();
  run.heard.length = 0;
  const { url } = await (await fetch(`${run.address}/photos/pothole`, { method: "POST" })).json();
  const { ids } = run.does(run.facebook, TAM, { act: "text", text: "Ơ nhầm" });
  run.does(run.facebook, TAM, { act: "edit", message: ids[0]!, text: "À không, đường khác" });
  run.does(run.facebook, TAM, { act: "files", urls: [url, url], text: "" });
  run.does(run.facebook, TAM, { act: "location", latitude: 10.24, longitude: 106.37, title: "Nhà" });
  run.does(run.facebook, TAM, { act: "sticker", sticker: "369239263222822" });
  run.does(run.facebook, TAM, { act: "getStarted" });
  run.does(run.facebook, TAM, { act: "staff", text: "Em là cán bộ phường" });
  run.does(run.facebook, TAM, { act: "see" });
  await run.settled();
  const events = run.heard.flatMap((each) => each.events);
  expect(events).toMatchObject([
    { kind: "message", text: "Ơ nhầm" },
    { kind: "edit", messageId: ids[0], text: "À không, đường khác" },
    {
      kind: "message",
      attachments: [
        { type: "image", url },
        { type: "image", url },
      ],
    },
    { kind: "message", attachments: [{ type: "location", latitude: 10.24, longitude: 106.37 }] },
    { kind: "message", attachments: [{ type: "sticker" }] },
    { kind: "postback", title: "Bắt đầu", choice: "GET_STARTED" },
    { kind: "echo", text: "Em là cán bộ phường" },
    { kind: "delivered" },
    { kind: "seen", before: expect.any(Date) },
  ]);
  expect(isOwnEcho(events[6] as EchoEvent, "facebook", run.facebook.appId)).toBe(false);
  expect(run.unsigned).toEqual([]);
});

test("the bot may answer for 24 hours, a person with HUMAN_AGENT for seven days, dead tags nobody", async () => {
  age(23.9);
  await sendRaw({ messaging_type: "RESPONSE", message: { text: "a" } });
  age(24.1);
  const late = sendRaw({ messaging_type: "RESPONSE", message: { text: "a" } });
  await expect(late).rejects.toMatchObject({ errorClass: "window_closed", code: "10/2018278" });
  const tagged = (tag: string) => sendRaw({ messaging_type: "MESSAGE_TAG", tag, message: { text: "a" } });
  await tagged("HUMAN_AGENT");
  await expect(tagged("ACCOUNT_UPDATE")).rejects.toMatchObject({ errorClass: "permanent", code: "100" });
  age(7.1 * 24);
  await expect(tagged("HUMAN_AGENT")).rejects.toMatchObject({ code: "10/2018278" });
});

test.each([
  ["a text too long", { text: "ạ".repeat(2001) }],
  ["no content", {}],
  [
    "text and attachment at once",
    { text: "a", attachment: { type: "image", payload: { url: "https://a.example/b" } } },
  ],
  [
    "14 quick replies",
    { text: "a", quick_replies: Array(14).fill({ content_type: "text", title: "b", payload: "c" }) },
  ],
  [
    "a long title",
    { text: "a", quick_replies: [{ content_type: "text", title: "b".repeat(21), payload: "c" }] },
  ],
  ["too much metadata", { text: "a", metadata: "m".repeat(1001) }],
  [
    "four buttons",
    {
      attachment: {
        type: "template",
        payload: {
          ...{ template_type: "button", text: "a" },
          buttons: Array(4).fill({ type: "postback", title: "b", payload: "c" }),
        },
      },
    },
  ],
])("%s is refused", async (_what, message) => {
  const sent = await graph("POST", `/${run.facebook.externalId}/messages`, {
    recipient: { id: TAM },
    message,
  });
  expect(sent).toMatchObject({ status: 400, body: { error: { code: 100, type: "OAuthException" } } });
});

test("someone the Page has not heard of cannot be written to, and a wrong token is refused", async () => {
  const stranger = client.sendMessage(run.facebook, { recipient: { id: "1" }, message: { text: "a" } });
  await expect(stranger).rejects.toMatchObject({ errorClass: "permanent", code: "100/2018001" });
  const wrong = client.sendMessage(
    { ...run.facebook, accessToken: "x" },
    { recipient: { id: TAM }, message: {} },
  );
  await expect(wrong).rejects.toMatchObject({ errorClass: "stop_account", code: "190" });
  expect((await graph("GET", "/me", undefined, "v6.0")).status).toBe(400);
});

test("typing is shown until the answer, and marks what was written as seen", async () => {
  await run.channels.facebook.showTyping!(run.facebook, TAM);
  expect(run.thread(run.facebook, TAM).typingUntil).toBeGreaterThan(Date.now());
  expect(run.thread(run.facebook, TAM).entries[0]!.state).toBe("seen");
  await reply("Dạ");
  expect(run.thread(run.facebook, TAM).typingUntil).toBe(0);
});

test("a picture is uploaded once and sent by its id; a file that is no picture is refused", async () => {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#36c" } })
    .png()
    .toBuffer();
  run.pictures.set("hash", { bytes, mime: "image/png" });
  await reply("", { reply: { text: "", image: { mediaHash: "hash" } } });
  const [picture] = run.last(run.facebook, TAM).attachments!;
  expect(picture!.type).toBe("image");
  expect(Buffer.from(await (await fetch(picture!.url!)).arrayBuffer())).toEqual(bytes);
  const fake = client.upload(run.facebook, "image", Buffer.from("not a picture"), "image/png");
  await expect(fake).rejects.toMatchObject({ errorClass: "permanent", code: "100" });
});

describe("posts and comments", () => {
  const post = async () =>
    (await graph("POST", "/me/feed", { message: "Lịch cắt nước tuần này" })).body.id as string;

  test("a comment is told, answered for all to see, and answered privately once", async () => {
    const id = await post();
    run.does(run.facebook, TAM, { act: "comment", post: id, text: "Đường Lê Lợi còn ngập không ạ?" });
    const [comment] = (await graph("GET", `/${id}/comments`)).body.data;
    await client.commentOn(run.facebook, comment.id, "Dạ, mời anh xem tin nhắn ạ");
    const privately = () =>
      client.sendMessage(run.facebook, {
        recipient: { comment_id: comment.id },
        message: { text: "Chào anh" },
      });
    await privately();
    expect(run.last(run.facebook, TAM)).toMatchObject({ text: "Chào anh" });
    await expect(privately()).rejects.toMatchObject({ errorClass: "permanent", code: "10900" });
    await run.settled();
    const events = run.heard.flatMap((each) => each.events);
    expect(events.filter(({ kind }) => kind === "comment")).toMatchObject([
      { text: "Đường Lê Lợi còn ngập không ạ?", authorName: "Anh Tám", byPage: false, postId: id },
      { text: "Dạ, mời anh xem tin nhắn ạ", byPage: true, parentId: comment.id },
    ]);
    expect(events.filter(({ kind }) => kind === "post")).toHaveLength(1);
  });

  test("a private reply opens no window by itself, and is too late after seven days", async () => {
    const id = await post();
    run.does(run.facebook, "new", { act: "comment", post: id, text: "Cho hỏi" });
    const [comment] = (await graph("GET", `/${id}/comments`)).body.data;
    await run.control("PATCH", "/settings", { clockAhead: 7.1 * 24 * HOUR });
    const late = client.sendMessage(run.facebook, {
      recipient: { comment_id: comment.id },
      message: { text: "a" },
    });
    await expect(late).rejects.toMatchObject({ code: "10903" });
    await run.control("PATCH", "/settings", { clockAhead: 0 });
    await client.sendMessage(run.facebook, { recipient: { comment_id: comment.id }, message: { text: "a" } });
    const second = client.sendMessage(run.facebook, { recipient: { id: "new" }, message: { text: "b" } });
    await expect(second).rejects.toMatchObject({ code: "10/2018278" });
  });

  test("a post may be planned ten minutes to thirty days ahead, and comes out at its time", async () => {
    const plan = (minutes: number) =>
      graph("POST", "/me/feed", {
        ...{ message: "Mai cắt điện", published: false },
        scheduled_publish_time: Math.floor(Date.now() / 1000 + minutes * 60),
      });
    expect((await plan(5)).status).toBe(400);
    expect((await plan(31 * 24 * 60)).status).toBe(400);
    expect((await plan(15)).status).toBe(200);
    expect((await graph("GET", "/me/scheduled_posts")).body.data).toHaveLength(1);
    await run.control("PATCH", "/settings", { clockAhead: 20 * 60_000 });
    expect((await graph("GET", "/me/feed")).body.data).toMatchObject([{ message: "Mai cắt điện" }]);
  });
});

test("only what a Page is subscribed to is told to the app", async () => {
  expect((await client.subscribedApps(run.facebook))[0]!.subscribed_fields).toContain("feed");
  await client.subscribe(run.facebook, ["messages"]);
  expect(await client.subscribedApps(run.facebook)).toMatchObject([{ subscribed_fields: ["messages"] }]);
  await run.settled();
  run.heard.length = 0;
  await reply("Dạ");
  run.does(run.facebook, TAM, { act: "text", text: "cảm ơn" });
  await run.settled();
  expect(run.heardKinds()).toEqual(["message"]);
});

test("a token is looked up, a profile set in order, a person named", async () => {
  const token = await client.debugToken(run.facebook);
  expect(token).toMatchObject({ app_id: run.facebook.appId, is_valid: true, expires_at: 0 });
  const menu = { persistent_menu: [{ locale: "default", call_to_actions: [] }] };
  await expect(client.setProfile(run.facebook, menu)).rejects.toMatchObject({ code: "100" });
  await client.setProfile(run.facebook, { get_started: { payload: "GET_STARTED" }, ...menu });
  const person = await graph("GET", `/${TAM}?fields=first_name,last_name`);
  expect(person.body).toEqual({ id: TAM, first_name: "Tám", last_name: "Anh" });
});

test("a Page that sends too fast is told to wait, and usage stands in the headers", async () => {
  await run.control("PATCH", "/settings", { facebookPerSecond: 1 });
  const all = await Promise.allSettled(Array.from({ length: 5 }, () => reply("a")));
  const refused = all.filter(({ status }) => status === "rejected");
  expect(refused.length).toBeGreaterThanOrEqual(3); // a second may turn meanwhile
  expect(refused).toContainEqual(
    expect.objectContaining({ reason: expect.objectContaining({ errorClass: "later", code: "613" }) }),
  );
  const { headers } = await graph("GET", "/me");
  expect(JSON.parse(headers.get("x-business-use-case-usage")!)).toHaveProperty(run.facebook.externalId);
});
