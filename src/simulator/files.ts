/** Pictures and files that residents send or the gateway uploads, served under an address of the platform. */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface ShelvedFile {
  bytes: Buffer;
  mime: string;
  name: string;
}

/** All files together; the oldest go first. */
const MOST_BYTES = 200 * 1024 * 1024;

/** @param folder where they are written too, to be there after a restart. */
export function createFileShelf(address: string, folder?: string) {
  const files = new Map<string, ShelvedFile>();
  let total = 0;
  if (folder) mkdirSync(folder, { recursive: true });

  function put(id: string, file: ShelvedFile) {
    files.set(id, file);
    total += file.bytes.length;
    for (const [oldest, { bytes }] of files) {
      if (total <= MOST_BYTES || oldest === id) break;
      files.delete(oldest);
      total -= bytes.length;
    }
  }

  function get(id: string): ShelvedFile | undefined {
    const known = files.get(id);
    if (known || !folder || !/^[\w-]+(\.\w+)?$/.test(id)) return known;
    const place = path.join(folder, id);
    if (!existsSync(place)) return undefined;
    const mime = MIMES.find(([, extension]) => id.endsWith(extension))?.[0] ?? "application/octet-stream";
    const file = { bytes: readFileSync(place), mime, name: id };
    put(id, file);
    return file;
  }

  return {
    /** @returns the address it is served at. */
    keep(file: ShelvedFile): string {
      const extension = MIMES.find(([mime]) => mime === file.mime)?.[1] ?? "";
      const id = `${randomBytes(12).toString("base64url")}${extension}`;
      put(id, file);
      if (folder) writeFileSync(path.join(folder, id), file.bytes);
      return `${address}/files/${id}`;
    },
    get,
    byUrl: (url: string) => get(url.split("/").at(-1)!),
  };
}

const MIMES = [
  ["image/jpeg", ".jpg"],
  ["image/png", ".png"],
  ["image/gif", ".gif"],
  ["image/webp", ".webp"],
  ["application/pdf", ".pdf"],
  ["audio/amr", ".amr"],
  ["audio/mpeg", ".mp3"],
  ["video/mp4", ".mp4"],
  ["text/csv", ".csv"],
] as const;

export const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");
