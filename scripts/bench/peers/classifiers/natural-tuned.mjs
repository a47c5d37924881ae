/** natural's Bayes with words of any alphabet, little smoothing, and bare copies of every example. */
import { loadBayes, trainBayes } from "./natural.mjs";
import { withBareCopies, wordsOf } from "./text.mjs";

const reader = { tokenizeAndStem: wordsOf };
const SMOOTHING = 0.05;

export const train = (rows) => trainBayes(withBareCopies(rows), reader, SMOOTHING);
export const load = (model) => loadBayes(model, reader);
