import { runSimulator, replyTo, type Run } from "../simulator/testing/run.ts";
import type { ConnectedAccount } from "./channel.ts";
import type { DeliveryError } from "./delivery-error.ts";
import { renderTemplate } from "./facebook/render.ts";
import { linesOf, oneLine, readTemplate, templateFor, type TemplateChoice } from "./templates.ts";
import { facebookAccount, zaloAccount } from "./testing/accounts.ts";
import { renderTemplateForZalo } from "./zalo/render.ts";

const LAN = "7700135524419980021";
const DAY = 24 * 3_600_000;
const onZalo: TemplateChoice = {
  ...{ id: "310001", language: "vi", longest: 60 },
  parameters: [
    { name: "ma_phan_anh", value: "ma" },
    { name: "noi_dung", value: "tinh_trang" },
    { name: "duong_dan", value: "duong_dan" },
  ],
};
const onFacebook: TemplateChoice = { ...onZalo, id: "tin_phan_anh" };
const news = {
  ...{ ma: "PA-2611-00001", viec: "Đèn đường", don_vi: "Phường An Hội" },
  ...{ tinh_trang: "Đang\n xử lý", duong_dan: "https://hoi.vn/phan-anh/PA-2611-00001" },
};

const withTemplate = (account: ConnectedAccount, report_news: TemplateChoice): ConnectedAccount => ({
  ...account,
  settings: { ...account.settings, templates: { report_news } },
});

test("a template goes to Zalo and to Facebook byte for byte as they want it", () => {
  const zalo = templateFor(withTemplate(zaloAccount(), onZalo), "report_news", news)!;
  expect(JSON.stringify(renderTemplateForZalo(LAN, zalo))).toBe(
    `{"user_id":"${LAN}","template_id":"310001","template_data":{"ma_phan_anh":"PA-2611-00001",` +
      `"noi_dung":"Đang xử lý","duong_dan":"https://hoi.vn/phan-anh/PA-2611-00001"}}`,
  );
  const facebook = templateFor(withTemplate(facebookAccount(), onFacebook), "report_news", news)!;
  expect(JSON.stringify(renderTemplate(LAN, facebook))).toBe(
    `{"recipient":{"id":"${LAN}"},"messaging_type":"UTILITY","message":{"template":{"name":"tin_phan_anh",` +
      `"language":{"code":"vi"},"components":[{"type":"body","parameters":[{"type":"text","text":"PA-2611-00001"},` +
      `{"type":"text","text":"Đang xử lý"},{"type":"text","text":"https://hoi.vn/phan-anh/PA-2611-00001"}]}]}}}`,
  );
  expect(templateFor(zaloAccount(), "report_news", news)).toBeUndefined();
});

test("a parameter is one line, never empty, and no longer than the template was approved with", () => {
  expect(oneLine("  Đã\n thay\tbóng ", 20)).toBe("Đã thay bóng");
  expect(oneLine(" \n ", 20)).toBe("–");
  expect(oneLine("Đã thay bóng đèn trước nhà", 20)).toBe("Đã thay bóng đèn…");
});

describe("what an admin types of a template", () => {
  const typed = {
    id: "310001",
    language: "vi",
    longest: 60,
    lines: "ma_phan_anh = ma\n\nnoi_dung=tinh_trang",
  };
  test("is read back as it was typed", () => {
    const read = readTemplate("zalo", "report_news", typed);
    if (!("choice" in read)) throw new Error("refused");
    expect(linesOf("zalo", read.choice)).toBe("ma_phan_anh = ma\nnoi_dung = tinh_trang");
    const other = readTemplate("facebook", "report_news", { ...typed, id: "tin", lines: "ma\ntinh_trang" });
    expect(other).toMatchObject({ choice: { parameters: [{ value: "ma" }, { value: "tinh_trang" }] } });
  });
  test.each([
    ["zalo", "report_news", { id: "tin_phan_anh" }, { wrongId: /dãy số/ }],
    ["facebook", "report_news", { id: "Tin mới" }, { wrongId: /chữ thường/ }],
    ["zalo", "report_news", { lines: "" }, { wrongLines: /mỗi dòng/ }],
    ["zalo", "report_news", { lines: "a = tieu_de" }, { wrongLines: /“tieu_de”.*ma, viec/ }],
    ["zalo", "report_news", { lines: "mã = ma" }, { wrongLines: /không dấu/ }],
    ["zalo", "report_news", { lines: "a = ma\na = viec" }, { wrongLines: /cùng tên/ }],
    ["zalo", "staff_reply", { lines: "a = don_vi" }, { wrongLines: /“loi_nhan”/ }],
  ] as const)("%s, %s, %j is refused in words", (channel, purpose, changes, wrong) => {
    const [[key, words]] = Object.entries(wrong) as [[string, RegExp]];
    const read = readTemplate(channel, purpose, { ...typed, ...changes }) as Record<string, string>;
    expect(read[key]).toMatch(words);
  });
});

describe("past the window", () => {
  let run: Run;
  beforeEach(async () => {
    run = await runSimulator();
    for (const account of [run.zalo, run.facebook]) run.does(account, LAN, { act: "text", text: "dạ" });
  });
  afterEach(() => run.close());

  const accounts = () => ({
    zalo: withTemplate(run.zalo, onZalo),
    facebook: withTemplate(run.facebook, onFacebook),
  });

  async function tell(channel: "zalo" | "facebook", days: number) {
    const account = accounts()[channel];
    run.thread(account, LAN).lastActAt = Date.now() - days * DAY;
    const template = templateFor(account, "report_news", news);
    const reply = { text: "lời dài", ...(template ? { template } : {}) };
    const lastInboundAt = new Date(Date.now() - days * DAY);
    return run.channels[channel].send(account, replyTo(LAN, "", { reply, lastInboundAt }), new Date());
  }
  const failure = (sending: Promise<unknown>) =>
    sending.then(
      () => {
        throw new Error("it went");
      },
      (error: unknown) => error as DeliveryError,
    );
  const change = (channel: "zalo" | "facebook", given: object) => {
    const { externalId } = run[channel];
    const id = channel === "zalo" ? "310001" : "1";
    return run.control("PUT", "/templates", { account: `${channel}:${externalId}`, id, ...given });
  };

  test.each(["zalo", "facebook"] as const)(
    "on %s the approved template goes instead of the words",
    async (channel) => {
      await tell(channel, 0);
      expect(run.last(run[channel], LAN).text).toBe("lời dài");
      const { externalId } = await tell(channel, 30);
      expect(run.last(run[channel], LAN)).toMatchObject({
        id: externalId,
        text: "Phản ánh PA-2611-00001: Đang xử lý. Xem: https://hoi.vn/phan-anh/PA-2611-00001",
      });
    },
  );

  test("where none was chosen nothing goes", async () => {
    const lastInboundAt = new Date(Date.now() - 30 * DAY);
    for (const channel of ["zalo", "facebook"] as const) {
      const sending = run.channels[channel].send(
        run[channel],
        replyTo(LAN, "a", { lastInboundAt }),
        new Date(),
      );
      expect(await failure(sending)).toMatchObject({ errorClass: "window_closed" });
    }
  });

  test.each([
    ["zalo", { status: "PENDING" }, "-131"],
    ["zalo", { status: "DISABLED" }, "-146"],
    ["zalo", { byUserId: false }, "-249"],
    ["zalo", { wording: "<ten_khac>" }, "-1121"],
    ["zalo", { wording: "<ma_phan_anh>" }, "-1122"],
    ["zalo", { left: 0 }, "-147"],
    ["facebook", { status: "REJECTED" }, "100"],
    ["facebook", { wording: "{{1}}" }, "100"],
    ["facebook", { language: "en" }, "100"],
  ] as const)("%s refuses %j with %s, for good: no answer of the talk waits behind it", async (...row) => {
    const [channel, given, code] = row;
    await change(channel, given);
    expect(await failure(tell(channel, 30))).toMatchObject({ errorClass: "permanent", code });
  });

  test("a template the OA was not given is refused", async () => {
    const account = withTemplate(run.zalo, { ...onZalo, id: "999" });
    const template = templateFor(account, "report_news", news)!;
    const outgoing = replyTo(LAN, "", { reply: { text: "a", template }, lastInboundAt: null });
    expect(await failure(run.channels.zalo.send(account, outgoing, new Date()))).toMatchObject({
      code: "-117",
    });
  });
});
