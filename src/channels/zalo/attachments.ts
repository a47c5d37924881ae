/** What residents (and staff) attach on Zalo, in our words (zalo-oa.md §4). */
import type { AttachmentType, InboundAttachment } from "../channel.ts";
import {
  field,
  firstText,
  isObject,
  list,
  localPhone,
  number,
  optional,
  parseJson,
  text,
  webAddress,
} from "../loose-json.ts";

const TYPES: Record<string, AttachmentType> = {
  image: "image",
  photo: "image",
  gif: "gif",
  sticker: "sticker",
  audio: "audio",
  voice: "audio",
  video: "video",
  file: "file",
  link: "link",
  links: "link",
  business_card: "contact",
  location: "location",
};

/** @param suggested the type in the event's name: "sticker" of user_send_sticker. */
export function readAttachments(message: unknown, suggested: string): InboundAttachment[] {
  const attachments = list(field(message, "attachments"))
    .filter(isObject)
    .map((attachment) => readAttachment(attachment, suggested));
  // a shape in circulation that is not the documented one
  const location = field(message, "location");
  if (isObject(location) && !attachments.some(({ type }) => type === "location")) {
    attachments.push({ type: "location", ...readCoordinates(location) });
  }
  return attachments;
}

function readAttachment(attachment: Record<string, unknown>, suggested: string): InboundAttachment {
  const payload = isObject(attachment.payload) ? attachment.payload : attachment;
  const type = typeOf(text(attachment.type), suggested, payload);
  const common = {
    type,
    ...optional("url", webAddress(payload.url)),
    ...optional("thumbnailUrl", webAddress(payload.thumbnail, payload.thumb)),
  };
  switch (type) {
    case "location":
      return { ...common, ...readCoordinates(payload) };
    case "contact":
      return { ...common, ...readContact(payload) };
    case "file":
      return {
        ...common,
        ...optional("name", firstText(payload.name)),
        ...optional("size", number(payload.size)),
      };
    default:
      return { ...common, ...optional("title", firstText(payload.title, payload.description)) };
  }
}

/** A sticker may come as an image and a business card as a link; what nobody knows yet counts as a link. */
function typeOf(given: string, suggested: string, payload: Record<string, unknown>): AttachmentType {
  if (suggested === "sticker" || suggested === "business_card") return TYPES[suggested]!;
  const type = Object.hasOwn(TYPES, given)
    ? TYPES[given]!
    : Object.hasOwn(TYPES, suggested)
      ? TYPES[suggested]!
      : "link";
  return type === "link" && cardOf(payload) ? "contact" : type;
}

/** `{coordinates: {latitude, longitude}}` as documented, or `{lat, long}`, or either without the wrapper. */
function readCoordinates(payload: Record<string, unknown>) {
  const place = isObject(payload.coordinates) ? payload.coordinates : payload;
  const latitude = number(place.latitude ?? place.lat);
  const longitude = number(place.longitude ?? place.long ?? place.lng ?? place.lon);
  if (latitude === undefined || longitude === undefined) return {};
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : {};
}

function readContact(payload: Record<string, unknown>) {
  const card = cardOf(payload);
  const name = firstText(field(card, "name"), payload.title, payload.name);
  return { ...optional("phone", localPhone(field(card, "phone")) || undefined), ...optional("name", name) };
}

/** A business card's description is JSON in a string. */
function cardOf(payload: Record<string, unknown>): Record<string, unknown> | null {
  const { description } = payload;
  const card =
    typeof description === "string" && description.startsWith("{") ? parseJson(description) : description;
  return isObject(card) && Object.hasOwn(card, "phone") ? card : null;
}
