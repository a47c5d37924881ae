/** What others call the parts of a report when they tell of many. */
import { pageLanguage, t } from "../../bilingual/index.ts";
import { wardFile } from "../../places/wards.ts";
import { categoryOf } from "./categories.ts";
import { STATE_NAMES } from "./labels.ts";

export const reportNames = {
  category: (code: string) => categoryOf(code).name[pageLanguage()],
  ward: (code: string) => wardFile.wards.find((ward) => ward.code === code)?.name ?? t`Chưa rõ phường`,
  state: (state: string) => t.of((STATE_NAMES as Record<string, string | undefined>)[state]) ?? state,
};
