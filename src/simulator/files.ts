/** Pictures and files that residents send or the gateway uploads, served under an address of the platform. */
import { createHash, randomBytes } from "node:crypto";

export interface ShelvedFile {
  bytes: Buffer;
  mime: string;
  name: string;
}

/** All files together; the oldest go first. */
const MOST_BYTES = 200 * 1024 * 1024;

export function createFileShelf(address: string) {
  const files = new Map<string, ShelvedFile>();
  let total = 0;
  return {
    /** @returns the address it is served at. */
    keep(file: ShelvedFile): string {
      const id = `${randomBytes(12).toString("base64url")}${extensionOf(file.mime)}`;
      files.set(id, file);
      total += file.bytes.length;
      for (const [oldest, { bytes }] of files) {
        if (total <= MOST_BYTES || oldest === id) break;
        files.delete(oldest);
        total -= bytes.length;
      }
      return `${address}/files/${id}`;
    },
    get: (id: string) => files.get(id),
    byUrl: (url: string) => files.get(url.split("/").at(-1)!),
  };
}

export const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

function extensionOf(mime: string): string {
  const known: Record<string, string> = {
    ...{ "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/svg+xml": ".svg" },
    ...{ "application/pdf": ".pdf", "audio/amr": ".amr", "video/mp4": ".mp4", "text/csv": ".csv" },
  };
  return known[mime] ?? "";
}
