import { createHash } from "node:crypto";
import type { LinearParts } from "./classifier/linear-model.ts";
import type { ScopeBar } from "./classifier/scope.ts";
import type { TeencodeEntry } from "./teencode.ts";
import type { Gazetteer } from "./types.ts";

/** Everything that understanding needs, in one file. */
export interface LanguageModel {
  classifier: LinearParts;
  sharpness: number;
  scope: ScopeBar;
  teencode: TeencodeEntry[];
  gazetteer: Gazetteer;
  /** Fingerprint of the gazetteer and teencode files that the copies above were read from. */
  sources: string;
}

const MAGIC = "hoi-phuong language model 1\n";

/** One line that says what the file is, the length of the header, the header as JSON, then the arrays one by one. */
export function encodeModel(model: LanguageModel): Buffer {
  const { bias, hashes, idf, scales, rows, ...described } = model.classifier;
  const header = Buffer.from(
    JSON.stringify({ ...model, classifier: described, features: hashes.length }),
    "utf8",
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([
    Buffer.from(MAGIC),
    length,
    header,
    ...[bias, hashes, scales, idf, rows].map((array) =>
      Buffer.from(array.buffer, array.byteOffset, array.byteLength),
    ),
  ]);
}

export function decodeModel(file: Buffer): LanguageModel {
  if (file.subarray(0, MAGIC.length).toString() !== MAGIC) {
    throw new Error("This is not a language model of this version. Make a new one: npm run train");
  }
  let at = MAGIC.length;
  const headerLength = file.readUInt32LE(at);
  at += 4;
  const header = JSON.parse(file.subarray(at, at + headerLength).toString("utf8")) as LanguageModel & {
    features: number;
  };
  at += headerLength;
  const take = (bytes: number): ArrayBuffer => {
    const copy = new Uint8Array(bytes); // a copy starts where a typed array may
    copy.set(file.subarray(at, at + bytes));
    at += bytes;
    return copy.buffer;
  };
  const { features, ...model } = header;
  const classes = model.classifier.labels.length;
  const bias = new Float32Array(take(classes * 4));
  const hashes = new Int32Array(take(features * 4));
  const scales = new Float32Array(take(features * 4));
  const idf = new Uint8Array(take(features));
  const rows = new Int8Array(take(features * classes));
  return { ...model, classifier: { ...model.classifier, bias, hashes, scales, idf, rows } };
}

/** A short name for a model: the same bytes, the same name. */
export function versionOf(file: Buffer): string {
  return createHash("sha256").update(file).digest("hex").slice(0, 12);
}
