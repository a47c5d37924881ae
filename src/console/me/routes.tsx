import type { Router } from "express";
import { z } from "zod";
import { keepLanguage } from "../../bilingual/choice.ts";
import { inLanguage, t, vi } from "../../bilingual/index.ts";
import type { Db } from "../../infra/db.ts";
import type { SecretBox } from "../../infra/secrets.ts";
import { audit } from "../audit/audit.ts";
import { done, showPage, trouble } from "../page.tsx";
import { one, readForm } from "../read-form.ts";
import { consoleRoutes } from "../routes.ts";
import { endSessions } from "../session.ts";
import { MAIL_KINDS } from "../staff-mail.ts";
import type { Attempts } from "../sign-in/attempts.ts";
import { newTotpSecret, totpUri } from "../sign-in/second-step.ts";
import { MePage, PasswordPage, RecoveryCodesPage, SecondStepPage } from "./pages.tsx";
import {
  confirmSecret,
  dropSecondStep,
  endSession,
  handleOf,
  isOwnPassword,
  mailsOf,
  proposeSecret,
  secondStepOf,
  sessionsOf,
  setLanguage,
  setMails,
  setPassword,
} from "./store.ts";

const change = z
  .object({
    current: z.string(),
    password: z
      .string()
      .min(10, vi`Mật khẩu cần ít nhất 10 ký tự.`)
      .max(512, vi`Mật khẩu dài quá.`),
    again: z.string(),
  })
  .refine(({ password, again }) => password === again, {
    path: ["again"],
    message: vi`Hai lần nhập chưa giống nhau.`,
  })
  .refine(({ current, password }) => password !== current, {
    path: ["password"],
    message: vi`Mật khẩu mới phải khác mật khẩu cũ.`,
  });

const languageForm = z.object({ language: z.enum(["vi", "en"]) });

const crumbs = () => [{ label: t`Tài khoản của tôi`, href: "/console/me" }];

export interface MeParts {
  db: Db;
  box: SecretBox;
  attempts: Attempts;
  isHttps: boolean;
  /** There is a server that takes e-mail. */
  isMailOn: boolean;
}

export function meRoutes({ db, box, attempts, isHttps, isMailOn }: MeParts): Router {
  const routes = consoleRoutes();

  routes.get("/me", "self.use", async (request, response, staff) => {
    const [secondStep, sessions, mails] = await Promise.all([
      secondStepOf(db, staff.id),
      sessionsOf(db, staff.id),
      mailsOf(db, staff.id),
    ]);
    await showPage(
      request,
      response,
      { title: t`Tài khoản của tôi` },
      <MePage
        staff={staff}
        secondStep={secondStep}
        sessions={sessions}
        mails={mails}
        isMailOn={isMailOn}
        current={handleOf(request.sessionID)}
      />,
    );
  });

  routes.post("/me/language", "self.use", async (request, response, staff) => {
    const { data } = readForm(languageForm, request);
    if (!data) return response.redirect(303, "/console/me");
    await db.$transaction(async (tx) => {
      await setLanguage(tx, staff.id, data.language);
      await audit(tx, staff, "language.change", `staff:${staff.id}`, data);
    });
    // for the sign-in page, which does not know yet who comes
    keepLanguage(response, data.language, isHttps);
    inLanguage(data.language, () => done(request, response, "/console/me", t`Đã chuyển sang tiếng Việt.`));
  });

  routes.post("/me/mails", "self.use", async (request, response, staff) => {
    const mails = MAIL_KINDS.filter((kind) => one((request.body as Record<string, unknown>)[kind]) === "on");
    await db.$transaction(async (tx) => {
      await setMails(tx, staff.id, mails);
      await audit(tx, staff, "mails.change", `staff:${staff.id}`, { mails: mails.join(" ") });
    });
    done(request, response, "/console/me", t`Đã lưu e-mail muốn nhận.`);
  });

  routes.post("/me/sessions/:handle/end", "self.use", async (request, response, staff) => {
    await db.$transaction(async (tx) => {
      if (await endSession(tx, staff.id, one(request.params.handle)))
        await audit(tx, staff, "session.end", `staff:${staff.id}`);
    });
    done(request, response, "/console/me", t`Đã đăng xuất thiết bị đó.`);
  });

  routes.get("/password", "self.use", async (request, response, staff) => {
    await showPage(
      request,
      response,
      { title: t`Đổi mật khẩu`, width: "text", breadcrumbs: staff.mustChange ? [] : crumbs() },
      <PasswordPage staff={staff} />,
    );
  });

  routes.post("/password", "self.use", async (request, response, staff) => {
    const form = readForm(change, request);
    const errors = form.errors ?? {};
    const minutes = await attempts.begin(request.ip ?? "", staff.email);
    if (minutes > 0) errors.current = t`Đã thử quá nhiều lần. Chờ ${minutes} phút rồi thử lại.`;
    else if (!(await isOwnPassword(db, staff.id, form.values.current ?? "")))
      errors.current = t`Mật khẩu hiện tại không đúng.`;
    else await attempts.succeed(request.ip ?? "", staff.email);
    if (!form.data || errors.current) {
      response.status(422);
      const page = { title: t`Đổi mật khẩu`, width: "text" as const };
      return showPage(request, response, page, <PasswordPage staff={staff} errors={errors} />);
    }
    const { password } = form.data;
    await db.$transaction(async (tx) => {
      await setPassword(tx, staff.id, password);
      await endSessions(tx, staff.id, request.sessionID);
      await audit(tx, staff, "password.change", `staff:${staff.id}`);
    });
    done(request, response, "/console", t`Đã đổi mật khẩu.`);
  });

  routes.get("/me/second-step", "self.use", async (request, response, staff) => {
    const { since } = await secondStepOf(db, staff.id);
    if (since) return response.redirect(303, "/console/me");
    const secret = newTotpSecret();
    await proposeSecret(db, box, staff.id, secret);
    const page = { title: t`Bật xác thực hai bước`, width: "text" as const, breadcrumbs: crumbs() };
    const body = <SecondStepPage staff={staff} secret={secret} uri={totpUri(secret, staff.email)} />;
    await showPage(request, response, page, body);
  });

  routes.post("/me/second-step", "self.use", async (request, response, staff) => {
    const page = { title: t`Bật xác thực hai bước`, width: "text" as const, breadcrumbs: crumbs() };
    const codes = await db.$transaction(async (tx) => {
      const told = await confirmSecret(tx, box, staff.id, one((request.body as { code?: unknown }).code));
      if (told) await audit(tx, staff, "second_step.on", `staff:${staff.id}`);
      return told;
    });
    if (codes) {
      const paper = { ...page, title: t`Mã dự phòng` };
      return showPage(request, response, paper, <RecoveryCodesPage codes={codes} />);
    }
    const { sealed, since } = await secondStepOf(db, staff.id);
    if (!sealed || since) return response.redirect(303, "/console/me/second-step");
    const secret = box.open(sealed);
    response.status(422);
    const error = t`Mã không đúng. Kiểm tra giờ trên điện thoại rồi nhập mã đang hiện.`;
    const uri = totpUri(secret, staff.email);
    await showPage(
      request,
      response,
      page,
      <SecondStepPage staff={staff} secret={secret} uri={uri} error={error} />,
    );
  });

  routes.post("/me/second-step/off", "self.use", async (request, response, staff) => {
    const password = one((request.body as { password?: unknown }).password);
    const minutes = await attempts.begin(request.ip ?? "", staff.email);
    if (minutes > 0 || !(await isOwnPassword(db, staff.id, password)))
      return trouble(request, response, "/console/me", t`Mật khẩu không đúng, xác thực hai bước vẫn bật.`);
    await attempts.succeed(request.ip ?? "", staff.email);
    await db.$transaction(async (tx) => {
      await dropSecondStep(tx, staff.id);
      await audit(tx, staff, "second_step.off", `staff:${staff.id}`);
    });
    done(request, response, "/console/me", t`Đã tắt xác thực hai bước.`);
  });

  return routes.router;
}
