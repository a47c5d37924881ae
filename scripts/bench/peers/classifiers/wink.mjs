/** wink-naive-bayes-text-classifier: presence of words and of pairs, little smoothing, bare copies. */
import { createRequire } from "node:module";
import { withBareCopies, wordsOf } from "./text.mjs";
const require = createRequire(import.meta.url);
const Wink = require("wink-naive-bayes-text-classifier");

function create() {
  const wink = Wink();
  wink.definePrepTasks([wordsAndPairs]);
  return wink;
}

const wordsAndPairs = (text) => {
  const words = wordsOf(text);
  return [...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)];
};

export function train(rows) {
  const wink = create();
  wink.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.1 });
  for (const { text, intent } of withBareCopies(rows)) wink.learn(text, intent);
  wink.consolidate();
  return wink.exportJSON();
}

export function load(model) {
  const wink = create();
  wink.importJSON(model.toString());
  wink.definePrepTasks([wordsAndPairs]);
  wink.consolidate();
  return (text) => wink.predict(text);
}
