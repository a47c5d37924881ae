/** What an OA uploads to send later (zalo-oa.md §6): types told by content, sizes limited, ids that expire. */
import { fileTypeFromBuffer } from "file-type";
import type { Account, Upload } from "../accounts.ts";
import { formOf, type Call } from "../http.ts";
import { secretToken } from "../ids.ts";
import type { World } from "../world.ts";
import { ZaloRefusal } from "./refusal.ts";

const MEGABYTE = 1024 * 1024;
const LIFETIME = 7 * 24 * 3_600_000;

/** No limit is documented for a gif; 5 MB is what the OA's own tool takes. */
export const UPLOAD_RULES = {
  image: { largest: MEGABYTE, types: ["image/jpeg", "image/png"] },
  gif: { largest: 5 * MEGABYTE, types: ["image/gif"] },
  file: {
    largest: 5 * MEGABYTE,
    types: [
      ...["application/pdf", "application/x-cfb", "text/csv"],
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
  },
};

export async function upload(world: World, account: Account, kind: keyof typeof UPLOAD_RULES, call: Call) {
  const file = (await formOf(call))?.get("file");
  if (!(file instanceof Blob)) throw new ZaloRefusal(-201, "file is empty");
  const bytes = Buffer.from(await file.arrayBuffer());
  const name = "name" in file ? String(file.name) : "file";
  const { largest, types } = UPLOAD_RULES[kind];
  if (bytes.length > largest) throw new ZaloRefusal(-210, `file must not be larger than ${largest} bytes`);
  const mime = (await fileTypeFromBuffer(bytes))?.mime ?? (isText(bytes) ? "text/csv" : "unknown");
  if (!types.includes(mime)) throw new ZaloRefusal(-201, "file type is not supported");
  const id = secretToken();
  const kept: Upload = {
    ...{ kind, name, size: bytes.length, url: world.files.keep({ bytes, mime, name }) },
    expiresAt: world.now() + LIFETIME,
  };
  account.uploads.set(id, kept);
  return kind === "file" ? { token: id } : { attachment_id: id };
}

/** CSV has no mark of its own: text without control letters. */
const isText = (bytes: Buffer) => !bytes.subarray(0, 1000).some((byte) => byte < 9);
