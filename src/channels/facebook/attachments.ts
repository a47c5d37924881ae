/** What people attach in Messenger, in our words (facebook.md §2.3). */
import type { AttachmentType, InboundAttachment } from "../channel.ts";
import { field, firstText, isObject, list, number, optional, text, webAddress } from "../loose-json.ts";

/** Reels, posts, shares, fallbacks and whatever comes next are links. */
const TYPES: Record<string, AttachmentType> = {
  image: "image",
  animated_image: "gif",
  sticker: "sticker",
  audio: "audio",
  video: "video",
  file: "file",
  location: "location",
};

export function readAttachments(message: unknown): InboundAttachment[] {
  return list(field(message, "attachments")).filter(isObject).map(readAttachment);
}

function readAttachment(attachment: Record<string, unknown>): InboundAttachment {
  const payload = isObject(attachment.payload) ? attachment.payload : {};
  const type = typeOf(attachment, payload);
  return {
    type,
    ...optional("url", webAddress(payload.url, attachment.url)),
    ...optional("title", firstText(payload.title, attachment.title)),
    ...optional("name", firstText(payload.name, attachment.name)),
    ...(type === "location" ? readCoordinates(payload) : {}),
  };
}

/** Until 2026-08-30 a sticker came as an image with a sticker_id. */
function typeOf(attachment: Record<string, unknown>, payload: Record<string, unknown>): AttachmentType {
  if (payload.sticker_id !== undefined && payload.sticker_id !== null) return "sticker";
  const given = text(attachment.type);
  return Object.hasOwn(TYPES, given) ? TYPES[given]! : "link";
}

function readCoordinates(payload: Record<string, unknown>) {
  const place = isObject(payload.coordinates) ? payload.coordinates : payload;
  const latitude = number(place.lat ?? place.latitude);
  const longitude = number(place.long ?? place.longitude ?? place.lng);
  if (latitude === undefined || longitude === undefined) return {};
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : {};
}

/** The words of a template, which has no text of its own: an echo of ours is known again by them. */
export function templateText(message: unknown): string | undefined {
  const template = list(field(message, "attachments")).find(
    (attachment) => field(attachment, "type") === "template",
  );
  const payload = field(template, "payload");
  return firstText(field(payload, "text"), field(list(field(payload, "elements"))[0], "title"));
}
