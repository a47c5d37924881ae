/** Whatever comes, in whatever order: the talk of a report stays legal, and asks at most one thing. */
import fc from "fast-check";
import type { Flow } from "../../dialogue/types.ts";
import { emptyState, readState, rememberOffers } from "../../dialogue/state.ts";
import { turnOf } from "../../dialogue/testing/kit.ts";
import { takeTurn } from "../../dialogue/turn.ts";
import { CANCEL, CHANGE, CONFIRM, type DialogueState, type Turn } from "../../dialogue/types.ts";
import { loadWording } from "../../dialogue/wording.ts";
import type { Entity, EntityType } from "../../language/index.ts";
import { aftercareFlows } from "./aftercare.ts";
import { emptyDraft, readDraft } from "./draft.ts";
import { NEARBY, reportFlow } from "./flow.ts";
import { LAMP } from "./lamp.ts";
import { addFlow, correctFlow } from "./more-flows.ts";

const flows: Flow[] = [reportFlow, addFlow, correctFlow, ...aftercareFlows];
const say = loadWording().in("vi");
const talk = {
  flows,
  say,
  answers: (intent: string) =>
    /^(greeting|thanks|help|human|emergency|abuse|report\.(status|guide\.\w+)|out_of_scope)$/.test(intent),
};

// ── anything a resident may send ──

const TEXTS =
  "1|2|9|hủy|không|đúng rồi|bỏ qua|làm lại|làm tiếp|gửi|sửa địa chỉ|sửa loại|à nhầm, 12 Tán Kế|đèn đường hư|bạo hành trẻ em|tố cáo|đm|ở đây nè".split(
    "|",
  );
const CHOICES =
  "form:send|form:change|form:cancel|form:keep|form:resume|form:forget|form:unsent|line:place|line:ward|line:category|pick:ward:28777|pick:ward:unsure|pick:ward:other-place|pick:category:tree|pick:same:PA-2611-00001|pick:same:none|pick:photo-place:yes|pick:photo-place:no|pick:belongs:yes|pick:belongs:no|intent:report.other|intent:report.status PA-2611-00001|intent:report.correct PA-2611-00001|intent:aftercare.rate PA-2611-00001 3|intent:human".split(
    "|",
  );
const INTENTS =
  "report.lighting|report.traffic|report.security|report.conduct|report.other|report.emergency|report.status|greeting|thanks|help|human|emergency|affirm|deny|cancel|land.price|out_of_scope".split(
    "|",
  );
const ENTITIES: [EntityType, unknown][] = [
  ["street", "Tán Kế"],
  ["street", "Đại lộ Đồng Khởi"],
  ["house_number", "12"],
  ["hamlet", "ấp Phú Chánh"],
  ["ward", "Phường 8"],
  ["ward", "Phường An Hội"],
  ["lamp_pole", "NH-045"],
  ["report_code", "PA-2611-00001"],
  ["coordinates", { lat: 10.2386, lon: 106.3782 }],
  ["coordinates", { x: 1132497, y: 568698 }],
];

const entity: fc.Arbitrary<Entity> = fc
  .tuple(fc.constantFrom(...ENTITIES), fc.nat(8), fc.nat(8))
  .map(([[type, value], start, length]) => ({ type, value, text: "x", start, end: start + length }));
const text = fc.oneof(
  fc.constant(""),
  fc.constantFrom(...TEXTS),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const attachment = fc.record(
  {
    type: fc.constantFrom("image" as const, "location" as const, "sticker" as const, "audio" as const),
    attachmentId: fc.option(fc.constantFrom("1", "2", "3")),
    latitude: fc.constantFrom(10.2386, 10.24079, 10.77, -1),
    longitude: fc.constantFrom(106.3782, 106.38168, 106.7, 400),
  },
  { requiredKeys: ["type", "attachmentId"] },
);
const turn: fc.Arbitrary<Turn> = fc
  .record({
    text,
    choice: fc.option(fc.oneof(fc.constantFrom(...CHOICES), fc.string()), { freq: 3 }),
    attachments: fc.array(attachment, { maxLength: 3 }),
    intents: fc.uniqueArray(fc.constantFrom(...INTENTS), { maxLength: 3 }),
    entities: fc.array(entity, { maxLength: 3 }),
    hours: fc.constantFrom(0, 0, 1, 30, 60, 900),
  })
  .map(({ entities, hours, ...said }) => {
    const at = new Date(Date.parse("2026-11-24T02:00:00Z") + hours * 3_600_000);
    const made = turnOf({ ...said, attachments: said.attachments, at });
    return { ...made, understanding: { ...made.understanding, entities } };
  });

/** What the database may answer. */
const nearby = { state: "received", days: 1, metres: 40, samePole: false, street: null, photo: null };
const found = fc.record({
  others: fc.constantFrom(
    [],
    [{ ...nearby, code: "PA-2611-00001" }],
    [
      { ...nearby, code: "PA-2611-00001" },
      { ...nearby, code: "PA-2611-00002", metres: null, street: "Tán Kế" },
    ],
  ),
  lamp: fc.constantFrom(
    null,
    { code: "NH-012", street: "Nguyễn Huệ", point: null, state: null, since: null },
    {
      ...{ code: "NH-013", street: null, point: { latitude: 10.2386, longitude: 106.3782 } },
      ...{ state: "fault" as const, since: "2026-11-24T01:00:00.000Z" },
    },
  ),
  photo: fc.constantFrom(null, { latitude: 10.2386, longitude: 106.3782 }, { latitude: 0, longitude: 0 }),
});

function isLegal(state: DialogueState) {
  const flow = flows.find(({ name }) => name === state.form?.flow);
  expect(Boolean(state.form)).toBe(Boolean(flow));
  if (flow)
    expect([CONFIRM, CHANGE, CANCEL, ...flow.slots.map(({ name }) => name)]).toContain(state.form!.asked);
  const kept = JSON.parse(JSON.stringify(state)) as unknown;
  expect(readState(kept, flows)).toEqual(kept);
}

test("any sequence of what residents send leaves a legal talk with at most one open question, and nothing throws", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(turn, found), { maxLength: 15 }), (sequence) => {
      let state: DialogueState = {
        ...emptyState(),
        topic: { name: "report", about: { code: "PA-2611-00009" }, expects: [], at: "2026-11-24T01:30:00Z" },
      };
      for (const [said, known] of sequence) {
        let result = takeTurn(state, said, talk);
        for (let lookups = 0; result.lookup; lookups++) {
          expect(lookups).toBeLessThan(4);
          const { type, then } = result.lookup;
          result = then(type === NEARBY ? known.others : type === LAMP ? known.lamp : known.photo);
        }
        const replies = result.steps.flatMap((step) => ("say" in step ? [step.say] : []));
        expect(replies.slice(0, -1).filter(({ choices }) => choices)).toEqual([]);
        for (const { text } of replies) expect(text).not.toMatch(/\{\w+\}|undefined|null/);
        state = rememberOffers(result.state, replies);
        isLegal(state);
      }
    }),
    { numRuns: 150 },
  );
});

test("any kept JSON is a draft that can be gone on with, or none", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.record({ intent: fc.string(), category: fc.string(), photos: fc.jsonValue() }),
      (kept, half) => {
        for (const each of [kept, half]) {
          const draft = readDraft(each);
          if (draft) expect(readDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
        }
      },
    ),
  );
  expect(readDraft(emptyDraft("report.lighting"))).toEqual(emptyDraft("report.lighting"));
});

/** As the first version of the form kept its drafts: parts that came later are asked anew. */
test("a draft of before is gone on with", () => {
  const form = {
    flow: "report",
    draft: { intent: "report.lighting", description: "đèn hư", place: "12 Tán Kế", photos: ["7"] },
    asked: "photos",
    at: "2026-11-20T02:00:00.000Z",
  };
  const state = readState({ version: 1, language: "vi", form }, flows);
  expect(state.form?.draft).toMatchObject({ place: "12 Tán Kế", photos: ["7"], isWardSettled: false });
  const { steps } = takeTurn(state, turnOf({ text: "phường An Hội", at: new Date(form.at) }), talk);
  expect(steps.length).toBeGreaterThan(0);
});
