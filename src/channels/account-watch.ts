/**
 * Looks after the accounts so that nobody has to: what is not well becomes an incident, and the incident closes when
 * it is well again. Our own books are read every half hour; each morning the platforms are asked as well.
 */
import { t } from "../bilingual/index.ts";
import type { Db } from "../infra/db.ts";
import { bad, ok, type Finding } from "../infra/findings.ts";
import type { JobSet } from "../infra/jobs.ts";
import { log } from "../infra/log.ts";
import type { AccountCheck } from "./account-check.ts";
import type { AccountRegistry } from "./accounts.ts";
import { accountWatch, tokenEndFinding, webhookFinding, type AccountRow } from "./check-account.ts";
import type { Incidents } from "./incidents.ts";

/** Of incidents opened here: "health.webhook", "health.token" … */
export const HEALTH = "health.";

export interface AccountWatchParts {
  db: Db;
  registry: AccountRegistry;
  incidents: Incidents;
  check: AccountCheck;
  publicUrl: string;
}

export function createAccountWatch(parts: AccountWatchParts): JobSet {
  const { db, registry, incidents, check, publicUrl } = parts;

  async function watched(): Promise<AccountRow[]> {
    return db.account.findMany({
      where: { status: "active", sample: false, accessToken: { not: null } },
      orderBy: { id: "asc" },
    });
  }

  async function readBooks() {
    const now = new Date();
    for (const row of await watched()) await note(row, await bookFindings(db, row, publicUrl, now));
  }

  async function askPlatforms() {
    for (const row of await watched()) {
      const account = await registry.byId(row.id);
      if (!account) continue;
      try {
        await note(row, await check(account));
      } catch (error) {
        log.warn({ account: row.id, err: error }, "an account could not be checked");
      }
    }
  }

  async function note({ id, name }: AccountRow, findings: Finding[]) {
    for (const { what, state, found, mend } of findings) {
      const kind = `${HEALTH}${what}`;
      if (state === "bad") await incidents.open(kind, id, `${name}: ${found}. ${mend ?? ""}`.trim());
      else if (state === "ok") await incidents.close(kind, id);
    }
  }

  return {
    tasks: { "accounts:watch": readBooks, "accounts:check": askPlatforms },
    crontab: ["*/30 * * * * accounts:watch", "20 23 * * * accounts:check"], // the second: 06:20 in Việt Nam
  };
}

/** What our own books say of an account; asks nobody. */
export async function bookFindings(
  db: Db,
  row: AccountRow,
  publicUrl: string,
  now: Date,
): Promise<Finding[]> {
  const setUp = t`Xem địa chỉ ${publicUrl}/webhooks/${row.channel} trong trang nhà phát triển của nền tảng.`;
  const webhook = webhookFinding(row, setUp, now);
  // once it came and now it does not: somebody should look
  const isSilent = webhook.state === "warn" && row.webhookSeenAt !== null;
  return [
    isSilent ? { ...webhook, state: "bad" } : webhook,
    tokenEndFinding(row, now),
    await sendingFinding(db, row.id, now),
  ];
}

const HOUR = 3_600_000;

async function sendingFinding(db: Db, accountId: number, now: Date): Promise<Finding> {
  const { failures } = accountWatch.value;
  const since = new Date(now.getTime() - HOUR);
  const failed = await db.outboundMessage.count({
    where: { accountId, state: "dead", createdAt: { gt: since } },
  });
  const found = t`${failed} tin gửi hỏng trong một giờ qua`;
  if (failed < failures) return ok("sending", failed === 0 ? t`không có tin hỏng trong một giờ qua` : found);
  return bad("sending", found, t`Xem lý do ở Bảng điều khiển → Gửi lỗi, khắc phục rồi gửi lại.`);
}
