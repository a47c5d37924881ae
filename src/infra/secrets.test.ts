import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { createSecretBox } from "./secrets.ts";

const newKey = () => randomBytes(32).toString("base64");

test("what is sealed opens again, whatever it is", () => {
  const box = createSecretBox(newKey());
  fc.assert(fc.property(fc.string({ unit: "binary" }), (plain) => box.open(box.seal(plain)) === plain));
});

test("a sealed secret with one bit altered does not open", () => {
  const box = createSecretBox(newKey());
  const parts = box.seal("EAAG-page-token").split(".");
  fc.assert(
    fc.property(fc.constantFrom(2, 3, 4), fc.nat(), fc.nat({ max: 7 }), (part, place, bit) => {
      const bytes = Buffer.from(parts[part]!, "base64url");
      bytes[place % bytes.length]! ^= 1 << bit;
      expect(() => box.open(parts.with(part, bytes.toString("base64url")).join("."))).toThrow();
    }),
  );
});

test("a key is changed by putting the new one in front: old secrets open and are known to be stale", () => {
  const [oldKey, freshKey] = [newKey(), newKey()];
  const sealed = createSecretBox(oldKey).seal("secret");
  const box = createSecretBox(`${freshKey},${oldKey}`);
  expect(box.open(sealed)).toBe("secret");
  expect(box.isStale(sealed)).toBe(true);
  expect(box.isStale(box.seal("secret"))).toBe(false);
  expect(() => createSecretBox(freshKey).open(sealed)).toThrow(/not in APP_KEY/);
});
