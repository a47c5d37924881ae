/** What came of an announcement, asked where the rows are: by channel, with what came back from those who got it. */
import { Prisma, type Db } from "../../../infra/db.ts";
import { markOf } from "../notices/store.ts";

export interface Failure {
  channel: string;
  errorClass: string | null;
  errorCode: string | null;
  count: number;
}

export interface CameBack {
  channel: string;
  /** Residents who wrote within the time after their copy. */
  people: number;
  messages: number;
  questions: number;
  /** Who asked for no more such news, or left the account, in that time. */
  unsubscribed: number;
}

export interface Reply {
  id: bigint;
  conversationId: bigint;
  channel: string;
  accountName: string;
  residentName: string | null;
  text: string;
  isQuestion: boolean;
  at: Date;
}

/** Why copies were refused for good. */
export const readFailures = (db: Db, announcementId: bigint): Promise<Failure[]> =>
  db.$queryRaw`
    SELECT account.channel, m.error_class AS "errorClass", m.error_code AS "errorCode", count(*)::int AS count
    FROM outbound_message m JOIN account ON account.id = m.account_id
    WHERE m.bulk_of = ${markOf(announcementId, "news")} AND m.state = 'dead' AND m.error_class IS DISTINCT FROM 'unknown'
    GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 3`;

/** Ends with a question mark or a word that asks, with or without its marks. */
const QUESTION =
  "\\?|(^|\\s)(không|khong|ko|hông|hong|sao|hả|ha|bao giờ|bao gio|khi nào|khi nao|chừng nào|chung nao|mấy giờ|may gio|ở đâu|o dau|bao lâu|bao lau|thế nào|the nao)[\\s.!]*$";

/** Copies that were sent, and until when what their recipient does counts as an answer to them. */
const copies = (announcementId: bigint, hours: number) => Prisma.sql`
  copy AS MATERIALIZED (
    SELECT conversation_id, account_id, sent_at, sent_at + make_interval(hours => ${hours}::int) AS until
    FROM outbound_message
    WHERE bulk_of = ${markOf(announcementId, "news")} AND state = 'sent' AND conversation_id IS NOT NULL
  ), span AS (SELECT min(sent_at) AS first, max(until) AS last FROM copy)`;

/** What residents wrote in that time, drawn from the few who wrote at all rather than from the many who got a copy. */
const answers = Prisma.sql`
  answer AS (
    SELECT e.id, copy.conversation_id, copy.account_id, e.kind, e.occurred_at AS at,
           coalesce(e.raw #>> '{message,text}', '') AS text
    FROM span JOIN inbound_event e ON e.occurred_at BETWEEN span.first AND span.last AND e.kind IN ('message', 'unfollow')
    JOIN copy ON copy.conversation_id = e.conversation_id AND e.occurred_at > copy.sent_at AND e.occurred_at <= copy.until
  )`;

export const readCameBack = (db: Db, announcementId: bigint, hours: number): Promise<CameBack[]> =>
  db.$queryRaw`
    WITH ${copies(announcementId, hours)}, ${answers}, withdrawn AS (
      SELECT copy.conversation_id, copy.account_id
      FROM span JOIN consent k ON k.purpose = 'announcements' AND k.withdrawn_at BETWEEN span.first AND span.last
      JOIN conversation c ON c.resident_id = k.resident_id
      JOIN copy ON copy.conversation_id = c.id AND k.withdrawn_at > copy.sent_at AND k.withdrawn_at <= copy.until
    ), came AS (
      SELECT conversation_id, account_id, kind, text FROM answer
      UNION ALL SELECT conversation_id, account_id, 'withdrawn', '' FROM withdrawn
    )
    SELECT account.channel,
           (count(DISTINCT conversation_id) FILTER (WHERE kind = 'message'))::int AS people,
           (count(*) FILTER (WHERE kind = 'message'))::int AS messages,
           (count(*) FILTER (WHERE kind = 'message' AND text ~* ${QUESTION}))::int AS questions,
           (count(DISTINCT conversation_id) FILTER (WHERE kind IN ('withdrawn', 'unfollow')))::int AS unsubscribed
    FROM came JOIN account ON account.id = came.account_id GROUP BY account.channel`;

/** The messages themselves, questions first, of accounts of these units. */
export const readReplies = (
  db: Db,
  announcementId: bigint,
  hours: number,
  units: readonly string[],
  take: number,
): Promise<Reply[]> =>
  db.$queryRaw`
    WITH ${copies(announcementId, hours)}, ${answers}
    SELECT answer.id, answer.conversation_id AS "conversationId", account.channel, account.name AS "accountName",
           r.display_name AS "residentName", answer.text, answer.text ~* ${QUESTION} AS "isQuestion", answer.at
    FROM answer JOIN account ON account.id = answer.account_id
    JOIN conversation c ON c.id = answer.conversation_id JOIN resident r ON r.id = c.resident_id
    WHERE answer.kind = 'message' AND account.unit_code = ANY(${[...units]}::text[])
    ORDER BY 7 DESC, answer.at DESC LIMIT ${take}`;

export interface UnitMonth {
  code: string;
  name: string;
  announcements: number;
  emergencies: number;
  /** Copies sent, and told with an answer. */
  reached: number;
  sent: number;
  seen: number;
  unsubscribed: number;
}

/** A unit's announcements published in the span, and who of its accounts' residents wanted no more. */
export const readMonth = (db: Db, units: readonly string[], from: Date, until: Date): Promise<UnitMonth[]> =>
  db.$queryRaw`
    WITH published AS (
      SELECT id, unit_code, level FROM announcement
      WHERE unit_code = ANY(${[...units]}::text[]) AND published_at >= ${from} AND published_at < ${until} AND NOT archived
    ), told AS (
      SELECT p.unit_code, count(*) FILTER (WHERE n.state = 'told') AS told
      FROM published p JOIN announcement_notice n ON n.announcement_id = p.id AND n.kind = 'news' GROUP BY 1
    ), copied AS (
      SELECT p.unit_code, count(*) AS sent, count(m.seen_at) AS seen
      FROM published p JOIN outbound_message m ON m.bulk_of = 'announcement:' || p.id || ':news' AND m.state = 'sent' GROUP BY 1
    ), gone AS (
      SELECT a.unit_code, count(*) AS unsubscribed
      FROM consent k JOIN resident r ON r.id = k.resident_id JOIN account a ON a.id = r.account_id
      WHERE k.purpose = 'announcements' AND k.withdrawn_at >= ${from} AND k.withdrawn_at < ${until} GROUP BY 1
    )
    SELECT u.code, u.name, count(p.id)::int AS announcements,
           (count(p.id) FILTER (WHERE p.level = 'emergency'))::int AS emergencies,
           (coalesce(max(copied.sent), 0) + coalesce(max(told.told), 0))::int AS reached,
           coalesce(max(copied.sent), 0)::int AS sent, coalesce(max(copied.seen), 0)::int AS seen,
           coalesce(max(gone.unsubscribed), 0)::int AS unsubscribed
    FROM unit u LEFT JOIN published p ON p.unit_code = u.code LEFT JOIN told ON told.unit_code = u.code
    LEFT JOIN copied ON copied.unit_code = u.code LEFT JOIN gone ON gone.unit_code = u.code
    WHERE u.code = ANY(${[...units]}::text[])
    GROUP BY u.code, u.name HAVING count(p.id) > 0 OR max(gone.unsubscribed) > 0
    ORDER BY 3 DESC, u.name`;
