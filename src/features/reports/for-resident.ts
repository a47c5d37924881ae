/** A report that staff make out of a resident's message in a talk: theirs as if they had filed it themselves. */
import { pageLanguage } from "../../bilingual/index.ts";
import type { Turn, Wording } from "../../dialogue/types.ts";
import { codeOfWard, wardAt } from "../../places/index.ts";
import { wardFile } from "../../places/wards.ts";
import type { FilesForResident } from "../feature.ts";
import { categories, categoryOf, settle } from "./categories.ts";
import { pageOf, whatNow } from "./deeds.ts";
import { emptyDraft } from "./draft.ts";
import { placeIn } from "./place.ts";
import { settleWard, withSpokenPlace } from "./place-settling.ts";
import { fileReport } from "./store.ts";

export function createFiling(publicUrl: string): FilesForResident {
  return {
    get categories() {
      return categories
        .filter(({ handling }) => handling === "file")
        .map(({ code, name }) => ({ value: code, label: name[pageLanguage()] }));
    },
    wards: wardFile.wards.map(({ code, name }) => ({ value: code, label: name })),
    guess,
    async file(tx, filing, { residentId, staffId, unitCode, say, at }) {
      const { description, point, street, houseNumber, hamlet, attachmentIds } = filing;
      const category = categoryOf(filing.category);
      const ward = wardFile.wards.find(({ code }) => code === filing.ward)!;
      const road = [houseNumber, street].filter(Boolean).join(" ");
      const filed = await fileReport(tx, {
        ...{ category, description, unitCode, at, point, attachmentIds },
        ...{ street: street || null, houseNumber: houseNumber || null, hamlet: hamlet || null },
        place: [road, hamlet, ward.name].filter(Boolean).join(", "),
        ward: ward.name,
        wardCode: ward.code,
        onBoundary: point !== null && wardAt(point).ward !== ward.name,
        reporter: { kind: "resident", residentId },
        filedBy: staffId,
      });
      const { code } = filed;
      const text = [say("reports.filed.byStaff", { code }), ...whatNow(filed, category, say)].join("\n");
      const link = category.public ? { link: pageOf(code, publicUrl, say) } : {};
      return { code, reply: { text, ...link } };
    },
  };
}

function guess(turn: Turn, say: Wording) {
  const spoken = placeIn(turn);
  const intent =
    turn.understanding.readings.find(({ name }) => name.startsWith("report."))?.name ?? "report.other";
  const { fill } = settleWard(withSpokenPlace(emptyDraft(intent), spoken), spoken, say);
  const { street, houseNumber, hamlet, point } = spoken;
  const category = settle(intent, turn.text);
  return {
    ...(category && categoryOf(category).handling === "file" ? { category } : {}),
    ward: (fill.ward && codeOfWard(fill.ward)) || "",
    ...{ street: street ?? "", houseNumber: houseNumber ?? "", hamlet: hamlet ?? "", point },
  };
}
