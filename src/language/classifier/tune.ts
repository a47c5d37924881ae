import { bestVoice, joined, largest, type HeldOut, type TrainingSet, type TrainOptions } from "./train.ts";

/** One way to read messages, prepared for training when it is asked for. */
export interface WayToRead {
  name: string;
  prepare(): TrainingSet;
}

export interface Choice {
  way: WayToRead;
  set: TrainingSet;
  settings: TrainOptions;
}

/** What all candidates may cost together, in features times classes times folds: a few seconds on a slow core. */
const BUDGET = 1.2e8;
const CANDIDATES = 7;
/** A candidate must be right about two more in a thousand held-out messages, so that chance does not choose. */
const CLEARLY_BETTER = 0.002;

/**
 * Chooses, by cross-validation on the training set alone, how to read and fit sentences of an unknown kind. One
 * setting at a time, in a fixed order and within a fixed amount of work, so that the same set yields the same model.
 */
export function chooseSettings(
  [usualWay, ...otherWays]: [WayToRead, ...WayToRead[]],
  usual: TrainOptions,
): Choice {
  const choice: Choice = { way: usualWay, set: usualWay.prepare(), settings: usual };
  const perFold = (choice.set.work * (usual.folds - 1)) / usual.folds;
  const rounds = Math.max(1, Math.min(usual.folds, Math.floor(BUDGET / (perFold * CANDIDATES))));
  let left = Math.floor(BUDGET / (perFold * rounds)) - 1;
  if (left < 1) return choice;
  let best = quality(choice.set.crossValidate(usual, rounds));

  const attempt = (settings: TrainOptions, way?: WayToRead): boolean => {
    if (left-- <= 0) return false;
    const set = way ? way.prepare() : choice.set;
    const found = quality(set.crossValidate(settings, rounds));
    if (found < best + CLEARLY_BETTER) return false;
    best = found;
    Object.assign(choice, { set, settings }, way && { way });
    return true;
  };
  const fitted = (svm: Partial<TrainOptions["svm"]>) =>
    attempt({ ...choice.settings, svm: { ...choice.settings.svm, ...svm } });
  const weighed = (shares: Partial<TrainOptions["shares"]>) =>
    attempt({ ...choice.settings, shares: { ...choice.settings.shares, ...shares } });

  if (fitted({ cost: usual.svm.cost / 4 })) fitted({ cost: usual.svm.cost / 12 });
  else fitted({ cost: usual.svm.cost * 3 });
  for (const way of otherWays) attempt(choice.settings, way);
  if (!weighed({ letters: usual.shares.letters * 1.7 })) weighed({ letters: usual.shares.letters / 1.7 });
  fitted({ balance: 0 });
  return choice;
}

/** The share read rightly, as typed and without diacritics, each counting half. */
function quality(heldOut: HeldOut[]): number {
  const voice = bestVoice(heldOut);
  let right = 0;
  for (const each of heldOut) {
    if (largest(joined(each, voice)) === each.label) right += 0.5;
    if (largest(each.margins.bare) === each.label) right += 0.5;
  }
  return right / Math.max(1, heldOut.length);
}
