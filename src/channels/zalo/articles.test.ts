import nock from "nock";
import { zaloAccount } from "../testing/accounts.ts";
import { createZaloArticles, type ArticleText } from "./articles.ts";
import { createZaloClient } from "./client.ts";

const HOST = "https://openapi.zalo.me";
const articles = createZaloArticles(createZaloClient({ ZALO_API_URL: HOST }));
const oa = zaloAccount();

beforeAll(() => nock.disableNetConnect());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});
afterEach(() => nock.cleanAll());

const TEXT: ArticleText = {
  title: "Cúp nước khu phố 3",
  author: "Phường Phú Khương",
  description: "Nước yếu từ 8 giờ.",
  cover: "https://hoi.example/thong-bao/anh-bia.jpg",
  paragraphs: ["Nước yếu từ 8 giờ.", "Xem: https://hoi.example/thong-bao/TB-2611-00001"],
};
/** As the reference has it, letter by letter. */
const ARTICLE =
  '{"type":"normal","title":"Cúp nước khu phố 3","author":"Phường Phú Khương",' +
  '"cover":{"cover_type":"photo","photo_url":"https://hoi.example/thong-bao/anh-bia.jpg","status":"show"},' +
  '"description":"Nước yếu từ 8 giờ.","body":[{"type":"text","content":"Nước yếu từ 8 giờ."},' +
  '{"type":"text","content":"Xem: https://hoi.example/thong-bao/TB-2611-00001"}],"status":"show","comment":"hide"}';

/** Answers one call, and gives what it was called with: its bytes and its token. */
function hears(method: "get" | "post", path: string, answer: object) {
  const heard = { body: "", token: "" };
  const platform = nock(HOST);
  platform[method](path).reply(function (_uri, body) {
    heard.body = typeof body === "string" ? body : JSON.stringify(body);
    heard.token = String(this.req.headers.access_token);
    return [200, answer];
  });
  return heard;
}

test("an article is created with these bytes and the bare token, and its token kept", async () => {
  const heard = hears("post", "/v2.0/article/create", { error: 0, data: { token: "t1" } });
  expect(await articles.create(oa, TEXT)).toBe("t1");
  expect(heard).toEqual({ body: ARTICLE, token: oa.accessToken });
});

test("a change names the article first and says the whole of it", async () => {
  const heard = hears("post", "/v2.0/article/update", { error: 0, data: { token: "t2" } });
  expect(await articles.change(oa, "a1", TEXT)).toBe("t2");
  expect(heard.body).toBe(ARTICLE.replace("{", '{"id":"a1",'));
});

test("verify gives the id, or says that it is still being made", async () => {
  const heard = hears("post", "/v2.0/article/verify", { error: 0, data: { id: "a1" } });
  expect(await articles.verify(oa, "t1")).toBe("a1");
  expect(heard.body).toBe('{"token":"t1"}');
  hears("post", "/v2.0/article/verify", { error: -214, message: "processing" });
  await expect(articles.verify(oa, "t1")).rejects.toMatchObject({ code: "-214", errorClass: "later" });
});

test("a broadcast names the article and everybody, or the cities chosen", async () => {
  const answer = { error: 0, data: { message_id: "m1" } };
  const all = hears("post", "/v2.0/oa/message", answer);
  expect(await articles.broadcast(oa, "a1", {})).toBe("m1");
  expect(all.body).toBe(
    '{"recipient":{"target":{}},"message":{"attachment":{"type":"template","payload":' +
      '{"template_type":"media","elements":[{"media_type":"article","attachment_id":"a1"}]}}}}',
  );
  const some = hears("post", "/v2.0/oa/message", answer);
  await articles.broadcast(oa, "a1", { cities: "4,9" });
  expect(some.body).toContain('{"recipient":{"target":{"cities":"4,9"}}');
});

test("the list is asked with plain parameters; removing names the id", async () => {
  const medias = [
    { id: "a1", title: "Cúp nước", link_view: "https://oa.example/a1" },
    { id: "a0", title: "Cũ" },
  ];
  hears("get", "/v2.0/article/getslice?offset=10&limit=10&type=normal", { error: 0, data: { medias } });
  expect(await articles.list(oa, 1)).toEqual([
    { id: "a1", title: "Cúp nước", link: "https://oa.example/a1" },
    { id: "a0", title: "Cũ", link: null },
  ]);
  const heard = hears("post", "/v2.0/article/remove", { error: 0, data: {} });
  await articles.remove(oa, "a1");
  expect(heard.body).toBe('{"id":"a1"}');
});

test("-223 may mean that no articles are left: it is told to a person and stops nobody's account", async () => {
  hears("post", "/v2.0/article/create", { error: -223, message: "OA has not granted" });
  await expect(articles.create(oa, TEXT)).rejects.toMatchObject({ code: "-223", errorClass: "permanent" });
});

test.each([
  ["an answer without an id", 200, { error: 0, data: {} }],
  ["a gateway's error page", 503, "<html>503</html>"],
])("%s leaves the outcome open", async (_name, status, body) => {
  nock(HOST).post("/v2.0/oa/message").reply(status, body);
  await expect(articles.broadcast(oa, "a1", {})).rejects.toMatchObject({ errorClass: "unknown" });
});
