/** Rows for the files that come with an event, and the job that fetches them before their addresses expire. */
import type { Tx } from "../infra/db.ts";
import type { InboundEvent } from "./channel.ts";

/** What has bytes worth keeping; a sticker or a link is only its address. */
const FETCHED = new Set(["image", "gif", "audio", "video", "file"]);

/** @returns our row id for each attachment of the event, null where nothing is fetched. */
export async function keepAttachments(
  tx: Tx,
  eventId: bigint,
  conversationId: bigint | null,
  event: InboundEvent,
): Promise<(string | null)[]> {
  const heard = event.kind === "standby" ? event.event : event;
  if (heard.kind !== "message" && heard.kind !== "echo") return [];
  const rows = heard.attachments.flatMap(({ type, url, name }, position) =>
    FETCHED.has(type) && url ? [{ position, type, url, name: name ?? null }] : [],
  );
  if (rows.length === 0) return heard.attachments.map(() => null);
  const kept = await tx.$queryRaw<{ id: bigint; position: number }[]>`
    WITH kept AS (
      INSERT INTO attachment (event_id, conversation_id, position, type, source_url, name)
      SELECT ${eventId}, ${conversationId}::bigint, position, type, url, name
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS a(position int, type text, url text, name text)
      ON CONFLICT (event_id, position) DO UPDATE SET type = excluded.type
      RETURNING id, position
    )
    SELECT kept.id, kept.position,
      (graphile_worker.add_job('media.fetch', json_build_object('id', kept.id::text), max_attempts := 8)).id AS job
    FROM kept`;
  const ids = new Map(kept.map(({ id, position }) => [position, String(id)]));
  return heard.attachments.map((_, position) => ids.get(position) ?? null);
}
