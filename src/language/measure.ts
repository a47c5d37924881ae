/** A model on the sentences kept apart, and whether it may take the place of another. */
import { foldDiacritics } from "./diacritics.ts";
import { calibration, scores, scoresByLabel, type LabelScore } from "./evaluation.ts";
import { decodeModel } from "./model.ts";
import type { Example } from "./corpus.ts";
import { Engine } from "./understand.ts";

/** Shares from 0 to 1, to four places. */
export interface ModelMeasures {
  accuracy: number;
  macroF1: number;
  /** Accuracy where every diacritic is taken away. */
  bare: number;
  /** Expected distance of confidence and accuracy. */
  calibrationError: number;
}

/** By chance alone a model may be this much worse on as many sentences: half a standard error. */
const SLACK = 0.005;

export const isWorse = (fresh: ModelMeasures, current: ModelMeasures): boolean =>
  fresh.accuracy + SLACK < current.accuracy;

/** @param file as encodeModel makes it. @throws where it is of an older kind. */
export function measureModel(file: Buffer, kept: Example[]): ModelMeasures & { labels: LabelScore[] } {
  const engine = new Engine(decodeModel(file), "");
  const truth = kept.map(({ intent }) => intent);
  const read = (texts: string[]) =>
    texts.map((text, at) => {
      const { name, confidence } = engine.read(text).readings[0]!;
      return { truth: truth[at]!, found: name, confidence };
    });
  const judged = read(kept.map(({ text }) => text));
  const bare = read(kept.map(({ text }) => foldDiacritics(text)));
  const found = (all: { found: string }[]) => all.map((each) => each.found);
  const { accuracy, macroF1 } = scores(truth, found(judged));
  return {
    accuracy: round(accuracy),
    macroF1: round(macroF1),
    bare: round(scores(truth, found(bare)).accuracy),
    calibrationError: round(calibration(judged).error),
    labels: scoresByLabel(truth, found(judged)),
  };
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;
