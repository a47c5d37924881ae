/** What staff keep beside a talk: notes, labels, answers kept ready, who looks on; and the colleagues it may go to. */
import type { Tx } from "../../../infra/db.ts";
import { skillName } from "../../../console/skills.ts";
import type { Option } from "../../../console/components/index.ts";

/** @returns its number. */
export async function addNote(tx: Tx, conversationId: bigint, staffId: number, text: string) {
  return (await tx.talkNote.create({ data: { conversationId, staffId, text }, select: { id: true } })).id;
}

/** What the talk is about, as staff see it; null: anybody's. */
export async function setSkill(tx: Tx, id: bigint, skill: string | null): Promise<void> {
  await tx.conversation.update({
    where: { id },
    data: { skill, updatedAt: new Date() },
    select: { id: true },
  });
}

export async function addLabel(tx: Tx, conversationId: bigint, label: string): Promise<void> {
  await tx.talkLabel.createMany({ data: [{ conversationId, label }], skipDuplicates: true });
  await tellTalk(tx, conversationId);
}

export async function removeLabel(tx: Tx, conversationId: bigint, label: string): Promise<void> {
  await tx.talkLabel.deleteMany({ where: { conversationId, label } });
  await tellTalk(tx, conversationId);
}

/** Wakes who looks at the talk (see live.ts). */
const tellTalk = (tx: Tx, id: bigint) => tx.$executeRaw`SELECT pg_notify('talks', ${String(id)})`;

/** How long a sign of presence holds, s. */
const PRESENT_FOR = 45;

export async function notePresence(db: Tx, conversationId: bigint, staffId: number): Promise<void> {
  await db.$executeRaw`DELETE FROM talk_presence WHERE seen_at < now() - interval '1 minute'`;
  await db.$executeRaw`
    INSERT INTO talk_presence (conversation_id, staff_id, seen_at) VALUES (${conversationId}, ${staffId}, now())
    ON CONFLICT (conversation_id, staff_id) DO UPDATE SET seen_at = now()`;
}

export async function endPresence(db: Tx, conversationId: bigint, staffId: number): Promise<void> {
  const { count } = await db.talkPresence.deleteMany({ where: { conversationId, staffId } });
  if (count > 0) await tellTalk(db, conversationId);
}

/** Names of the others who have it open. */
export async function othersPresent(db: Tx, conversationId: bigint, staffId: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT coalesce(nullif(s.name, ''), s.email) AS name FROM talk_presence p JOIN staff s ON s.id = p.staff_id
    WHERE p.conversation_id = ${conversationId} AND p.staff_id <> ${staffId}
      AND p.seen_at > now() - make_interval(secs => ${PRESENT_FOR}) ORDER BY name`;
  return rows.map(({ name }) => name);
}

/** Who could answer talks of this unit: those of the unit and of the units above it, and the admins; who knows the matter first. */
export async function colleaguesFor(
  db: Tx,
  unitCode: string,
  exceptId: number,
  skill: string | null = null,
): Promise<(Option & { name: string })[]> {
  const rows = await db.$queryRaw<{ id: number; name: string; unit: string; skills: string[] }[]>`
    WITH RECURSIVE above AS (
      SELECT code, parent_code FROM unit WHERE code = ${unitCode}
      UNION SELECT unit.code, unit.parent_code FROM unit JOIN above ON unit.code = above.parent_code
    )
    SELECT s.id, coalesce(nullif(s.name, ''), s.email) AS name, unit.name AS unit, s.skills
    FROM staff s JOIN unit ON unit.code = s.unit_code
    WHERE s.disabled_at IS NULL AND s.id <> ${exceptId} AND s.role IN ('admin', 'unit_admin', 'agent')
      AND (s.role = 'admin' OR s.unit_code IN (SELECT code FROM above))
    ORDER BY (${skill}::text = ANY(s.skills)) DESC NULLS LAST, name LIMIT 500`;
  return rows.map(({ id, name, unit, skills }) => ({
    ...{ value: String(id), name },
    label: [name, unit, ...skills.map(skillName)].filter(Boolean).join(" · "),
  }));
}

export interface CannedAnswer {
  id: number;
  unitCode: string;
  shortcut: string;
  text: string;
}

/** Of the talk's unit and those above it; the nearest wins where two have the same word. */
export async function cannedFor(db: Tx, unitCode: string): Promise<CannedAnswer[]> {
  return db.$queryRaw<CannedAnswer[]>`
    WITH RECURSIVE above AS (
      SELECT code, parent_code, 0 AS far FROM unit WHERE code = ${unitCode}
      UNION SELECT unit.code, unit.parent_code, far + 1 FROM unit JOIN above ON unit.code = above.parent_code
    )
    SELECT DISTINCT ON (shortcut) canned_answer.id, unit_code AS "unitCode", shortcut, text
    FROM canned_answer JOIN above ON above.code = canned_answer.unit_code ORDER BY shortcut, far`;
}

export const cannedOf = (db: Tx, units: string[]): Promise<CannedAnswer[]> =>
  db.cannedAnswer.findMany({
    where: { unitCode: { in: units } },
    orderBy: [{ shortcut: "asc" }, { id: "asc" }],
  });

export async function keepCanned(tx: Tx, answer: Omit<CannedAnswer, "id">): Promise<void> {
  const { unitCode, shortcut, text } = answer;
  await tx.cannedAnswer.upsert({
    where: { unitCode_shortcut: { unitCode, shortcut } },
    create: answer,
    update: { text },
  });
}

export async function dropCanned(tx: Tx, units: string[], id: number): Promise<boolean> {
  const { count } = await tx.cannedAnswer.deleteMany({ where: { id, unitCode: { in: units } } });
  return count === 1;
}

/** {ten}: the resident, {don_vi}: the unit, {can_bo}: who answers. */
export function fillIn(text: string, values: { ten: string; don_vi: string; can_bo: string }): string {
  return text.replace(/\{(ten|don_vi|can_bo)\}/g, (_, name: keyof typeof values) => values[name]);
}

/** Whether this person may be given talks of this unit. */
export async function isColleague(db: Tx, unitCode: string, id: number): Promise<boolean> {
  return (await colleaguesFor(db, unitCode, 0)).some(({ value }) => value === String(id));
}
