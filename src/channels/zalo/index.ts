/** Zalo Official Accounts. */
import type { Config } from "../../config.ts";
import type { Channel, ConnectedAccount, Outgoing } from "../channel.ts";
import { DeliveryError } from "../delivery-error.ts";
import { createUploadCache } from "../upload-cache.ts";
import { createZaloClient } from "./client.ts";
import { parse, split } from "./events.ts";
import { renderForZalo } from "./render.ts";
import { isSignedByZalo } from "./signature.ts";
import { checkZaloWindow } from "./window.ts";

export interface ChannelParts {
  config: Config;
  readMedia(hash: string): Promise<{ bytes: Buffer; mime: string }>;
}

/** Uploads live 7 days; we use them for 6. */
const UPLOAD_LIFETIME = 6 * 24 * 3_600_000;

export function createZaloChannel({ config, readMedia }: ChannelParts): Channel {
  const client = createZaloClient(config);
  const uploads = createUploadCache(UPLOAD_LIFETIME);

  async function imageId(
    account: ConnectedAccount,
    { reply: { image } }: Outgoing,
  ): Promise<string | undefined> {
    if (!image || !("mediaHash" in image)) return undefined;
    return uploads.idFor(`${account.id}:${image.mediaHash}`, async () => {
      const { bytes, mime } = await readMedia(image.mediaHash);
      return client.upload(account, mime === "image/gif" ? "gif" : "image", bytes, mime);
    });
  }

  async function deliver(account: ConnectedAccount, outgoing: Outgoing) {
    const { recipient, reply } = outgoing;
    const body = renderForZalo(recipient, reply, account.settings, await imageId(account, outgoing));
    const send = "anonymous" in recipient ? client.replyToAnonymous : client.sendCs;
    return { externalId: await send(account, body) };
  }

  return {
    name: "zalo",
    textLimit: 2000,
    isAuthentic: isSignedByZalo,
    split,
    parse,
    async send(account, outgoing, now) {
      checkZaloWindow(outgoing, now);
      try {
        return await deliver(account, outgoing);
      } catch (error) {
        const { image } = outgoing.reply;
        const isExpired =
          error instanceof DeliveryError && error.code === "-100" && image && "mediaHash" in image;
        if (!isExpired) throw error;
        uploads.forget(`${account.id}:${image.mediaHash}`);
        return deliver(account, outgoing); // uploaded again, once
      }
    },
  };
}
