import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { readCorpus, type Corpus } from "./corpus.ts";
import { foldDiacritics } from "./diacritics.ts";

/** The catalogue: what a resident may mean. */
const INTENTS = `
  greeting thanks goodbye help affirm deny cancel human praise complaint.service emergency
  report.lighting report.waste report.construction report.advertising report.urban_order report.traffic report.road
  report.drainage report.trees report.utilities report.environment report.noise report.security report.food_safety
  report.animals report.conduct report.other report.status
  procedure.info procedure.documents procedure.fee procedure.time procedure.where procedure.online dossier.status
  office.hours office.location office.contact
  land.parcel land.planning land.use_type land.price
  announcement.latest announcement.verify subscription.add subscription.remove
  environment.reading privacy.info privacy.export privacy.erase out_of_scope`
  .trim()
  .split(/\s+/u);

const MINIMUM = 100;
const MINIMUM_OF_OUR_WORK = 150;
const MINIMUM_OF_STRANGERS = 500;
const OUR_WORK = /^(?:report|procedure|dossier|land|announcement)\./u;

function minimumOf(intent: string): number {
  if (intent === "out_of_scope") return MINIMUM_OF_STRANGERS;
  return OUR_WORK.test(intent) ? MINIMUM_OF_OUR_WORK : MINIMUM;
}

const corpus = await readCorpus("intents");
const sentences = [...corpus.train, ...corpus.kept];
const multi = [...corpus.multiTrain, ...corpus.multiKept];
const check = readFileSync("src/language/testing/check.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { text: string; intent: string; style: string });

/** What is left of a message when diacritics, capitals and punctuation are gone. */
function bareForm(text: string): string {
  const words = foldDiacritics(text.normalize("NFC").toLowerCase()).match(/[\p{L}\p{N}]+/gu);
  return words ? words.join(" ") : text.trim();
}

function repeated(texts: string[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text) => seen.size === seen.add(bareForm(text)).size);
}

describe("the sentences we learn from", () => {
  test("speak of every intent of the catalogue and of no other", () => {
    expect([...new Set(sentences.map(({ intent }) => intent))].sort()).toEqual([...INTENTS].sort());
    expect(multi.flatMap(({ intents }) => intents).filter((intent) => !INTENTS.includes(intent))).toEqual([]);
  });

  test("never stand twice, within an intent or across intents, with or without diacritics", () => {
    expect(repeated([...sentences, ...multi].map(({ text }) => text))).toEqual([]);
  });

  test("are many enough for each intent", () => {
    const few = INTENTS.filter(
      (intent) => sentences.filter((sentence) => sentence.intent === intent).length < minimumOf(intent),
    );
    expect(few).toEqual([]);
  });

  test("are split so that about 15 % are kept apart", () => {
    const share = ({ kept, train }: Corpus) => kept.length / (kept.length + train.length);
    expect(share(corpus)).toBeGreaterThan(0.12);
    expect(share(corpus)).toBeLessThan(0.18);
  });

  test("ask at least two different things where they are said to ask several", () => {
    expect(multi.filter(({ intents }) => new Set(intents).size < 2)).toEqual([]);
  });
});

describe("the sentences we check ourselves with", () => {
  test("carry known intents and styles", () => {
    const styles = ["plain", "bare", "teencode", "dialect", "long", "short"];
    expect(check.filter(({ intent, style }) => !INTENTS.includes(intent) || !styles.includes(style))).toEqual(
      [],
    );
    expect(INTENTS.filter((intent) => !check.some((row) => row.intent === intent))).toEqual([]);
  });

  test("are none of those we learn from", () => {
    const learnt = new Set([...sentences, ...multi].map(({ text }) => bareForm(text)));
    expect(check.filter(({ text }) => learnt.has(bareForm(text)))).toEqual([]);
  });
});
