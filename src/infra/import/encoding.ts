/** Text out of whatever a spreadsheet saved: UTF-8 or UTF-16, with or without a byte order mark. */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { OperatorError } from "../../config.ts";

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/**
 * The file's text in pieces.
 * @param onRead told how much of it has been read, 0 to 1
 * @throws OperatorError when there is no such file or it is not text we can read
 */
export async function* readText(file: string, onRead: (part: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(await encodingOf(file), { fatal: true });
  const { size } = await stat(file);
  let read = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      onRead(Math.min(1, (read += (chunk as Buffer).length) / size));
      const text = decoder.decode(chunk as Buffer, { stream: true });
      if (text) yield text;
    }
    const rest = decoder.decode();
    if (rest) yield rest;
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    throw new OperatorError(`${file} is neither UTF-8 nor UTF-16. Save it again as "CSV UTF-8" or as UTF-8.`);
  }
}

/** By the byte order mark; without one, UTF-16 shows itself by a zero in every other byte. */
async function encodingOf(file: string): Promise<Encoding> {
  const start = await firstBytes(file);
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  if (start.length >= 4 && start[1] === 0 && start[3] === 0) return "utf-16le";
  if (start.length >= 4 && start[0] === 0 && start[2] === 0) return "utf-16be";
  return "utf-8";
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new OperatorError(`There is no file ${file}.`);
    throw new OperatorError(`${file} cannot be opened (${error.code ?? error.message}).`);
  });
  try {
    const { buffer, bytesRead } = await handle
      .read(Buffer.alloc(4), 0, 4, 0)
      .catch((error: NodeJS.ErrnoException) => {
        throw new OperatorError(`${file} cannot be read (${error.code ?? error.message}).`);
      });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
