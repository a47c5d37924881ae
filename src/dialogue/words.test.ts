import {
  isCancel,
  isCorrection,
  isNo,
  isQuestion,
  isRestart,
  isSkip,
  isYes,
  withoutPoliteness,
} from "./words.ts";

test("politeness is taken off, and nothing else", () => {
  expect(withoutPoliteness("Dạ em ơi, số 2 nha em!")).toBe("số 2");
  expect(withoutPoliteness("dạ")).toBe("dạ");
});

test.each(["bỏ qua", "bo qua nha", "không có", "ko co hinh", "hong co hinh", "khỏi", "thôi khỏi", "Skip"])(
  "“%s” skips",
  (text) => expect(isSkip(text)).toBe(true),
);
test.each(["không có đèn cả tháng nay", "qua cầu Cá Lóc"])("“%s” does not skip", (text) =>
  expect(isSkip(text)).toBe(false),
);

test.each(["hủy", "huỷ", "HUY", "Dừng lại", "cancel", "hủy đi em"])("“%s” cancels", (text) =>
  expect(isCancel(text)).toBe(true),
);
test.each(["đúng", "hủy hoại môi trường"])("“%s” does not cancel", (text) =>
  expect(isCancel(text)).toBe(false),
);

test.each(["dạ", "ừ", "Đúng rồi", "dung roi", "ok em", "gửi đi", "đồng ý nha", "yes"])(
  "“%s” says yes",
  (text) => expect(isYes(text)).toBe(true),
);
test.each(["không", "ko", "chưa đúng", "sai rồi", "No"])("“%s” says no", (text) =>
  expect(isNo(text)).toBe(true),
);

test.each([
  "à không, ở đường khác",
  "a khong o duong khac",
  "nhầm, số 12",
  "ủa nhầm rồi",
  "sửa địa chỉ",
  "không phải",
])("“%s” takes something back", (text) => expect(isCorrection(text)).toBe(true));
test.each(["không có đèn", "số 12 Nguyễn Huệ", "nước ngập"])("“%s” takes nothing back", (text) =>
  expect(isCorrection(text)).toBe(false),
);

test.each(["làm lại từ đầu", "lam lai", "bắt đầu lại nha", "start over"])("“%s” starts anew", (text) =>
  expect(isRestart(text)).toBe(true),
);

test.each(["làm khai sinh cần gì", "mấy giờ làm việc?", "nop o dau", "thứ bảy có làm không", "where is it"])(
  "“%s” is a question",
  (text) => expect(isQuestion(text)).toBe(true),
);
test.each(["trước nhà số 12", "đèn tắt ba đêm rồi", "gần chợ nổi"])("“%s” is not", (text) =>
  expect(isQuestion(text)).toBe(false),
);
