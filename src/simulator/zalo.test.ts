import sharp from "sharp";
import { RefreshRefused } from "../channels/account-care.ts";
import { createZaloClient } from "../channels/zalo/client.ts";
import { createPkce, createZaloTokens } from "../channels/zalo/tokens.ts";
import { replyTo, runSimulator, type Run } from "./testing/run.ts";

const LAN = "7700135524419980021";
const HOUR = 3_600_000;
let run: Run;

beforeEach(async () => {
  run = await runSimulator();
  run.does(run.zalo, LAN, { act: "text", text: "Đèn đường trước nhà tắt rồi ạ" });
});
afterEach(() => run.close());

const send = (text: string, more: object = {}) =>
  run.channels.zalo.send(run.zalo, replyTo(LAN, text, more), new Date());
const call = async (path: string, body?: unknown, token = run.zalo.accessToken!) => {
  const response = await fetch(`${run.config.ZALO_API_URL}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { access_token: token, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, ...(await response.json()) };
};
const age = (hours: number) => (run.thread(run.zalo, LAN).lastActAt = Date.now() - hours * HOUR);

test("a resident's words and our answer's echo come signed, and are read by the production reader", async () => {
  const { externalId } = await send("Dạ, em nghe", {
    reply: { text: "Dạ, em nghe", choices: [{ label: "Gặp cán bộ", value: "intent:human" }] },
  });
  await run.settled();
  expect(run.unsigned).toEqual([]);
  expect(run.heardKinds()).toEqual(["message", "echo", "delivered"]);
  expect(run.heard[1]!.events[0]).toMatchObject({ kind: "echo", messageId: externalId, adminId: null });
  expect(run.heard[2]!.events[0]).toMatchObject({ messageIds: [externalId] });
  expect(run.last(run.zalo, LAN)).toMatchObject({ by: "bot", text: "Dạ, em nghe" });
});

test("every deed of a resident has the shape Zalo documents", async () => {
  await run.settled();
  run.heard.length = 0;
  const { url } = await (await fetch(`${run.address}/photos/lamp`, { method: "POST" })).json();
  run.does(run.zalo, LAN, { act: "files", urls: [url, url], text: "Hình đây" });
  run.does(run.zalo, LAN, { act: "location", latitude: 10.2384, longitude: 106.3759, title: "" });
  run.does(run.zalo, LAN, { act: "sticker", sticker: "21979" });
  run.does(run.zalo, LAN, { act: "follow" });
  run.does(run.zalo, LAN, { act: "staff", text: "Em là cán bộ phường" });
  run.does(run.zalo, LAN, {
    act: "shareInfo",
    phone: "0900000123",
    address: "12 Nguyễn Huệ",
    ward: "An Hội",
    city: "",
  });
  run.does(run.zalo, LAN, { act: "see" });
  run.does(run.zalo, LAN, { act: "withdraw" });
  await run.settled();
  expect(run.unsigned).toEqual([]);
  const events = run.heard.flatMap((each) => each.events);
  expect(events).toMatchObject([
    { kind: "message", text: "Hình đây", attachments: [{ type: "image", url }] },
    { kind: "message", text: "", attachments: [{ type: "image", url }] },
    { kind: "message", attachments: [{ type: "location", latitude: 10.2384, longitude: 106.3759 }] },
    { kind: "message", attachments: [{ type: "sticker" }] },
    { kind: "follow" },
    { kind: "echo", text: "Em là cán bộ phường", adminId: expect.stringMatching(/^\d+$/) },
    { kind: "delivered" },
    { kind: "submitted_info", phone: "0900000123", name: expect.any(String) },
    { kind: "seen", messageIds: [expect.any(String)] },
    { kind: "consent_withdrawn" },
  ]);
});

test("2,000 letters are taken, one more is not", async () => {
  await send("ạ".repeat(2000));
  await expect(send("ạ".repeat(2001))).rejects.toMatchObject({ errorClass: "permanent", code: "-210" });
});

test("more than five buttons, a long payload, and an empty message are refused", async () => {
  const withButtons = (count: number, payload = "x") => ({
    recipient: { user_id: LAN },
    message: {
      text: "Chọn",
      attachment: {
        type: "template",
        payload: {
          buttons: Array.from({ length: count }, () => ({ title: "Nút", type: "oa.query.show", payload })),
        },
      },
    },
  });
  expect(await call("/v3.0/oa/message/cs", withButtons(5))).toMatchObject({ status: 200, error: 0 });
  expect(await call("/v3.0/oa/message/cs", withButtons(6))).toMatchObject({ status: 200, error: -210 });
  expect(await call("/v3.0/oa/message/cs", withButtons(1, "x".repeat(1001)))).toMatchObject({ error: -210 });
  expect(await call("/v3.0/oa/message/cs", { recipient: { user_id: LAN }, message: {} })).toMatchObject({
    error: -201,
  });
});

test("the window is open to seven days after the resident's last act, and for nobody who never wrote", async () => {
  age(47);
  const free = await call("/v3.0/oa/message/cs", { recipient: { user_id: LAN }, message: { text: "a" } });
  expect(free.data.quota.quota_type).toBe("reply");
  age(6.9 * 24);
  const paid = await call("/v3.0/oa/message/cs", { recipient: { user_id: LAN }, message: { text: "a" } });
  expect(paid.data.quota.quota_type).toBe("sub_quota");
  age(7.1 * 24);
  await expect(send("a")).rejects.toMatchObject({ errorClass: "window_closed", code: "-230" });
  run.thread(run.zalo, LAN).lastActAt = null;
  await expect(send("a")).rejects.toMatchObject({ errorClass: "window_closed", code: "-232" });
  await expect(send("a", { recipient: { user: "404" } })).rejects.toMatchObject({ code: "-201" });
});

test("a wrong token and an expired one are told apart; a plain text to the old address is refused", async () => {
  const body = { recipient: { user_id: LAN }, message: { text: "a" } };
  expect(await call("/v3.0/oa/message/cs", body, "wrong")).toMatchObject({ status: 200, error: -216 });
  expect(await call("/v2.0/oa/message", body)).toMatchObject({ error: -240 });
  await run.control("POST", "/tokens/expire", { account: `zalo:${run.zalo.externalId}` });
  await expect(send("a")).rejects.toMatchObject({ errorClass: "refresh_token", code: "-220" });
});

test("a refresh token works once, and the new pair ends the old access token", async () => {
  const client = createZaloClient(run.config);
  const tokens = createZaloTokens(run.config, client);
  const pair = await tokens.refresh(run.zalo, "zalo-refresh-token-gia-lap");
  expect(pair.expiresAt.getTime() - Date.now()).toBeGreaterThan(24.9 * HOUR);
  await expect(tokens.refresh(run.zalo, "zalo-refresh-token-gia-lap")).rejects.toThrow(RefreshRefused);
  expect(await tokens.isAccessTokenAlive(run.zalo)).toBe(false);
  const renewed = { ...run.zalo, accessToken: pair.accessToken };
  expect((await client.getOa(renewed)).oa).toMatchObject({ oa_id: run.zalo.externalId, is_verified: true });
  await expect(tokens.refresh({ ...run.zalo, appSecret: "other" }, pair.refreshToken)).rejects.toThrow(
    RefreshRefused,
  );
});

test("consent gives a code that works once, for whoever has the verifier", async () => {
  const tokens = createZaloTokens(run.config, createZaloClient(run.config));
  const consent = async (challenge: string) => {
    const url = tokens.consentUrl(run.zalo.appId!, "http://localhost/back", challenge, "state-1");
    const page = await (await fetch(url)).text();
    const link = /<a[^>]*href="([^"]+)"/.exec(page)![1]!.replaceAll("&amp;", "&");
    const answer = await fetch(new URL(link, url), { redirect: "manual" });
    return new URL(answer.headers.get("location")!).searchParams;
  };
  const { verifier, challenge } = createPkce();
  const back = await consent(challenge);
  expect(Object.fromEntries(back)).toMatchObject({ oa_id: run.zalo.externalId, state: "state-1" });
  const pair = await tokens.exchange(run.zalo, back.get("code")!, verifier);
  expect(pair.accessToken).not.toBe(run.zalo.accessToken);
  await expect(tokens.exchange(run.zalo, back.get("code")!, verifier)).rejects.toThrow(RefreshRefused);
  const stolen = (await consent(challenge)).get("code")!;
  await expect(tokens.exchange(run.zalo, stolen, createPkce().verifier)).rejects.toThrow(RefreshRefused);
  const strange = await fetch(tokens.consentUrl("1", "http://localhost/back", challenge, ""));
  expect(strange.status).toBe(400);
});

describe("uploads", () => {
  const client = () => createZaloClient(run.config);
  const picture = (width: number) =>
    sharp({ create: { width, height: 8, channels: 3, background: "#c33" } })
      .jpeg()
      .toBuffer();

  test("are told by content and limited in size", async () => {
    await client().upload(run.zalo, "image", await picture(8), "image/jpeg");
    const pdf = Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n");
    await client().upload(run.zalo, "file", pdf, "application/pdf");
    await expect(client().upload(run.zalo, "image", pdf, "image/jpeg")).rejects.toMatchObject({
      code: "-201",
    });
    const large = Buffer.concat([await picture(8), Buffer.alloc(1024 * 1024)]);
    await expect(client().upload(run.zalo, "image", large, "image/jpeg")).rejects.toMatchObject({
      code: "-210",
    });
  });

  test("expire after seven days, and the production channel then uploads again", async () => {
    run.pictures.set("hash", { bytes: await picture(8), mime: "image/jpeg" });
    const withPicture = { reply: { text: "Sơ đồ", image: { mediaHash: "hash" } } };
    await send("", withPicture);
    expect(run.last(run.zalo, LAN).attachments).toMatchObject([{ type: "image" }]);
    await run.control("PATCH", "/settings", { clockAhead: 7.1 * 24 * HOUR });
    run.does(run.zalo, LAN, { act: "text", text: "Gửi lại giúp" });
    const before = run.simulator.counts().calls;
    await send("", withPicture);
    expect(run.simulator.counts().calls - before).toBe(3); // refused, uploaded, sent
  });
});

describe("articles and broadcasts", () => {
  const article = {
    ...{ type: "normal", title: "Lịch cắt nước", description: "Từ 22 giờ", author: "UBND phường" },
    ...{ cover: { cover_type: "photo", photo_url: "https://vinhlong.example/anh.jpg", status: "show" } },
    ...{ body: [{ type: "text", content: "Nội dung" }], status: "show" },
  };
  const publish = async () => {
    const { data } = await call("/v2.0/article/create", article);
    const early = await call("/v2.0/article/verify", { token: data.token });
    await run.control("PATCH", "/settings", { clockAhead: run.simulator.world.now() - Date.now() + 2000 });
    return { early, late: await call("/v2.0/article/verify", { token: data.token }) };
  };
  const broadcast = (id: string) =>
    call("/v2.0/oa/message", {
      recipient: { target: {} },
      message: {
        attachment: {
          type: "template",
          payload: { template_type: "media", elements: [{ media_type: "article", attachment_id: id }] },
        },
      },
    });
  /** Sets the platforms' clock to this hour of today in Vietnam. */
  const atHour = (hour: number) => {
    const now = new Date();
    const then = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour - 7, 30);
    return run.control("PATCH", "/settings", { clockAhead: then - Date.now() });
  };

  test("an article is made in the background, listed and removed", async () => {
    const { early, late } = await publish();
    expect(early).toMatchObject({ error: -214 });
    const list = await call("/v2.0/article/getslice?offset=0&limit=10&type=normal");
    expect(list.data.medias).toMatchObject([{ id: late.data.id, title: "Lịch cắt nước" }]);
    expect(await call("/v2.0/article/remove", { id: late.data.id })).toMatchObject({ error: 0 });
    expect(await call("/v2.0/article/create", { ...article, title: "x".repeat(150) })).toMatchObject({
      error: -201,
    });
  });

  test("a broadcast reaches followers by day, and nobody at night", async () => {
    await atHour(9);
    run.does(run.zalo, "follower", { act: "follow" });
    const { late } = await publish();
    await atHour(22);
    expect(await broadcast(late.data.id)).toMatchObject({ status: 200, error: -234 });
    await atHour(5);
    expect(await broadcast(late.data.id)).toMatchObject({ error: -234 });
    await atHour(6);
    expect(await broadcast(late.data.id)).toMatchObject({
      error: 0,
      data: { message_id: expect.any(String) },
    });
    expect(run.last(run.zalo, "follower").cards).toMatchObject([{ title: "Lịch cắt nước" }]);
    expect(run.last(run.zalo, LAN).cards).toBeUndefined();
    expect(await broadcast("unknown")).toMatchObject({ error: -201 });
  });
});

test("followers are listed and tagged; the tag is told", async () => {
  run.does(run.zalo, "follower", { act: "follow", name: "Cô Út" });
  const list = async (data: object) =>
    (await call(`/v3.0/oa/user/getlist?data=${encodeURIComponent(JSON.stringify(data))}`)).data.users;
  expect(await list({ offset: 0, count: 50, is_follower: true })).toEqual([{ user_id: "follower" }]);
  expect(
    await call("/v2.0/oa/tag/tagfollower", { user_id: "follower", tag_name: "khu phố 3" }),
  ).toMatchObject({ error: 0 });
  expect(await list({ offset: 0, count: 50, tag_name: "khu phố 3" })).toEqual([{ user_id: "follower" }]);
  expect((await call("/v2.0/oa/tag/gettagsofoa")).data).toEqual(["khu phố 3"]);
  const detail = await call(`/v3.0/oa/user/detail?data=${encodeURIComponent('{"user_id":"follower"}')}`);
  expect(detail.data).toMatchObject({ display_name: "Cô Út", user_is_follower: true });
  await run.settled();
  expect(run.heardKinds()).toContain("tag");
});

test("an app that calls too often is told so, with the headers", async () => {
  await run.control("PATCH", "/settings", { zaloPerMinute: 2 });
  const first = await call("/v2.0/oa/getoa");
  expect(first.headers.get("x-ratelimit-limit")).toBe("2");
  await call("/v2.0/oa/getoa");
  await expect(send("a")).rejects.toMatchObject({ errorClass: "later", code: "-32" });
});

test("a button may speak for the resident without showing its words", async () => {
  run.does(run.zalo, LAN, { act: "press", kind: "hidden", title: "Gửi", value: "form:send" });
  await run.settled();
  expect(run.heard.at(-1)!.events).toMatchObject([{ kind: "message", text: "form:send" }]);
  expect(run.last(run.zalo, LAN)).toMatchObject({
    text: "Đèn đường trước nhà tắt rồi ạ",
    state: "delivered",
  });
  run.does(run.zalo, LAN, { act: "press", kind: "say", title: "Gặp cán bộ", value: "cán bộ" });
  expect(run.last(run.zalo, LAN)).toMatchObject({ text: "cán bộ" });
});
