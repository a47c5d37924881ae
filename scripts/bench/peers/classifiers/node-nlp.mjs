/** node-nlp's neural network alone, without its entities, sentiment and language guess; bare copies. */
import { createRequire } from "node:module";
import { withBareCopies } from "./text.mjs";
const require = createRequire(import.meta.url);
const { NlpManager } = require("node-nlp");

const create = () =>
  new NlpManager({
    languages: ["vi"],
    forceNER: false,
    autoSave: false,
    autoLoad: false,
    nlu: { log: false, useNoneFeature: false },
  });

export async function train(rows) {
  const manager = create();
  for (const { text, intent } of withBareCopies(rows)) manager.addDocument("vi", text, intent);
  await manager.train();
  return manager.export(true);
}

export function load(model) {
  const manager = create();
  manager.import(model.toString());
  const nlu = manager.nlp.nluManager;
  return async (text) => (await nlu.process("vi", text)).classifications[0].intent;
}
