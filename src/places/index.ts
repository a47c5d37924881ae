/** The city on the ground: wards of today and of before, streets, landmarks, points. */
export {
  isInProvince,
  landmarkNear,
  metresBetween,
  pointOfLandmark,
  wardAt,
  type Point,
  type WardAtPoint,
} from "./points.ts";
export { isInside } from "./rings.ts";
export {
  codeOfWard,
  wardCodes,
  wardOutline,
  inSentence,
  roadInSentence,
  wardOfCode,
  wardOfLandmark,
  wardsOfStreet,
  wardsToday,
  wardToday,
  type TodaysWard,
} from "./wards.ts";
