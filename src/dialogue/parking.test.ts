import { formTimes } from "./parking.ts";
import { emptyState } from "./state.ts";
import { talk, talkWith, turnOf } from "./testing/kit.ts";
import { takeTurn, UNSENT } from "./turn.ts";
import type { Flow } from "./types.ts";

const later = (days: number) => new Date(Date.parse("2026-11-24T02:00:00Z") + days * 86_400_000);

function leftOpen() {
  const lan = talkWith();
  lan.says("đăng ký ghe tên Bảy", "boat.new");
  return lan;
}

describe("a form left for more than two days", () => {
  test("is parked; a greeting brings the offer, and “làm tiếp” the question", () => {
    const lan = leftOpen();
    const offer = ["dialogue.parked intents.boat.new\n1. dialogue.resume\n2. dialogue.forget"];
    expect(lan.does(turnOf({ text: "alo", intents: ["greeting"], at: later(3) }))).toEqual(offer);
    expect(lan.state).toMatchObject({ form: null, parked: { asked: "colour" } });
    expect(lan.does(turnOf({ text: "làm tiếp", at: later(3) }))).toEqual([
      "Màu gì?\n1. Đỏ\n2. Xanh\n3. Vàng",
    ]);
    expect(lan.state).toMatchObject({ parked: null, form: { draft: { name: "Bảy" } } });
  });

  test("takes an answer as one", () => {
    const lan = leftOpen();
    expect(lan.does(turnOf({ text: "màu Xanh", at: later(3) }))).toEqual(["dialogue.backAgain", "Gửi hình?"]);
  });

  test("is offered once after another question, and can be dropped", () => {
    const lan = leftOpen();
    const asks = { text: "mấy giờ nước lên?", intents: ["tide.time"], at: later(3) };
    expect(lan.does(turnOf(asks))).toHaveLength(2);
    expect(lan.does(turnOf(asks))).toEqual(["«tide.time»"]);
    expect(lan.does(turnOf({ choice: "form:forget", at: later(3) }))).toEqual(["dialogue.cancelled"]);
    expect(lan.state.parked).toBeNull();
  });

  test("is let go after a month, and at once when nothing was in it", () => {
    const lan = leftOpen();
    lan.does(turnOf({ text: "alo", intents: ["greeting"], at: later(40) }));
    expect(lan.state).toMatchObject({ form: null, parked: null });
    const hai = talkWith();
    hai.says("đăng ký ghe", "boat.new");
    hai.does(turnOf({ text: "alo", intents: ["greeting"], at: later(3) }));
    expect(hai.state).toMatchObject({ form: null, parked: null });
  });

  test("or for as long as the office set", () => {
    formTimes.follow({ parkAfter: 4 });
    const lan = leftOpen();
    lan.does(turnOf({ text: "alo", intents: ["greeting"], at: later(0.2) }));
    expect(lan.state).toMatchObject({ form: null, parked: { asked: "colour" } });
    formTimes.follow({ parkAfter: 4, forgetAfter: 1 });
    const hai = leftOpen();
    hai.does(turnOf({ text: "alo", intents: ["greeting"], at: later(1.1) }));
    expect(hai.state).toMatchObject({ form: null, parked: null });
    formTimes.follow({});
  });

  test("goes on as if nothing had been within the two days", () => {
    const lan = leftOpen();
    expect(lan.does(turnOf({ text: "màu Xanh", at: later(1.9) }))).toEqual(["Gửi hình?"]);
  });
});

test("a message taken back is left out, and what was asked before it is asked again", () => {
  const lan = leftOpen();
  expect(lan.does(turnOf({ choice: UNSENT }))).toEqual([
    "dialogue.unsent",
    expect.stringContaining("Màu gì?"),
  ]);
  expect(talkWith(emptyState()).does(turnOf({ choice: UNSENT }))).toEqual(["dialogue.unsent"]);
});

test("an outburst is met calmly, also inside a form; anger with a matter in it is about the matter", () => {
  expect(talkWith().says("đồ ngu")).toEqual(["«abuse»"]);
  const lan = leftOpen();
  expect(lan.says("đm")).toEqual(["«abuse»", expect.stringContaining("Màu gì?")]);
  expect(talkWith().says("đm đăng ký ghe tên Bảy coi", "boat.new")).toEqual([
    expect.stringContaining("Màu gì?"),
  ]);
});

test("to be forgotten is heard whatever is asked; the open form is put aside for it", () => {
  const erasing: Flow = {
    ...{ name: "erasing", opens: ["privacy.erase"], begins: () => ({}), reads: () => ({}), slots: [] },
    ...{ intentOf: () => "privacy.erase", holds: () => false, confirms: () => "Xóa hết?" },
    finish: () => ({ type: "erase", data: {} }),
  };
  const lan = talkWith();
  lan.says("đăng ký ghe", "boat.new"); // its name is asked for, in free words
  const turn = turnOf({ text: "xóa dữ liệu của tôi", intents: ["privacy.erase"] });
  const { state, steps } = takeTurn(lan.state, turn, { ...talk, flows: [...talk.flows, erasing] });
  expect(state.form).toMatchObject({ flow: "erasing" });
  expect(steps).toEqual([
    { say: expect.objectContaining({ text: expect.stringContaining("Xóa hết?") as string }) as object },
  ]);

  const hai = leftOpen();
  const parked = takeTurn(hai.state, turn, { ...talk, flows: [...talk.flows, erasing] }).state.parked;
  expect(parked).toMatchObject({ flow: "boat", draft: { name: "Bảy" } });
});
