/**
 * The public name under which somebody writes, asked of the platform once when they have been told what is kept
 * (the notice of first contact), and seldom again. The name only: no picture, no birthday. A platform that does not tell
 * it is no trouble: staff see "Người dân", and nobody waits for it.
 */
import { vi } from "../bilingual/index.ts";
import type { AccountRegistry } from "../channels/accounts.ts";
import type { Channel, ChannelName } from "../channels/channel.ts";
import { DeliveryError } from "../channels/delivery-error.ts";
import type { Clock } from "../infra/clock.ts";
import type { Database, Tx } from "../infra/db.ts";
import { enqueue, type JobSet } from "../infra/jobs.ts";
import { log } from "../infra/log.ts";
import { settingGroup } from "../infra/setting-groups.ts";

export const publicNames = settingGroup("residents.names", {
  title: vi`Tên công khai của người dân`,
  meaning: vi`Cán bộ thấy tên người dân đặt trên Zalo hay Facebook. Hệ thống hỏi nền tảng một lần, sau tin đầu tiên; tên người dân tự khai thì giữ nguyên.`,
  choices: {
    days: {
      ...{ kind: "number", label: vi`Hỏi lại sau`, unit: vi`ngày`, min: 0, max: 3650, initial: 180 },
      meaning: vi`Chỉ hỏi lại người còn nhắn tin. Ghi 0 thì không hỏi tên ai nữa.`,
    },
  },
});

const TASK = "residents:name";
/** Talks go first. */
const AFTER_TALKS = 5;
/** At once in a process: the platforms' limits are for messages. */
const MOST_AT_ONCE = 2;
/** When as many are under way, ms. */
const LATER = 5_000;
/** Asked for by the clock at one time, one after another. */
const MOST_A_ROUND = 100;
const DAY = 86_400_000;

/** Has their name asked for, once this turn is kept. */
export async function askName(tx: Tx, residentId: bigint): Promise<void> {
  if (publicNames.value.days === 0) return;
  await enqueue(tx, TASK, { id: String(residentId) }, { key: `name:${residentId}`, priority: AFTER_TALKS });
}

interface Unnamed {
  id: bigint;
  accountId: number;
  channel: ChannelName;
  externalId: string;
}

export function createNames(
  { db }: Pick<Database, "db">,
  registry: Pick<AccountRegistry, "byId">,
  channels: Record<ChannelName, Pick<Channel, "readName">>,
  clock: Clock,
): JobSet {
  let underWay = 0;

  async function one({ id }: { id: string }) {
    if (underWay >= MOST_AT_ONCE) {
      const runAt = new Date(clock.now().getTime() + LATER);
      return enqueue(db, TASK, { id }, { key: `name:${id}`, priority: AFTER_TALKS, runAt });
    }
    underWay++;
    try {
      const [resident] = await db.$queryRaw<Unnamed[]>`
        SELECT r.id, r.account_id AS "accountId", a.channel, r.external_id AS "externalId"
        FROM resident r JOIN account a ON a.id = r.account_id
        WHERE r.id = ${BigInt(id)} AND r.profile_at IS NULL AND r.withdrawn_at IS NULL`;
      if (resident) await ask(resident);
    } finally {
      underWay--;
    }
  }

  /** Who was not named yet, and who was so long ago that it may have changed; of those who still write. */
  async function round() {
    const { days } = publicNames.value;
    if (days === 0) return;
    const now = clock.now();
    const before = new Date(now.getTime() - days * DAY);
    const recently = new Date(now.getTime() - 7 * DAY);
    const stale = await db.$queryRaw<Unnamed[]>`
      SELECT r.id, r.account_id AS "accountId", a.channel, r.external_id AS "externalId"
      FROM resident r JOIN account a ON a.id = r.account_id JOIN conversation c ON c.resident_id = r.id
      WHERE c.last_inbound_at >= ${recently} AND r.notice_at IS NOT NULL AND r.withdrawn_at IS NULL AND a.status = 'active'
        AND (r.profile_at IS NULL OR r.profile_at < ${before})
      ORDER BY r.profile_at NULLS FIRST, r.id LIMIT ${MOST_A_ROUND}`;
    const silent = new Set<number>();
    for (const resident of stale) {
      // a Page may lack the permission for all of its people: asked once a round
      if (!silent.has(resident.accountId) && !(await ask(resident))) silent.add(resident.accountId);
    }
  }

  /** @returns whether the platform answered for this person, be it with a refusal. */
  async function ask({ id, accountId, channel, externalId }: Unnamed): Promise<boolean> {
    const account = await registry.byId(accountId);
    const { readName } = channels[channel];
    if (account?.status !== "active" || !readName) return false;
    try {
      await keep(id, tidy(await readName(account, externalId)));
      return true;
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      const isRefused = error.errorClass === "permanent"; // they hide it, or never agreed: not asked again for long
      if (isRefused) await keep(id, null);
      else log.debug({ account: accountId, code: error.code }, "a name could not be asked for now");
      return isRefused;
    }
  }

  /** What they told of themselves stays. Whoever looks at the talk sees the name come. */
  async function keep(id: bigint, name: string | null) {
    await db.$queryRaw`
      WITH named AS (
        UPDATE resident SET profile_at = ${clock.now()},
          display_name = CASE WHEN named_self THEN display_name ELSE coalesce(${name}, display_name) END
        WHERE id = ${id} RETURNING id)
      SELECT pg_notify('talks', c.id::text) IS NULL AS told FROM conversation c JOIN named ON named.id = c.resident_id`;
  }

  return { tasks: { [TASK]: one, residents_names: round }, crontab: ["7,37 * * * * residents_names"] };
}

const LONGEST = 80;

/** Somebody chose it freely: one line, of a length that fits, and nothing that turns the writing round. */
export function tidy(name: string | null): string | null {
  const words = (name ?? "")
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return [...words].slice(0, LONGEST).join("") || null;
}
