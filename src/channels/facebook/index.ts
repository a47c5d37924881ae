/** Facebook Pages: Messenger, and comments under posts. */
import type { Config } from "../../config.ts";
import type { Channel, ConnectedAccount, Outgoing, Receipt } from "../channel.ts";
import { notHeldUp, templatePast } from "../past-window.ts";
import { storedIn, withinSize } from "../upload.ts";
import { createUploadCache } from "../upload-cache.ts";
import { createFacebookClient } from "./client.ts";
import { parse, split } from "./events.ts";
import { renderAttachment, renderTemplate, renderWords } from "./render.ts";
import { isSignedByFacebook } from "./signature.ts";
import { messagingType } from "./window.ts";

/** Uploads live 90 days; we use them for 80. */
const UPLOAD_LIFETIME = 80 * 24 * 3_600_000;

const MEGABYTE = 1024 * 1024;
/** facebook.md §3: what is uploaded may have 25 MB, a picture is taken to 8. */
const LARGEST_IMAGE = 8 * MEGABYTE;
const FILES = {
  types: new Set([
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ]),
  largest: 25 * MEGABYTE,
};

interface Parts {
  config: Config;
  readMedia(hash: string): Promise<{ bytes: Buffer; mime: string }>;
}

export function createFacebookChannel({ config, readMedia }: Parts): Channel {
  const client = createFacebookClient(config);
  const uploads = createUploadCache(UPLOAD_LIFETIME);

  async function uploadedId(account: ConnectedAccount, { reply }: Outgoing): Promise<string | undefined> {
    const stored = storedIn(reply);
    if (!stored) return undefined;
    return uploads.idFor(`${account.id}:${stored.mediaHash}`, async () => {
      const { bytes, mime } = await readMedia(stored.mediaHash);
      if (stored.name) return client.upload(account, "file", bytes, mime, stored.name);
      const picture = await withinSize({ bytes, mime }, LARGEST_IMAGE);
      return client.upload(account, "image", picture.bytes, picture.mime);
    });
  }

  return {
    name: "facebook",
    textLimit: 2000,
    files: FILES,
    isAuthentic: isSignedByFacebook,
    split,
    parse,
    async send(account, outgoing, now): Promise<Receipt> {
      const { recipient, reply, id } = outgoing;
      if ("publicComment" in recipient) return client.commentOn(account, recipient.publicComment, reply.text);
      const user = "user" in recipient ? recipient.user : "";
      const template = templatePast(outgoing, () => messagingType(account, outgoing, now));
      if (template) return notHeldUp(client.sendMessage(account, renderTemplate(user, template)));
      // a private reply has a rule of its own: one message within 7 days of the comment
      const envelope =
        "comment" in recipient
          ? { recipient: { comment_id: recipient.comment } }
          : { recipient: { id: user }, ...messagingType(account, outgoing, now) };
      const say = (message: object) => client.sendMessage(account, { ...envelope, message });
      if ((!reply.image && !reply.file) || "comment" in recipient) return say(renderWords(id, reply));
      // a picture carries no text of its own: the words follow it
      const picture = await say(renderAttachment(id, reply, await uploadedId(account, outgoing)));
      return reply.text ? say(renderWords(id, reply)) : picture;
    },
    /** As it is said in Việt Nam: the family name first. */
    async readName(account, psid) {
      const { first_name, last_name } = await client.userProfile(account, psid);
      return `${last_name} ${first_name}`.trim() || null;
    },
    showTyping: (account, psid) => client.showTyping(account, psid),
  };
}
