/** What a report is made of in a talk: one message, and the pictures and places sent around it. */
import type { Channel, InboundEvent } from "../../../channels/channel.ts";
import type { Tx } from "../../../infra/db.ts";

export interface Material {
  text: string;
  at: Date;
  /** WGS 84, degrees: the place shared nearest to the message. */
  point: { latitude: number; longitude: number } | null;
  /** Pictures of the talk, newest first; `near`: sent together with the message. */
  photos: { id: bigint; near: boolean }[];
}

/** What is sent within this of the message belongs to it, ms. */
const TOGETHER = 15 * 60_000;
const MOST_PHOTOS = 12;

/** @param messageId the inbound event picked; null: the last one with words. @returns null when there is none. */
export async function materialFor(
  db: Tx,
  channel: Channel,
  conversationId: bigint,
  messageId: bigint | null,
): Promise<Material | null> {
  const where = { conversationId, kind: { in: ["message", "edit"] }, receipt: false };
  const picked = messageId
    ? await db.inboundEvent.findFirst({ where: { ...where, id: messageId } })
    : ((await db.inboundEvent.findMany({ where, orderBy: { id: "desc" }, take: 20 })).find(
        ({ raw }) => textOf(channel.parse(raw)) !== "",
      ) ?? null);
  if (!picked) return null;
  const at = picked.receivedAt;
  const from = new Date(at.getTime() - TOGETHER);
  const to = new Date(at.getTime() + TOGETHER);
  const [around, photos] = await Promise.all([
    db.inboundEvent.findMany({
      where: { ...where, receivedAt: { gte: from, lte: to } },
      orderBy: { receivedAt: "asc" },
      take: 50,
    }),
    db.attachment.findMany({
      where: { conversationId, type: "image", state: { in: ["stored", "pending"] } },
      select: { id: true, event: { select: { receivedAt: true } } },
      orderBy: { id: "desc" },
      take: MOST_PHOTOS,
    }),
  ]);
  const byNearness = around
    .map(({ raw, receivedAt }) => ({ event: channel.parse(raw), apart: Math.abs(+receivedAt - +at) }))
    .sort((one, other) => one.apart - other.apart);
  return {
    at,
    text:
      textOf(channel.parse(picked.raw)) || byNearness.map(({ event }) => textOf(event)).find(Boolean) || "",
    point: byNearness.map(({ event }) => pointOf(event)).find((point) => point !== null) ?? null,
    photos: photos.map(({ id, event }) => ({
      id,
      near: event.receivedAt >= from && event.receivedAt <= to,
    })),
  };
}

const textOf = (event: InboundEvent): string =>
  event.kind === "message" || event.kind === "edit" ? event.text : "";

function pointOf(event: InboundEvent) {
  if (event.kind !== "message") return null;
  for (const { type, latitude, longitude } of event.attachments)
    if (type === "location" && latitude !== undefined && longitude !== undefined)
      return { latitude, longitude };
  return null;
}
