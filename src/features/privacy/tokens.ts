/** Secrets of one-time links: the link carries the token, the database its hash. */
import { createHash, randomBytes } from "node:crypto";

export const newToken = () => randomBytes(24).toString("base64url");
export const hashOf = (token: string) => createHash("sha256").update(token).digest("base64url");
