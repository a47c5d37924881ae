/** A report of a lamp bears the lamp: by the code on its pole, else the nearest to a shared place. */
import type { Lookup } from "../../dialogue/types.ts";
import { roadInSentence, wardAt, type Point } from "../../places/index.ts";
import type { TurnContext } from "../feature.ts";
import { categoryOf } from "./categories.ts";
import { isElsewhere, type KnownLamp, type ReportDraft } from "./draft.ts";

/** Asked of whoever keeps the lamps; app.ts says who. */
export type FindLamp = (
  tx: TurnContext["tx"],
  by: { pole: string | null; point: Point | null },
) => Promise<KnownLamp | null>;

export const LAMP = "reports.lamp";

/** Asks for the lamp that is meant: by its pole's code, else the one by the shared place. */
export function lampOf(draft: ReportDraft): Lookup | null {
  const { pole, point, lampSought } = draft;
  const sought = soughtBy(draft);
  if (!sought || sought === lampSought || isElsewhere(draft)) return null;
  return { type: LAMP, data: { pole, point } };
}

/** null: no lamp is meant, or nothing tells which. */
function soughtBy({ category, pole, point }: ReportDraft): string | null {
  if (category === null || !categoryOf(category).pole) return null;
  return pole ?? (point ? `${point.latitude},${point.longitude}` : null);
}

/** A lamp we know tells where it stands: that need not be asked. */
export function withLamp(draft: ReportDraft, lamp: KnownLamp | null): ReportDraft {
  const named = {
    ...draft,
    lamp,
    lampSought: soughtBy(draft),
    pole: draft.pole && (lamp?.code ?? draft.pole),
  };
  const isPlaced = named.place !== null && !(draft.lamp && named.place === lampInWords(draft.lamp));
  if (!lamp?.point || isPlaced) return named;
  const { ward } = wardAt(lamp.point);
  return {
    ...named,
    ...{ place: lampInWords(lamp), street: lamp.street, point: lamp.point, vaguePlace: null },
    ...(ward ? { ward, wardChoices: [], isWardSettled: true } : {}),
  };
}

/** As the report bears it. */
export const poleOf = ({ pole, lamp }: Pick<ReportDraft, "pole" | "lamp">) => pole ?? lamp?.code ?? null;

/** “trụ đèn NH-012, đường Nguyễn Huệ” */
export const lampInWords = ({ code, street }: Pick<KnownLamp, "code" | "street">) =>
  [`trụ đèn ${code}`, ...(street ? [roadInSentence(street)] : [])].join(", ");
