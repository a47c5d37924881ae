/**
 * Secrets at rest: AES-256-GCM under a key from APP_KEY. A sealed value says which key sealed it, so
 * APP_KEY may hold several keys, newest first, separated by commas: the first seals, all of them open.
 * Form: "v1.<key id>.<iv>.<tag>.<ciphertext>", the last three base64url.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

export interface SecretBox {
  seal(plain: string): string;
  open(sealed: string): string;
  /** True when the value was sealed by an older key and should be sealed anew. */
  isStale(sealed: string): boolean;
  /** A secret for another purpose (signing cookies) from each key, newest first, in base64url. */
  derive(purpose: string): string[];
}

/** @throws when a key is not 32 bytes in base64. */
export function createSecretBox(appKey: string): SecretBox {
  const keys = appKey
    .split(",")
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => {
      const key = Buffer.from(text, "base64");
      if (key.length !== 32) throw new Error("APP_KEY must be 32 bytes in base64 (openssl rand -base64 32).");
      return { id: createHash("sha256").update(key).digest("base64url").slice(0, 8), key };
    });
  const newest = keys[0];
  if (!newest) throw new Error("APP_KEY is empty.");

  return {
    seal(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", newest.key, iv);
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), body].map((part) => part.toString("base64url"));
      return ["v1", newest.id, ...parts].join(".");
    },
    open(sealed) {
      const [version, id, iv, tag, body] = sealed.split(".");
      const found = keys.find((candidate) => candidate.id === id);
      if (version !== "v1" || !iv || !tag || body === undefined) throw new Error("Not a sealed secret.");
      if (!found) throw new Error("A stored secret was sealed with a key that is not in APP_KEY any more.");
      const decipher = createDecipheriv("aes-256-gcm", found.key, Buffer.from(iv, "base64url"));
      decipher.setAuthTag(Buffer.from(tag, "base64url"));
      return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString(
        "utf8",
      );
    },
    isStale: (sealed) => sealed.split(".")[1] !== newest.id,
    derive: (purpose) =>
      keys.map(({ key }) => Buffer.from(hkdfSync("sha256", key, "", purpose, 32)).toString("base64url")),
  };
}
