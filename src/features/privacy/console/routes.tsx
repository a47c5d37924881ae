/** Requests about personal data, seen to by staff inside the law's time; what was purged; the officer's record. */
import type { Request, Response, Router } from "express";
import { z } from "zod";
import { t, vi } from "../../../bilingual/index.ts";
import { queueReplies } from "../../../channels/queue-replies.ts";
import { isWindowOpen } from "../../../channels/windows.ts";
import type { ChannelName, Reply } from "../../../channels/channel.ts";
import { audit } from "../../../console/audit/audit.ts";
import { done, showPage, trouble } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { idOf, one, readForm } from "../../../console/read-form.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { formatDate } from "../../../infra/clock.ts";
import type { Tx } from "../../../infra/db.ts";
import { enqueue } from "../../../infra/jobs.ts";
import type { PersonalData } from "../../feature.ts";
import type { PrivacyParts } from "../index.ts";
import { processingRecord, recordAsCsv } from "../record.ts";
import { hashOf, newToken } from "../tokens.ts";
import { PrivacyPage, RequestPage, type Errors } from "./pages.tsx";
import {
  extendRequest,
  findCandidates,
  findRequest,
  findRequests,
  lastPurges,
  LONGEST_EXTENSION,
  nameResident,
  refuseRequest,
  renewLink,
  talkOf,
} from "./store.ts";

const HERE = "/console/privacy";
const LINK_LIFETIME = 24 * 3_600_000;

const refusal = z.object({
  reason: z
    .string()
    .trim()
    .min(10, vi`Viết rõ lý do, ít nhất 10 ký tự.`)
    .max(500, vi`Dài quá 500 ký tự.`),
});

const extension = z.object({
  why: refusal.shape.reason,
  days: z.coerce
    .number(vi`Ghi số ngày, từ 1 tới 15.`)
    .int(vi`Ghi số ngày, từ 1 tới 15.`)
    .min(1, vi`Ghi số ngày, từ 1 tới 15.`)
    .max(LONGEST_EXTENSION, vi`Ghi số ngày, từ 1 tới 15.`),
});

type Parts = Pick<PrivacyParts, "config" | "db" | "wording" | "clock"> & { others: PersonalData[] };

export function privacyConsole({ config, db, wording, clock, others }: Parts): Router {
  const routes = consoleRoutes();

  routes.get("/", "privacy.see", async (request, response, staff) => {
    const showsOpen = one(request.query.state) !== "done";
    const [requests, purges] = [await findRequests(db, staff, showsOpen), await lastPurges(db, 7)];
    const subtitle = t`Yêu cầu của người dân, thời hạn theo luật, và những gì hệ thống tự xóa`;
    await showPage(
      request,
      response,
      { title: t`Dữ liệu cá nhân`, subtitle },
      <PrivacyPage {...{ requests, showsOpen, purges, staff }} now={clock.now()} />,
    );
  });

  routes.get("/record.json", "privacy.report", async (_request, response, staff) => {
    const record = await processingRecord(db, others, clock.now());
    await audit(db, staff, "privacy.record", "privacy", { form: "json" });
    response.attachment("so-xu-ly-du-lieu.json").json(record);
  });

  routes.get("/record.csv", "privacy.report", async (_request, response, staff) => {
    const csv = recordAsCsv(await processingRecord(db, others, clock.now()));
    await audit(db, staff, "privacy.record", "privacy", { form: "csv" });
    response.attachment("so-xu-ly-du-lieu.csv").type("text/csv; charset=utf-8").send(csv);
  });

  routes.get("/:code", "privacy.see", async (request, response, staff) => show(request, response, staff));

  routes.post("/:code/erase", "privacy.settle", async (request, response, staff) => {
    const { code, state, kind, id } = await own(request, staff);
    if (kind !== "erase") throw notFound();
    const isDone = await db.$transaction(async (tx) => {
      if (state === "waiting_staff") {
        const person = idOf((request.body as { resident?: unknown }).resident);
        if ((await nameResident(tx, staff, code, person)) === null) return false;
      } else if (state !== "received") return false;
      await enqueue(tx, "privacy.erase", { id: String(id) }, { key: `privacy:${id}` });
      await audit(tx, staff, "privacy.erase", `request:${code}`);
      return true;
    });
    if (!isDone)
      return trouble(request, response, `${HERE}/${code}`, t`Chưa làm được: yêu cầu vừa thay đổi.`);
    done(request, response, `${HERE}/${code}`, t`Đang xóa, xong trong ít phút.`);
  });

  routes.post("/:code/link", "privacy.settle", async (request, response, staff) => {
    const { code, id, residentId } = await own(request, staff);
    const token = newToken();
    const link = { title: "privacy.exportOpen", url: `${config.PUBLIC_URL}/du-lieu/${token}` };
    const isSent = await db.$transaction(async (tx) => {
      const expires = new Date(clock.now().getTime() + LINK_LIFETIME);
      if (!(await renewLink(tx, id, hashOf(token), expires))) return false;
      const isTold = await tell(tx, residentId, (say) => ({
        text: say("privacy.exportReady"),
        link: { ...link, title: say("privacy.exportOpen") },
      }));
      if (isTold) await audit(tx, staff, "privacy.link", `request:${code}`);
      return isTold;
    });
    const closed = t`Nền tảng chưa cho nhắn người này: chờ họ nhắn lại rồi gửi.`;
    if (!isSent) return trouble(request, response, `${HERE}/${code}`, closed);
    done(request, response, `${HERE}/${code}`, t`Đã gửi liên kết mới.`);
  });

  routes.post("/:code/refuse", "privacy.settle", async (request, response, staff) => {
    const { code, id, residentId } = await own(request, staff);
    const form = readForm(refusal, request);
    if (!form.data) return show(request, response, staff, { refuse: form.errors });
    const { reason } = form.data;
    const isDone = await db.$transaction(async (tx) => {
      if (!(await refuseRequest(tx, id, staff.id, reason, clock.now()))) return false;
      await tell(tx, residentId, (say) => ({ text: say("privacy.refused", { code, reason }) }));
      await audit(tx, staff, "privacy.refuse", `request:${code}`);
      return true;
    });
    if (!isDone) return trouble(request, response, `${HERE}/${code}`, t`Yêu cầu này đã xong trước đó.`);
    done(request, response, `${HERE}/${code}`, t`Đã từ chối; lý do hiện ở trang của yêu cầu.`);
  });

  routes.post("/:code/extend", "privacy.settle", async (request, response, staff) => {
    const { code, id, residentId } = await own(request, staff);
    const form = readForm(extension, request);
    if (!form.data) return show(request, response, staff, { extend: form.errors });
    const { why: reason, days } = form.data;
    const outcome = await db.$transaction(async (tx) => {
      const dueAt = await extendRequest(tx, id, { days, reason, now: clock.now() });
      if (!dueAt) return null;
      const date = formatDate(dueAt);
      const isTold = await tell(tx, residentId, (say) => ({
        text: say("privacy.extended", { code, reason, date }),
        link: { title: say("privacy.extendedPage"), url: `${config.PUBLIC_URL}/du-lieu/yeu-cau/${code}` },
      }));
      await audit(tx, staff, "privacy.extend", `request:${code}`, { days, told: isTold });
      return { date, isTold };
    });
    const at = `${HERE}/${code}`;
    if (!outcome) return trouble(request, response, at, t`Yêu cầu này không gia hạn được nữa.`);
    const { date, isTold } = outcome;
    const told = t`Hạn mới là ${date}; người dân đã được báo.`;
    const onPage = t`Hạn mới là ${date}. Nền tảng chưa cho nhắn người này: lý do hiện ở trang của yêu cầu.`;
    done(request, response, at, isTold ? told : onPage);
  });

  /** While the platform's window is open. @returns whether it goes out. */
  async function tell(
    tx: Tx,
    residentId: bigint | null,
    reply: (say: ReturnType<typeof wording.in>) => Reply,
  ): Promise<boolean> {
    const talk = residentId === null ? null : await talkOf(tx, residentId);
    if (!talk) return false;
    const { resident } = talk;
    if (!isWindowOpen(resident.account.channel as ChannelName, talk.lastInboundAt, clock.now())) return false;
    const say = wording.in(resident.language === "en" ? "en" : "vi");
    const to = {
      accountId: resident.accountId,
      conversationId: talk.id,
      recipient: { user: resident.externalId },
    };
    await queueReplies(tx, to, [reply(say)], { author: "bot" });
    return true;
  }

  /** @throws a 404 when there is none, or it is another unit's. */
  async function own(request: Request, staff: SignedIn) {
    const found = await findRequest(db, staff, one(request.params.code));
    if (!found) throw notFound();
    return found;
  }

  async function show(request: Request, response: Response, staff: SignedIn, errors: Errors = {}) {
    const found = await own(request, staff);
    if (errors.refuse ?? errors.extend) response.status(422);
    const words = one(request.query.q).slice(0, 100);
    const candidates = found.state === "waiting_staff" ? await findCandidates(db, staff, words) : [];
    // names of residents were looked at
    if (candidates.length > 0) await audit(db, staff, "privacy.search", `request:${found.code}`);
    const settledBy = found.staffId
      ? await db.staff.findUnique({ where: { id: found.staffId }, select: { name: true, email: true } })
      : null;
    await showPage(
      request,
      response,
      { title: t`Yêu cầu ${found.code}`, breadcrumbs: [{ label: t`Dữ liệu cá nhân`, href: HERE }] },
      <RequestPage
        {...{ request: found, candidates, words, staff }}
        settledBy={settledBy ? settledBy.name || settledBy.email : null}
        now={clock.now()}
        errors={errors}
      />,
    );
  }

  return routes.router;
}
