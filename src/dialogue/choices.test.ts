import { askedFor, askFor, pickChoice, withChoices } from "./choices.ts";

const offered = [
  { label: "Gửi", value: "form:send" },
  { label: "Sửa lại", value: "form:change" },
  { label: "Bỏ đi", value: "form:cancel" },
];

test("choices are whole without buttons: a numbered text", () => {
  expect(withChoices("Chọn giúp em:", offered).text).toBe("Chọn giúp em:\n1. Gửi\n2. Sửa lại\n3. Bỏ đi");
});

test.each([
  "2",
  "số 2",
  "so 2",
  "Số 2 nha em",
  "2.",
  "(2)",
  "2️⃣",
  "cái thứ hai",
  "cai thu hai",
  "thứ 2",
  "hai",
  "câu 2",
])("“%s” is the second", (text) => expect(pickChoice(text, offered)?.value).toBe("form:change"));

test.each([
  "sửa lại",
  "Sửa lại nha",
  "sua lai",
  "SUA LAI",
  "dạ sửa lại đi em",
  "chọn sửa lại",
  "form:change",
  "sua",
])("“%s” is the second by its words", (text) => expect(pickChoice(text, offered)?.value).toBe("form:change"));

test.each(["cái cuối", "số cuối cùng", "the last one", "third"])("“%s” is the third", (text) =>
  expect(pickChoice(text, offered)?.value).toBe("form:cancel"),
);

test.each([
  "",
  "4",
  "0",
  "số 12 Nguyễn Huệ",
  "phường 2",
  "sữa lại",
  "2 cái đèn",
  "a",
  "👍",
  "hai con chó cắn nhau",
])("“%s” is none of them", (text) => expect(pickChoice(text, offered)).toBeNull());

test("words that fit two choices choose neither", () => {
  const wards = ["Phường Phú Khương", "Phường Phú Tân"].map((label) => ({ label, value: label }));
  expect(pickChoice("phú", wards)).toBeNull();
  expect(pickChoice("phu tan", wards)?.label).toBe("Phường Phú Tân");
});

test("a payload carries an intent, and what it is about", () => {
  expect(askedFor(askFor("report.status", "PA-2611-00001"))).toEqual({
    intent: "report.status",
    about: "PA-2611-00001",
  });
  expect(askedFor("form:send")).toBeNull();
});
