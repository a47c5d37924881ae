import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "dotenv";
import { environment, readConfig } from "./config.ts";

const example = readFileSync(path.resolve(import.meta.dirname, "../.env.example"), "utf8");
const named = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]!);

test(".env.example explains every setting, and none that is not there", () => {
  expect(named.sort()).toEqual(Object.keys(environment.shape).sort());
});

test("a copy of .env.example changes nothing", () => {
  expect(readConfig(parse(example))).toEqual(readConfig({}));
});

test("production does not start without its key and its address", () => {
  expect(() => readConfig({ MODE: "production" })).toThrow(
    /APP_KEY: 32 random bytes[^]*PUBLIC_URL: the https address/,
  );
});

test("in demo mode the platforms are the service's own simulator, in production the real ones", () => {
  expect(readConfig({ PORT: "4000" }).ZALO_API_URL).toBe("http://127.0.0.1:4000/simulator/zalo");
  const settings = {
    MODE: "production",
    APP_KEY: Buffer.alloc(32).toString("base64"),
    PUBLIC_URL: "https://a.vn/",
  };
  expect(readConfig(settings)).toMatchObject({
    PUBLIC_URL: "https://a.vn",
    ZALO_API_URL: "https://openapi.zalo.me",
  });
});

test("a key of the wrong length is told before it seals anything", () => {
  expect(() => readConfig({ APP_KEY: "secret" })).toThrow(/APP_KEY: needs 32 bytes in base64/);
});
