/** Staff look at the procedures, correct them, stand by them, take them out of use. */
import type { Request, Response, Router } from "express";
import { t, vi } from "../../../bilingual/index.ts";
import { asset } from "../../../console/assets.ts";
import { audit } from "../../../console/audit/audit.ts";
import type { Errors } from "../../../console/components/index.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { one } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Wording } from "../../../dialogue/types.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import { changesBetween } from "../difference.ts";
import { titleOf, type ProcedureRecord } from "../record.ts";
import {
  findProcedure,
  findVersion,
  holdProcedure,
  keepVersion,
  listProcedures,
  listVersions,
  readCatalogue,
  setReviewed,
  setWithdrawn,
  type KeptProcedure,
} from "../store.ts";
import { readEdit, valuesIn, valuesOf, type Values } from "./edit-form.ts";
import { EditPage } from "./edit-page.tsx";
import { filtered, readListQuery } from "./list.ts";
import { ListPage } from "./list-page.tsx";
import { ProcedurePage } from "./procedure-page.tsx";
import { VersionsPage } from "./versions-page.tsx";
import { ROOT } from "./words.ts";

export interface ProcedureConsoleParts {
  db: Db;
  /** The bot's own sentences: staff read what residents read. */
  say: Wording;
  clock: Clock;
}

const STALE = vi`Thủ tục vừa được người khác sửa; mời anh/chị xem lại bản mới rồi làm tiếp.`;
const SAME = vi`Không có gì khác để lưu.`;

const styles = () => [asset("procedures-console.css")];
const codeIn = (request: Request) => one(request.params.code);
const addressOf = (code: string) => `${ROOT}/${code}`;
const crumbs = ({ code, data }: KeptProcedure) => [
  { label: t`Thủ tục`, href: ROOT },
  { label: titleOf(data), href: addressOf(code) },
];

export function procedureConsole({ db, say, clock }: ProcedureConsoleParts): Router {
  const routes = consoleRoutes();

  async function find(request: Request): Promise<KeptProcedure> {
    const found = await findProcedure(db, codeIn(request));
    if (!found) throw notFound();
    return found;
  }

  /** A deed on one procedure, alone with it. @throws a 404 when there is none. */
  const alone = <Result,>(request: Request, deed: (tx: Tx, kept: KeptProcedure) => Promise<Result>) =>
    db.$transaction(async (tx) => {
      const kept = await holdProcedure(tx, codeIn(request));
      if (!kept) throw notFound();
      return deed(tx, kept);
    });

  /** @returns the new version's number; null when nothing is different. */
  async function save(
    tx: Tx,
    staff: SignedIn,
    kept: KeptProcedure,
    next: { data: ProcedureRecord; note: string | null; deed: "procedure.edit" | "procedure.restore" },
  ): Promise<number | null> {
    const changes = changesBetween(kept.data, next.data);
    if (changes.length === 0) return null;
    const { data, note, deed } = next;
    const version = await keepVersion(tx, {
      ...{ data, note, origin: "console" as const, staffId: staff.id, now: clock.now() },
    });
    const fields = changes.map(({ field }) => field).join(", ");
    await audit(tx, staff, deed, `procedure:${kept.code}`, { version, fields });
    return version;
  }

  async function showForm(
    request: Request,
    response: Response,
    staff: SignedIn,
    form: { kept: KeptProcedure; version: number; values: Values; errors: Errors },
  ) {
    const { kept, ...rest } = form;
    const { categories } = await readCatalogue(db);
    const page = { title: t`Sửa thủ tục`, subtitle: kept.code, breadcrumbs: crumbs(kept), styles: styles() };
    const props = { ...rest, code: kept.code, categories, staff };
    await showPage(request, response, page, <EditPage {...props} />);
  }

  routes.get("/", "procedures.see", async (request, response) => {
    const query = readListQuery(request.query);
    const [all, { categories }] = await Promise.all([listProcedures(db), readCatalogue(db)]);
    const page = { title: t`Thủ tục`, subtitle: t`Điều bot trả lời về thủ tục hành chính`, styles: styles() };
    const props = { query, categories, found: filtered(all, query) };
    await showPage(request, response, page, <ListPage {...props} />);
  });

  routes.get("/:code", "procedures.see", async (request, response, staff) => {
    const [procedure, { categories }] = await Promise.all([find(request), readCatalogue(db)]);
    const page = {
      ...{ title: titleOf(procedure.data), subtitle: procedure.code, styles: styles() },
      breadcrumbs: crumbs(procedure).slice(0, 1),
    };
    const props = { procedure, categories, say, staff };
    await showPage(request, response, page, <ProcedurePage {...props} />);
  });

  routes.get("/:code/edit", "procedures.edit", async (request, response, staff) => {
    const kept = await find(request);
    const form = { kept, version: kept.version, values: valuesOf(kept.data), errors: {} };
    await showForm(request, response, staff, form);
  });

  routes.post("/:code/edit", "procedures.edit", async (request, response, staff) => {
    const values = valuesIn(request.body);
    const kept = await find(request);
    const here = addressOf(kept.code);
    if (values.version !== String(kept.version)) return trouble(request, response, here, STALE);
    const { record, errors } = readEdit(values, kept.data);
    if (errors) {
      response.status(422);
      return showForm(request, response, staff, { kept, version: kept.version, values, errors });
    }
    const note = values.note?.slice(0, 300) || null;
    const saved = await alone(request, async (tx, held) =>
      held.version === kept.version
        ? save(tx, staff, held, { data: record, note, deed: "procedure.edit" })
        : "stale",
    );
    if (saved === "stale") return trouble(request, response, here, STALE);
    if (saved === null) return done(request, response, here, SAME);
    done(
      request,
      response,
      `${here}/versions#v${saved}`,
      t`Đã lưu phiên bản ${saved}; bot trả lời theo ngay.`,
    );
  });

  routes.get("/:code/versions", "procedures.see", async (request, response, staff) => {
    const kept = await find(request);
    const versions = await listVersions(db, kept.code);
    const page = {
      title: t`Các phiên bản`,
      subtitle: kept.code,
      breadcrumbs: crumbs(kept),
      styles: styles(),
    };
    await showPage(
      request,
      response,
      page,
      <VersionsPage code={kept.code} versions={versions} staff={staff} />,
    );
  });

  routes.post("/:code/versions/:version/restore", "procedures.edit", async (request, response, staff) => {
    const wanted = Number(one(request.params.version));
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > 2_000_000_000) throw notFound();
    const saved = await alone(request, async (tx, kept) => {
      const data = await findVersion(tx, kept.code, wanted);
      if (!data) throw notFound();
      const note = `Khôi phục phiên bản ${wanted}`;
      return save(tx, staff, kept, { data, note, deed: "procedure.restore" });
    });
    const to = `${addressOf(codeIn(request))}/versions`;
    done(request, response, to, saved === null ? SAME : t`Đã khôi phục, thành phiên bản ${saved}.`);
  });

  routes.post("/:code/review", "procedures.edit", async (request, response, staff) => {
    const read = one((request.body as Record<string, unknown>).version);
    const here = addressOf(codeIn(request));
    const isFresh = await alone(request, async (tx, { code, version }) => {
      if (read !== String(version)) return false;
      await setReviewed(tx, code, staff.id, clock.now());
      await audit(tx, staff, "procedure.review", `procedure:${code}`, { version });
      return true;
    });
    if (!isFresh) return trouble(request, response, here, STALE);
    done(request, response, here, t`Đã ghi nhận rà soát.`);
  });

  routes.post("/:code/withdraw", "procedures.edit", async (request, response, staff) => {
    await alone(request, async (tx, { code, withdrawnAt }) => {
      if (withdrawnAt) return;
      await setWithdrawn(tx, code, clock.now(), clock.now());
      await audit(tx, staff, "procedure.withdraw", `procedure:${code}`);
    });
    done(request, response, addressOf(codeIn(request)), t`Đã rút; bot không trả lời về thủ tục này nữa.`);
  });

  routes.post("/:code/bring-back", "procedures.edit", async (request, response, staff) => {
    await alone(request, async (tx, { code, withdrawnAt }) => {
      if (!withdrawnAt) return;
      await setWithdrawn(tx, code, null, clock.now());
      await audit(tx, staff, "procedure.bring_back", `procedure:${code}`);
    });
    done(request, response, addressOf(codeIn(request)), t`Đã dùng lại; bot trả lời về thủ tục này.`);
  });

  return routes.router;
}
