import { tongueOf } from "./tongue.ts";

test.each([
  "where is the ward office?",
  "the street light in front of my house is broken",
  "how can I get a birth certificate",
  "thank you",
  "what do you keep about me?",
  "how do I register a birth?",
  "subscribe me to flood alerts",
  "land price on Le Loi street",
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
  "asdf qwer",
  "tin nayf cos thaatj khong",
  "dungg roiiii",
  "shop con size m khong",
])("“%s” is Vietnamese", (text) => {
  expect(tongueOf(text)).toBe("vi");
});

test.each([
  "123 Nguyen Dinh Chieu, ward 8",
  "ngã tư Tân Thành",
  "fee?",
  "1",
  "yes please",
  "Hùng Vương, An Hội",
  "ok",
])("a talk in English stays so over “%s”", (text) => expect(tongueOf(text, "en")).toBe("en"));

test.each([
  "dạ không, cảm ơn em",
  "den duong truoc nha tui tat 3 bua nay",
  "lich phun thuoc muoi",
  "cho tui hoi o dau",
])("a talk in English goes on in Vietnamese after “%s”", (text) => expect(tongueOf(text, "en")).toBe("vi"));
