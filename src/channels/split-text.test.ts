import fc from "fast-check";
import { splitText } from "./split-text.ts";

const sentence = "Hồ sơ gồm tờ khai và giấy khai sinh. ";
const bare = (text: string) => text.normalize("NFC").replace(/\s+/g, "");

test("a text that fits stays one message, even an empty one", () => {
  expect(splitText("Dạ, phường đã nhận.", 2000)).toEqual(["Dạ, phường đã nhận."]);
  expect(splitText("", 2000)).toEqual([""]);
});

test("length is counted composed: a text typed with loose marks is no longer than it looks", () => {
  const loose = "ế".normalize("NFD").repeat(2000);
  expect(loose.length).toBe(6000);
  expect(splitText(loose, 2000)).toEqual(["ế".repeat(2000)]);
});

test("a long text is cut after a sentence", () => {
  const parts = splitText(sentence.repeat(100).trim(), 2000);
  expect(parts).toHaveLength(2);
  for (const part of parts) expect(part).toMatch(/^Hồ sơ.*khai sinh\.$/);
});

test("a numbered choice is never parted from its number, nor “TP.” from its name", () => {
  const menu = Array.from({ length: 40 }, (_, index) => `${index + 1}. Đèn đường hỏng, ổ gà`).join("\n");
  for (let limit = 60; limit < 200; limit++) {
    for (const part of splitText(menu, limit)) expect(part).toMatch(/^\d+\. Đèn(.|\n)*ổ gà$/);
  }
  const address = "Trụ sở tại TP. Bến Tre và TP. Vĩnh Long, ";
  for (const part of splitText(address.repeat(30), 200)) expect(part).not.toMatch(/TP\.$/);
});

test("without sentences it is cut at a space, without spaces between letters", () => {
  expect(splitText("đường ngập sâu", 10)).toEqual(["đường ngập", "sâu"]);
  expect(splitText("a".repeat(25), 10)).toEqual(["a".repeat(10), "a".repeat(10), "a".repeat(5)]);
});

test("no cut falls inside an emoji or a letter with its marks", () => {
  const family = "👨‍👩‍👧‍👦";
  for (const part of splitText(family.repeat(20), 30))
    expect(part).toMatch(new RegExp(`^(${family})+$`, "u"));
  const marked = "x\u0323\u0309";
  for (const part of splitText(marked.repeat(20), 10))
    expect(part).toMatch(new RegExp(`^(${marked})+$`, "u"));
});

test("nothing is lost, everything fits, and no surrogate pair is torn, whatever the text", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.string({ unit: "binary", maxLength: 300 }),
    fc
      .array(fc.constantFrom("Dạ. ", "\n", "1. ", "🌊", "ệ", "e\u0323\u0302", "   ", "x"))
      .map((all) => all.join("")),
  );
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 50 }), (text, limit) => {
      const parts = splitText(text, limit);
      expect(bare(parts.join(""))).toBe(bare(text));
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
      if (!/\p{Cs}/u.test(text)) expect(parts.filter((part) => /\p{Cs}/u.test(part))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("a million characters are split in no time", () => {
  const started = performance.now();
  expect(splitText(sentence.repeat(27_000), 2000).length).toBeGreaterThan(490);
  splitText("a".repeat(1_000_000), 2000);
  expect(performance.now() - started).toBeLessThan(2000);
});
