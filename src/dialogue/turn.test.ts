import fc from "fast-check";
import { emptyState, readState, rememberOffers } from "./state.ts";
import { boatFlow, photo, talk, talkWith, turnOf } from "./testing/kit.ts";
import { takeTurn } from "./turn.ts";
import { CANCEL, CHANGE, CONFIRM, type DialogueState, type Turn } from "./types.ts";

const SUMMARY = "Ghe Bảy, màu Xanh, 0 hình. Gửi?\n1. Gửi\n2. Sửa lại\n3. Bỏ";

/** As far as the summary. */
function filled() {
  const lan = talkWith();
  lan.says("đăng ký ghe tên Bảy", "boat.new");
  lan.says("2");
  expect(lan.says("bỏ qua")).toEqual([SUMMARY]);
  return lan;
}

describe("a form", () => {
  test("asks one question at a time and only for what is missing", () => {
    const lan = talkWith();
    expect(lan.says("đăng ký ghe tên Bảy", "boat.new")).toEqual(["Màu gì?\n1. Đỏ\n2. Xanh\n3. Vàng"]);
    expect(lan.says("số 2 nha")).toEqual(["Gửi hình?"]);
    expect(lan.says("không có")).toEqual([SUMMARY]);
    expect(lan.says("gửi đi")).toEqual(["!boat.register"]);
    expect(lan.state.form).toBeNull();
  });

  test("takes everything from one message", () => {
    const lan = talkWith();
    expect(
      lan.does(turnOf({ text: "ghe tên Bảy màu Đỏ", intents: ["boat.new"], attachments: [photo()] })),
    ).toEqual(["Ghe Bảy, màu Đỏ, 1 hình. Gửi?\n1. Gửi\n2. Sửa lại\n3. Bỏ"]);
  });

  test("says why an answer will not do, and after two misses how to reach a person", () => {
    const lan = talkWith();
    lan.says("đăng ký ghe", "boat.new");
    expect(lan.says("x")).toEqual(["Tên ngắn quá.\nGhe tên gì?"]);
    expect(lan.says("x")).toEqual(["Tên ngắn quá.\ndialogue.stuck\nGhe tên gì?"]);
  });

  test("answers a question in the middle and asks its own again", () => {
    const lan = talkWith();
    lan.says("đăng ký ghe", "boat.new");
    expect(lan.says("mấy giờ nước lên?", "tide.time")).toEqual([
      "«tide.time»",
      "dialogue.backToForm\nGhe tên gì?",
    ]);
    expect(lan.says("Bảy")).toEqual(["Màu gì?\n1. Đỏ\n2. Xanh\n3. Vàng"]);
  });

  test("does not take an answer for a question because of its words", () => {
    const lan = talkWith();
    lan.says("đăng ký ghe", "boat.new");
    expect(lan.says("Nước Lớn", "tide.time")).toEqual(["Màu gì?\n1. Đỏ\n2. Xanh\n3. Vàng"]);
  });

  test("is dropped at once while empty, and only after asking once something is in it", () => {
    const lan = talkWith();
    lan.says("đăng ký ghe", "boat.new");
    expect(lan.says("hủy", "cancel")).toEqual(["dialogue.cancelled"]);

    const hai = filled();
    expect(hai.says("hủy")[0]).toMatch(/^dialogue.cancelSure/);
    expect(hai.says("không", "deny")).toEqual([SUMMARY]);
    hai.says("thôi hủy", "cancel");
    expect(hai.says("ừ", "affirm")).toEqual(["dialogue.cancelled"]);
  });

  test("asks again what the resident takes back", () => {
    const lan = filled();
    expect(lan.says("à không, tên khác")).toEqual(["Ghe tên gì?"]);
    expect(lan.says("Tám")).toEqual([SUMMARY.replace("Bảy", "Tám")]);
    expect(lan.says("à nhầm, màu Đỏ chớ")).toEqual([SUMMARY.replace("Bảy", "Tám").replace("Xanh", "Đỏ")]);
  });

  test("lets a line be chosen and changed", () => {
    const lan = filled();
    expect(lan.says("2")).toEqual(["dialogue.whichLine\n1. Tên\n2. Màu\n3. Hình\n4. dialogue.changeNothing"]);
    expect(lan.says("màu")).toEqual(["Màu gì?\n1. Đỏ\n2. Xanh\n3. Vàng"]);
    expect(lan.says("vàng")).toEqual([SUMMARY.replace("Xanh", "Vàng")]);
    expect(lan.says("không đúng", "deny")[0]).toMatch(/^dialogue.whichLine/);
    expect(lan.says("4")).toEqual([SUMMARY.replace("Xanh", "Vàng")]);
  });

  test("begins anew when asked to", () => {
    const lan = filled();
    expect(lan.says("làm lại từ đầu")).toEqual(["Ghe tên gì?"]);
    expect(lan.state.form?.draft).toMatchObject({ name: null, colour: null });
  });

  test("takes several pictures, also at the summary, without reading it all again", () => {
    const lan = filled();
    lan.does(turnOf({ attachments: [photo("1"), photo("2")] }));
    expect(lan.does(turnOf({ attachments: [photo("3")] }))).toEqual([
      "dialogue.sendNow\n1. Gửi\n2. Sửa lại\n3. Bỏ",
    ]);
    expect(lan.state.form?.draft.photos).toBe(3);
  });

  test("opens with a picture before any word, and learns its kind from the words that follow", () => {
    const lan = talkWith();
    expect(lan.does(turnOf({ attachments: [photo()] }))).toEqual(["Ghe tên gì?"]);
    lan.says("Bảy", "boat.new");
    expect(lan.state.form?.draft).toMatchObject({ kind: "boat.new", name: "Bảy", photos: 1 });
  });

  test("gives way to help where the matter must not be filed", () => {
    const lan = talkWith();
    lan.says("đăng ký ghe", "boat.new");
    expect(lan.says("ghe chìm rồi")).toEqual(["Gọi 112"]);
    expect(lan.state.form).toBeNull();
  });

  test("waits while a person is wanted", () => {
    const lan = talkWith();
    lan.says("đăng ký ghe", "boat.new");
    expect(lan.says("cho gặp cán bộ", "human")).toEqual(["«human»"]);
    expect(lan.state.form?.asked).toBe("name");
  });
});

describe("several things at once", () => {
  test("two forms in one message: the second after the first", () => {
    const lan = talkWith();
    expect(lan.says("ghe cũ và ghe mới", "boat.new", "boat.old")).toEqual(["dialogue.oneByOne\nGhe tên gì?"]);
    lan.says("Bảy");
    lan.says("1");
    lan.says("khỏi");
    expect(lan.says("gửi")).toEqual(["!boat.register", "dialogue.nextMatter intents.boat.old\nGhe tên gì?"]);
    expect(lan.state.form?.draft.kind).toBe("boat.old");
  });

  test("a question beside a form is answered first; a greeting beside either needs no answer", () => {
    expect(
      talkWith().says("alo, đăng ký ghe, mấy giờ nước lên?", "greeting", "boat.new", "tide.time"),
    ).toEqual(["«tide.time»", "Ghe tên gì?"]);
  });

  test("danger comes before everything", () => {
    const lan = talkWith();
    expect(lan.says("ghe sắp chìm, đăng ký", "boat.new", "emergency")).toEqual([
      "«emergency»",
      "Ghe tên gì?",
    ]);
    expect(lan.says("cứu", "emergency")).toEqual(["«emergency»", "dialogue.backToForm\nGhe tên gì?"]);
  });
});

describe("not understood", () => {
  const readings = [
    { name: "boat.new", confidence: 0.4 },
    { name: "tide.time", confidence: 0.3 },
    { name: "thanks", confidence: 0.2 },
  ];

  test("offers its best readings, and the choice fills the form from the message it explains", () => {
    const lan = talkWith();
    expect(lan.does(turnOf({ text: "cái ghe tên Bảy đó", readings }))).toEqual([
      "dialogue.whichOne\n1. intents.boat.new\n2. intents.tide.time\n3. dialogue.somethingElse",
    ]);
    expect(lan.says("1")).toEqual(["Màu gì?\n1. Đỏ\n2. Xanh\n3. Vàng"]);
    expect(lan.state.form?.draft.name).toBe("Bảy");
  });

  test("after two misses a person is offered", () => {
    const lan = talkWith();
    expect(lan.says("asdf")).toEqual(["«out_of_scope»"]);
    expect(lan.says("qwer")).toEqual(["dialogue.offerPerson\n1. intents.human\n2. dialogue.somethingElse"]);
    expect(lan.says("1")).toEqual(["«human»"]);
  });

  test("a button of a talk long over is met kindly", () => {
    expect(talkWith().does(turnOf({ choice: "form:send" }))).toEqual(["dialogue.staleChoice"]);
  });
});

describe("whatever comes", () => {
  const intents = ["boat.new", "boat.old", "boat.other", "tide.time", "greeting", "affirm", "deny", "cancel"];
  const moreIntents = [...intents, "human", "emergency", "help", "unheard.of", "report.other"];
  const texts = [
    "",
    "1",
    "2",
    "9",
    "cái cuối",
    "hủy",
    "không",
    "đúng rồi",
    "bỏ qua",
    "làm lại",
    "à nhầm, màu Đỏ",
  ];
  const turns: fc.Arbitrary<Turn> = fc
    .record({
      text: fc.oneof(
        fc.constantFrom(...texts, "sửa tên", "ghe tên Bảy", "ghe chìm"),
        fc.string({ unit: "binary" }),
      ),
      choice: fc.option(
        fc.oneof(
          fc.constantFrom(
            "form:send",
            "form:change",
            "form:cancel",
            "form:keep",
            "line:colour",
            "line:nothing",
          ),
          fc.constantFrom("colour:Đỏ", "intent:boat.new", "intent:unheard.of", "intent:human about"),
          fc.string(),
        ),
        { freq: 4 },
      ),
      attachments: fc.array(
        fc.record({
          type: fc.constantFrom("image" as const, "sticker" as const, "audio" as const, "location" as const),
          attachmentId: fc.option(fc.string()),
        }),
        { maxLength: 2 },
      ),
      intents: fc.uniqueArray(fc.constantFrom(...moreIntents), { maxLength: 3 }),
    })
    .map(turnOf);

  const isLegal = (state: DialogueState) => {
    const asked = state.form?.asked;
    const questions = [CONFIRM, CHANGE, CANCEL, ...boatFlow.slots.map(({ name }) => name)];
    expect(asked === undefined || questions.includes(asked)).toBe(true);
    expect(state.waiting.length).toBeLessThanOrEqual(5);
    const kept = JSON.parse(JSON.stringify(state)) as unknown;
    expect(readState(kept, talk.flows)).toEqual(kept); // what is kept is read back as it was
  };

  test("the state stays legal, at most one question is open, and it was the last thing said", () => {
    fc.assert(
      fc.property(fc.array(turns, { maxLength: 25 }), (sequence) => {
        let state = emptyState();
        for (const turn of sequence) {
          const result = takeTurn(state, turn, talk);
          const replies = result.steps.flatMap((step) => ("say" in step ? [step.say] : []));
          state = rememberOffers(result.state, replies);
          isLegal(state);
          const questions = replies.filter(({ text }) => /(\?$|\?\n1\.)/.test(text));
          expect(questions.length).toBeLessThanOrEqual(1);
          if (questions.length > 0) expect(replies.at(-1)).toBe(questions[0]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("any JSON is read as a legal state", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (kept, draft) => {
        isLegal(readState(kept, talk.flows));
        isLegal(readState({ version: 2, parked: { flow: "boat", draft, asked: "?", at: "" } }, talk.flows));
      }),
    );
  });

  test("a form whose flow is gone, and a state of a version to come, are let go", () => {
    const form = { flow: "gone", draft: {}, asked: "name", at: "" };
    expect(readState({ ...emptyState("en"), form }, talk.flows)).toEqual(emptyState("en"));
    expect(readState({ version: 99, language: "en" }, talk.flows)).toEqual(emptyState());
  });
});
