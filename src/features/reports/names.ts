/** What others call the parts of a report when they tell of many. */
import { wardFile } from "../../places/wards.ts";
import { categoryOf } from "./categories.ts";
import { STATE_NAMES } from "./labels.ts";

export const reportNames = {
  category: (code: string) => categoryOf(code).name.vi,
  ward: (code: string) => wardFile.wards.find((ward) => ward.code === code)?.name ?? "Chưa rõ phường",
  state: (state: string) => (STATE_NAMES as Record<string, string>)[state] ?? state,
};
