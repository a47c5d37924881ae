import { readFileSync } from "node:fs";
import {
  agencies,
  categories,
  categoriesOf,
  categoryOf,
  groups,
  narrowingOf,
  readCategories,
  settle,
} from "./categories.ts";

test("there are 31 categories, each with its group, its office and its name in both languages", () => {
  expect(categories).toHaveLength(31);
  for (const { name, group, agency } of categories) {
    expect(name.vi && name.en && groups[group] && agencies[agency]).toBeTruthy();
  }
});

const INTENTS =
  "lighting waste construction advertising urban_order traffic road drainage trees utilities environment noise security food_safety animals conduct other emergency";

test.each(INTENTS.split(" "))(
  "report.%s has its categories, and at most one question between them",
  (name) => {
    const intent = `report.${name}`;
    const possible = categoriesOf(intent).map(({ code }) => code);
    expect(possible).not.toEqual([]);
    const settled = settle(intent, "");
    const choices = narrowingOf(intent)?.choices.map(({ code }) => code) ?? [];
    expect(settled !== null || choices.length > 1).toBe(true);
    expect(possible).toEqual(expect.arrayContaining(settled ? [settled] : choices));
  },
);

test.each([
  ["report.traffic", "đèn xanh đèn đỏ ngã tư hư", "traffic_signal"],
  ["report.traffic", "xe dau bit het duong", "parking"],
  ["report.traffic", "xe tải đậu xe bít hết lối", "parking"],
  ["report.road", "duong toan o ga", "road_damage"],
  ["report.road", "mat nap cong truoc nha", "manhole_cover"],
  ["report.utilities", "cúp nước từ sáng tới giờ", "water_supply"],
  ["report.utilities", "dây cáp võng xuống đường", "telecom_cable"],
  ["report.utilities", "hư rồi", null],
  ["report.security", "có người giả danh công an gọi đòi chuyển tiền", "scam"],
  ["report.lighting", "tối thui", "street_light"],
  ["report.emergency", "chay nha", "fire"],
  ["report.other", "tui muốn báo ổ gà", "road_damage"],
  ["report.other", "chuyện này lạ lắm", null],
])("%s, “%s” → %s", (intent, text, code) => {
  expect(settle(intent, text)).toBe(code);
});

test("a child in danger is guided, never filed; what names people stays off the public pages", () => {
  expect(categoryOf("child_protection")).toMatchObject({ handling: "guide", public: false, call: "111" });
  const hidden = categories.filter((category) => !category.public).map(({ code }) => code);
  expect(hidden).toEqual(
    expect.arrayContaining(["security", "scam", "admin_service", "medical", "child_protection"]),
  );
});

test("a file that points nowhere is refused with the name", () => {
  const file = readFileSync(new URL("../../../intents/report-categories.yml", import.meta.url), "utf8");
  expect(() => readCategories(file.replace("agency: telecoms", "agency: nobody"))).toThrow(
    /telecom_cable.*nobody/,
  );
  expect(() => readCategories(file.replace("usually: pollution", "usually: fog"))).toThrow(
    /environment.*fog/,
  );
});
