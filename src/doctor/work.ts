/** Is the work getting done: workers, queues, what failed, open incidents, accounts. */
import { webhookFinding } from "../channels/check-account.ts";
import { formatDateTime } from "../infra/clock.ts";
import type { Database, Db } from "../infra/db.ts";
import { bad, ok, warn, type Finding } from "../infra/findings.ts";
import { readQueues, type Queues } from "../queue-metrics.ts";

/** Work that has waited this long is not being done, s. */
const LATE = 120;

export async function examineWork({ db, pool }: Database): Promise<Finding[]> {
  const queues = await readQueues(pool);
  return [
    workerFinding(queues),
    queueFinding(queues),
    deadFinding(queues),
    await eventFinding(db),
    await incidentFinding(db),
    ...(await accountFindings(db)),
    ...(await staffFindings(db)),
  ];
}

function workerFinding({ senders }: Queues): Finding {
  if (senders > 0) return ok("workers", String(senders));
  return bad(
    "workers",
    "none is running: nothing is answered or sent",
    "Start one: ROLE=worker (or all) npm start",
  );
}

function queueFinding({ tasks, outboxLag }: Queues): Finding {
  const failed = tasks.filter(({ failed }) => failed > 0);
  const late = tasks.filter(({ lag }) => lag > LATE);
  const mend = "Is a worker running, and well (/readyz, its log)? If it is only busy, start another.";
  if (late.length > 0 || outboxLag > LATE) {
    const names = late.map(({ task, lag }) => `${task} ${Math.round(lag)} s`);
    if (outboxLag > LATE) names.push(`sending ${Math.round(outboxLag)} s`);
    return bad("queues", `late: ${names.join(", ")}`, mend);
  }
  if (failed.length === 0) return ok("queues", "nothing is late");
  const found = `given up: ${failed.map(({ task, failed }) => `${failed} × ${task}`).join(", ")}`;
  return warn("queues", found, "The log of the worker says why each failed.");
}

function deadFinding({ outbox }: Queues): Finding {
  const count = outbox.dead ?? 0;
  if (count === 0) return ok("dead letters", "none");
  return warn(
    "dead letters",
    `${count} messages could not be sent`,
    "Console → Gửi lỗi: read why, send again or close.",
  );
}

async function eventFinding(db: Db): Promise<Finding> {
  const count = await db.inboundEvent.count({ where: { state: "failed" } });
  if (count === 0) return ok("events", "none was set aside");
  return warn(
    "events",
    `${count} events were set aside after failing`,
    "Console → Sự cố names them; tell the developers.",
  );
}

async function incidentFinding(db: Db): Promise<Finding> {
  const open = await db.incident.findMany({ where: { closedAt: null }, orderBy: { id: "desc" } });
  if (open.length === 0) return ok("incidents", "none open");
  const lines = open.slice(0, 5).map(({ message, openedAt }) => `${formatDateTime(openedAt)} ${message}`);
  const more = open.length > 5 ? [`and ${open.length - 5} more`] : [];
  return bad(
    "incidents",
    [`${open.length} open`, ...lines, ...more].join("; "),
    "Console → Sự cố: mend and close each.",
  );
}

/** From our own books; `accounts check` asks the platforms as well. */
async function accountFindings(db: Db): Promise<Finding[]> {
  const accounts = await db.account.findMany({
    where: { status: { not: "removed" }, sample: false },
    orderBy: { id: "asc" },
  });
  if (accounts.length === 0)
    return [warn("accounts", "none of a real platform", "npm run accounts -- add --help")];
  const now = new Date();
  const wrong = accounts.flatMap((account): Finding[] => {
    const what = `${account.channel} ${account.externalId}`;
    if (account.status !== "active") {
      return [
        bad(
          what,
          `${account.status}: ${account.statusReason ?? "no reason kept"}`,
          "Mend the reason, then connect it again.",
        ),
      ];
    }
    if (!account.accessToken) return [bad(what, "has no token", "Console → Tài khoản: connect it.")];
    if (account.tokenExpiresAt && account.tokenExpiresAt < now) {
      const found = `its token ended ${formatDateTime(account.tokenExpiresAt)} and was not renewed`;
      return [bad(what, found, "Is a worker running? If one is, connect the account again.")];
    }
    const webhook = webhookFinding(account, "npm run accounts -- check says what to set up.", now);
    return webhook.state === "ok" ? [] : [{ ...webhook, what, found: `webhook: ${webhook.found}` }];
  });
  return [ok("accounts", `${accounts.length}, ${accounts.length - wrong.length} of them well`), ...wrong];
}

async function staffFindings(db: Db): Promise<Finding[]> {
  const untouched = await db.staff.findMany({ where: { role: "admin", mustChange: true, disabledAt: null } });
  if (untouched.length === 0) return [];
  const found = `${untouched.map(({ email }) => email).join(", ")}: one-time password not changed`;
  return [warn("admins", found, "Sign in and change it, or npm run staff -- disable …")];
}
