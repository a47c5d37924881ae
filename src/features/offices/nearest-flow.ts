/** "Cơ quan gần tôi": a shared place, or the ward or a landmark in words. */
import type { Flow } from "../../dialogue/types.ts";
import { type Point, wardAt, wardOfLandmark, wardToday } from "../../places/index.ts";

interface NearestDraft extends Record<string, unknown> {
  ward: string | null;
  point: Point | null;
}

/** A place in none of the five wards: an answer too, though not one we can go on with. */
export const OUTSIDE = "";

export const nearestFlow: Flow<NearestDraft> = {
  name: "office-nearest",
  opens: ["office.nearest"],
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
      hears({ attachments, understanding, text }, draft, say, when) {
        const shared = attachments.find(({ type }) => type === "location");
        if (shared?.latitude !== undefined && shared.longitude !== undefined) {
          const point = { latitude: shared.latitude, longitude: shared.longitude };
          return { fill: { ward: wardAt(point).ward ?? OUTSIDE, point }, sure: true };
        }
        const named = understanding.entities.find(({ type }) => type === "ward")?.value;
        const today = typeof named === "string" ? wardToday(named) : null;
        const ward = today?.ward ?? wardOfLandmark(text);
        if (ward) return { fill: { ...draft, ward }, sure: true };
        return when === "asked" && text ? { problem: say("offices.unknownPlace") } : null;
      },
      clears: () => ({ ward: null, point: null }),
      expects: ["office.location"],
    },
  ],
  intentOf: () => "office.nearest",
  holds: () => false,
  finish: (draft) => ({ type: "office.near", data: draft }),
};
