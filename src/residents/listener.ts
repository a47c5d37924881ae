/** A resident's talk, for what is told to them outside of a turn. */
import { readSettings } from "../channels/accounts.ts";
import type { AccountSettings, ChannelName } from "../channels/channel.ts";
import type { Tx } from "../infra/db.ts";

export interface Listener {
  conversationId: bigint;
  conversationState: string;
  dialogue: unknown;
  lastInboundAt: Date | null;
  accountId: number;
  channel: ChannelName;
  externalId: string;
  language: string;
  withdrawn: boolean;
  /** Of the account they wrote to. */
  settings: AccountSettings;
}

/** The resident's talk, locked: nothing is told in the middle of a turn. */
export async function lockListener(tx: Tx, residentId: bigint): Promise<Listener | null> {
  const rows = await tx.$queryRaw<(Omit<Listener, "settings"> & { settings: unknown })[]>`
    SELECT c.id AS "conversationId", c.state AS "conversationState", c.dialogue, c.last_inbound_at AS "lastInboundAt",
           a.id AS "accountId", a.channel, r.external_id AS "externalId", r.language,
           r.withdrawn_at IS NOT NULL AS withdrawn, a.settings
    FROM conversation c
    JOIN resident r ON r.id = c.resident_id
    JOIN account a ON a.id = r.account_id
    WHERE c.resident_id = ${residentId} FOR NO KEY UPDATE OF c`;
  const [row] = rows;
  return row ? { ...row, settings: readSettings(row.settings) } : null;
}

/** The choices of what was just told are before the resident now, unless a question of a form is. */
export async function offerChoices(tx: Tx, conversationId: bigint, offered: object[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE conversation SET dialogue = dialogue || jsonb_build_object('offered', ${JSON.stringify(offered)}::jsonb)
    WHERE id = ${conversationId} AND jsonb_typeof(dialogue) = 'object'
      AND coalesce(jsonb_typeof(dialogue -> 'form'), 'null') = 'null'`;
}
