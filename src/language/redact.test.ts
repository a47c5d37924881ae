import fc from "fast-check";
import { redact } from "./redact.ts";

test.each([
  ["gọi tui 0903 123 456 nghen", "gọi tui [phone] nghen"],
  ["zalo +84903123456", "zalo [phone]"],
  ["mail lan.nguyen@gmail.com giùm", "mail [email] giùm"],
  ["coi https://facebook.com/lan.123 đi", "coi [link] đi"],
  ["PA-2611-00042 tới đâu rồi", "[code] tới đâu rồi"],
  ["hồ sơ H08.12-251124-0001 sao rồi", "hồ sơ [code] sao rồi"],
  ["hồ sơ 000.00.12.H08-251124-0001 sao rồi", "hồ sơ [code] sao rồi"],
  ["cccd 083201004567", "cccd [number]"],
  ["cccd 183 201 004 567", "cccd [number]"],
  ["số nhà 12/3A kẹt cống", "số nhà [house] kẹt cống"],
  ["trước 45B đường Đồng Khởi", "trước [house] đường Đồng Khởi"],
  ["xin 2 bản sao   khai sinh ở phường 8", "xin 2 bản sao khai sinh ở phường 8"],
  ["họp ngày 25/11/2026 mấy giờ", "họp ngày 25/11/2026 mấy giờ"],
])("%s → %s", (text, redacted) => expect(redact(text)).toBe(redacted));

test("what the engine saw is replaced where it stands, overlapping readings once", () => {
  const text = "nhà 12 Đồng Khởi thửa 5 tờ 7";
  const entity = (type: "house_number" | "parcel" | "street", part: string) => {
    const start = text.indexOf(part);
    return { type, value: part, text: part, start, end: start + part.length };
  };
  const found = [
    entity("parcel", "thửa 5 tờ 7"),
    entity("parcel", "tờ 7"),
    entity("house_number", "12"),
    entity("street", "Đồng Khởi"),
  ];
  expect(redact(text, found)).toBe("nhà [house] Đồng Khởi [parcel]");
});

test("no phone survives, whatever is written around it", () => {
  const words = fc.stringMatching(/^[\p{L} ,.!?]{0,20}$/u);
  const phone = fc.stringMatching(/^0[35789]\d{8}$/);
  fc.assert(
    fc.property(words, phone, words, (before, number, after) => {
      expect(redact(`${before}${number}${after}`)).not.toMatch(/\d{5}/);
    }),
  );
});
