/** What is done once a form is agreed: a report filed, joined, added to; its kind put right. */
import { z } from "zod";
import type { Reply } from "../../channels/channel.ts";
import type { Wording } from "../../dialogue/types.ts";
import { formatDate } from "../../infra/clock.ts";
import { codeOfWard, wardAt } from "../../places/index.ts";
import type { Feature, TurnContext } from "../feature.ts";
import { categoryOf, type Category } from "./categories.ts";
import { readDraft, type ReportDraft } from "./draft.ts";
import { poleOf } from "./lamp.ts";
import {
  addToReport,
  correctCategory,
  fileReport,
  findByCode,
  joinReport,
  type FiledReport,
} from "./store.ts";

type Data = Record<string, unknown>;

/** What a person may follow up on without naming the report again. */
const FOLLOW_UPS = ["report.status"];

export function createDeeds(publicUrl: string): NonNullable<Feature["effects"]> {
  async function file(data: Data, context: TurnContext): Promise<Reply[]> {
    const { tx, residentId, unitCode, say, now, setTopic } = context;
    const draft = readDraft(data)!;
    const category = categoryOf(draft.category ?? "other");
    const filed = await fileReport(tx, {
      category,
      description: draft.description || category.name.vi,
      place: draft.place ?? say("reports.place.none"),
      ward: draft.wardSaid ?? draft.ward,
      wardCode: draft.ward && codeOfWard(draft.ward),
      ...{ street: draft.street, houseNumber: draft.houseNumber, hamlet: draft.hamlet },
      ...{ lampPole: poleOf(draft), point: draft.point, onBoundary: isOnBoundary(draft) },
      reporter: { kind: "resident", residentId },
      attachmentIds: draft.photos.map(BigInt),
      unitCode,
      at: now,
    });
    const { code } = filed;
    setTopic("report", { code }, FOLLOW_UPS);
    const text = [say("reports.filed.done", { code }), ...whatNow(filed, category, say)].join("\n");
    return [{ text, ...(category.public ? { link: pageOf(code, publicUrl, say) } : {}) }];
  }

  async function join(data: Data, context: TurnContext): Promise<Reply[]> {
    const { tx, residentId, say, now, setTopic } = context;
    const { code, photos } = joined.parse(data);
    const report = await findByCode(tx, code, residentId);
    if (!report) return [{ text: say("reports.status.unknown", { code }) }];
    await joinReport(tx, report.id, residentId, { attachmentIds: photos.map(BigInt), at: now });
    setTopic("report", { code }, FOLLOW_UPS);
    const words =
      photos.length > 0 ? say("reports.joined.withPhotos", { code }) : say("reports.joined.done", { code });
    return [{ text: words, link: pageOf(code, publicUrl, say) }];
  }

  async function add(data: Data, context: TurnContext): Promise<Reply[]> {
    const { tx, residentId, say, now, setTopic } = context;
    const { code, photos, words } = added.parse(data);
    const report = await findByCode(tx, code, residentId);
    const more = { words, attachmentIds: photos.map(BigInt), at: now };
    if (!report || !(await addToReport(tx, report.id, residentId, more)))
      return [{ text: say("reports.status.unknown", { code }) }];
    setTopic("report", { code }, FOLLOW_UPS);
    return [{ text: say("reports.added", { code }) }];
  }

  async function recategorise(data: Data, { tx, residentId, say, now }: TurnContext): Promise<Reply[]> {
    const { code, category } = recategorised.parse(data);
    const report = await findByCode(tx, code, residentId);
    if (!report?.own) return [{ text: say("reports.status.unknown", { code }) }];
    const kind = categoryOf(category);
    const done = await correctCategory(tx, report.id, residentId, { category: kind, at: now });
    if ("refused" in done) return [{ text: say("reports.category.tooLate", { code }) }];
    const name = kind.name[say.language];
    return [{ text: say("reports.category.corrected", { code, kind: name, unit: done.unitName }) }];
  }

  return {
    "reports.file": file,
    "reports.join": join,
    "reports.add": add,
    "reports.recategorise": recategorise,
  };
}

export const pageOf = (code: string, publicUrl: string, say: Wording) => ({
  title: say("reports.filed.see"),
  url: `${publicUrl}/phan-anh/${code}`,
});

/** To whom it went and until when; whom to call if it is urgent; how to ask after it. */
export function whatNow({ code, unitName, dueAt }: FiledReport, category: Category, say: Wording): string[] {
  return [
    dueAt
      ? say("reports.filed.sentWithDate", { unit: unitName, date: formatDate(dueAt) })
      : say("reports.filed.sent", { unit: unitName }),
    ...(category.priority === "emergency"
      ? [say("reports.filed.urgent", { number: category.call ?? "112" })]
      : []),
    say("reports.filed.follow", { code }),
  ];
}

const joined = z.object({ code: z.string(), photos: z.array(z.string()) });
const added = joined.extend({ words: z.string().nullable() });
const recategorised = z.object({ code: z.string(), category: z.string() });

function isOnBoundary({ point, wardChoices }: ReportDraft): boolean {
  return wardChoices.length > 1 || (point !== null && wardAt(point).orElse.length > 0);
}
