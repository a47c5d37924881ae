/** What residents are still to be told of reports they care about, and what was told. */
import type { Tx } from "../../../infra/db.ts";
import { enqueue } from "../../../infra/jobs.ts";
import { tellAt } from "../telling-time.ts";
import { addEvent, type EventKind, type NewEvent } from "./events.ts";
import type { ReportState } from "../states.ts";

/** Adds an event that the reporter and all followers, except whoever caused it, are to hear of. */
export async function addEventAndTell(tx: Tx, reportId: bigint, event: NewEvent): Promise<bigint> {
  const eventId = await addEvent(tx, reportId, event);
  const residents = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO report_news (resident_id, report_id, event_id, created_at)
    SELECT resident_id, ${reportId}::bigint, ${eventId}::bigint, ${event.at} FROM (
      SELECT resident_id FROM report WHERE id = ${reportId} AND resident_id IS NOT NULL
      UNION SELECT resident_id FROM report_follower WHERE report_id = ${reportId}
    ) who WHERE resident_id IS DISTINCT FROM ${event.by.residentId ?? null}::bigint
    RETURNING resident_id AS id`;
  for (const { id } of residents) await scheduleTelling(tx, id, tellAt(event.at));
  return eventId;
}

/** One waiting job for each resident: more news before it runs only puts it off, and all is told in one message. */
export async function scheduleTelling(tx: Tx, residentId: bigint, runAt: Date): Promise<void> {
  await enqueue(
    tx,
    "reports.tell",
    { residentId: String(residentId) },
    { key: `reports.tell:${residentId}`, runAt },
  );
}

export interface News {
  id: bigint;
  reportId: bigint;
  code: string;
  category: string;
  street: string | null;
  ward: string | null;
  unitName: string;
  isReporter: boolean;
  /** The report's state now, not then. */
  stateNow: ReportState;
  kind: EventKind;
  state: ReportState;
  note: string | null;
  data: { unitName?: string; mergedInto?: string; category?: string };
}

/** Not yet told, or told by a message that could not be sent; oldest first. */
export async function untoldNews(tx: Tx, residentId: bigint): Promise<News[]> {
  return tx.$queryRaw<News[]>`
    SELECT n.id, r.id AS "reportId", r.code, r.category, r.street, r.ward, u.name AS "unitName",
           r.resident_id IS NOT DISTINCT FROM n.resident_id AS "isReporter", r.state AS "stateNow",
           e.kind, e.state, CASE WHEN e.is_public THEN e.note END AS note, e.data
    FROM report_news n
    JOIN report r ON r.id = n.report_id
    JOIN report_event e ON e.id = n.event_id
    JOIN unit u ON u.code = r.unit_code
    WHERE n.resident_id = ${residentId} AND (n.told_at IS NULL OR (n.told_how = 'pushed' AND EXISTS (
      SELECT 1 FROM outbound_message m WHERE m.dedupe_key = n.message_key AND m.state = 'dead')))
    ORDER BY n.id LIMIT 40`;
}

export async function markTold(
  tx: Tx,
  news: { id: bigint }[],
  how: "pushed" | "with_answer",
  messageKey: string | null,
  at: Date,
): Promise<void> {
  await tx.reportNews.updateMany({
    where: { id: { in: news.map(({ id }) => id) } },
    data: { toldAt: at, toldHow: how, messageKey },
  });
}
