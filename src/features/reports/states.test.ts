import fc from "fast-check";
import { isOpen, mayPass, nextStates, STATES, type ReportState } from "./states.ts";

test("a report goes from received to closed by the office's deeds alone", () => {
  const road = ["received", "assigned", "in_progress", "resolved", "closed"] as const;
  road.slice(1).forEach((to, at) => expect(mayPass(road[at]!, to, "staff")).toBe(true));
});

test("the reporter may only say that it is not done", () => {
  const possible = STATES.flatMap((from) => nextStates(from, "reporter").map((to) => `${from} → ${to}`));
  expect(possible).toEqual(["resolved → reopened", "rejected → reopened"]);
});

test("the service itself only closes what was resolved", () => {
  const possible = STATES.flatMap((from) => nextStates(from, "service").map((to) => `${from} → ${to}`));
  expect(possible).toEqual(["resolved → closed"]);
});

test("a closed report stays closed", () => {
  expect(nextStates("closed", "staff")).toEqual([]);
});

test("nothing is closed that was never resolved", () => {
  const someRoad = fc.array(fc.nat(10), { maxLength: 30 });
  fc.assert(
    fc.property(someRoad, (choices) => {
      let state: ReportState = "received";
      const passed = new Set<ReportState>();
      for (const choice of choices) {
        const next: ReportState[] = nextStates(state, "staff");
        if (next.length === 0) break;
        state = next[choice % next.length]!;
        passed.add(state);
      }
      return !passed.has("closed") || passed.has("resolved");
    }),
  );
});

test("every state that is not open was decided by somebody", () => {
  expect(STATES.filter((state) => !isOpen(state))).toEqual(["resolved", "closed", "rejected", "duplicate"]);
});
