/** A reply in Messenger's shape (facebook.md §3). The text is complete by itself; quick replies ease the thumb. */
import type { Reply, TemplateMessage } from "../channel.ts";
import { METADATA_PREFIX } from "../receipts.ts";

const MOST_QUICK_REPLIES = 13;
const LONGEST_TITLE = 20;
const LONGEST_BUTTON_TEXT = 640;

/** The picture or file of a reply. @param uploadedId its id; without it the reply names a picture's address. */
export function renderAttachment(outboundId: bigint, reply: Reply, uploadedId?: string): object {
  const url = reply.image && "url" in reply.image ? reply.image.url : undefined;
  const payload = uploadedId ? { attachment_id: uploadedId } : { url, is_reusable: true };
  // ours by its mark, yet its echo is no proof that the words behind it have gone
  const metadata = `${METADATA_PREFIX}${outboundId}${reply.text ? ":picture" : ""}`;
  const type = reply.file ? "file" : "image";
  return { attachment: { type, payload }, metadata, ...(reply.text ? {} : quickReplies(reply)) };
}

/** The words of a reply. */
export function renderWords(outboundId: bigint, reply: Reply): object {
  const metadata = `${METADATA_PREFIX}${outboundId}`;
  const quick = quickReplies(reply);
  if (reply.link && reply.text.length <= LONGEST_BUTTON_TEXT) {
    const buttons = [{ type: "web_url", title: shortTitle(reply.link.title), url: reply.link.url }];
    const payload = { template_type: "button", text: reply.text, buttons };
    return { attachment: { type: "template", payload }, metadata, ...quick };
  }
  const text = reply.link ? `${reply.text}\n${reply.link.title}: ${reply.link.url}` : reply.text;
  return { text: text.normalize("NFC"), metadata, ...quick };
}

function quickReplies({ choices = [] }: Reply): object {
  if (choices.length === 0) return {};
  return {
    quick_replies: choices.slice(0, MOST_QUICK_REPLIES).map(({ label, value }) => ({
      content_type: "text",
      title: shortTitle(label),
      payload: value,
    })),
  };
}

/** At most 20 characters, cut at a word: "Xem phản ánh của tôi đã gửi" → "Xem phản ánh của…". */
export function shortTitle(label: string): string {
  const letters = [...label.normalize("NFC")];
  if (letters.length <= LONGEST_TITLE) return letters.join("");
  const head = letters.slice(0, LONGEST_TITLE - 1).join("");
  const cut = head.lastIndexOf(" ");
  return `${cut > LONGEST_TITLE / 2 ? head.slice(0, cut) : head}…`;
}

/**
 * An approved utility template to a known person (facebook.md §3.1): `message.template`, not `message.attachment`. It carries
 * nothing besides, our mark neither: only this shape is known to be taken.
 */
export function renderTemplate(psid: string, { id, language, parameters }: TemplateMessage): object {
  const filled = parameters.map(({ value }) => ({ type: "text", text: value }));
  const components = [{ type: "body", parameters: filled }];
  const template = { name: id, language: { code: language }, components };
  return { recipient: { id: psid }, messaging_type: "UTILITY", message: { template } };
}
