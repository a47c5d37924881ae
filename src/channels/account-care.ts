/**
 * Keeping accounts able to send. A Zalo refresh token works once, so a lost answer loses the OA: refreshing is
 * early, one at a time under a database lock, the new pair is stored before anybody uses it, and a refresh
 * whose end is unknown is never simply repeated (zalo-oa.md §2, "Safe refresh").
 */
import type { Database } from "../infra/db.ts";
import type { JobSet } from "../infra/jobs.ts";
import { log } from "../infra/log.ts";
import type { SecretBox } from "../infra/secrets.ts";
import type { AccountRegistry } from "./accounts.ts";
import type { ConnectedAccount } from "./channel.ts";
import { keepFormerTokens } from "./former-tokens.ts";
import type { Incidents } from "./incidents.ts";
import type { AccountCare } from "./outbox.ts";

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
  expiresAt: Date;
}

/** The platform said no, in words: the pair is dead. Anything else thrown by `refresh` is ambiguous. */
export class RefreshRefused extends Error {}

export interface TokenPlatform {
  /** @throws RefreshRefused, or anything else when the outcome is not known. */
  refresh(account: ConnectedAccount, refreshToken: string): Promise<TokenPair>;
  /** Does the platform still take the present access token? @throws when it cannot be asked. */
  isAccessTokenAlive(account: ConnectedAccount): Promise<boolean>;
}

/** A Zalo access token lives 25 hours; it is renewed when fewer than these remain, ms. */
const EARLY = 4 * 3_600_000;
const REFRESH_LOCKS = 7264;

export interface Care extends AccountCare {
  jobs: JobSet;
  /** A person connected the account anew. */
  connect(
    accountId: number,
    pair: { accessToken: string; refreshToken?: string; expiresAt?: Date },
  ): Promise<void>;
  /** Renews every token that is due; run by the clock. */
  refreshDue(now?: Date): Promise<void>;
}

export function createAccountCare(
  { db, pool }: Database,
  box: SecretBox,
  registry: AccountRegistry,
  platform: TokenPlatform,
  incidents: Incidents,
): Care {
  /** @returns whether the account has a token that was not known to be bad before. */
  async function refreshToken(accountId: number): Promise<boolean> {
    const before = await db.account.findUnique({ where: { id: accountId } });
    if (before?.channel !== "zalo") return false;
    const client = await pool.connect();
    try {
      await client.query("SELECT pg_advisory_lock($1, $2)", [REFRESH_LOCKS, accountId]);
      return await refreshLocked(accountId, before.tokenObtainedAt);
    } finally {
      await client.query("SELECT pg_advisory_unlock($1, $2)", [REFRESH_LOCKS, accountId]);
      client.release();
    }
  }

  async function refreshLocked(accountId: number, seen: Date | null): Promise<boolean> {
    const row = await db.account.findUniqueOrThrow({ where: { id: accountId } });
    if (row.status === "needs_reauth") return false;
    if (row.tokenObtainedAt?.getTime() !== seen?.getTime()) return true; // somebody else just did it
    registry.forget();
    const account = (await registry.byId(accountId))!;
    if (row.refreshBegunAt)
      return clearDoubt(account, "Lần làm mới token bị ngắt trước khi lưu được câu trả lời.");
    if (!row.refreshToken) {
      await stop(accountId, "Không có refresh token. Kết nối lại OA trong Bảng điều khiển → Tài khoản.");
      return false;
    }
    await db.account.update({ where: { id: accountId }, data: { refreshBegunAt: new Date() } });
    try {
      await store(accountId, await platform.refresh(account, box.open(row.refreshToken)));
      return true;
    } catch (error) {
      if (!(error instanceof RefreshRefused)) return clearDoubt(account, (error as Error).message);
      await db.account.update({ where: { id: accountId }, data: { refreshBegunAt: null } });
      await stop(
        accountId,
        `Zalo không cho làm mới token (${error.message}). Kết nối lại OA trong Bảng điều khiển → Tài khoản.`,
      );
      return false;
    }
  }

  /**
   * The outcome of a refresh is unknown. The old access token dies when a new one is issued, so if it still
   * works nothing was issued and the refresh may be tried again later; if it does not, only a person can help.
   */
  async function clearDoubt(account: ConnectedAccount, why: string): Promise<boolean> {
    log.warn({ account: account.id }, "the outcome of a token refresh is unknown");
    if (await platform.isAccessTokenAlive(account)) {
      await db.account.update({ where: { id: account.id }, data: { refreshBegunAt: null } });
      return true;
    }
    await stop(
      account.id,
      `Làm mới token không có kết quả (${why}) và token cũ đã chết. Kết nối lại OA trong Bảng điều khiển → Tài khoản.`,
    );
    return false;
  }

  /** The pair is durable, and the former one on file, before anybody may use it. */
  async function store(
    accountId: number,
    pair: { accessToken: string; refreshToken?: string; expiresAt?: Date },
  ) {
    await db.$transaction(async (tx) => {
      const former = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
      await keepFormerTokens(tx, former);
      await tx.account.update({
        where: { id: accountId },
        data: {
          accessToken: box.seal(pair.accessToken),
          refreshToken: pair.refreshToken ? box.seal(pair.refreshToken) : null,
          tokenObtainedAt: new Date(),
          tokenExpiresAt: pair.expiresAt ?? null,
          refreshBegunAt: null,
          status: "active",
          statusReason: null,
        },
      });
    });
    registry.forget();
    await incidents.close("needs_reauth", accountId);
  }

  async function stop(accountId: number, reason: string) {
    const { name } = await db.account.update({
      where: { id: accountId },
      data: { status: "needs_reauth", statusReason: reason },
    });
    registry.forget();
    await incidents.open("needs_reauth", accountId, `${name}: ${reason}`);
  }

  async function refreshDue(now = new Date()) {
    const due = await db.account.findMany({
      where: {
        channel: "zalo",
        status: "active",
        OR: [{ tokenExpiresAt: { lt: new Date(now.getTime() + EARLY) } }, { refreshBegunAt: { not: null } }],
      },
      select: { id: true },
    });
    for (const { id } of due) {
      await refreshToken(id).catch((error: Error) => {
        log.warn({ account: id, err: error }, "a token could not be renewed now; trying again later");
      });
    }
  }

  return {
    refreshToken,
    stopAccount: stop,
    connect: store,
    refreshDue,
    jobs: { tasks: { "accounts:refresh": () => refreshDue() }, crontab: ["*/10 * * * * accounts:refresh"] },
  };
}
