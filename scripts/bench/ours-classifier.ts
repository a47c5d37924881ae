/** Our own classifier in the shape the peers are measured in: the reading of a message, without its entities. */
import {
  decodeModel,
  encodeModel,
  readVocabularies,
  trainModel,
  type Example,
} from "../../src/language/index.ts";
import { Engine } from "../../src/language/understand.ts";

export async function train(rows: Example[]): Promise<Buffer> {
  return encodeModel(trainModel(rows, await readVocabularies("intents")));
}

export function load(model: Buffer): (text: string) => string {
  const engine = new Engine(decodeModel(model), "");
  return (text) => engine.read(text).readings[0]!.name;
}
