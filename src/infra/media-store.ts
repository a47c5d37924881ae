/** Where bytes are kept, by their SHA-256: a folder, or a bucket that speaks S3. */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import path from "node:path";
import {
  GetObjectCommand,
  DeleteObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

export interface MediaStore {
  /** Keeps bytes under a key of letters, digits, "." and "-"; the same key again changes nothing. */
  put(key: string, bytes: Buffer, mime: string): Promise<void>;
  get(key: string): Promise<Buffer | null>;
  remove(key: string): Promise<void>;
}

/** @param s3Url s3://bucket/prefix?region=…&endpoint=… , or undefined for the folder. */
export function createMediaStore(dataDir: string, s3Url?: string): MediaStore {
  return s3Url ? bucketStore(new URL(s3Url)) : folderStore(path.resolve(dataDir, "media"));
}

function folderStore(folder: string): MediaStore {
  const placeOf = (key: string) => path.join(folder, key.slice(0, 2), path.basename(key));
  return {
    async put(key, bytes) {
      const place = placeOf(key);
      await mkdir(path.dirname(place), { recursive: true });
      const unfinished = `${place}.${randomBytes(4).toString("hex")}`; // a kill leaves no half file under the name
      await writeFile(unfinished, bytes);
      await rename(unfinished, place);
    },
    async get(key) {
      return readFile(placeOf(key)).catch(nullIfMissing);
    },
    remove: (key) => rm(placeOf(key), { force: true }),
  };
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

function bucketStore(url: URL): MediaStore {
  const endpoint = url.searchParams.get("endpoint");
  const client = new S3Client({
    region: url.searchParams.get("region") ?? "us-east-1",
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
  });
  const prefix = url.pathname.replace(/^\//, "");
  const place = (key: string) => ({ Bucket: url.host, Key: prefix ? `${prefix}/${key}` : key });
  return {
    async put(key, bytes, mime) {
      await client.send(new PutObjectCommand({ ...place(key), Body: bytes, ContentType: mime }));
    },
    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand(place(key)));
        return Body ? Buffer.from(await Body.transformToByteArray()) : null;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(place(key)));
    },
  };
}
