/** A deploy never breaks a talk: states that older programs kept are read on. */
import { expectedIntents } from "./form.ts";
import { emptyState, readState } from "./state.ts";
import { talk } from "./testing/kit.ts";
import { topicAt } from "./topic.ts";

/** As the first version kept it. */
const FIRST_VERSION = {
  version: 1,
  language: "vi",
  form: {
    flow: "boat",
    draft: { kind: "boat.new", name: "Bảy", colour: null, photos: 0, photosAsked: false },
    asked: "colour",
    at: "2026-11-20T02:00:00.000Z",
  },
  offered: [{ label: "Đỏ", value: "colour:Đỏ" }],
  waiting: [{ intent: "boat.old", text: "ghe cũ", entities: [] }],
  unclear: null,
  misses: 1,
  last: {
    messageId: "m_1",
    before: { form: null, offered: [], waiting: [], unclear: null, misses: 0 },
  },
};

test("a talk of the first version goes on where it was", () => {
  const state = readState(FIRST_VERSION, talk.flows);
  expect(state).toMatchObject({ ...FIRST_VERSION, version: 2, topic: null, parked: null });
  expect(state.last?.before).toMatchObject({ form: null, parked: null });
});

test("a part that cannot be read is let go, the rest stays", () => {
  const state = readState(
    { ...emptyState(), topic: { name: 7 }, parked: { flow: "gone" }, misses: 2 },
    talk.flows,
  );
  expect(state).toEqual({ ...emptyState(), misses: 2 });
});

test("a topic lends its intents to the next message for two hours", () => {
  const topic = {
    name: "tide",
    about: { station: 4 },
    expects: ["tide.time"],
    at: "2026-11-24T02:00:00.000Z",
  };
  const state = { ...emptyState(), topic };
  const at = (time: string) => new Date(`2026-11-24T${time}Z`);
  expect(topicAt(state, at("03:59:00"))).toEqual(topic);
  expect(expectedIntents(state, talk.flows, at("03:59:00"))).toEqual(["tide.time"]);
  expect(topicAt(state, at("04:01:00"))).toBeNull();
  expect(expectedIntents(state, talk.flows, at("04:01:00"))).toEqual([]);
});
