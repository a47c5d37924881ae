/** The two platforms' ways of signing a webhook's bytes. */
import { createHash, createHmac } from "node:crypto";
import type { Account } from "./accounts.ts";

interface Sealed {
  body: Buffer;
  headers: Record<string, string>;
}

/** SHA-256 of app id, body, timestamp and OA secret key, one after the other: no HMAC (zalo-oa.md §3). */
export function signForZalo({ appId, webhookSecret }: Account, event: object): Sealed {
  const body = Buffer.from(JSON.stringify(event));
  const { timestamp } = event as { timestamp: string };
  const mac = createHash("sha256")
    .update(appId)
    .update(body)
    .update(timestamp)
    .update(webhookSecret)
    .digest("hex");
  return {
    body,
    headers: {
      "x-zevent-signature": `mac=${mac}`,
      "x-zevent-server": "OA OpenAPI",
      "user-agent": "ZaloWebhook",
    },
  };
}

/** HMAC-SHA256 over the bytes as sent, non-ASCII letters escaped first (facebook.md §2.2). */
export function signForFacebook({ appSecret }: Account, content: object): Sealed {
  const body = Buffer.from(escapeNonAscii(JSON.stringify(content)));
  const mac = createHmac("sha256", appSecret).update(body).digest("hex");
  return { body, headers: { "x-hub-signature-256": `sha256=${mac}`, "user-agent": "facebookexternalua" } };
}

/** "ạ" → "\u1ea1" and "/" → "\/", as PHP's json_encode writes them. */
export function escapeNonAscii(json: string): string {
  return json
    .replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("/", "\\/");
}
