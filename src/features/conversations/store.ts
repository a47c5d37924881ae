import type { ConversationRow } from "../../channels/drain.ts";
import type { DialogueState } from "../../dialogue/types.ts";
import type { Db, Prisma, Tx } from "../../infra/db.ts";

export type ConversationState = ConversationRow["state"];

/** What the dashboard counts of one message. */
export interface Heard {
  unitCode: string;
  at: Date;
  /** null: there was nothing to understand, or nobody asked. */
  understood: boolean | null;
}

export interface TurnOutcome {
  state: ConversationState;
  dialogue: DialogueState;
  heard: Heard;
  /** Why staff are wanted, since now. */
  person: string | null;
  /** What they should know about; null: anything. */
  skill: string | null;
  now: Date;
}

/** The one write of an ordinary turn besides its replies. */
export async function keepTurn(tx: Tx, id: bigint, outcome: TurnOutcome): Promise<void> {
  const { state, dialogue, heard, person, skill, now } = outcome;
  await tx.$executeRaw`
    WITH reading AS (
      INSERT INTO talk_reading (unit_code, at, understood)
      VALUES (${heard.unitCode}, ${heard.at}, ${heard.understood}::boolean))
    UPDATE conversation SET
      state = ${state}, dialogue = ${JSON.stringify(dialogue)}::jsonb,
      last_inbound_at = greatest(last_inbound_at, ${heard.at}),
      waiting_since = CASE WHEN ${person}::text IS NULL THEN waiting_since ELSE ${now} END,
      waiting_reason = coalesce(${person}, waiting_reason),
      skill = CASE WHEN ${person}::text IS NULL THEN skill ELSE ${skill} END,
      updated_at = now()
    WHERE id = ${id}`;
}

/** A resident waits for a person from now on; who waits already has waited since then. */
export async function beginWait(tx: Tx, conversationId: bigint, unitCode: string, since: Date) {
  await tx.$executeRaw`
    INSERT INTO talk_wait (conversation_id, unit_code, since) VALUES (${conversationId}, ${unitCode}, ${since})
    ON CONFLICT (conversation_id) DO NOTHING`;
}

export const findWait = (tx: Tx, conversationId: bigint) =>
  tx.talkWait.findUnique({ where: { conversationId } });

/** Whose it was is forgotten. */
export async function endWait(
  tx: Tx,
  id: bigint,
  { answeredAt, workedSeconds }: { answeredAt: Date; workedSeconds: number },
) {
  const data = { conversationId: null, answeredAt, workedSeconds };
  await tx.talkWait.update({ where: { id }, data, select: { id: true } });
}

/** The talk went on without a person: there is no time to tell. */
export async function dropWait(tx: Tx, conversationId: bigint): Promise<void> {
  await tx.talkWait.deleteMany({ where: { conversationId } });
}

/** The resident wrote while a person holds the talk: only the reply window and the console's order change. */
export async function keepHeard(tx: Tx, id: bigint, heardAt: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE conversation SET last_inbound_at = greatest(last_inbound_at, ${heardAt}), updated_at = now()
    WHERE id = ${id}`;
}

/** Counts a message nobody had to understand. */
export async function countHeard(tx: Tx, unitCode: string, at: Date): Promise<void> {
  await tx.$executeRaw`INSERT INTO talk_reading (unit_code, at) VALUES (${unitCode}, ${at})`;
}

/** Somebody answers outside our console; the bot is silent until the talk is handed back. */
export async function takenElsewhere(tx: Tx, id: bigint, reason: string, now: Date): Promise<void> {
  await tx.conversation.update({
    where: { id },
    data: { state: "staff", waitingReason: reason, waitingSince: null, updatedAt: now },
    select: { id: true },
  });
}

/** Gives the talk back to the bot. An unfinished form is where it was left; an old menu is not. */
export async function handBack(tx: Tx, id: bigint, now = new Date()): Promise<void> {
  await tx.$executeRaw`
    UPDATE conversation SET
      state = 'bot', staff_id = NULL, waiting_since = NULL, waiting_reason = NULL, updated_at = ${now},
      dialogue = CASE WHEN jsonb_typeof(dialogue) = 'object'
                      THEN dialogue || '{"offered": [], "misses": 0, "unclear": null, "last": null}' END
    WHERE id = ${id}`;
  await dropWait(tx, id);
}

/** Whether this wording of the question was put to them before. */
export async function wasAskedToTeach(tx: Tx, id: bigint, version: string): Promise<boolean> {
  return (await tx.resident.count({ where: { id, teachingAsked: version } })) > 0;
}

export async function updateResident(tx: Tx, id: bigint, data: Prisma.ResidentUpdateInput): Promise<void> {
  await tx.resident.update({ where: { id }, data, select: { id: true } });
}

/** Talks of the bot whose form was last touched between these moments and not recalled since. */
export async function silentForms(db: Db, from: Date, to: Date): Promise<bigint[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM conversation
    WHERE state = 'bot' AND last_inbound_at BETWEEN ${from} AND ${to}
      AND dialogue -> 'form' ->> 'at' BETWEEN ${from.toISOString()} AND ${to.toISOString()}
      AND dialogue -> 'form' ->> 'reminded' IS DISTINCT FROM 'true'
    ORDER BY id LIMIT 500`;
  return rows.map(({ id }) => id);
}

export interface LockedTalk {
  state: ConversationState;
  dialogue: unknown;
  language: string;
  accountId: number;
  residentExternalId: string;
}

/** The talk, held against turns until the transaction ends; null when it is gone. */
export async function lockTalk(tx: Tx, id: bigint): Promise<LockedTalk | null> {
  const rows = await tx.$queryRaw<LockedTalk[]>`
    SELECT c.state, c.dialogue, r.language, r.account_id AS "accountId", r.external_id AS "residentExternalId"
    FROM conversation c JOIN resident r ON r.id = c.resident_id WHERE c.id = ${id} FOR NO KEY UPDATE OF c`;
  return rows[0] ?? null;
}

export async function keepDialogue(tx: Tx, id: bigint, dialogue: DialogueState): Promise<void> {
  await tx.$executeRaw`UPDATE conversation SET dialogue = ${JSON.stringify(dialogue)}::jsonb WHERE id = ${id}`;
}

/** Residents of this unit who wait for a person already. */
export async function countWaiting(tx: Tx, unitCode: string): Promise<number> {
  return tx.conversation.count({ where: { state: "waiting", resident: { account: { unitCode } } } });
}
