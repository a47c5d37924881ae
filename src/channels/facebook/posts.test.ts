import nock from "nock";
import { facebookAccount } from "../testing/accounts.ts";
import { createFacebookClient } from "./client.ts";
import { createFacebookPosts, type PostText } from "./posts.ts";

const HOST = "https://graph.facebook.com";
const posts = createFacebookPosts(
  createFacebookClient({ FACEBOOK_GRAPH_URL: HOST, FACEBOOK_GRAPH_VERSION: "v25.0" }),
);
const page = facebookAccount();
const ROOT = `/v25.0/${page.externalId}`;

beforeAll(() => nock.disableNetConnect());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});
afterEach(() => nock.cleanAll());

const TEXT: PostText = {
  message: "CÚP NƯỚC\n\nNước yếu từ 8 giờ.",
  link: "https://hoi.example/thong-bao/TB-2611-00001",
  pictures: [],
};

function hears(method: "get" | "post" | "delete", path: string, answer: object) {
  const heard = { body: "", token: "" };
  const platform = nock(HOST);
  platform[method](path).reply(function (_uri, body) {
    heard.body = typeof body === "string" ? body : JSON.stringify(body);
    heard.token = String(this.req.headers.authorization);
    return [200, answer];
  });
  return heard;
}

test("a post says its words and its link, with the Page's own token", async () => {
  const heard = hears("post", `${ROOT}/feed`, { id: "109_1" });
  expect(await posts.create(page, TEXT, null)).toBe("109_1");
  expect(heard).toEqual({
    body: '{"message":"CÚP NƯỚC\\n\\nNước yếu từ 8 giờ.","link":"https://hoi.example/thong-bao/TB-2611-00001"}',
    token: `Bearer ${page.accessToken}`,
  });
});

test("one that the platform holds names its moment in seconds and is not published", async () => {
  const heard = hears("post", `${ROOT}/feed`, { id: "109_2" });
  await posts.create(page, TEXT, new Date("2026-11-26T07:00:00+07:00"));
  expect(heard.body).toBe(
    '{"message":"CÚP NƯỚC\\n\\nNước yếu từ 8 giờ.","link":"https://hoi.example/thong-bao/TB-2611-00001",' +
      '"published":false,"scheduled_publish_time":1795651200}',
  );
});

test("with a picture it is a photo with the words under it, known by its post", async () => {
  const heard = hears("post", `${ROOT}/photos`, { id: "77", post_id: "109_3" });
  const picture = "https://hoi.example/thong-bao/TB-2611-00001/cover";
  expect(await posts.create(page, { ...TEXT, pictures: [picture] }, null)).toBe("109_3");
  expect(heard.body).toBe(
    '{"url":"https://hoi.example/thong-bao/TB-2611-00001/cover","caption":"CÚP NƯỚC\\n\\nNước yếu từ 8 giờ."}',
  );
});

test("several pictures are uploaded first and stand in one post; a Page that refuses it gets the first alone", async () => {
  const pictures = ["https://hoi.example/a.jpg", "https://hoi.example/b.jpg"];
  const uploads = [
    hears("post", `${ROOT}/photos`, { id: "71" }),
    hears("post", `${ROOT}/photos`, { id: "72" }),
  ];
  const heard = hears("post", `${ROOT}/feed`, { id: "109_4" });
  expect(await posts.create(page, { ...TEXT, pictures }, null)).toBe("109_4");
  expect(uploads.map(({ body }) => body)).toEqual(
    pictures.map((url) => `{"url":"${url}","published":false}`),
  );
  expect(heard.body).toBe(
    '{"message":"CÚP NƯỚC\\n\\nNước yếu từ 8 giờ.","attached_media":[{"media_fbid":"71"},{"media_fbid":"72"}]}',
  );

  nock(HOST)
    .post(`${ROOT}/photos`)
    .reply(400, { error: { code: 100, message: "Invalid parameter" } });
  const single = hears("post", `${ROOT}/photos`, { id: "73", post_id: "109_5" });
  expect(await posts.create(page, { ...TEXT, pictures }, null)).toBe("109_5");
  expect(single.body).toContain('"caption":"CÚP NƯỚC');
});

test("a post is changed, removed and found by its id", async () => {
  const changed = hears("post", "/v25.0/109_1", { success: true });
  await posts.change(page, "109_1", "ĐÍNH CHÍNH");
  expect(changed.body).toBe('{"message":"ĐÍNH CHÍNH"}');
  hears("delete", "/v25.0/109_1", { success: true });
  await posts.remove(page, "109_1");
  const data = [{ id: "109_1", message: "CÚP NƯỚC", permalink_url: "https://fb.example/1" }, { id: "109_0" }];
  hears("get", `${ROOT}/published_posts?fields=id,message,permalink_url&limit=50`, { data });
  expect(await posts.published(page)).toEqual([
    { id: "109_1", message: "CÚP NƯỚC", link: "https://fb.example/1" },
    { id: "109_0", message: "", link: null },
  ]);
});

test("no answer leaves the outcome open; a refusal is one", async () => {
  nock(HOST)
    .post(`${ROOT}/feed`)
    .replyWithError(Object.assign(new Error("cut"), { code: "ECONNRESET" }));
  await expect(posts.create(page, TEXT, null)).rejects.toMatchObject({ errorClass: "unknown" });
  nock(HOST)
    .post(`${ROOT}/feed`)
    .reply(400, { error: { code: 100, message: "Invalid parameter" } });
  await expect(posts.create(page, TEXT, null)).rejects.toMatchObject({
    errorClass: "permanent",
    code: "100",
  });
});
