import fc from "fast-check";
import { codeInQr, readCode } from "./code.ts";

const now = new Date("2026-11-25T02:00:00Z");

test.each([
  ["H57.132-260804-0583", "H57.132-260804-0583"],
  ["38.98.H29-210519-0013", "38.98.H29-210519-0013"],
  ["000.00.19.H47-260105-0001", "000.00.19.H47-260105-0001"],
  [" 000.00.01.h29 – 260310 — 0420 ", "000.00.01.H29-260310-0420"],
  ["Ｈ０７．２０－２６０８０４－０５８３", "H07.20-260804-0583"],
  ["mã hồ sơ: h61.5-260804-0583.", "H61.5-260804-0583"],
])("%s is read as %s", (typed, code) => {
  expect(readCode(typed, now)).toEqual({ code, isChecked: true });
});

test("the code of another system is looked up though nothing about it can be checked", () => {
  expect(readCode("HS-2026/11-00042", now)).toEqual({ code: "HS-2026/11-00042", isChecked: false });
});

test.each([
  ["H07.20-260231-0583", "no_such_day"],
  ["H07.20-261126-0583", "future_day"],
  ["xin chào", "not_a_code"],
  ["12", "not_a_code"],
])("%s is refused: %s", (typed, problem) => {
  expect(readCode(typed, now)).toEqual({ problem });
});

test("no province is refused, and today is no day to come", () => {
  for (const province of ["H07", "H61", "G12", "H99"]) {
    expect(readCode(`${province}.20-261125-0001`, now)).toMatchObject({ isChecked: true });
  }
});

test("whatever is written, reading it never fails, and a code that was read is read as itself", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = readCode(text, now);
      if ("code" in read) expect(readCode(read.code, now)).toEqual(read);
    }),
  );
});

test("a QR holds the bare code, or an address that carries it; anything else is no code", () => {
  expect(codeInQr("H07.20-260804-0583", now)).toBe("H07.20-260804-0583");
  expect(codeInQr("https://any.example/tra-cuu?ma=H07.20-260804-0583&k=1", now)).toBe("H07.20-260804-0583");
  expect(codeInQr("Mã|H07.20-260804-0583|Nguyễn Văn A", now)).toBe("H07.20-260804-0583");
  expect(codeInQr("https://evil.example/", now)).toBeNull();
});
