import type { Turn } from "../../dialogue/types.ts";
import { asksHowItGoes, followsUp } from "./follow-up.ts";

const heard = (text: string, entities: Turn["understanding"]["entities"] = []): Turn => ({
  ...{ text, choice: null, attachments: [], at: new Date() },
  understanding: { text, readings: [], intents: [], entities, language: "vi" },
});

test.each([
  "vậy chừng nào tới dọn",
  "vay chung nao toi don",
  "bao giờ có người tới sửa",
  "bao gio co nguoi toi sua",
  "xong chưa",
  "xong chua em",
  "mấy ngày nữa mới xong",
  "khi nao co nguoi xuong coi",
  "sao chua thay ai toi het",
  "chừng nào có đèn lại",
  "sửa chưa vậy",
  "tới đâu rồi",
  "when will someone come",
  "is it fixed yet?",
])("“%s” asks how the report goes", (text) => {
  expect(asksHowItGoes(heard(text))).toBe(true);
});

test.each([
  "bao lâu thì có giấy khai sinh",
  "chừng nào cúp điện",
  "khi nào phường làm việc",
  "chừng nào tới lượt tiêm",
  "hồ sơ của tôi xong chưa",
  "đèn hư rồi",
  "tui muốn báo thêm chỗ rác khác nữa mà không biết chừng nào mấy anh chị mới tới dọn cho bà con",
  "cảm ơn em",
])("“%s” does not", (text) => {
  expect(asksHowItGoes(heard(text))).toBe(false);
});

test("it is a follow-up only of a report, and a place of its own is a matter of its own", () => {
  const topic = {
    name: "report",
    about: { code: "PA-2611-00001" },
    expects: [],
    at: new Date().toISOString(),
  };
  expect(followsUp(heard("xong chưa"), topic)).toBe("intent:report.status PA-2611-00001");
  expect(followsUp(heard("cho tui gui them may tam hinh nha"), topic)).toBe(
    "intent:report.add PA-2611-00001",
  );
  expect(followsUp(heard("sửa loại giùm em"), topic)).toBe("intent:report.correct PA-2611-00001");
  expect(followsUp(heard("thêm hình là sao vậy em ơi"), topic)).toBeNull();
  expect(followsUp(heard("xong chưa"), { ...topic, name: "procedure" })).toBeNull();
  const street = { type: "street", value: "Nguyễn Huệ", text: "Nguyễn Huệ", start: 0, end: 10 } as const;
  expect(followsUp(heard("chừng nào sửa Nguyễn Huệ", [street]), topic)).toBeNull();
});
