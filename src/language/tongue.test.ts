import { tongueOf } from "./tongue.ts";

test.each([
  "where is the ward office?",
  "the street light in front of my house is broken",
  "how can I get a birth certificate",
  "thank you",
  "what do you keep about me?",
])("“%s” is English", (text) => {
  expect(tongueOf(text)).toBe("en");
});

test.each([
  "den duong truoc nha tui tat 3 bua nay",
  "tôi cần report cái đèn đường this is hư",
  "ok",
  "hello ad oi cho hoi chut",
  "to 12 thua 125",
  "in giay o dau",
  "do me may on khong",
  "",
  "12345",
])("“%s” is Vietnamese", (text) => {
  expect(tongueOf(text)).toBe("vi");
});
