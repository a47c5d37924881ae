import type { Request, Response } from "express";
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import { audit } from "../../../console/audit/audit.ts";
import type { Errors } from "../../../console/components/index.ts";
import { done, showPage } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { idOf, readForm } from "../../../console/read-form.ts";
import type { ConsoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { optionsFor } from "../../../console/units/tree.ts";
import type { Db } from "../../../infra/db.ts";
import { AnswersPage } from "./answers-page.tsx";
import { cannedOf, dropCanned, keepCanned } from "./beside.ts";

const answerForm = z.object({
  shortcut: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9-]{1,30}$/, vi`Chữ không dấu, số hoặc gạch nối.`),
  text: z
    .string()
    .trim()
    .min(1, vi`Cần có câu trả lời.`)
    .max(4000, vi`Dài quá 4.000 ký tự.`),
  unitCode: z.string(),
});

const HERE = "/console/conversations/answers";

export function answerRoutes(routes: ConsoleRoutes, db: Db): void {
  routes.get("/answers", "talks.answer", async (request, response, staff) => show(request, response, staff));

  routes.post("/answers", "talks.answer", async (request, response, staff) => {
    const form = readForm(answerForm, request);
    const errors: Errors = form.errors ?? {};
    if (!staff.units.includes(form.values.unitCode ?? "")) errors.unitCode = t`Chọn đơn vị.`;
    if (!form.data || errors.unitCode) return show(request, response, staff, form.values, errors);
    const answer = form.data;
    await db.$transaction(async (tx) => {
      await keepCanned(tx, answer);
      await audit(tx, staff, "answer.keep", `answer:${answer.unitCode}/${answer.shortcut}`);
    });
    done(request, response, HERE, t`Đã lưu /${answer.shortcut}.`);
  });

  routes.post("/answers/:id/drop", "talks.answer", async (request, response, staff) => {
    const id = Number(idOf(request.params.id) % 2147483647n);
    await db.$transaction(async (tx) => {
      if (!(await dropCanned(tx, staff.units, id))) throw notFound();
      await audit(tx, staff, "answer.drop", `answer:${id}`);
    });
    done(request, response, HERE, t`Đã xóa.`);
  });

  async function show(
    request: Request,
    response: Response,
    staff: SignedIn,
    values: Record<string, string> = {},
    errors: Errors = {},
  ) {
    if (Object.keys(errors).length > 0) response.status(422);
    const [answers, units] = await Promise.all([cannedOf(db, staff.units), optionsFor(db, staff.units)]);
    const breadcrumbs = [{ label: t`Trò chuyện`, href: "/console/conversations" }];
    const body = <AnswersPage {...{ answers, units, staff, values, errors }} />;
    await showPage(request, response, { title: t`Câu trả lời mẫu`, breadcrumbs }, body);
  }
}
