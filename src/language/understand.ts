import { chances, sharpnessOf } from "./classifier/calibrate.ts";
import { accentedVoice, LinearModel } from "./classifier/linear-model.ts";
import { inScope, scopeSigns } from "./classifier/scope.ts";
import { EntityFinder } from "./entities/index.ts";
import { requestAfterOpening, secondRequest, type Read } from "./requests.ts";
import { Reader } from "./reader.ts";
import { Teencode } from "./teencode.ts";
import type { LanguageModel } from "./model.ts";
import {
  OUT_OF_SCOPE,
  type Gazetteer,
  type LanguageEngine,
  type Reading,
  type Understanding,
  type UnderstandOptions,
} from "./types.ts";
import { tongueOf } from "./tongue.ts";

export class Engine implements LanguageEngine {
  private readonly reader: Reader;
  private readonly linear: LinearModel;
  /** Where `out_of_scope` stands among the labels; −1 if it is none. */
  private readonly stranger: number;
  private shipped?: EntityFinder;
  private readonly finders = new WeakMap<Gazetteer, EntityFinder>();

  constructor(
    private readonly model: LanguageModel,
    readonly modelVersion: string,
  ) {
    this.reader = new Reader(new Teencode(model.teencode));
    this.linear = new LinearModel(model.classifier);
    this.stranger = this.linear.labels.indexOf(OUT_OF_SCOPE);
  }

  understand(text: string, options: UnderstandOptions = {}): Understanding {
    const whole = this.read(text, options.expecting);
    return {
      text,
      readings: whole.readings.slice(0, 5),
      intents: this.intents(text, whole, options.expecting),
      entities: this.finder(options.gazetteer).find(text, options.now ?? new Date()),
      language: tongueOf(text, options.talk),
    };
  }

  /** The best readings of one stretch of text, the surest first, and whether it is ours at all. */
  read(text: string, expecting: readonly string[] = []): Read & { scope: number } {
    const { labels } = this.linear;
    const message = this.reader.read(text);
    const { margins, known } = this.linear.score(message);
    const sharpness = sharpnessOf(this.model.sharpness, accentedVoice(message.accented));
    const probability = chances(margins, sharpness);
    const scope = inScope(
      this.model.scope,
      scopeSigns(this.stranger, probability, margins, sharpness, known),
    );
    if (expecting.length > 0) favour(labels, probability, expecting);
    const readings = strongest(labels, probability);
    const expected = expecting.includes(readings[0]?.name ?? "");
    const plain =
      message.words.length <= SHORT &&
      (readings[0]?.confidence ?? 0) >= PLAIN &&
      readings[0]?.name !== OUT_OF_SCOPE;
    return { readings, ours: expected || plain || scope >= this.model.scope.bar, scope };
  }

  /** One intent, or two where the message asks two things; the surest first. */
  private intents(text: string, whole: Read, expecting?: readonly string[]): Reading[] {
    const main = whole.readings.find(({ name }) => name !== OUT_OF_SCOPE);
    if (!main || !whole.ours) return [stranger(whole.readings)];
    const read = (part: string) => this.read(part, expecting);
    const two = secondRequest(text, whole.readings, read);
    if (!two) return requestAfterOpening(text, read) ?? [main];
    const both = two.some(({ name }) => name === main.name)
      ? two.map((one) => (one.name === main.name ? main : one))
      : two;
    return both.sort((one, other) => other.confidence - one.confidence);
  }

  /** A running service passes the same gazetteer again and again: its index is made once. */
  private finder(extra?: Gazetteer): EntityFinder {
    if (!extra) return (this.shipped ??= new EntityFinder(this.model.gazetteer));
    let finder = this.finders.get(extra);
    if (!finder) this.finders.set(extra, (finder = new EntityFinder(joined(this.model.gazetteer, extra))));
    return finder;
  }
}

function joined(one: Gazetteer, other: Gazetteer): Gazetteer {
  const both = <Item>(pick: (gazetteer: Gazetteer) => Item[] | undefined) => [
    ...(pick(one) ?? []),
    ...(pick(other) ?? []),
  ];
  return {
    wards: both(({ wards }) => wards),
    streets: both(({ streets }) => streets),
    hamlets: both(({ hamlets }) => hamlets),
    lampPoles: both(({ lampPoles }) => lampPoles),
    landUseCodes: both(({ landUseCodes }) => landUseCodes),
    landmarks: both(({ landmarks }) => landmarks),
  };
}

/** One word gives the bar too few signs: a reading this sure of it is ours ("alo"). */
const SHORT = 1;
const PLAIN = 0.95;

/** How much likelier the awaited answers are than out of the blue. */
const EXPECTED = 8;

function favour(labels: readonly string[], probability: Float64Array, expecting: readonly string[]): void {
  for (const name of expecting) {
    const at = labels.indexOf(name);
    if (at >= 0) probability[at]! *= EXPECTED;
  }
  const sum = probability.reduce((whole, each) => whole + each, 0);
  for (let k = 0; k < probability.length; k++) probability[k]! /= sum;
}

function stranger(readings: Reading[]): Reading {
  const said = readings.find(({ name }) => name === OUT_OF_SCOPE);
  return { name: OUT_OF_SCOPE, confidence: said?.confidence ?? 1 - (readings[0]?.confidence ?? 0) };
}

const RANKED = 5;

/** The likeliest labels; of equal ones, the first by name. */
function strongest(labels: readonly string[], probability: Float64Array): Reading[] {
  const best: number[] = [];
  for (let k = 0; k < probability.length; k++) {
    const chance = probability[k]!;
    if (best.length === RANKED && chance <= probability[best[RANKED - 1]!]!) continue;
    let place = best.length;
    while (place > 0 && chance > probability[best[place - 1]!]!) place--;
    best.splice(place, 0, k);
    if (best.length > RANKED) best.pop();
  }
  return best.map((k) => ({ name: labels[k]!, confidence: probability[k]! }));
}
