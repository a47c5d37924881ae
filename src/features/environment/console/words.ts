/** How the console speaks of stations and lamps. */
import { vi, type Ours } from "../../../bilingual/index.ts";
import type { LampState } from "../lamps/store.ts";
import type { StationKind } from "../store.ts";

export const ROOT = "/console/environment";

export const KIND_NAMES: Record<StationKind, Ours> = {
  salinity: vi`Độ mặn`,
  water_level: vi`Mực nước`,
  rain: vi`Lượng mưa`,
  air: vi`Không khí`,
};

export const LAMP_STATES: Record<LampState | "silent", Ours> = {
  fault: vi`đang hư`,
  ok: vi`đang sáng`,
  silent: vi`chưa báo gì`,
};
