/** The settings' deeds. */
import type { Request } from "express";
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import { audit } from "../../../console/audit/audit.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { readForm } from "../../../console/read-form.ts";
import type { ConsoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { wardFile } from "../../../places/wards.ts";
import { categories } from "../categories.ts";
import {
  addTemplate,
  allUnits,
  createProgram,
  dropRule,
  dropSpecialDay,
  dropTemplate,
  readCategorySettings,
  readPrograms,
  readRules,
  readSpecialDays,
  readTemplates,
  revokeProgram,
  setCategory,
  setRule,
  setSpecialDay,
} from "../store.ts";
import type { ReportConsoleParts } from "./routes.tsx";
import { SettingsPage } from "./settings-page.tsx";
import { ROOT, styles } from "./shared.tsx";

const codes = new Set(categories.map(({ code }) => code));
const wards = new Set(wardFile.wards.map(({ code }) => code));
const category = z.string().refine((code) => codes.has(code), vi`Không có loại việc này.`);
const orEvery = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .literal("")
    .transform(() => null)
    .or(shape);
const day = z.iso.date(vi`Cần ghi ngày.`).transform((text) => new Date(`${text}T00:00:00Z`));
const number = z
  .literal("")
  .transform(() => null)
  .or(z.coerce.number().int().min(0).max(2000));

const ruleForm = z.object({
  category: orEvery(category),
  ward: orEvery(z.string().refine((code) => wards.has(code))),
  unit: z.string(),
});
const categoryForm = z.object({ category, targetHours: number, radius: number });
const templateForm = z.object({
  state: z.enum(["in_progress", "resolved", "rejected"]),
  category: orEvery(category),
  title: z.string().trim().min(1).max(60),
  text: z.string().trim().min(1).max(1500),
});
const dayForm = z.object({
  day,
  name: z.string().trim().min(1).max(80),
  kind: z.enum(["off", "work"]),
});
const programForm = z.object({
  name: z.string().trim().min(1).max(80),
  moderated: z.literal("on").optional(),
});

const HERE = `${ROOT}/settings`;
const UNREADABLE = vi`Chưa lưu được: thiếu hoặc sai một ô.`;

export function settingsRoutes(routes: ConsoleRoutes, { database, clock }: ReportConsoleParts): void {
  const { db } = database;

  async function show(
    request: Request,
    response: Parameters<typeof showPage>[1],
    staff: SignedIn,
    newKey: string | null,
  ) {
    const [rules, settings, templates, days, programs, units] = await Promise.all([
      readRules(db),
      readCategorySettings(db),
      readTemplates(db),
      readSpecialDays(db, clock.now()),
      readPrograms(db),
      allUnits(db),
    ]);
    const page = { title: t`Phản ánh`, subtitle: t`Cài đặt`, styles: styles() };
    const props = { rules, settings, templates, days, programs, units, newKey, staff };
    await showPage(request, response, page, <SettingsPage {...props} />);
  }

  routes.get("/settings", "reports.manage", (request, response, staff) =>
    show(request, response, staff, null),
  );

  routes.post("/settings/rules", "reports.manage", async (request, response, staff) => {
    const { data } = readForm(ruleForm, request);
    if (!data || !staff.units.includes(data.unit)) return trouble(request, response, HERE, UNREADABLE);
    const rule = { category: data.category, wardCode: data.ward, unitCode: data.unit };
    await db.$transaction((tx) => setRule(tx, staff, rule));
    done(request, response, HERE, t`Đã lưu quy tắc; phản ánh mới sẽ theo.`);
  });
  routes.post("/settings/rules/:id/drop", "reports.manage", async (request, response, staff) => {
    await db.$transaction((tx) => dropRule(tx, staff, Number(request.params.id) || 0));
    done(request, response, HERE, t`Đã bỏ quy tắc.`);
  });

  routes.post("/settings/categories", "reports.manage", async (request, response, staff) => {
    const { data } = readForm(categoryForm, request);
    if (!data) return trouble(request, response, HERE, UNREADABLE);
    await db.$transaction((tx) => setCategory(tx, staff, data));
    done(request, response, HERE, t`Đã lưu hạn xử lý.`);
  });

  routes.post("/settings/templates", "reports.manage", async (request, response, staff) => {
    const { data } = readForm(templateForm, request);
    if (!data) return trouble(request, response, HERE, UNREADABLE);
    await db.$transaction((tx) => addTemplate(tx, staff, data));
    done(request, response, HERE, t`Đã thêm câu mẫu.`);
  });
  routes.post("/settings/templates/:id/drop", "reports.manage", async (request, response, staff) => {
    await db.$transaction((tx) => dropTemplate(tx, staff, Number(request.params.id) || 0));
    done(request, response, HERE, t`Đã bỏ câu mẫu.`);
  });

  routes.post("/settings/days", "reports.manage", async (request, response, staff) => {
    const { data } = readForm(dayForm, request);
    if (!data) return trouble(request, response, HERE, UNREADABLE);
    const { name, kind } = data;
    await db.$transaction((tx) =>
      setSpecialDay(tx, staff, { day: data.day, name, isWorking: kind === "work" }),
    );
    done(request, response, HERE, t`Đã lưu; phản ánh mới tính hạn theo lịch này.`);
  });
  routes.post("/settings/days/:day/drop", "reports.manage", async (request, response, staff) => {
    const read = day.safeParse(request.params.day);
    if (!read.success) return trouble(request, response, HERE, UNREADABLE);
    await db.$transaction((tx) => dropSpecialDay(tx, staff, read.data));
    done(request, response, HERE, t`Đã bỏ ngày này.`);
  });

  routes.post("/settings/programs", "reports.manage", async (request, response, staff) => {
    const { data } = readForm(programForm, request);
    if (!data) return trouble(request, response, HERE, UNREADABLE);
    const key = await db.$transaction(async (tx) => {
      await audit(tx, staff, "open311.key.create", `program:${data.name}`);
      return createProgram(tx, data.name, data.moderated === "on");
    });
    await show(request, response, staff, key); // not after a redirect: the key is kept nowhere
  });
  routes.post("/settings/programs/:id/revoke", "reports.manage", async (request, response, staff) => {
    await db.$transaction((tx) => revokeProgram(tx, staff, Number(request.params.id) || 0, clock.now()));
    done(request, response, HERE, t`Đã thu hồi khóa.`);
  });
}
