import fc from "fast-check";
import { ledLine } from "./led.ts";
import { figureWords, LARGEST, numberWords } from "./number-words.ts";
import { loudspeakerScript } from "./script.ts";
import { hardToRead, spokenText } from "./speech.ts";

describe("numbers in words", () => {
  test.each([
    [0, "không"],
    [10, "mười"],
    [15, "mười lăm"],
    [21, "hai mươi mốt"],
    [24, "hai mươi bốn"],
    [55, "năm mươi lăm"],
    [101, "một trăm lẻ một"],
    [110, "một trăm mười"],
    [2026, "hai ngàn không trăm hai mươi sáu"],
    [1_250_000, "một triệu hai trăm năm mươi ngàn"],
    [1_000_005, "một triệu không trăm lẻ năm"],
    [3_000_000_000, "ba tỷ"],
    [1_000_000_050, "một tỷ không trăm năm mươi"],
  ])("%i", (value, words) => expect(numberWords(value)).toBe(words));

  test("every number has words of its own that are read back as that number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LARGEST }), (value) => {
        expect(readBack(numberWords(value))).toBe(value);
      }),
      { numRuns: 500 },
    );
  });

  test("a comma is read, points between thousands are not", () => {
    expect(figureWords("0,5")).toBe("không phẩy năm");
    expect(figureWords("12.500,25")).toBe("mười hai ngàn năm trăm phẩy hai mươi lăm");
  });
});

/** The other way round, written on its own: the last word said of each group decides. */
function readBack(words: string): number {
  const DIGITS: Record<string, number> = {
    ...{ không: 0, một: 1, mốt: 1, hai: 2, ba: 3, bốn: 4, năm: 5, lăm: 5, sáu: 6, bảy: 7, tám: 8, chín: 9 },
  };
  let all = 0;
  let group = 0;
  let digit = 0;
  for (const word of words.split(" ")) {
    if (word in DIGITS) digit = DIGITS[word]!;
    else if (word === "lẻ") digit = 0;
    else if (word === "mười") group += 10;
    else if (word === "mươi") [group, digit] = [group + digit * 10, 0];
    else if (word === "trăm") [group, digit] = [group + digit * 100, 0];
    else if (word === "tỷ") [all, group, digit] = [(all + group + digit) * 1e9, 0, 0];
    else {
      all += (group + digit) * (word === "triệu" ? 1e6 : 1e3);
      [group, digit] = [0, 0];
    }
  }
  return all + group + digit;
}

describe("a text for reading aloud", () => {
  test.each([
    ["ngày 28/11/2026", "ngày hai mươi tám tháng mười một năm hai ngàn không trăm hai mươi sáu"],
    ["từ 7h30 đến 11 giờ 30 ngày 29/4", "từ bảy giờ rưỡi đến mười một giờ rưỡi ngày hai mươi chín tháng tư"],
    ["07:05 – 16h", "bảy giờ năm phút đến mười sáu giờ"],
    ["mức 1.250.000đ/tháng", "một triệu hai trăm năm mươi ngàn đồng mỗi tháng"],
    ["thu 500k mỗi hộ", "thu năm trăm ngàn đồng mỗi hộ"],
    ["độ mặn 4‰, có nơi 0,5 g/l", "độ mặn bốn phần ngàn, có nơi không phẩy năm gam một lít"],
    ["UBND phường, ĐT 0275 3822 123", "Ủy ban nhân dân phường, điện thoại không hai bảy năm"],
    ["Thông báo số 41/TB-UBND", "Thông báo số bốn mươi mốt thông báo Ủy ban nhân dân"],
    ["gió cấp 8-9, giật 60 km/h", "gió cấp tám đến chín, giật sáu mươi ki lô mét một giờ"],
    ["tuổi từ 5 đến dưới 12", "tuổi từ năm đến dưới mười hai"],
    ["xem https://hoi.example/a?b=1", "xem trang thông tin của phường"],
    ["- **Lưu ý** KP3", "Lưu ý"],
  ])("%s", (written, said) => {
    expect(spokenText(written)).toContain(said);
  });

  test("no figure, no sign and no double space is left, whatever was typed", () => {
    const piece = fc.constantFrom(
      ...["28/11/2026", "7h30", "41/TB-UBND", "1.250.000đ", "4‰", "0903 123 456", "12/5B", "%", "km", "٣"],
      ...["ngày", "từ", "đến", "UBND", "–", "-", "\n", "➡️", "**", "99/99/9999", "25h61", "1.2.3", ",", "/"],
    );
    const typed = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 80 }),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(" ")),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const said = spokenText(text);
        expect(said).not.toMatch(/\p{Nd}|[%‰/*<>@#]| {2}/u);
      }),
      { numRuns: 500 },
    );
  });

  test("what is in words already is left alone", () => {
    const word = fc.constantFrom(
      "bà",
      "con",
      "khu",
      "phố",
      "ngày",
      "giờ",
      "mai",
      "điện",
      "nước",
      "Phú Khương",
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        expect(spokenText(words.join(" "))).toBe(words.join(" "));
      }),
    );
  });

  test("what nobody told us how to say is named", () => {
    expect(hardToRead("UBND phường mời hộ thuộc diện QHTT, BHYT tới KP3")).toEqual(["QHTT"]);
    expect(hardToRead("THÔNG BÁO KHẨN\nNước lên")).toEqual([]);
  });
});

describe("for the devices of a ward", () => {
  const notice = {
    ...{ level: "normal", title: "Cúp nước khu phố 3 ngày 28/11", documentNumber: "41/TB-UBND" },
    ...{ unit: { name: "UBND phường Phú Khương" }, body: "Từ 8h.", state: "published", recallReason: null },
  };

  test("the script greets, says who speaks, and reads an emergency twice", () => {
    expect(loudspeakerScript(notice)).toMatch(/^Kính thưa bà con\. Ủy ban nhân dân phường Phú Khương xin/);
    const urgent = loudspeakerScript({ ...notice, level: "emergency" });
    expect(urgent.match(/Từ tám giờ\./g)).toHaveLength(2);
    expect(loudspeakerScript({ ...notice, state: "recalled", recallReason: "Đổi ngày." })).toMatch(
      /nay được thu hồi\. Đổi ngày\./,
    );
  });

  test("the line of the board never runs over, and is cut between words", () => {
    expect(ledLine(notice)).toBe("CÚP NƯỚC KHU PHỐ 3 NGÀY 28/11 - UBND PHƯỜNG PHÚ KHƯƠNG (41/TB-UBND)");
    expect(ledLine(notice, 30)).toBe("CÚP NƯỚC KHU PHỐ 3 NGÀY 28/11");
    expect(ledLine(notice, 20)).toBe("CÚP NƯỚC KHU PHỐ...");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 20, max: 200 }), (title, most) => {
        const line = ledLine({ ...notice, title }, most);
        expect(line.length).toBeLessThanOrEqual(most);
        expect(line).not.toMatch(/\n|\s\s/);
      }),
    );
  });
});
