/** What all features together can do, found by intent. */
import type { Reply } from "../../channels/channel.ts";
import { matchesIntent } from "../../dialogue/work.ts";
import type { Flow, Topic, Turn } from "../../dialogue/types.ts";
import type { Feature, MenuLine } from "../feature.ts";

type Answer = NonNullable<Feature["answers"]>[string];
type LookingUp = NonNullable<Feature["lookups"]>[string];
type Deed = NonNullable<Feature["effects"]>[string];

export interface Catalogue {
  flows: Flow[];
  menu: MenuLine[];
  /** A full name goes before a family. */
  answerFor(intent: string): Answer | undefined;
  deedFor(effect: string): Deed;
  lookupFor(type: string): LookingUp;
  news: NonNullable<Feature["news"]>;
  /** The intent that a code in the text stands for. */
  namedByCode(text: string): string | null;
  /** The choice some feature hears in a message that goes on with what was spoken of last. */
  followUp(turn: Turn, topic: Topic | null): string | null;
  /** The intent some feature hears in what the classifier is unsure of. */
  recognise: NonNullable<Feature["recognises"]>;
}

/** @throws when two features claim the same answer, deed or form. */
export function bringTogether(features: Feature[]): Catalogue {
  const flows = features.flatMap((feature) => feature.flows ?? []);
  const answers = unique(
    "answer",
    features.flatMap((feature) => Object.entries(feature.answers ?? {})),
  );
  const deeds = unique(
    "effect",
    features.flatMap((feature) => Object.entries(feature.effects ?? {})),
  );
  const lookups = unique(
    "lookup",
    features.flatMap((feature) => Object.entries(feature.lookups ?? {})),
  );
  unique(
    "flow",
    flows.map((flow) => [flow.name, flow]),
  );
  const families = [...answers].filter(([pattern]) => pattern.endsWith(".*"));

  return {
    flows,
    menu: features.flatMap((feature) => feature.menu ?? []),
    answerFor: (intent) =>
      answers.get(intent) ?? families.find(([pattern]) => matchesIntent(pattern, intent))?.[1],
    deedFor(effect) {
      const deed = deeds.get(effect);
      if (!deed) throw new Error(`No feature carries out "${effect}".`);
      return deed;
    },
    async news(context, mayAsk) {
      const all: Reply[] = [];
      for (const { news } of features)
        all.push(...((await news?.(context, mayAsk && !all.at(-1)?.choices)) ?? []));
      return all;
    },
    followUp(turn, topic) {
      for (const { followsUp } of features) {
        const choice = topic && followsUp?.(turn, topic);
        if (choice) return choice;
      }
      return null;
    },
    async recognise(turn, context) {
      for (const { recognises } of features) {
        const intent = await recognises?.(turn, context);
        if (intent) return intent;
      }
      return null;
    },
    namedByCode: (text) =>
      features.flatMap(({ codes }) => codes ?? []).find(({ pattern }) => pattern.test(text))?.intent ?? null,
    lookupFor(type) {
      const lookup = lookups.get(type);
      if (!lookup) throw new Error(`No feature looks up "${type}".`);
      return lookup;
    },
  };
}

function unique<Value>(what: string, entries: [string, Value][]): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const [name, value] of entries) {
    if (found.has(name)) throw new Error(`Two features have the ${what} "${name}".`);
    found.set(name, value);
  }
  return found;
}
