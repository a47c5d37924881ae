import { loadEngine, type LanguageEngine } from "../../language/index.ts";
import { turnOf } from "../../dialogue/testing/kit.ts";
import { placeIn } from "./place.ts";

let engine: LanguageEngine;
beforeAll(async () => void (engine = await loadEngine()));

const read = (text: string) => placeIn({ ...turnOf({ text }), understanding: engine.understand(text) });

test.each([
  ["den duong truoc so 12 nguyen hue tat 3 bua nay", "trước số 12 Nguyễn Huệ", true],
  ["Rác chất đống trước số 20 Tán Kế cả tuần nay", "trước số 20 Tán Kế", true],
  ["rác trước số 2 Tán Kế", "trước số 2 Tán Kế", true],
  ["co dong rac o goc duong le loi voi nguyen trai thui qua", "góc đường Lê Lợi với Nguyễn Trãi", true],
  ["duong doan hoang minh lun sup nguy hiem qua", "đường Đoàn Hoàng Minh", true],
  ["đại lộ Đồng Khởi có ổ gà", "đại lộ Đồng Khởi", true],
  ["cúp nước ở ấp An Thuận B từ sáng", "ấp An Thuận B", true],
  ["ngập trước cổng trường tiểu học Phú Thọ hoài", "trước cổng trường tiểu học Phú Thọ", false],
  ["den duong truoc nha tui tat 3 bua nay", "trước nhà tui", false],
  ["đèn tắt gần 3 bữa nay", null, false],
  ["xe đậu bít lối", null, false],
  ["cho tha rong can nguoi", null, false],
  ["đèn đường phường Phú Tân tắt hết", null, false],
])("“%s” is at %s", (text, words, isExact) => {
  expect(read(text)).toMatchObject({ words, isExact });
});

test.each([
  ["trước nhà tui bị hư đèn, nhà ở hẻm 12 Nguyễn Huệ p8", "hẻm 12 Nguyễn Huệ p8", "Nguyễn Huệ", null],
  ["truoc nha tui bi hu den, nha o hem 12 nguyen hue p8", "hẻm 12 Nguyễn Huệ p8", "Nguyễn Huệ", null],
  ["đèn đường Lê Lợi hư, nhà tui số 45/7 Nguyễn Đình Chiểu", "đường Lê Lợi", "Lê Lợi", null],
  ["den duong le loi hu, nha tui so 45/7 nguyen dinh chieu", "đường Lê Lợi", "Lê Lợi", null],
  ["rác gần chợ hoài không ai hốt, chỗ trước số 20 Tán Kế", "trước số 20 Tán Kế", "Tán Kế", "20"],
  ["đường Tán Kế rác nhiều lắm em ơi, ngay trước số 20 Tán Kế đó", "ngay trước số 20 Tán Kế", "Tán Kế", "20"],
])("of two places in “%s” it is %s", (text, words, street, houseNumber) => {
  expect(read(text)).toMatchObject({ words, street, houseNumber });
});

test("old wards are read as the ones of today; a landmark tells its ward; a lamp pole and a point are read", () => {
  expect(read("hẻm 3 p8 ngập").wards).toEqual([{ ward: "Phường Phú Khương", formerly: "Phường 8" }]);
  expect(read("rác ở xã Sơn Đông").wards).toEqual([{ ward: "Phường Sơn Đông", formerly: null }]);
  expect(read("gần chợ Bến Tre").wards).toEqual([{ ward: "Phường An Hội", formerly: null }]);
  expect(read("trụ NH-045").pole).toBe("NH-045");
  expect(read("10.2386, 106.3782").point).toEqual({ latitude: 10.2386, longitude: 106.3782 });
});
