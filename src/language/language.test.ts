import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import loadWabt from "wabt";
import { auroc, calibration, scores } from "./evaluation.ts";
import {
  decodeModel,
  encodeModel,
  engineOf,
  foldDiacritics,
  loadEngine,
  normalise,
  trainModel,
  trainTuned,
} from "./index.ts";
import { NO_WORDS } from "./train-model.ts";
import { OUT_OF_SCOPE, type LanguageEngine } from "./types.ts";

describe("one spelling for what people write in many", () => {
  test.each([
    ["HOÀ", "hòa"],
    ["thuỷ", "thủy"],
    ["hòan", "hoàn"],
    ["quý", "quý"],
    ["đẹpppp", "đẹp"],
    ["  a \n b ", "a b"],
  ])("“%s” is “%s”", (typed, expected) => expect(normalise(typed)).toBe(expected));

  test("normalising twice changes nothing more", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => normalise(normalise(text)) === normalise(text)),
    );
  });
});

const lamps = [
  "đèn đường tắt",
  "bóng đèn cháy",
  "trụ đèn không sáng",
  "đèn hẻm hư rồi",
  "tối thui vì đèn tắt",
];
const rubbish = [
  "rác chất đống",
  "không ai lấy rác",
  "xe rác không tới",
  "đổ rác trước nhà",
  "bịch rác hôi quá",
];
const examples = [
  ...lamps.map((text) => ({ text, intent: "report.lighting" })),
  ...rubbish.map((text) => ({ text, intent: "report.waste" })),
];

describe("a model", () => {
  test("trained twice on the same sentences is the same to the byte", () => {
    expect(encodeModel(trainModel(examples)).equals(encodeModel(trainModel(examples)))).toBe(true);
    expect(
      encodeModel(trainTuned(examples, NO_WORDS)).equals(encodeModel(trainTuned(examples, NO_WORDS))),
    ).toBe(true);
  });

  test("comes out of its file as it went in", () => {
    const file = encodeModel(trainModel(examples));
    expect(encodeModel(decodeModel(file)).equals(file)).toBe(true);
  });

  test("of an older kind is refused with what to do", () => {
    expect(() => decodeModel(Buffer.from("hoi-phuong language model 1\n"))).toThrow("npm run train");
  });

  test("reads what it has learnt, with diacritics and without", () => {
    const engine = engineOf(trainModel(examples));
    for (const { text, intent } of examples) {
      expect(engine.understand(text).readings[0]?.name).toBe(intent);
      expect(engine.understand(foldDiacritics(text)).readings[0]?.name).toBe(intent);
    }
  });
});

test("the scoring kernel is what its text says", async () => {
  const { parseWat } = await loadWabt();
  const text = readFileSync(new URL("classifier/kernel.wat", import.meta.url), "utf8");
  const built = Buffer.from(parseWat("kernel.wat", text, { simd: true }).toBinary({}).buffer);
  expect(built.equals(readFileSync(new URL("classifier/kernel.wasm", import.meta.url)))).toBe(true);
});

describe("the shipped engine", () => {
  let engine: LanguageEngine;
  beforeAll(async () => {
    engine = await loadEngine();
  });
  const intents = (text: string, expecting?: string[]) =>
    engine.understand(text, expecting ? { expecting } : {}).intents.map(({ name }) => name);

  test.each([
    ["đèn đường trước nhà tắt 3 bữa nay", "report.lighting"],
    ["den duong truoc nha tat 3 bua nay", "report.lighting"],
    ["lm giấy khai sinh cần j v ad", "procedure.documents"],
    ["xổ số hôm nay ra con gì", OUT_OF_SCOPE],
    ["phản ánh hôm bữa tới đâu rồi", "report.status"],
  ])("“%s” is %s", (text, intent) => expect(intents(text)).toContain(intent));

  test("what is asked after a word of thanks is heard, and comes first", () => {
    expect(intents("cảm ơn em, à mà mấy ngày thì có kết quả vậy")).toEqual(["procedure.time", "thanks"]);
    expect(intents("cảm ơn em, vậy là tui biết rồi")).toEqual(["thanks"]);
  });

  test("two requests in one message are both found", () => {
    expect(intents("đèn đường hư, sẵn cho hỏi làm khai sinh cần giấy gì").sort()).toEqual([
      "procedure.documents",
      "report.lighting",
    ]);
  });

  test("the question just asked narrows the reading", () => {
    const chance = (expecting: string[]) =>
      engine.understand("ừa", { expecting }).readings.find(({ name }) => name === "affirm")?.confidence ?? 0;
    expect(chance(["affirm"])).toBeGreaterThan(chance([]));
  });

  test("nothing anybody writes upsets it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const { intents: found, readings } = engine.understand(text);
        expect(found.length).toBeGreaterThan(0);
        for (const { confidence } of [...found, ...readings])
          expect(confidence >= 0 && confidence <= 1).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe("measures", () => {
  test("accuracy and macro F1", () => {
    expect(scores(["a", "a", "b"], ["a", "b", "b"])).toEqual({ accuracy: 2 / 3, macroF1: 2 / 3 });
  });
  test("AUROC counts ties half", () => {
    expect(auroc([1, 2], [0, 1])).toBe(0.875);
  });
  test("a reader who is always half sure and half right is calibrated", () => {
    const judged = ["a", "b"].map((found) => ({ truth: "a", found, confidence: 0.5 }));
    expect(calibration(judged).error).toBe(0);
  });
});
