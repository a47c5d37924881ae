/** The office's pages of reports, under /console/reports. */
import type { Request, Response, Router } from "express";
import { DateTime } from "luxon";
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import type { Media } from "../../../channels/media.ts";
import { asset } from "../../../console/assets.ts";
import { audit } from "../../../console/audit/audit.ts";
import { allowImages } from "../../../console/headers.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { one, readForm } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Wording } from "../../../dialogue/types.ts";
import { ZONE, type Clock } from "../../../infra/clock.ts";
import type { Database, Tx } from "../../../infra/db.ts";
import { wardAt } from "../../../places/index.ts";
import { wardFile } from "../../../places/wards.ts";
import type { Learn } from "../../../residents/candidates.ts";
import { categories, categoryOf } from "../categories.ts";
import { mapAssets } from "../public-site/list-page.tsx";
import { mapSettings, tileOrigins } from "../public-site/map.ts";
import { STATES } from "../states.ts";
import {
  addNote,
  addPhotoByStaff,
  allUnits,
  assign,
  board,
  changeState,
  colleaguesIn,
  correctCategoryByStaff,
  toldInTalk,
  decideProposal,
  dropView,
  fileReport,
  findForStaff,
  findNearby,
  findReporter,
  keepView,
  listForStaff,
  mergeInto,
  PRIORITIES,
  proposedReports,
  publish,
  radiusFor,
  readTemplates,
  readViews,
  setDeadline,
  setPriority,
  waitingProposal,
  addPhoto,
  type Reporter,
  type StaffRefusal,
} from "../store.ts";
import { BoardPage } from "./board-page.tsx";
import { ListPage } from "./list-page.tsx";
import { filterFrom, queryWith, readListQuery } from "./list-query.ts";
import { NewPage } from "./new-page.tsx";
import { ReportPage } from "./report-page.tsx";
import { settingsRoutes } from "./settings-routes.tsx";
import { NewButton, ROOT, styles } from "./shared.tsx";
import { categoryName, REFUSALS } from "./words.ts";

export interface ReportConsoleParts {
  database: Database;
  media: Pick<Media, "read" | "readThumbnail" | "keep">;
  clock: Clock;
  learn: Learn;
  /** What residents read, in Vietnamese. */
  say: Wording;
  tiles: string;
  attribution: string;
}

const proposalForm = z.object({
  id: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt),
  agrees: z.enum(["yes", "no"]).transform((said) => said === "yes"),
});

type Deed = (tx: Tx, code: string, staff: SignedIn, request: Request) => Promise<StaffRefusal | null>;

export function reportConsole(parts: ReportConsoleParts): Router {
  const { database, media, clock, learn, tiles, attribution } = parts;
  const { db } = database;
  const routes = consoleRoutes();
  const map = mapSettings(tiles, attribution);

  routes.get("/", "reports.see", async (request, response, staff) => {
    const now = clock.now();
    const [columns, proposed] = await Promise.all([
      board(db, staff.units, now),
      proposedReports(db, staff.units),
    ]);
    const page = { title: t`Phản ánh`, actions: <NewButton staff={staff} />, styles: styles() };
    await showPage(request, response, page, <BoardPage {...{ proposed, columns, staff, now }} />);
  });

  routes.get("/list", "reports.see", async (request, response, staff) => {
    const now = clock.now();
    const query = readListQuery(request.query);
    const [{ reports, total }, units, colleagues, views] = await Promise.all([
      listForStaff(db, staff.units, filterFrom(query, staff.id), { page: query.page, now }),
      allUnits(db),
      colleaguesIn(db, staff.units),
      readViews(db, staff.id),
    ]);
    const page = { title: t`Phản ánh`, actions: <NewButton staff={staff} />, styles: styles() };
    const props = { query, reports, total, units, colleagues, views, staff, now };
    await showPage(request, response, page, <ListPage {...props} />);
  });

  routes.post("/views", "reports.see", async (request, response, staff) => {
    const name = one((request.body as { name?: unknown }).name).slice(0, 40);
    const kept = new URLSearchParams(one((request.body as { query?: unknown }).query));
    const query = queryWith(readListQuery(Object.fromEntries(kept)), { page: 1 });
    const back = `${ROOT}/list?${query}`;
    if (!name) return trouble(request, response, back, t`Bộ lọc cần có tên.`);
    await keepView(db, staff.id, name, query);
    done(request, response, back, t`Đã lưu bộ lọc “${name}”.`);
  });
  routes.post("/views/drop", "reports.see", async (request, response, staff) => {
    await dropView(db, staff.id, Number((request.body as { id?: unknown }).id) || 0);
    done(request, response, `${ROOT}/list`, t`Đã bỏ bộ lọc.`);
  });

  routes.post("/bulk", "reports.work", async (request, response, staff) => {
    const { data } = readForm(bulkForm, request);
    const back = data?.back ?? `${ROOT}/list`;
    if (!data || data.codes.length === 0) return trouble(request, response, back, t`Chưa chọn phản ánh nào.`);
    let assigned = 0;
    await database.transaction(async (tx) => {
      for (const code of data.codes) {
        const report = await findForStaff(tx, code, staff.units);
        if (!report) continue;
        const unitCode = data.unit || report.unitCode;
        const at = clock.now();
        if (!(await assign(tx, code, staff, { unitCode, assigneeId: data.assignee, at }))) assigned++;
      }
    });
    const left = data.codes.length - assigned;
    const text = t`Đã giao ${assigned} phản ánh${left > 0 ? t`; ${left} không giao được` : ""}.`;
    (assigned > 0 ? done : trouble)(request, response, back, text);
  });

  routes.get("/new", "reports.work", async (request, response, staff) => {
    await showPage(request, response, newPage(), <NewPage values={{}} errors={{}} staff={staff} />);
  });
  routes.post("/new", "reports.work", async (request, response, staff) => {
    const form = readForm(newForm, request);
    if (!form.data) {
      response.status(422);
      return showPage(request, response, newPage(), <NewPage {...form} errors={form.errors} staff={staff} />);
    }
    const hashes = await keepUploads(request);
    const code = await database.transaction((tx) => fileAtCounter(tx, staff, form.data, hashes));
    done(request, response, `${ROOT}/${code}`, t`Đã ghi nhận ${code}.`);
  });

  settingsRoutes(routes, parts);

  routes.get("/:code", "reports.see", (request, response, staff) => show(request, response, staff, null));

  /** Personal data: who looked is written down before it is shown. */
  routes.post("/:code/reporter", "reports.work", async (request, response, staff) => {
    const code = one(request.params.code);
    const reporter = await db.$transaction(async (tx) => {
      const found = await findReporter(tx, code, staff.units);
      if (found) await audit(tx, staff, "report.reporter.see", code);
      return found;
    });
    if (!reporter) throw notFound();
    await show(request, response, staff, reporter);
  });

  async function show(request: Request, response: Response, staff: SignedIn, reporter: Reporter | null) {
    const code = one(request.params.code);
    const report = await findForStaff(db, code, staff.units);
    if (!report) throw notFound();
    const { category, point, lampPole, street, houseNumber, wardCode } = report;
    const radius = await radiusFor(db, categoryOf(category));
    const [proposal, near, units, colleagues, templates] = await Promise.all([
      waitingProposal(db, code),
      findNearby(db, category, { point, lampPole, street, houseNumber, wardCode }, radius),
      allUnits(db),
      colleaguesIn(db, staff.units),
      readTemplates(db),
    ]);
    if (point) allowImages(response, tileOrigins(tiles));
    const assets = point ? mapAssets() : { styles: [], scripts: [] };
    const page = {
      title: categoryName(category),
      subtitle: code,
      breadcrumbs: [{ label: t`Phản ánh`, href: ROOT }],
      styles: [...styles(), ...assets.styles],
      scripts: [asset("reports-console.js"), ...assets.scripts],
    };
    const props = {
      report,
      reporter,
      proposal,
      near,
      units,
      colleagues,
      templates,
      map,
      staff,
      now: clock.now(),
    };
    await showPage(request, response, page, <ReportPage {...props} />);
  }

  /** A deed with its form: done and told, or refused and why. */
  function deed(name: string, said: string, work: Deed) {
    routes.post(`/:code/${name}`, "reports.work", async (request, response, staff) => {
      const code = one(request.params.code);
      const refusal = await database.transaction((tx) => work(tx, code, staff, request));
      if (refusal === "not_found") throw notFound();
      // passed to a unit one does not see: back to the board
      const isOurs = refusal || (await findForStaff(db, code, staff.units));
      const to = isOurs ? `${ROOT}/${code}` : ROOT;
      if (refusal) trouble(request, response, to, REFUSALS[refusal]);
      else done(request, response, to, said);
    });
  }

  deed("state", vi`Đã lưu.`, async (tx, code, staff, request) => {
    const { data } = readForm(stateForm, request);
    if (!data) return "not_now";
    const templates = data.note ? [] : await readTemplates(tx);
    const note = data.note || (templates.find(({ id }) => id === data.template)?.text ?? null);
    return changeState(tx, code, staff, { to: data.to, note, at: clock.now() });
  });
  deed("assign", vi`Đã giao.`, async (tx, code, staff, request) => {
    const { data } = readForm(assignForm, request);
    if (!data) return "no_such_unit";
    return assign(tx, code, staff, { unitCode: data.unit, assigneeId: data.assignee, at: clock.now() });
  });
  deed("note", vi`Đã ghi.`, async (tx, code, staff, request) => {
    const { data } = readForm(noteForm, request);
    if (!data) return "words_missing";
    return addNote(tx, code, staff, { text: data.text, isPublic: data.to === "public", at: clock.now() });
  });
  deed("category", vi`Đã đổi loại.`, async (tx, code, staff, request) => {
    const { data } = readForm(z.object({ category: categoryCode }), request);
    if (!data) return "not_now";
    const category = categoryOf(data.category);
    const refused = await correctCategoryByStaff(tx, code, staff, { category, at: clock.now() });
    const told = refused ? null : await toldInTalk(tx, code);
    if (told) await learn(tx, { ...told, intents: category.intents, staffId: staff.id });
    return refused;
  });
  deed("priority", vi`Đã đổi mức gấp.`, async (tx, code, staff, request) => {
    const { data } = readForm(z.object({ priority: z.coerce.number() }), request);
    const priority = Object.entries(PRIORITIES).find(([, value]) => value === data?.priority)?.[0];
    if (!priority) return "not_now";
    return setPriority(tx, code, staff, { priority: priority as keyof typeof PRIORITIES, at: clock.now() });
  });
  deed("deadline", vi`Đã đổi hạn.`, async (tx, code, staff, request) => {
    const { data } = readForm(deadlineForm, request);
    if (!data) return "words_missing";
    return setDeadline(tx, code, staff, { dueAt: data.dueAt, note: data.reason || null, at: clock.now() });
  });
  deed("publish", vi`Đã lưu phần công khai.`, async (tx, code, staff, request) => {
    const { data } = readForm(publishForm, request);
    if (!data) return "words_missing";
    const { isPublic, exact, title, description, photos } = data;
    const publication = {
      isPublic,
      exact,
      title: title || null,
      description: description || null,
      photoIds: photos,
    };
    return publish(tx, code, staff, { ...publication, at: clock.now() });
  });
  deed("merge", vi`Đã gộp.`, async (tx, code, staff, request) => {
    const into = one((request.body as { into?: unknown }).into).toUpperCase();
    return mergeInto(tx, code, staff, { intoCode: into, at: clock.now() });
  });

  deed("proposal", vi`Đã ghi.`, async (tx, code, staff, request) => {
    const { data } = readForm(proposalForm, request);
    if (!data) return "not_now";
    const noteOf = (pole: string) => parts.say("reports.lamp.closing", { pole });
    return decideProposal(tx, code, staff, { ...data, noteOf, at: clock.now() });
  });

  routes.post("/:code/photos", "reports.work", async (request, response, staff) => {
    const code = one(request.params.code);
    if (!(await findForStaff(db, code, staff.units))) throw notFound();
    const hashes = await keepUploads(request);
    const kind = one((request.body as { kind?: unknown }).kind) === "before" ? "before" : "after";
    if (hashes.length === 0)
      return trouble(request, response, `${ROOT}/${code}`, t`Không có hình nào đọc được.`);
    await database.transaction(async (tx) => {
      for (const mediaHash of hashes)
        await addPhotoByStaff(tx, code, staff, { mediaHash, kind, at: clock.now() });
    });
    done(request, response, `${ROOT}/${code}`, t`Đã thêm ${hashes.length} hình; chưa hình nào công khai.`);
  });

  routes.get("/:code/photos/:id", "reports.see", async (request, response, staff) => {
    const report = await findForStaff(db, one(request.params.code), staff.units);
    const hash = report?.photos.find(({ id }) => String(id) === request.params.id)?.hash;
    if (!hash) throw notFound();
    const small = request.query.small === "on" ? await media.readThumbnail(hash) : null;
    const { bytes, mime } = small ? { bytes: small, mime: "image/jpeg" } : await media.read(hash);
    response.type(mime).send(bytes);
  });

  /** Pictures only, by their content; what is none is left out. */
  async function keepUploads(request: Request): Promise<string[]> {
    const files = (request.files ?? []) as Express.Multer.File[];
    const hashes: string[] = [];
    for (const { buffer, mimetype } of files.slice(0, 10)) {
      const hash = mimetype.startsWith("image/") ? await media.keep(buffer) : null;
      if (hash) hashes.push(hash);
    }
    return hashes;
  }

  async function fileAtCounter(tx: Tx, staff: SignedIn, form: z.output<typeof newForm>, hashes: string[]) {
    const { street, houseNumber, hamlet, lampPole, point, name, phone } = form;
    const ward = wardFile.wards.find(({ code }) => code === form.ward)!;
    const road = [houseNumber, street].filter(Boolean).join(" ");
    const at = clock.now();
    const { id, code } = await fileReport(tx, {
      ...{ description: form.description, unitCode: staff.unitCode, at, point },
      ...{ street: street || null, houseNumber: houseNumber || null, hamlet: hamlet || null },
      category: categoryOf(form.category),
      lampPole: lampPole || null,
      place: [road, hamlet, ward.name].filter(Boolean).join(", "),
      ward: ward.name,
      wardCode: ward.code,
      onBoundary: point !== null && wardAt(point).ward !== ward.name,
      reporter: { kind: "counter", staffId: staff.id, name: name || null, phone: phone || null },
    });
    for (const mediaHash of hashes) await addPhoto(tx, id, { mediaHash }, { staffId: staff.id }, at);
    await audit(tx, staff, "report.file", code);
    return code;
  }

  return routes.router;
}

const newPage = () => ({
  title: t`Ghi hộ người dân`,
  breadcrumbs: [{ label: t`Phản ánh`, href: ROOT }],
  width: "text" as const,
});

const codes = new Set(categories.map(({ code }) => code));
const categoryCode = z.string().refine((code) => codes.has(code), vi`Chọn loại việc.`);
const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()));
const person = z
  .literal("")
  .transform(() => null)
  .or(z.coerce.number().int().positive());
const ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");
const short = z
  .string()
  .trim()
  .max(120, vi`Dài quá.`)
  .default("");

const stateForm = z.object({
  to: z.enum(STATES),
  note: z.string().trim().max(2000).default(""),
  template: z.coerce.number().catch(0),
});
const assignForm = z.object({ unit: z.string().min(1), assignee: person });
const noteForm = z.object({ text: z.string().trim().min(1).max(2000), to: z.enum(["inside", "public"]) });
const deadlineForm = z.object({
  dueAt: z
    .string()
    .transform((text) => DateTime.fromISO(text, { zone: ZONE }))
    .refine((time) => time.isValid)
    .transform((time) => time.toJSDate()),
  reason: z.string().trim().max(300).default(""),
});
const publishForm = z.object({
  isPublic: ticked,
  exact: ticked,
  title: z.string().trim().max(120).default(""),
  description: z.string().trim().max(2000).default(""),
  photos: several.pipe(z.array(z.string().regex(/^\d+$/).transform(BigInt))),
});
const bulkForm = z.object({
  codes: several,
  unit: z.string().default(""),
  assignee: person,
  back: z.string().startsWith(`${ROOT}/list`).catch(`${ROOT}/list`),
});
const newForm = z.object({
  category: categoryCode,
  description: z
    .string()
    .trim()
    .min(3, vi`Ghi nội dung người dân báo.`)
    .max(4000, vi`Dài quá.`),
  ward: z.string().refine((code) => wardFile.wards.some((ward) => ward.code === code), vi`Chọn phường.`),
  street: short,
  houseNumber: short,
  hamlet: short,
  lampPole: short,
  point: z
    .string()
    .trim()
    .default("")
    .transform((text, context) => {
      if (!text) return null;
      const [latitude, longitude] = text.split(/[,;\s]+/).map(Number);
      const point = { latitude: latitude ?? NaN, longitude: longitude ?? NaN };
      if (wardAt(point).ward) return point;
      context.addIssue(t`Tọa độ này không nằm trong năm phường.`);
      return z.NEVER;
    }),
  name: short,
  phone: short,
});
