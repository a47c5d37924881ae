import { GRAPH_ERRORS, graphError } from "./facebook/errors.ts";
import { nextMorning, ZALO_ERRORS, zaloError } from "./zalo/errors.ts";

const at = (time: string) => new Date(`2026-11-24T${time}+07:00`);

// The reference tables: Zalo OA §9, Graph API §6.
const ZALO_CLASSES = {
  later: [-32, -200, -211, -214, -218, -234, -133, -144, -147],
  refresh_token: [-216, -220, -124],
  stop_account: [
    -204, -205, -209, -212, -219, -221, -223, -224, -235, -238, -241, -242, -320, -321, -115, -135, -136,
  ],
  window_closed: [-230, -232],
  permanent: [-100, -201, -210, -213, -217, -227, -233, -240, -244, -248, -249, -108, -114, -139, -141, -146],
};
const GRAPH_CLASSES = {
  later: ["1", "2", "4", "17", "32", "613", "80001", "80006", "1200"],
  window_closed: ["10/2018278"],
  stop_account: ["10/1893063", "10", "200", "210", "190", "190/460", "368"],
  permanent: ["1/99", "1/1357046", "100", "100/2018001", "230", "551", "551/1545041"],
};

test.each(Object.entries(ZALO_CLASSES))("Zalo's codes of class %s", (errorClass, codes) => {
  for (const code of codes) {
    expect([code, zaloError(String(code), "", at("10:00")).errorClass]).toEqual([code, errorClass]);
  }
});

test.each(Object.entries(GRAPH_CLASSES))("the Graph API's codes of class %s", (errorClass, codes) => {
  for (const name of codes) {
    const [code, subcode] = name.split("/").map(Number);
    const error = graphError({ code: code!, error_subcode: subcode, message: "" });
    expect([name, error.errorClass]).toEqual([name, errorClass]);
  }
});

test("a code nobody has heard of is shown to a person rather than tried for ever", () => {
  expect(zaloError("-99999", "?", at("10:00")).errorClass).toBe("permanent");
  expect(graphError({ code: 99999, message: "?" }).errorClass).toBe("permanent");
});

test("every error that stops an account says how to mend it, or what it is", () => {
  for (const row of [...Object.values(ZALO_ERRORS), ...GRAPH_ERRORS]) expect(row.meaning).toBeTruthy();
  expect(zaloError("-221", "OA not verified", at("10:00")).message).toContain("Xác thực OA");
});

test("what the night or the day's quota forbids waits for 06:05 in Việt Nam", () => {
  expect(zaloError("-234", "", at("23:30")).options.retryAt).toEqual(new Date("2026-11-25T06:05:00+07:00"));
  expect(zaloError("-234", "", at("02:00")).options.retryAt).toEqual(at("06:05"));
  expect(nextMorning(at("06:05"))).toEqual(new Date("2026-11-25T06:05:00+07:00"));
});

test("a usage header's wait is kept where waiting helps", () => {
  const later = at("11:00");
  expect(graphError({ code: 80006, message: "" }, later).options.retryAt).toEqual(later);
  expect(graphError({ code: 100, message: "" }, later).options.retryAt).toBeUndefined();
});
