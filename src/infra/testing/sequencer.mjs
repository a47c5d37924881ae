/**
 * The order of test files. What promises a start in so many seconds comes first; what keeps the machine busy with processes
 * that are killed comes last, so that the two never run side by side.
 */
import TestSequencer from "@jest/test-sequencer";

const FIRST = /\/service\.test\.ts$/;
const LAST = /\/(?:nothing-lost|killed)\.test\.ts$/;

export default class extends TestSequencer {
  sort(tests) {
    const place = ({ path }) => (FIRST.test(path) ? 0 : LAST.test(path) ? 2 : 1);
    return super.sort(tests).sort((one, other) => place(one) - place(other));
  }
}
