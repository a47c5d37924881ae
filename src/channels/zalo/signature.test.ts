import { createHash } from "node:crypto";
import fc from "fast-check";
import { fixture, zaloAccount } from "../testing/accounts.ts";
import { isSignedByZalo } from "./signature.ts";

const vector = fixture<Record<"raw_body" | "header" | "mac" | "timestamp" | "oa_secret_key", string>>(
  import.meta.url,
  "signatures.json",
);
const body = Buffer.from(vector.raw_body);
const signed = (value: string) => ({ "x-zevent-signature": value });
const mac = (...parts: (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");

test("a webhook signed by Zalo is taken, with or without mac=, in capitals too", () => {
  for (const header of [vector.header, vector.mac, vector.mac.toUpperCase(), `mac = ${vector.mac}`]) {
    expect(isSignedByZalo(signed(header), body, [zaloAccount()])).toBe(true);
  }
});

test("a webhook altered by one byte is refused", () => {
  fc.assert(
    fc.property(fc.nat({ max: body.length - 1 }), fc.integer({ min: 1, max: 255 }), (place, change) => {
      const altered = Buffer.from(body);
      altered[place]! ^= change;
      expect(isSignedByZalo(signed(vector.header), altered, [zaloAccount()])).toBe(false);
    }),
  );
});

test("a signature altered by one character is refused", () => {
  fc.assert(
    fc.property(fc.nat({ max: 63 }), fc.constantFrom(..."0123456789abcdef"), (place, digit) => {
      const altered = vector.mac.slice(0, place) + digit + vector.mac.slice(place + 1);
      expect(isSignedByZalo(signed(altered), body, [zaloAccount()])).toBe(altered === vector.mac);
    }),
  );
});

test("the OA id in the place of the app id counts only where the account is set to it", () => {
  const account = zaloAccount();
  const byOa = mac(account.externalId, body, vector.timestamp, account.webhookSecret);
  const set = zaloAccount({ settings: { ...account.settings, signedWith: "oa_id" } });
  expect(isSignedByZalo(signed(byOa), body, [account])).toBe(false);
  expect(isSignedByZalo(signed(byOa), body, [set])).toBe(true);
  expect(isSignedByZalo(signed(vector.header), body, [set])).toBe(false);
  const bySomethingElse = mac("1", body, vector.timestamp, account.webhookSecret);
  expect(isSignedByZalo(signed(bySomethingElse), body, [account, set])).toBe(false);
});

test("the app secret signs no webhook, and an account without a secret accepts nothing", () => {
  const byAppSecret = mac("3120457788990011223", body, vector.timestamp, "app-secret-gia-lap");
  expect(isSignedByZalo(signed(byAppSecret), body, [zaloAccount()])).toBe(false);
  const byNothing = mac("3120457788990011223", body, vector.timestamp);
  expect(isSignedByZalo(signed(byNothing), body, [zaloAccount({ webhookSecret: "" })])).toBe(false);
});

test("no header, two headers, broken JSON, {} and no accounts are refused quietly", () => {
  expect(isSignedByZalo({}, body, [zaloAccount()])).toBe(false);
  expect(isSignedByZalo({ "x-zevent-signature": [vector.header] }, body, [zaloAccount()])).toBe(false);
  expect(isSignedByZalo(signed(vector.header), Buffer.from("{"), [zaloAccount()])).toBe(false);
  expect(isSignedByZalo(signed(vector.header), Buffer.from("{}"), [zaloAccount()])).toBe(false);
  expect(isSignedByZalo(signed(vector.header), body, [])).toBe(false);
});

test("one OA's secret does not sign for another OA", () => {
  const other = zaloAccount({ id: 9, externalId: "555", appId: "777", webhookSecret: "another-secret" });
  const forged = mac("777", body, vector.timestamp, "another-secret");
  expect(isSignedByZalo(signed(forged), body, [zaloAccount(), other])).toBe(false);
  expect(isSignedByZalo(signed(vector.header), body, [other, zaloAccount()])).toBe(true);
});

test("an event that names only the app is checked with that app's secret; ids sent as numbers lose no digit", () => {
  const raw = Buffer.from(
    '{"user_id":7700135524419980021,"event_name":"user_withdraw","app_id":3120457788990011223,"timestamp":1794790772973}',
  );
  const header = mac("3120457788990011223", raw, "1794790772973", "oa-secret-key-gia-lap");
  expect(isSignedByZalo(signed(header), raw, [zaloAccount()])).toBe(true);
});

test("whatever comes as body or header is refused and never thrown at", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string({ unit: "binary" }), (bytes, header) => {
      expect(isSignedByZalo(signed(header), Buffer.from(bytes), [zaloAccount()])).toBe(false);
    }),
  );
});
