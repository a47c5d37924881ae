import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readVocabularies } from "../train-model.ts";
import { EntityFinder } from "./index.ts";

interface GoldMessage {
  text: string;
  entities: { type: string; value: unknown }[];
}

const NOW = new Date("2026-11-24T09:00:00+07:00"); // a Tuesday
const gold = readFileSync(new URL("../testing/entities.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as GoldMessage);

let finder: EntityFinder;
beforeAll(async () => {
  finder = new EntityFinder((await readVocabularies("intents")).gazetteer);
});

const named = (entities: { type: string; value: unknown }[]) =>
  entities.map(({ type, value }) => `${type} ${JSON.stringify(value)}`).sort();

test.each(gold)("“$text”", ({ text, entities }) => {
  expect(named(finder.find(text, NOW))).toEqual(named(entities));
});

describe("whatever is written", () => {
  const scraps = fc.constantFrom(
    ..."thửa 125|tờ 12|p8|phường 8|kp 3|ấp Phú Thành|45/7B|Nguyễn Huệ|NH-045|H07.20-261102-0012|PA-2611-00012".split(
      "|",
    ),
    ..."0912 345 678|sáng mai|thứ hai tuần sau|15/4|CLN|10.2433, 106.3756|1132497.94 568698.60|🙂|đường|,|\n|số|3".split(
      "|",
    ),
  );
  const messages = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(scraps, { maxLength: 8 }).map((all) => all.join(" ")),
  );

  test("an entity is where it says it is", () => {
    fc.assert(
      fc.property(messages, (text) => {
        for (const { start, end, text: found } of finder.find(text, NOW)) {
          expect(start).toBeLessThan(end);
          expect(text.slice(start, end)).toBe(found);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("letters composed or decomposed say the same", () => {
    fc.assert(
      fc.property(messages, (text) => {
        const composed = finder.find(text.normalize("NFC"), NOW);
        expect(named(finder.find(text.normalize("NFD"), NOW))).toEqual(named(composed));
      }),
      { numRuns: 100 },
    );
  });
});

test("a dossier code stands for a day that has come", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("2015-01-02"), max: new Date("2035-01-01"), noInvalidDate: true }),
      (day) => {
        const digits = day.toISOString().slice(2, 10).replaceAll("-", "");
        const found = finder
          .find(`hồ sơ H07.20-${digits}-0012`, NOW)
          .some(({ type }) => type === "dossier_code");
        expect(found).toBe(day.getTime() < Date.parse("2026-11-26T00:00:00Z"));
      },
    ),
  );
});

test("a parcel is read in any order and spelling", () => {
  const number = fc.integer({ min: 1, max: 9999 });
  const spellings = fc.constantFrom<(sheet: number, parcel: number) => string>(
    (sheet, parcel) => `tờ ${sheet} thửa ${parcel}`,
    (sheet, parcel) => `thua ${parcel} to ${sheet}`,
    (sheet, parcel) => `Thửa đất số ${parcel}, tờ bản đồ số ${sheet}`,
    (sheet, parcel) => `to ${sheet}/thua ${parcel}`,
    (sheet, parcel) => `tờ${sheet}thửa${parcel}`,
    (sheet, parcel) => `parcel ${parcel} sheet ${sheet}`,
    (sheet, parcel) => `map sheet no. ${sheet}, parcel number ${parcel}`,
  );
  fc.assert(
    fc.property(number, number, spellings, (sheet, parcel, spell) => {
      expect(finder.find(spell(sheet, parcel), NOW).map(({ value }) => value)).toEqual([{ sheet, parcel }]);
    }),
  );
});

test("a phone number keeps its digits however they are set apart", () => {
  const gaps = fc.array(fc.constantFrom("", " ", ".", "-"), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(fc.integer({ min: 1_000_000, max: 9_999_999 }), gaps, (rest, between) => {
      const digits = `091${rest}`;
      const typed = [...digits].map((digit, at) => digit + (between[at] ?? "")).join("");
      expect(finder.find(`gọi ${typed} nha`, NOW)).toMatchObject([
        { type: "phone", value: digits, text: typed },
      ]);
    }),
  );
});

test("a name that two wards bear yields both", () => {
  expect(named(finder.find("Sơn Đông ngập", NOW))).toEqual(['ward "Phường Sơn Đông"', 'ward "Xã Sơn Đông"']);
});
