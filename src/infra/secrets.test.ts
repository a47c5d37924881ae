import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { createSecretBox } from "./secrets.ts";

const newKey = () => randomBytes(32).toString("base64");

test("what is sealed opens again, whatever it is", () => {
  const box = createSecretBox(newKey());
  fc.assert(fc.property(fc.string({ unit: "binary" }), (plain) => box.open(box.seal(plain)) === plain));
});

test("a sealed secret altered anywhere does not open", () => {
  const box = createSecretBox(newKey());
  const sealed = box.seal("EAAG-page-token");
  fc.assert(
    fc.property(fc.nat({ max: sealed.length - 1 }), fc.constantFrom("A", "b", "9"), (place, letter) => {
      const altered = sealed.slice(0, place) + letter + sealed.slice(place + 1);
      const isSame = Buffer.from(altered.split(".").at(-1)!, "base64url").equals(
        Buffer.from(sealed.split(".").at(-1)!, "base64url"),
      );
      if (altered === sealed || (isSame && altered.slice(0, -3) === sealed.slice(0, -3))) return;
      expect(() => box.open(altered)).toThrow();
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
