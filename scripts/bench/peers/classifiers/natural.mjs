/** natural's Bayes as it comes, with its Vietnamese tokenizer. By subpath: the whole package loads database drivers. */
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const Bayes = require("natural/lib/natural/classifiers/bayes_classifier.js");
const Tokenizer = require("natural/lib/natural/tokenizers/aggressive_tokenizer_vi.js");

const tokenizer = new Tokenizer();
const vietnamese = { tokenizeAndStem: (text) => tokenizer.tokenize(text.toLowerCase()) };

export function train(rows) {
  return trainBayes(rows, vietnamese);
}

export function load(model) {
  return loadBayes(model, vietnamese);
}

export function trainBayes(rows, reader, smoothing) {
  const bayes = new Bayes(reader, smoothing);
  for (const { text, intent } of rows) bayes.addDocument(text, intent);
  bayes.train();
  const { classifier, features } = bayes;
  return JSON.stringify({ classifier, features, docs: [], lastAdded: 0 });
}

export function loadBayes(model, reader) {
  const bayes = Bayes.restore(JSON.parse(model.toString()), reader);
  bayes.stemmer = reader;
  return (text) => bayes.classify(text);
}
