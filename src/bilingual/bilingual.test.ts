/** Pages in two languages, and the catalogue that holds the second. */
import express from "express";
import supertest from "supertest";
import { readCatalogue } from "./catalogue.ts";
import { addressIn, drawInChosenLanguage } from "./choice.ts";
import { inLanguage, t, vi } from "./index.ts";
import { markedIn, sources } from "./testing/sentences.ts";

const catalogue = readCatalogue();
const marked = sources().flatMap(markedIn);
const places = (sentence: string) => [...new Set(sentence.match(/\{\d+(?=[:}])/g))].sort();
const tags = (sentence: string) => (sentence.match(/<[^>]*>/g) ?? []).sort();

describe("the catalogue", () => {
  test("has the English of every sentence that is marked", () => {
    const known = new Set(catalogue.map(({ vietnamese }) => vietnamese));
    expect(marked.filter(({ key }) => !known.has(key)).map(({ place, key }) => `${place}: ${key}`)).toEqual(
      [],
    );
  });

  test("has nothing that no page says, and says nothing in two ways", () => {
    const said = new Set(marked.map(({ key }) => key));
    expect(catalogue.filter(({ vietnamese }) => !said.has(vietnamese))).toEqual([]);
    const last = new Map(catalogue.map(({ vietnamese, english }) => [vietnamese, english]));
    expect(catalogue.filter(({ vietnamese, english }) => last.get(vietnamese) !== english)).toEqual([]);
  });

  test("keeps places to fill and tags as they are, and has no Vietnamese left", () => {
    const wrong = catalogue.filter(
      ({ vietnamese, english }) =>
        typeof english !== "string" ||
        english.trim() === "" ||
        `${places(vietnamese)}` !== `${places(english)}` ||
        `${tags(vietnamese)}` !== `${tags(english)}` ||
        /[ạ-ỹđăơư]/i.test(
          english.replace(/[“"][^”"]*[”"]|Hỏi Phường|Bến Tre|Việt Nam|Tiếng Việt|đồng|Đ/gu, ""),
        ),
    );
    expect(wrong).toEqual([]);
  });
});

test("a sentence is said in the language of the page, and in Vietnamese where there is none", () => {
  expect(t`Đăng nhập`).toBe("Đăng nhập");
  expect(inLanguage("en", () => t`Đăng nhập`)).toBe("Sign in");
  expect(inLanguage("en", () => t.of(vi`Đăng nhập`))).toBe("Sign in");
  expect(inLanguage("en", () => t.of("chữ của người dân"))).toBe("chữ của người dân");
});

test("values in markup are escaped, whichever the language", () => {
  const named = (name: string) => t.html`Còn <strong>${name}</strong> mã dự phòng.`;
  expect(named("<i>")).toBe("Còn <strong>&lt;i></strong> mã dự phòng.");
  expect(inLanguage("en", () => named("<i>"))).toBe("<strong>&lt;i></strong> backup codes left.");
});

test("English chooses the word by the number", () => {
  const wait = (minutes: number) => t`Đã thử quá nhiều lần. Chờ ${minutes} phút rồi thử lại.`;
  expect(inLanguage("en", () => [wait(1), wait(2)])).toEqual([
    "Too many attempts. Wait 1 minute and try again.",
    "Too many attempts. Wait 2 minutes and try again.",
  ]);
});

describe("the language of a page", () => {
  const app = express();
  app.use(drawInChosenLanguage(false));
  app.get("/", (_request, response) => void response.send(t`Đăng nhập`));

  test("is Vietnamese, whatever the browser prefers, until somebody chooses", async () => {
    const { text, headers } = await supertest(app).get("/").set("accept-language", "en-GB");
    expect([text, headers["set-cookie"]]).toEqual(["Đăng nhập", undefined]);
    expect((await supertest(app).get("/").set("cookie", "a=b; lang=xx")).text).toBe("Đăng nhập");
  });

  test("is kept in the browser once chosen", async () => {
    const browser = supertest.agent(app);
    expect((await browser.get("/?lang=en")).text).toBe("Sign in");
    expect((await browser.get("/")).text).toBe("Sign in");
    expect((await browser.get("/?lang=vi")).text).toBe("Đăng nhập");
    expect((await browser.get("/")).text).toBe("Đăng nhập");
  });

  test("is changed on the same page with the same filters", () => {
    expect(addressIn("en", "/phan-anh?ward=28756&lang=vi")).toBe("/phan-anh?ward=28756&lang=en");
    expect(addressIn("en", "//evil.example/a")).toBe("/a?lang=en");
  });
});
