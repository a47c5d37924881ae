/** Pictures and files: uploaded once and named by id, or fetched from an address (facebook.md §3). */
import { fileTypeFromBuffer } from "file-type";
import type { Account, Upload } from "../accounts.ts";
import { formOf, textOf, type Call } from "../http.ts";
import { numericId, secretToken } from "../ids.ts";
import type { Attachment } from "../threads.ts";
import type { World } from "../world.ts";
import { invalid } from "./refusal.ts";

const KINDS = ["image", "audio", "video", "file"];
const LARGEST = 25 * 1024 * 1024;
const LIFETIME = 90 * 24 * 3_600_000;

export function readAttachment(
  world: World,
  account: Account,
  { type, payload }: { type: string; payload: Record<string, unknown> },
): Attachment {
  if (!KINDS.includes(type)) throw invalid(`Invalid attachment type ${type}`);
  const { attachment_id: id, url } = payload;
  if (id !== undefined) {
    const upload = account.uploads.get(textOf(id));
    if (!upload || upload.expiresAt < world.now()) throw invalid("Invalid attachment_id");
    return { type: upload.kind, url: upload.url, name: upload.name, size: upload.size };
  }
  if (typeof url !== "string" || !/^https?:\/\//.test(url)) throw invalid("Invalid attachment url");
  return { type: type as Attachment["type"], url };
}

/** POST /{page}/message_attachments: multipart with `message` and `filedata`, or JSON with an address. */
export async function upload(world: World, account: Account, call: Call, fields: Record<string, unknown>) {
  const form = await formOf(call);
  const message = form ? parse(form.get("message")) : fields.message;
  const attachment = (message as { attachment?: { type?: string; payload?: Record<string, unknown> } } | null)
    ?.attachment;
  if (!attachment?.type || !KINDS.includes(attachment.type))
    throw invalid("param message[attachment] is required");
  if (attachment.payload?.is_reusable !== true) throw invalid("is_reusable must be true");
  const kept = form
    ? await keepFile(world, attachment.type, form.get("filedata"))
    : keepAddress(attachment.payload.url, attachment.type);
  const id = numericId(secretToken(), 16);
  account.uploads.set(id, { ...kept, expiresAt: world.now() + LIFETIME });
  return { attachment_id: id };
}

function parse(value: FormDataEntryValue | null): unknown {
  try {
    return typeof value === "string" ? JSON.parse(value) : null;
  } catch {
    return null;
  }
}

async function keepFile(
  world: World,
  type: string,
  file: FormDataEntryValue | null,
): Promise<Omit<Upload, "expiresAt">> {
  if (!(file instanceof Blob)) throw invalid("param filedata is required");
  const bytes = Buffer.from(await file.arrayBuffer());
  if (bytes.length > LARGEST) throw invalid("Attachment size exceeds allowable limit");
  const mime = (await fileTypeFromBuffer(bytes))?.mime ?? "application/octet-stream";
  if (type !== "file" && !mime.startsWith(`${type}/`)) throw invalid(`filedata is no ${type}`);
  const name = file instanceof File ? file.name : "file";
  return {
    kind: type as Upload["kind"],
    name,
    size: bytes.length,
    url: world.files.keep({ bytes, mime, name }),
  };
}

function keepAddress(url: unknown, type: string): Omit<Upload, "expiresAt"> {
  if (typeof url !== "string" || !/^https?:\/\//.test(url)) throw invalid("Invalid attachment url");
  return { kind: type as Upload["kind"], name: "", size: 0, url };
}
