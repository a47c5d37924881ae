/** "10.2402, 106.3789", as phones and maps give it: WGS 84 degrees, latitude first. */
import { z } from "zod";
import { vi } from "../bilingual/index.ts";
import { isInProvince } from "../places/index.ts";

/** Of a form; empty: null. */
export const pointField = z
  .string()
  .trim()
  .transform((text, check) => {
    if (!text) return null;
    const numbers = /^(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(text);
    const point = numbers && { latitude: Number(numbers[1]), longitude: Number(numbers[2]) };
    if (point && isInProvince(point)) return point;
    check.addIssue(
      point
        ? vi`Chỗ này nằm ngoài tỉnh. Vĩ độ ghi trước, kinh độ ghi sau.`
        : vi`Ghi hai số cách nhau bằng dấu phẩy, ví dụ 10.2402, 106.3789.`,
    );
    return z.NEVER;
  });

/** As `pointField` reads it. */
export const pointInField = (place: { latitude: number | null; longitude: number | null }) =>
  place.latitude === null || place.longitude === null ? "" : `${place.latitude}, ${place.longitude}`;
