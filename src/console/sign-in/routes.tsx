/** Sign-in in one step or two, and sign-out. A session begins anew at every step: no cookie of before is worth anything. */
import { Router, type Request, type Response } from "express";
import { z } from "zod";
import { t, vi } from "../../bilingual/index.ts";
import type { Db } from "../../infra/db.ts";
import type { SecretBox } from "../../infra/secrets.ts";
import { audit } from "../audit/audit.ts";
import { readForm } from "../read-form.ts";
import { allow, anyone } from "../routes.ts";
import { newCsrfToken } from "../same-origin.ts";
import { findSignedIn, signedIn } from "../signed-in.ts";
import type { Attempts } from "./attempts.ts";
import { CodePage, SignInPage } from "./pages.tsx";
import { findByPassword, noteSignIn, takeCode } from "./store.ts";

export interface SignInParts {
  db: Db;
  box: SecretBox;
  attempts: Attempts;
  /** Called when somebody signs out: talks they hold go back to the queue. */
  onSignOut(staffId: number): Promise<void>;
}

/** The second step is begun anew after this, ms. */
const PATIENCE = 10 * 60_000;
const WRONG = vi`E-mail hoặc mật khẩu không đúng.`;

const credentials = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().max(512),
  next: z.string().default(""),
});

export function signInRoutes({ db, box, attempts, onSignOut }: SignInParts): Router {
  const router = Router();

  router.get("/sign-in", anyone, async (request, response) => {
    const next = localPath(request.query.next);
    if (findSignedIn(response)) return response.redirect(303, next);
    const note = "out" in request.query ? t`Đã đăng xuất.` : undefined;
    response.type("html").send(await (<SignInPage next={next} {...(note ? { note } : {})} />));
  });

  router.post("/sign-in", anyone, async (request, response) => {
    const { data } = readForm(credentials, request);
    const { email, password, next } = data ?? { email: "", password: "", next: "" };
    const again = async (status: number, trouble: string) =>
      response
        .status(status)
        .type("html")
        .send(await (<SignInPage next={localPath(next)} email={email} trouble={trouble} />));
    const minutes = await attempts.begin(request.ip ?? "", email);
    if (minutes > 0) return again(429, waitWords(minutes));
    const staff = await findByPassword(db, email, password);
    if (!staff) return again(401, t.of(WRONG));
    if (staff.hasSecondStep) {
      await begin(request, { pending: { staffId: staff.id, since: Date.now() } });
      return response.redirect(303, withNext("/console/sign-in/code", localPath(next)));
    }
    await attempts.succeed(request.ip ?? "", email);
    await enter(request, response, staff.id, next);
  });

  router.get("/sign-in/code", anyone, async (request, response) => {
    if (!pendingOf(request)) return response.redirect(303, "/console/sign-in");
    response.type("html").send(await (<CodePage next={localPath(request.query.next)} />));
  });

  router.post("/sign-in/code", anyone, async (request, response) => {
    const pending = pendingOf(request);
    if (!pending) return response.redirect(303, "/console/sign-in");
    const { code = "", next = "" } = readForm(codeForm, request).data ?? {};
    const again = async (status: number, trouble: string) =>
      response
        .status(status)
        .type("html")
        .send(await (<CodePage next={localPath(next)} trouble={trouble} />));
    const { email } = await db.staff.findUniqueOrThrow({ where: { id: pending.staffId } });
    const minutes = await attempts.begin(request.ip ?? "", email);
    if (minutes > 0) return again(429, waitWords(minutes));
    if (!(await takeCode(db, box, pending.staffId, code)))
      return again(401, t`Mã không đúng hoặc đã dùng rồi.`);
    await attempts.succeed(request.ip ?? "", email);
    await enter(request, response, pending.staffId, next);
  });

  router.post("/sign-out", allow("self.use"), async (request, response) => {
    const staff = signedIn(response);
    await onSignOut(staff.id);
    await audit(db, staff, "sign_out", `staff:${staff.id}`);
    await new Promise((resolve) => request.session.destroy(resolve));
    response.redirect(303, "/console/sign-in?out");
  });

  async function enter(request: Request, response: Response, staffId: number, next: string) {
    await begin(request, {
      ...{ staffId, csrf: newCsrfToken(), startedAt: new Date().toISOString() },
      ...{ address: request.ip ?? "", agent: (request.get("user-agent") ?? "").slice(0, 300) },
    });
    await db.$transaction(async (tx) => {
      await noteSignIn(tx, staffId);
      await audit(tx, { id: staffId }, "sign_in", `staff:${staffId}`, { address: request.ip ?? "" });
    });
    response.redirect(303, localPath(next));
  }

  return router;
}

const codeForm = z.object({ code: z.string().trim().max(64), next: z.string().default("") });

/** A new session under a new number. */
async function begin(request: Request, data: Partial<Request["session"]>) {
  await new Promise<void>((resolve, reject) =>
    request.session.regenerate((error?: Error) => (error ? reject(error) : resolve())),
  );
  Object.assign(request.session, data);
}

function pendingOf(request: Request) {
  const { pending } = request.session;
  return pending && Date.now() - pending.since < PATIENCE ? pending : null;
}

/** A page of the console and nothing else: no other host, however it is written. */
export function localPath(next: unknown): string {
  if (typeof next !== "string" || !/^\/console(?:[/?]|$)/.test(next) || /[\\\s]/.test(next))
    return "/console";
  const { host, pathname, search } = new URL(next, "http://here.invalid");
  return host === "here.invalid" && pathname.startsWith("/console") ? pathname + search : "/console";
}

const withNext = (path: string, next: string) =>
  next === "/console" ? path : `${path}?next=${encodeURIComponent(next)}`;

const waitWords = (minutes: number) =>
  t`Đã thử quá nhiều lần. Chờ ${minutes} phút rồi thử lại, hoặc nhờ người quản trị mở khóa.`;
