/** Facebook Pages: Messenger, and comments under posts. */
import type { Config } from "../../config.ts";
import type { Channel, ConnectedAccount, Outgoing, Receipt } from "../channel.ts";
import { createUploadCache } from "../upload-cache.ts";
import { createFacebookClient } from "./client.ts";
import { parse, split } from "./events.ts";
import { renderForMessenger } from "./render.ts";
import { isSignedByFacebook } from "./signature.ts";
import { messagingType } from "./window.ts";

/** Uploads live 90 days; we use them for 80. */
const UPLOAD_LIFETIME = 80 * 24 * 3_600_000;

interface Parts {
  config: Config;
  readMedia(hash: string): Promise<{ bytes: Buffer; mime: string }>;
}

export function createFacebookChannel({ config, readMedia }: Parts): Channel {
  const client = createFacebookClient(config);
  const uploads = createUploadCache(UPLOAD_LIFETIME);

  async function imageId(
    account: ConnectedAccount,
    { reply: { image } }: Outgoing,
  ): Promise<string | undefined> {
    if (!image || !("mediaHash" in image)) return undefined;
    return uploads.idFor(`${account.id}:${image.mediaHash}`, async () => {
      const { bytes, mime } = await readMedia(image.mediaHash);
      return client.uploadImage(account, bytes, mime);
    });
  }

  return {
    name: "facebook",
    textLimit: 2000,
    isAuthentic: isSignedByFacebook,
    split,
    parse,
    async send(account, outgoing, now): Promise<Receipt> {
      const { recipient, reply, id } = outgoing;
      if ("publicComment" in recipient) return client.commentOn(account, recipient.publicComment, reply.text);
      const image = await imageId(account, outgoing);
      const message = renderForMessenger(id, reply, image);
      if ("comment" in recipient) {
        // a private reply has a rule of its own: one message within 7 days of the comment
        return client.sendMessage(account, { recipient: { comment_id: recipient.comment }, message });
      }
      const type = messagingType(account, outgoing, now);
      const to = { id: "user" in recipient ? recipient.user : "" };
      // a picture carries no text of its own: the words follow it
      if (!reply.image || !reply.text)
        return client.sendMessage(account, { recipient: to, ...type, message });
      await client.sendMessage(account, { recipient: to, ...type, message });
      const words = renderForMessenger(id, { ...reply, image: undefined });
      return client.sendMessage(account, { recipient: to, ...type, message: words });
    },
    showTyping: (account, psid) => client.showTyping(account, psid),
  };
}
