/**
 * POST /console/announcements/compose: what is being typed, every second or so. It is kept as a draft as soon as there
 * is something to keep, and answered with the previews; when another wrote meanwhile, nothing is kept and it is said.
 */
import type { Request, Response } from "express";
import { t } from "../../../bilingual/index.ts";
import { one } from "../../../console/read-form.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { formatDateTime } from "../../../infra/clock.ts";
import { findingsOf } from "../checks.ts";
import { lastStep } from "../history/store.ts";
import type { TellingParts } from "../telling.ts";
import { KeptFields, SavedMark, type Kept } from "./form-page.tsx";
import { unfinishedForm, type Draft } from "./form.ts";
import { FilesCard } from "../files/card.tsx";
import { Preview, pictureOf } from "./preview.tsx";
import { changeDraft, createDraft, findForStaff, unitsOf } from "./store.ts";
import { REFUSALS, ROOT } from "./words.ts";

interface Outcome extends Kept {
  text: string;
  bad?: boolean;
}

const NO_COVER = { hash: null, alt: "" };
/** Shorter than this is a slip of the hand, not a notice. */
const WORTH_KEEPING = 3;

export function composing({ database, wording, clock, publicUrl }: TellingParts) {
  const { db } = database;

  return async (request: Request, response: Response, staff: SignedIn): Promise<void> => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const draft = unfinishedForm.parse(body);
    if (!staff.units.includes(draft.unitCode)) draft.unitCode = staff.unitCode ?? staff.units[0]!;
    const units = await unitsOf(db, [draft.unitCode]);
    const outcome = await keep(staff, draft, { code: one(body.code), version: one(body.version) });
    if (outcome.code) response.set("hx-replace-url", `${ROOT}/${outcome.code}/edit`);
    const kept = outcome.code ? await findForStaff(db, outcome.code, staff.units) : null;
    const looks = { draft, code: outcome.code || "TB-…", unit: units[0]!, cover: pictureOf(kept) };
    const isFirst = Boolean(outcome.code) && !one(body.code);
    const preview = await (
      <>
        <Preview
          {...{ ...looks, say: wording.in("vi"), publicUrl }}
          findings={findingsOf(draft, clock.now())}
        />
        <KeptFields code={outcome.code} version={outcome.version} anew />
        {isFirst ? (
          <FilesCard {...{ code: outcome.code, cover: NO_COVER, files: [], staff }} mayChange anew />
        ) : null}
        <SavedMark text={outcome.text} bad={outcome.bad ?? false} anew />
      </>
    );
    response.type("html").send(preview);
  };

  async function keep(staff: SignedIn, draft: Draft, kept: Kept): Promise<Outcome> {
    const at = clock.now();
    const saved = { version: at.toISOString(), text: t`Đã lưu lúc ${formatDateTime(at)}` };
    if (!kept.code) {
      if (draft.title.length + draft.body.length < WORTH_KEEPING) return { ...kept, text: "" };
      const code = await db.$transaction((tx) => createDraft(tx, staff, draft, at));
      return { code, ...saved };
    }
    const seen = Date.parse(kept.version);
    const change = { code: kept.code, draft, at, ...(seen ? { seen: new Date(seen) } : {}) };
    const refusal = await db.$transaction((tx) => changeDraft(tx, staff, change));
    if (!refusal) return { code: kept.code, ...saved };
    if (refusal === "not_found") return { ...kept, bad: true, text: t`Không còn bản nháp này.` };
    if (refusal !== "changed") return { ...kept, bad: true, text: t.of(REFUSALS[refusal]) };
    const found = await findForStaff(db, kept.code, staff.units);
    const by = found && (await lastStep(db, found.id))?.staff?.name;
    return {
      ...{ ...kept, bad: true },
      text: t`Chưa lưu: ${by ?? t`người khác`} vừa sửa bản này. Chép phần của anh/chị lại, rồi tải lại trang.`,
    };
  }
}
