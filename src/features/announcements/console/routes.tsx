/** The office's pages of announcements, under /console/announcements. */
import type { Request, Response, Router } from "express";
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import { asset } from "../../../console/assets.ts";
import { LinkButton } from "../../../console/components/index.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { one, readForm, type ReadForm } from "../../../console/read-form.ts";
import { may, type Right } from "../../../console/rights.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { alertApprovers, type AlertParts } from "../approval/alert.ts";
import { approvalOf, commentsOf, hasWorkedOn } from "../approval/store.ts";
import { findingsOf } from "../checks.ts";
import { FilesCard, FilesLater } from "../files/card.tsx";
import { filesOf } from "../files/store.ts";
import { ledLine } from "../loudspeaker/led.ts";
import { loudspeakerScript } from "../loudspeaker/script.ts";
import { countReach, readReach } from "../notices/store.ts";
import { readersOf } from "../press/store.ts";
import type { SignatureCheck } from "../signatures/index.ts";
import { stepsOf } from "../history/store.ts";
import { Attention } from "../reach/attention.tsx";
import { waitingFor } from "../reach/store.ts";
import type { TellingParts } from "../telling.ts";
import { move, type Deed } from "../workflow.ts";
import { templates } from "../templates.ts";
import { composing } from "./composing.tsx";
import { FormPage } from "./form-page.tsx";
import { draftForm, unfinishedForm, valuesOf, type Draft } from "./form.ts";
import { ListPage } from "./list-page.tsx";
import { NoticePage } from "./notice-page.tsx";
import { Preview, pictureOf } from "./preview.tsx";
import {
  beginCorrection,
  changeDraft,
  createDraft,
  findForStaff,
  listForStaff,
  unitsOf,
  type Kept,
} from "./store.ts";
import { noticeOf } from "./notice-of.ts";
import { DONE, REFUSALS, ROOT } from "./words.ts";

const STYLES = { styles: [asset("announcements-console.css")] };
const CRUMBS = [{ label: vi`Thông báo`, href: ROOT }];

export interface OfficeParts extends TellingParts, AlertParts {
  checkSignatures: SignatureCheck;
}

const BEHIND = vi`Người khác vừa sửa bản này. Xem lại, rồi lưu lần nữa nếu muốn giữ bản của anh/chị.`;

/** What was not decided since is of no use any more, ms. */
const LATELY = 30 * 24 * 3_600_000;

const query = z.object({
  state: z.enum(["draft", "pending", "approved", "published", "recalled", ""]).catch(""),
  q: z.string().trim().max(100).catch(""),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export function announcementConsole(parts: OfficeParts): Router {
  const { database, wording, clock, publicUrl, checkSignatures } = parts;
  const { db } = database;
  const routes = consoleRoutes();

  routes.get("/", "announcements.see", async (request, response, staff) => {
    const asked = query.parse(request.query);
    const lately = new Date(clock.now().getTime() - LATELY);
    const [found, waiting] = await Promise.all([
      listForStaff(db, staff.units, { ...asked, words: asked.q }),
      waitingFor(db, staff.units, lately),
    ]);
    const actions = (
      <>
        <LinkButton href={`${ROOT}/month`}>{t`Báo cáo tháng`}</LinkButton>
        <LinkButton href={`${ROOT}/coming`} icon="calendar">{t`Hẹn giờ`}</LinkButton>
        {may(staff.role, "announcements.write") ? (
          <LinkButton href={`${ROOT}/new`} icon="plus" tone="primary">
            {t`Soạn thông báo`}
          </LinkButton>
        ) : null}
      </>
    );
    await showPage(
      request,
      response,
      { title: t`Thông báo`, actions },
      <>
        <Attention waiting={waiting} />
        <ListPage query={asked} staff={staff} {...found} />
      </>,
    );
  });

  routes.get("/new", "announcements.write", (request, response, staff) =>
    showForm(request, response, staff, { title: t`Soạn thông báo`, action: `${ROOT}/new` }),
  );
  routes.post("/new", "announcements.write", async (request, response, staff) => {
    const form = readDraft(request, staff);
    if (!form.data) {
      return showForm(request, response, staff, { title: t`Soạn thông báo`, action: `${ROOT}/new`, form });
    }
    const { data } = form;
    // kept while it was typed: it has a code already
    const kept = one((request.body as { code?: unknown }).code);
    if (kept) return change(request, response, staff, { code: kept, form });
    const code = await db.$transaction((tx) => createDraft(tx, staff, data, clock.now()));
    done(request, response, `${ROOT}/${code}`, t`Đã lưu nháp.`);
  });
  routes.post("/compose", "announcements.write", composing(parts));

  routes.get("/:code", "announcements.see", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    const now = clock.now();
    const isOut = notice.state === "published" || notice.state === "recalled";
    const [steps, files, approval, isOwn, comments, readers, coming, reach] = await Promise.all([
      stepsOf(db, notice.id),
      filesOf(db, notice.id).then(checkSignatures),
      approvalOf(db, notice),
      hasWorkedOn(db, notice, staff.id),
      commentsOf(db, notice.id),
      readersOf(db, notice.unitCode),
      isOut ? null : countReach(db, notice, now),
      isOut && !notice.archived ? readReach(db, notice.id) : null,
    ]);
    const findings = findingsOf(notice, now);
    const { unit, code } = notice;
    const looks = { draft: notice, code, unit, cover: pictureOf(notice), say: wording.in("vi"), publicUrl };
    const preview = <Preview {...looks} findings={isOut ? null : findings} />;
    const page = { title: notice.title, subtitle: notice.code, breadcrumbs: CRUMBS, ...STYLES };
    await showPage(
      request,
      response,
      page,
      <NoticePage
        {...{ notice, steps, files, approval, isOwn, comments, findings, coming, reach, staff }}
        readers={readers.length}
        preview={preview}
      />,
    );
  });

  const forDevices = { "loudspeaker.txt": loudspeakerScript, "led.txt": (notice: Kept) => ledLine(notice) };
  for (const [file, textOf] of Object.entries(forDevices)) {
    routes.get(`/:code/${file}`, "announcements.see", async (request, response, staff) => {
      const notice = await noticeOf(db, request, staff);
      response.attachment(`${notice.code}-${file}`).type("text/plain").send(textOf(notice));
    });
  }

  routes.get("/:code/edit", "announcements.write", async (request, response, staff) => {
    const notice = await noticeOf(db, request, staff);
    const action = `${ROOT}/${notice.code}/edit`;
    await showForm(request, response, staff, {
      ...{ title: t`Sửa thông báo`, action, draft: notice, code: notice.code },
      version: notice.updatedAt.toISOString(),
    });
  });
  routes.post("/:code/edit", "announcements.write", async (request, response, staff) => {
    const code = one(request.params.code);
    if (!(await findForStaff(db, code, staff.units))) throw notFound();
    await change(request, response, staff, { code, form: readDraft(request, staff) });
  });

  interface Changed {
    code: string;
    form: ReadForm<Draft>;
  }
  async function change(request: Request, response: Response, staff: SignedIn, { code, form }: Changed) {
    const to = `${ROOT}/${code}`;
    const shown = { title: t`Sửa thông báo`, action: `${to}/edit`, form };
    const { data } = form;
    if (!data) return showForm(request, response, staff, { ...shown, code });
    const seen = Date.parse(form.values.version ?? "");
    const given = { code, draft: data, at: clock.now(), ...(seen ? { seen: new Date(seen) } : {}) };
    const refusal = await db.$transaction((tx) => changeDraft(tx, staff, given));
    if (refusal === "not_found") throw notFound();
    if (refusal === "changed") {
      const now = await findForStaff(db, code, staff.units);
      form.values.version = now!.updatedAt.toISOString();
      return showForm(request, response, staff, { ...shown, code, isBehind: true });
    }
    if (refusal) return trouble(request, response, to, REFUSALS[refusal]);
    done(request, response, to, t`Đã lưu nháp.`);
  }

  routes.post("/:code/correct", "announcements.write", async (request, response, staff) => {
    const code = one(request.params.code);
    const begun = await db.$transaction((tx) => beginCorrection(tx, staff, code, clock.now()));
    if ("code" in begun) {
      return done(request, response, `${ROOT}/${begun.code}`, t`Sửa bản này, rồi trình duyệt như thường.`);
    }
    if (begun.refusal === "not_found") throw notFound();
    trouble(request, response, `${ROOT}/${code}`, REFUSALS[begun.refusal]);
  });

  deed("submit", "announcements.write");
  deed("approve", "announcements.approve");
  deed("reject", "announcements.approve");
  deed("publish", "announcements.write");
  deed("recall", "announcements.approve");

  function deed(name: Deed, right: Right) {
    routes.post(`/:code/${name}`, right, async (request, response, staff) => {
      const code = one(request.params.code);
      const body = (request.body ?? {}) as Record<string, unknown>;
      const comment = one(body.comment).slice(0, 500);
      const seen = Date.parse(one(body.seen));
      const given = { comment, at: clock.now(), ...(seen ? { seen: new Date(seen) } : {}) };
      const refusal = await database.transaction(async (tx) => {
        const refused = await move(tx, code, name, staff, given);
        const notice = refused ? null : await findForStaff(tx, code, staff.units);
        if (name === "submit" && notice?.level === "emergency")
          await alertApprovers(tx, parts, notice, staff, given.at);
        return refused;
      });
      if (refusal === "not_found") throw notFound();
      if (refusal) trouble(request, response, `${ROOT}/${code}`, REFUSALS[refusal]);
      else done(request, response, `${ROOT}/${code}`, DONE[name]);
    });
  }

  interface Shown {
    title: string;
    action: string;
    draft?: Draft;
    form?: ReadForm<Draft>;
    code?: string;
    version?: string;
    /** Another wrote meanwhile. */
    isBehind?: boolean;
  }
  async function showForm(request: Request, response: Response, staff: SignedIn, shown: Shown) {
    const { title, action, draft, form, isBehind } = shown;
    if (form) response.status(isBehind ? 409 : 422);
    const units = await unitsOf(db, staff.units);
    const chosen = (request.body as { wards?: unknown } | undefined)?.wards;
    const begun = templates[one(request.query.template)];
    const fresh = { unitCode: staff.unitCode, topic: "general", ...begun };
    const values = form?.values ?? (draft ? valuesOf(draft) : fresh);
    const wards = form ? [chosen].flat().map(String) : (draft?.wards ?? []);
    const kept = {
      code: shown.code ?? form?.values.code ?? "",
      version: shown.version ?? form?.values.version ?? "",
    };
    const typed = unfinishedForm.parse({ ...values, wards });
    const unit = units.find(({ code }) => code === typed.unitCode) ?? units[0]!;
    const found = kept.code ? await findForStaff(db, kept.code, staff.units) : null;
    const files = found ? (
      <FilesCard
        {...{ code: found.code, cover: { hash: found.coverHash, alt: found.coverAlt }, staff }}
        files={await checkSignatures(await filesOf(db, found.id))}
        mayChange={found.state === "draft"}
      />
    ) : (
      <FilesLater />
    );
    const preview = (
      <Preview
        {...{ draft: typed, code: kept.code || "TB-…", unit, findings: findingsOf(typed, clock.now()) }}
        cover={pictureOf(found)}
        {...{ say: wording.in("vi"), publicUrl }}
      />
    );
    const page = { title, breadcrumbs: CRUMBS, width: "wide" as const, ...STYLES };
    const errors = form?.errors ?? (isBehind ? { title: t.of(BEHIND) } : {});
    const props = { action, values, wards, errors, units, staff, kept, preview, files };
    await showPage(request, response, page, <FormPage {...props} />);
  }
  return routes.router;
}

/** The unit must be one of theirs. */
function readDraft(request: Request, staff: SignedIn): ReadForm<Draft> {
  const ours = draftForm.refine(({ unitCode }) => staff.units.includes(unitCode), {
    ...{ path: ["unitCode"], message: t`Chọn đơn vị của anh/chị.` },
  });
  return readForm(ours, request);
}
