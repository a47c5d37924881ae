/** Finds the parcel that is asked after: on our own map at once, else at the province's portal in a moment. */
import type { Reply } from "../../channels/channel.ts";
import type { Media } from "../../channels/media.ts";
import { formatDateTime, type Clock } from "../../infra/clock.ts";
import type { Database } from "../../infra/db.ts";
import { enqueue } from "../../infra/jobs.ts";
import type { Teller } from "../../residents/teller.ts";
import type { TurnContext } from "../feature.ts";
import type { LandDraft } from "./draft.ts";
import { withPerson } from "./figures.ts";
import { questionOf, type LandSource } from "./portal-parcel.ts";
import { askPortal, type PortalAnswer } from "./portal.ts";
import { subjectOf, subjectOfPortal, type Subject } from "./report.ts";
import { describe, whichOne, type Telling } from "./show.ts";
import { findById, findByIdentifier, findByNumber, findByPoint, hasLayers, lastAnswer } from "./store.ts";
import type { FoundParcel } from "./store.ts";

export interface FindParts {
  database: Database;
  clock: Clock;
  media: Pick<Media, "keepPicture">;
  teller: Teller;
  /** The province's portal, where there is one. */
  source: LandSource | null;
}

export function createFinding({ database, clock, media, teller, source }: FindParts) {
  async function show(draft: LandDraft, context: TurnContext): Promise<Reply[]> {
    const { tx, say, residentId } = context;
    const picked = await pickedOf(draft, tx);
    if (picked) return [await describe(picked, context, media)];
    const found = draft.id?.includes(".") ? [] : await findHere(draft, tx);
    if (found.length === 1) return [await describe(subjectOf(found[0]!), context, media)];
    if (found.length > 1) {
      const ids = found.map(({ id }) => String(id));
      return [whichOne(found.map(subjectOf), draft.intent, ids, context)];
    }
    const question = source && questionOf(draft);
    if (question && source.canAnswer(question)) {
      await enqueue(tx, "land.ask", { residentId: String(residentId), draft });
      return [{ text: say("land.asking", { what: whatIs(draft, say) }) }];
    }
    if (!(await hasLayers(tx, "parcels"))) return [withPerson(say("land.noMap"), context)];
    return [withPerson(say("land.notFound", { what: whatIs(draft, say) }), context)];
  }

  /** The job: asks the portal, then answers; the platform's window is open, since the resident has just asked. */
  async function answer(residentId: bigint, draft: LandDraft): Promise<void> {
    const question = source && questionOf(draft);
    if (!question) return;
    const told = await askPortal(source, database.db, question, clock.now());
    await teller(residentId, async (tx, say) => [await answerOf(told, draft, { tx, say })]);
  }

  async function answerOf(told: PortalAnswer, draft: LandDraft, telling: Telling): Promise<Reply> {
    const { say } = telling;
    const what = whatIs(draft, say);
    if ("missing" in told) {
      const isUnknown = told.missing === "unknown";
      return withPerson(
        isUnknown ? say("land.notFound", { what }) : say("land.unreachable", { what }),
        telling,
      );
    }
    const { id, parcels, staleSince } = told;
    const subjects = parcels.map(subjectOfPortal);
    if (subjects.length > 1)
      return whichOne(
        subjects,
        draft.intent,
        parcels.map((_, at) => `${id}.${at}`),
        telling,
      );
    const note = staleSince ? say("land.stale", { at: formatDateTime(staleSince) }) : "";
    return describe(subjects[0]!, telling, media, note);
  }

  return { show, answer };
}

/** One of several that the portal had named. */
async function pickedOf({ id }: LandDraft, tx: TurnContext["tx"]): Promise<Subject | null> {
  const [answerId, at] = id?.split(".") ?? [];
  if (!answerId || at === undefined) return null;
  const parcel = (await lastAnswer(tx, { id: BigInt(answerId) }))?.parcels[Number(at)];
  return parcel ? subjectOfPortal(parcel) : null;
}

/** On our own map. */
export async function findHere(draft: LandDraft, tx: TurnContext["tx"]): Promise<FoundParcel[]> {
  if (draft.id) return [(await findById(tx, BigInt(draft.id))) ?? []].flat();
  if (draft.point) return findByPoint(tx, draft.point);
  if (draft.identifier) return findByIdentifier(tx, draft.identifier);
  return findByNumber(tx, draft.sheet!, draft.number!, wardNames(draft.ward ?? ""));
}

/** The ward as named and, for a ward of today, its name alone: files print "Phường 8", "phường 8", "P.8". */
function wardNames(ward: string): string[] {
  if (!ward) return [];
  const short = ward.replace(/^(?:Phường|Xã|Thị trấn) /, "");
  return [ward, short, `phường ${short}`, `xã ${short}`, `P.${short}`, `Phường ${short}`, `Xã ${short}`];
}

function whatIs({ sheet, number, ward, point }: LandDraft, say: TurnContext["say"]): string {
  if (point) return say("land.thatPlace");
  return sheet === null
    ? say("land.thatCode")
    : say("land.thatParcel", { sheet, number: number!, ward: ward || "…" });
}
