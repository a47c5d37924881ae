import { createHmac } from "node:crypto";
import fc from "fast-check";
import { facebookAccount, fixture } from "../testing/accounts.ts";
import { isSignedByFacebook, readSignedRequest } from "./signature.ts";

const vectors = fixture<{
  webhook: { raw_body: string; header: string; header_if_reserialised: string };
  signed_request: { signed_request: string; app_secret: string };
}>(import.meta.url, "signatures.json");
const { raw_body, header, header_if_reserialised } = vectors.webhook;
const body = Buffer.from(raw_body);
const signed = (value: string) => ({ "x-hub-signature-256": value });
const sign = (secret: string, bytes: Buffer) =>
  signed(`sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`);

test("a webhook signed by Facebook over its escaped letters is taken", () => {
  expect(isSignedByFacebook(signed(header), body, [facebookAccount()])).toBe(true);
  expect(isSignedByFacebook(signed(header_if_reserialised), body, [facebookAccount()])).toBe(false);
});

test("a webhook altered by one byte is refused", () => {
  fc.assert(
    fc.property(fc.nat({ max: body.length - 1 }), fc.integer({ min: 1, max: 255 }), (place, change) => {
      const altered = Buffer.from(body);
      altered[place]! ^= change;
      expect(isSignedByFacebook(signed(header), altered, [facebookAccount()])).toBe(false);
    }),
  );
});

test("no header, the SHA-1 header alone, and an empty secret are refused", () => {
  const sha1 = createHmac("sha1", "app-secret-gia-lap").update(body).digest("hex");
  expect(isSignedByFacebook({}, body, [facebookAccount()])).toBe(false);
  expect(isSignedByFacebook({ "x-hub-signature": `sha1=${sha1}` }, body, [facebookAccount()])).toBe(false);
  expect(isSignedByFacebook(signed(header.slice("sha256=".length)), body, [facebookAccount()])).toBe(false);
  expect(isSignedByFacebook(sign("", body), body, [facebookAccount({ appSecret: "" })])).toBe(false);
  expect(isSignedByFacebook(signed(header), body, [])).toBe(false);
});

test("a signed body that is no JSON is Facebook's all the same", () => {
  const broken = Buffer.from("{");
  const another = facebookAccount({ id: 9, externalId: "55", appSecret: "another-secret" });
  expect(isSignedByFacebook(sign("another-secret", broken), broken, [facebookAccount(), another])).toBe(true);
});

test("the secret of one app does not sign for the Page of another", () => {
  const another = facebookAccount({ id: 9, externalId: "55", appSecret: "another-secret" });
  expect(isSignedByFacebook(sign("another-secret", body), body, [facebookAccount(), another])).toBe(false);
  expect(isSignedByFacebook(signed(header), body, [another, facebookAccount()])).toBe(true);
});

test("a signed request tells whose data to erase", () => {
  const { signed_request, app_secret } = vectors.signed_request;
  const now = new Date(1794789100_000);
  const expected = { userId: "218471", issuedAt: new Date(1794789000_000) };
  expect(readSignedRequest(signed_request, ["", "another", app_secret], now)).toEqual(expected);
  expect(readSignedRequest(signed_request, ["another"], now)).toBeNull();
  expect(readSignedRequest(signed_request, [""], now)).toBeNull();
  expect(readSignedRequest(signed_request, [app_secret], new Date(1794793000_000))).toBeNull(); // expired
});

test("a signed request altered by one character, or of any other shape, is refused", () => {
  const { signed_request, app_secret } = vectors.signed_request;
  const now = new Date(1794789100_000);
  fc.assert(
    fc.property(fc.nat({ max: signed_request.length - 1 }), fc.constantFrom(..."Aa0-_."), (place, letter) => {
      const altered = signed_request.slice(0, place) + letter + signed_request.slice(place + 1);
      // the last character of a base64url signature carries spare bits
      if (altered === signed_request || place === signed_request.indexOf(".") - 1) return;
      expect(readSignedRequest(altered, [app_secret], now)).toBeNull();
    }),
  );
  fc.assert(fc.property(fc.anything(), (value) => readSignedRequest(value, [app_secret], now) === null));
});
