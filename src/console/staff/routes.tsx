import type { Request, Response, Router } from "express";
import { z } from "zod";
import { t, vi } from "../../bilingual/index.ts";
import type { Db, Tx } from "../../infra/db.ts";
import { audit } from "../audit/audit.ts";
import { Card, LinkButton, type Errors } from "../components/index.ts";
import { dropSecondStep, endSession, sessionsOf } from "../me/store.ts";
import { done, showPage } from "../page.tsx";
import { notFound, refused } from "../problems.ts";
import { idOf, one, readForm } from "../read-form.ts";
import { ROLES } from "../rights.ts";
import { consoleRoutes } from "../routes.ts";
import { isSkill } from "../skills.ts";
import type { SignedIn } from "../signed-in.ts";
import type { Attempts } from "../sign-in/attempts.ts";
import { optionsFor } from "../units/tree.ts";
import { NewPassword, PersonPage, StaffForm, StaffList } from "./pages.tsx";
import {
  addPerson,
  changePerson,
  findPerson,
  findStaff,
  isEmailTaken,
  resetPassword,
  setDisabled,
  type ListedStaff,
} from "./store.ts";

const personForm = z.object({
  name: z
    .string()
    .trim()
    .min(1, vi`Cần có họ tên.`)
    .max(120, vi`Tên dài quá.`),
  email: z
    .email(vi`E-mail chưa đúng.`)
    .trim()
    .toLowerCase()
    .max(254, vi`E-mail dài quá.`),
  role: z.enum(ROLES),
  unitCode: z.string().min(1, vi`Chọn đơn vị.`),
  skills: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => [given].flat().filter(isSkill)),
});

const crumbs = [{ label: vi`Cán bộ`, href: "/console/staff" }];

export function staffRoutes(db: Db, attempts: Attempts): Router {
  const routes = consoleRoutes();

  routes.get("/", "staff.manage", async (request, response) => {
    const words = one(request.query.q);
    const actions = (
      <LinkButton href="/console/staff/new" icon="user-plus" tone="primary">
        {t`Thêm cán bộ`}
      </LinkButton>
    );
    const people = await findStaff(db, words);
    await showPage(
      request,
      response,
      { title: t`Cán bộ`, actions },
      <StaffList people={people} words={words} />,
    );
  });

  routes.get("/new", "staff.manage", async (request, response, staff) => {
    await showNew(request, response, staff, {});
  });

  routes.post("/new", "staff.manage", async (request, response, staff) => {
    const form = readForm(personForm, request);
    const errors = await errorsOf(form.errors, form.values, staff);
    if (!form.data || errors) return showNew(request, response, staff, form.values, errors ?? {});
    const details = form.data;
    const { id, password } = await db.$transaction(async (tx) => {
      const added = await addPerson(tx, details);
      const { role, unitCode } = details;
      await audit(tx, staff, "staff.add", `staff:${added.id}`, { role, unit: unitCode });
      return added;
    });
    const body = <NewPassword person={{ id, email: details.email }} password={password} />;
    await showPage(request, response, { title: t`Đã thêm cán bộ`, width: "text", breadcrumbs: crumbs }, body);
  });

  routes.get("/:id", "staff.manage", async (request, response, staff) => {
    await showPerson(request, response, staff, await person(request));
  });

  routes.post("/:id", "staff.manage", async (request, response, staff) => {
    const found = await person(request);
    const form = readForm(personForm, request);
    const errors = await errorsOf(form.errors, form.values, staff, found.id);
    if (!form.data || errors) return showPerson(request, response, staff, found, form.values, errors ?? {});
    const details = form.data;
    if (found.id === staff.id && details.role !== "admin")
      throw refused("nobody takes their own rights away");
    await db.$transaction(async (tx) => {
      await changePerson(tx, found.id, details);
      const { role, unitCode } = details;
      await audit(tx, staff, "staff.change", `staff:${found.id}`, { role, unit: unitCode });
    });
    done(request, response, `/console/staff/${found.id}`, t`Đã lưu.`);
  });

  routes.post("/:id/reset-password", "staff.manage", async (request, response, staff) => {
    const { id, email } = await person(request);
    const password = await db.$transaction(async (tx) => {
      await audit(tx, staff, "staff.reset_password", `staff:${id}`);
      return resetPassword(tx, id);
    });
    await attempts.forgive(email);
    const body = <NewPassword person={{ id, email }} password={password} />;
    await showPage(request, response, { title: t`Mật khẩu mới`, width: "text", breadcrumbs: crumbs }, body);
  });

  deed("unlock", "staff.unlock", vi`Đã mở khóa.`, async (_tx, { email }) => attempts.forgive(email));
  deed("second-step/off", "staff.second_step_off", vi`Đã tắt xác thực hai bước.`, (tx, { id }) =>
    dropSecondStep(tx, id),
  );
  deed("disable", "staff.disable", vi`Đã khóa tài khoản.`, async (tx, { id }, staff) => {
    if (id === staff.id) throw refused("nobody locks themselves out");
    await setDisabled(tx, id, true);
  });
  deed("enable", "staff.enable", vi`Đã cho dùng lại.`, (tx, { id }) => setDisabled(tx, id, false));

  routes.post("/:id/sessions/:handle/end", "staff.manage", async (request, response, staff) => {
    const { id } = await person(request);
    await db.$transaction(async (tx) => {
      if (await endSession(tx, id, one(request.params.handle)))
        await audit(tx, staff, "session.end", `staff:${id}`);
    });
    done(request, response, `/console/staff/${id}`, t`Đã đăng xuất phiên đó.`);
  });

  /** A button on a person's page: the deed and its audit entry, then the page again. */
  function deed(
    path: string,
    action: string,
    said: string,
    work: (tx: Tx, person: ListedStaff, staff: SignedIn) => Promise<unknown>,
  ) {
    routes.post(`/:id/${path}`, "staff.manage", async (request, response, staff) => {
      const found = await person(request);
      await db.$transaction(async (tx) => {
        await work(tx, found, staff);
        await audit(tx, staff, action, `staff:${found.id}`);
      });
      done(request, response, `/console/staff/${found.id}`, said);
    });
  }

  async function person(request: Request): Promise<ListedStaff> {
    const found = await findPerson(db, Number(idOf(request.params.id)) % 2 ** 31);
    if (!found) throw notFound();
    return found;
  }

  async function errorsOf(
    found: Errors | null,
    values: Record<string, string>,
    staff: SignedIn,
    exceptId = 0,
  ): Promise<Errors | null> {
    const errors = { ...found };
    if (!errors.unitCode && !staff.units.includes(values.unitCode ?? "")) errors.unitCode = t`Chọn đơn vị.`;
    const email = (values.email ?? "").trim().toLowerCase();
    if (!errors.email && (await isEmailTaken(db, email, exceptId)))
      errors.email = t`E-mail này đã có người dùng.`;
    return Object.keys(errors).length > 0 ? errors : null;
  }

  async function showNew(
    request: Request,
    response: Response,
    staff: SignedIn,
    values: Record<string, string>,
    errors: Errors = {},
  ) {
    if (Object.keys(errors).length > 0) response.status(422);
    const form = {
      action: "/console/staff/new",
      values,
      skills: [],
      errors,
      units: await optionsFor(db, staff.units),
    };
    const page = { title: t`Thêm cán bộ`, width: "text" as const, breadcrumbs: crumbs };
    await showPage(
      request,
      response,
      page,
      <Card>
        <StaffForm {...form} staff={staff} />
      </Card>,
    );
  }

  async function showPerson(
    request: Request,
    response: Response,
    staff: SignedIn,
    found: ListedStaff,
    typed?: Record<string, string>,
    errors: Errors = {},
  ) {
    if (Object.keys(errors).length > 0) response.status(422);
    const { id, name, email, role, unitCode, skills } = found;
    const [units, sessions, isLockedOut] = await Promise.all([
      optionsFor(db, staff.units),
      sessionsOf(db, id),
      attempts.isLockedOut(email),
    ]);
    const values = typed ?? { name, email, role, unitCode };
    const form = { action: `/console/staff/${id}`, values, skills, errors, units, staff };
    const body = <PersonPage {...form} person={found} isLockedOut={isLockedOut} sessions={sessions} />;
    await showPage(request, response, { title: name || email, breadcrumbs: crumbs }, body);
  }

  return routes.router;
}
