/** "Cơ quan gần tôi": a shared place, or the ward or a landmark in words. */
import type { Flow } from "../../dialogue/types.ts";
import { type Point, wardAt } from "../../places/index.ts";
import { whereIn } from "./meant.ts";

interface NearestDraft extends Record<string, unknown> {
  ward: string | null;
  point: Point | null;
}

/** A place in none of the five wards: an answer too, though not one we can go on with. */
export const OUTSIDE = "";

export const nearestFlow: Flow<NearestDraft> = {
  name: "office-nearest",
  opens: ["office.nearest"],
  opensWith: ({ attachments }) =>
    attachments.some(({ type }) => type === "location") ? "office.nearest" : null,
  begins: () => ({ ward: null, point: null }),
  reads: (kept) => {
    const { ward = null, point = null } = (kept ?? {}) as Partial<NearestDraft>;
    return { ward, point };
  },
  slots: [
    {
      name: "place",
      isOpen: ({ ward }) => ward === null,
      asks: (_draft, say) => ({ text: say("offices.askPlace") }),
      hears(turn, _draft, say, when) {
        const shared = turn.attachments.find(({ type }) => type === "location");
        if (shared?.latitude !== undefined && shared.longitude !== undefined) {
          const point = { latitude: shared.latitude, longitude: shared.longitude };
          return { fill: { ward: wardAt(point).ward ?? OUTSIDE, point }, sure: true };
        }
        const where = whereIn(turn);
        if (where) return { fill: where, sure: true };
        return when === "asked" && turn.text ? { problem: say("offices.unknownPlace") } : null;
      },
      clears: () => ({ ward: null, point: null }),
      expects: ["office.location"],
    },
  ],
  intentOf: () => "office.nearest",
  holds: () => false,
  finish: (draft) => ({ type: "office.near", data: draft }),
};
