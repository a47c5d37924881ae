/** Which lamp a report means: the one whose plate was read, else the nearest to the shared place. */
import { vi } from "../../../bilingual/index.ts";
import type { Tx } from "../../../infra/db.ts";
import { settingGroup } from "../../../infra/setting-groups.ts";
import type { Point } from "../../../places/index.ts";
import { lampByPlate, nearestLamp, pointOf, type LampState } from "./store.ts";

/** Poles of a street stand 25 to 40 m apart, and a phone is off by ten. */
export const lampSearch = settingGroup("lamps.near", {
  title: vi`Trụ đèn gần nhất`,
  meaning: vi`Khi người dân gửi vị trí mà không đọc mã trụ, trợ lý ghi trụ đèn gần nhất.`,
  choices: {
    metres: {
      ...{ kind: "number", label: vi`Tìm trong`, unit: "m", min: 5, max: 100, initial: 25 },
      meaning: vi`Xa hơn thì không ghi trụ nào.`,
    },
  },
});

export async function findLamp(tx: Tx, { pole, point }: { pole: string | null; point: Point | null }) {
  const lamp = pole
    ? await lampByPlate(tx, pole)
    : point && (await nearestLamp(tx, point, lampSearch.value.metres));
  if (!lamp) return null;
  const { code, street, since } = lamp;
  const state = lamp.state as LampState | null;
  return { code, street, point: pointOf(lamp), state, since: since?.toISOString() ?? null };
}
