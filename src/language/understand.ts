import { chances, sharpnessOf } from "./classifier/calibrate.ts";
import { accentedVoice, LinearModel } from "./classifier/linear-model.ts";
import { inScope, scopeSigns } from "./classifier/scope.ts";
import { clausesOf } from "./clauses.ts";
import { EntityFinder } from "./entities/index.ts";
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

/** A clause must be this sure of its own intent to count beside the main one. */
const SECOND_INTENT = 0.5;
const SMALL_TALK = new Set(["greeting", "thanks", "goodbye", "affirm", "deny", "help"]);

export class Engine implements LanguageEngine {
  private readonly reader: Reader;
  private readonly linear: LinearModel;
  private shipped?: EntityFinder;
  private readonly finders = new WeakMap<Gazetteer, EntityFinder>();

  constructor(
    private readonly model: LanguageModel,
    readonly modelVersion: string,
  ) {
    this.reader = new Reader(new Teencode(model.teencode));
    this.linear = new LinearModel(model.classifier);
  }

  understand(text: string, options: UnderstandOptions = {}): Understanding {
    const whole = this.read(text, options.expecting);
    return {
      text,
      readings: whole.readings.slice(0, 5),
      intents: this.intents(text, whole, options.expecting),
      entities: this.finder(options.gazetteer).find(text, options.now ?? new Date()),
      language: "vi",
    };
  }

  /** The ranked readings of one stretch of text, and whether it is ours at all. */
  read(text: string, expecting: string[] = []): { readings: Reading[]; ours: boolean; scope: number } {
    const message = this.reader.read(text);
    const { margins, known } = this.linear.score(message);
    const sharpness = sharpnessOf(this.model.sharpness, accentedVoice(message.accented));
    const probability = chances(margins, sharpness);
    const scope = inScope(this.model.scope, scopeSigns(this.linear.labels, probability, known));
    let sum = 0;
    const readings = this.linear.labels.map((name, k) => {
      const confidence = probability[k]! * (expecting.includes(name) ? EXPECTED : 1);
      sum += confidence;
      return { name, confidence };
    });
    for (const reading of readings) reading.confidence /= sum;
    readings.sort((one, other) => other.confidence - one.confidence);
    const expected = expecting.includes(readings[0]?.name ?? "");
    return { readings, ours: expected || scope >= this.model.scope.bar, scope };
  }

  private intents(
    text: string,
    whole: { readings: Reading[]; ours: boolean },
    expecting?: string[],
  ): Reading[] {
    const best = whole.readings[0];
    const found: Reading[] = whole.ours && best && best.name !== OUT_OF_SCOPE ? [best] : [];
    const clauses = clausesOf(text);
    if (clauses.length > 1) {
      for (const clause of clauses) {
        const { readings, ours } = this.read(clause, expecting);
        const reading = readings[0];
        if (!reading || !ours || reading.name === OUT_OF_SCOPE || SMALL_TALK.has(reading.name)) continue;
        if (reading.confidence < SECOND_INTENT || found.some(({ name }) => name === reading.name)) continue;
        found.push(reading);
      }
    }
    return found.length > 0 ? found : [{ name: OUT_OF_SCOPE, confidence: best?.confidence ?? 1 }];
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

/** How much likelier the awaited answers are than out of the blue. */
const EXPECTED = 8;
