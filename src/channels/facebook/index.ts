/** Facebook Pages: Messenger, and comments under posts. */
import type { Config } from "../../config.ts";
import type { Channel, ConnectedAccount, Outgoing, Receipt } from "../channel.ts";
import { createUploadCache } from "../upload-cache.ts";
import { createFacebookClient } from "./client.ts";
import { parse, split } from "./events.ts";
import { renderPicture, renderWords } from "./render.ts";
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
      const user = "user" in recipient ? recipient.user : "";
      // a private reply has a rule of its own: one message within 7 days of the comment
      const envelope =
        "comment" in recipient
          ? { recipient: { comment_id: recipient.comment } }
          : { recipient: { id: user }, ...messagingType(account, outgoing, now) };
      const say = (message: object) => client.sendMessage(account, { ...envelope, message });
      if (!reply.image || "comment" in recipient) return say(renderWords(id, reply));
      // a picture carries no text of its own: the words follow it
      const picture = await say(renderPicture(id, reply, await imageId(account, outgoing)));
      return reply.text ? say(renderWords(id, reply)) : picture;
    },
    showTyping: (account, psid) => client.showTyping(account, psid),
  };
}
