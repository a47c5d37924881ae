/** Zalo Official Accounts. */
import type { Config } from "../../config.ts";
import type { Channel, ConnectedAccount, Outgoing } from "../channel.ts";
import { DeliveryError } from "../delivery-error.ts";
import { notHeldUp, templatePast } from "../past-window.ts";
import { still, storedIn, withinSize } from "../upload.ts";
import { createUploadCache } from "../upload-cache.ts";
import { createZaloClient } from "./client.ts";
import { parse, split } from "./events.ts";
import { renderForZalo, renderTemplateForZalo } from "./render.ts";
import { isSignedByZalo } from "./signature.ts";
import { checkZaloWindow } from "./window.ts";

export interface ChannelParts {
  config: Config;
  readMedia(hash: string): Promise<{ bytes: Buffer; mime: string }>;
}

/** Uploads live 7 days; we use them for 6. */
const UPLOAD_LIFETIME = 6 * 24 * 3_600_000;

const MEGABYTE = 1024 * 1024;
const LARGEST_IMAGE = MEGABYTE;
/** zalo-oa.md §6; a CSV has no mark of its own by which its content could be told. */
const FILES = {
  types: new Set([
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ]),
  largest: 5 * MEGABYTE,
};

export function createZaloChannel({ config, readMedia }: ChannelParts): Channel {
  const client = createZaloClient(config);
  const uploads = createUploadCache(UPLOAD_LIFETIME);

  async function uploadedId(account: ConnectedAccount, { reply }: Outgoing): Promise<string | undefined> {
    const stored = storedIn(reply);
    if (!stored) return undefined;
    return uploads.idFor(`${account.id}:${stored.mediaHash}`, async () => {
      const { bytes, mime } = await readMedia(stored.mediaHash);
      if (stored.name) return client.upload(account, "file", bytes, mime, stored.name);
      // a GIF needs its measures in the message and has no known limit: the first picture is enough
      const whole = mime === "image/gif" ? await still(bytes) : { bytes, mime };
      const picture = await withinSize(whole, LARGEST_IMAGE);
      return client.upload(account, "image", picture.bytes, picture.mime);
    });
  }

  async function deliver(account: ConnectedAccount, outgoing: Outgoing) {
    const { recipient, reply } = outgoing;
    const body = renderForZalo(recipient, reply, account.settings, await uploadedId(account, outgoing));
    const send = "anonymous" in recipient ? client.replyToAnonymous : client.sendCs;
    return { externalId: await send(account, body) };
  }

  return {
    name: "zalo",
    textLimit: 2000,
    files: FILES,
    isAuthentic: isSignedByZalo,
    split,
    parse,
    readName: async (account, userId) => (await client.userDetail(account, userId)).display_name ?? null,
    async send(account, outgoing, now) {
      const template = templatePast(outgoing, () => checkZaloWindow(outgoing, now));
      if (template) {
        const body = renderTemplateForZalo(template.user, template);
        return { externalId: await notHeldUp(client.sendTemplate(account, body)) };
      }
      try {
        return await deliver(account, outgoing);
      } catch (error) {
        const stored = storedIn(outgoing.reply);
        if (!(error instanceof DeliveryError && error.code === "-100" && stored)) throw error;
        uploads.forget(`${account.id}:${stored.mediaHash}`);
        return deliver(account, outgoing); // uploaded again, once
      }
    },
  };
}
