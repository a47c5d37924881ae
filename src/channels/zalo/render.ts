/** A reply in Zalo's shape (zalo-oa.md §5.1). The text is complete by itself; buttons only where they were tried. */
import type { AccountSettings, Recipient, Reply, TemplateMessage } from "../channel.ts";

const MOST_BUTTONS = 5;
const LONGEST_TITLE = 100;

/** @param uploadedId attachment id of an uploaded picture, or token of an uploaded file. */
export function renderForZalo(
  to: Recipient,
  reply: Reply,
  settings: AccountSettings,
  uploadedId?: string,
): object {
  const recipient =
    "anonymous" in to
      ? { anonymous_id: to.anonymous, conversation_id: to.conversation }
      : { user_id: "user" in to ? to.user : "" };
  if (reply.file && uploadedId)
    return { recipient, message: { attachment: { type: "file", payload: { token: uploadedId } } } };
  const text = [reply.text, reply.link && `${reply.link.title}: ${reply.link.url}`]
    .filter(Boolean)
    .join("\n");
  return { recipient, message: { text: text.normalize("NFC"), ...attachment(reply, settings, uploadedId) } };
}

function attachment(reply: Reply, settings: AccountSettings, uploadedId?: string): object {
  const image = uploadedId
    ? { attachment_id: uploadedId }
    : reply.image && "url" in reply.image
      ? { url: reply.image.url }
      : null;
  if (image) {
    const payload = { template_type: "media", elements: [{ media_type: "image", ...image }] };
    return { attachment: { type: "template", payload } };
  }
  if (!settings.buttons || !reply.choices?.length) return {};
  const buttons = reply.choices.slice(0, MOST_BUTTONS).map(({ label, value }) => ({
    title: [...label].slice(0, LONGEST_TITLE).join(""),
    type: "oa.query.hide",
    payload: value,
  }));
  return { attachment: { type: "template", payload: { buttons } } };
}

/** An approved template to somebody known by user id (zalo-oa.md §5.3). */
export function renderTemplateForZalo(userId: string, { id, parameters }: TemplateMessage): object {
  const data = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
  return { user_id: userId, template_id: id, template_data: data };
}
