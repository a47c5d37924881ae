import { createHash } from "node:crypto";
import type { Sharpness } from "./classifier/calibrate.ts";
import type { Expert } from "./classifier/expert.ts";
import type { LinearParts } from "./classifier/linear-model.ts";
import type { ScopeBar } from "./classifier/scope.ts";
import type { TeencodeEntry } from "./teencode.ts";
import type { Gazetteer } from "./types.ts";

/** Everything that understanding needs, in one file. */
export interface LanguageModel {
  classifier: LinearParts;
  sharpness: Sharpness;
  scope: ScopeBar;
  teencode: TeencodeEntry[];
  gazetteer: Gazetteer;
  /** Fingerprint of the gazetteer and teencode files that the copies above were read from. */
  sources: string;
}

const MAGIC = "hoi-phuong language model 2\n";
const EXPERTS = ["accented", "bare"] as const;
const ARRAYS = ["bias", "hashes", "scales", "rarity", "rows"] as const;

/** One line that says what the file is, the length of the header, the header as JSON, then the arrays one by one. */
export function encodeModel(model: LanguageModel): Buffer {
  const { classifier } = model;
  const described = Object.fromEntries(
    EXPERTS.map((name) => {
      const { view, shares, hashes } = classifier[name];
      return [name, { view, shares, features: hashes.length }];
    }),
  );
  const header = Buffer.from(
    JSON.stringify({ ...model, classifier: { ...classifier, ...described } }),
    "utf8",
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const arrays = EXPERTS.flatMap((name) => ARRAYS.map((array) => classifier[name][array]));
  return Buffer.concat([
    Buffer.from(MAGIC),
    length,
    header,
    ...arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
  ]);
}

export function decodeModel(file: Buffer): LanguageModel {
  if (file.subarray(0, MAGIC.length).toString() !== MAGIC) {
    throw new Error("This is not a language model of this version. Make a new one: npm run train");
  }
  let at = MAGIC.length;
  const headerLength = file.readUInt32LE(at);
  at += 4;
  const model = JSON.parse(file.subarray(at, at + headerLength).toString("utf8")) as LanguageModel;
  at += headerLength;
  const take = (bytes: number): ArrayBuffer => {
    const copy = new Uint8Array(bytes); // a copy starts where a typed array may
    copy.set(file.subarray(at, at + bytes));
    at += bytes;
    return copy.buffer;
  };
  /** Bytes may start anywhere: they stay where they are. */
  const bytesInPlace = (bytes: number): Int8Array<ArrayBuffer> => {
    at += bytes;
    return new Int8Array(file.buffer as ArrayBuffer, file.byteOffset + at - bytes, bytes);
  };
  const classes = model.classifier.labels.length;
  const expert = ({
    view,
    shares,
    features,
  }: Pick<Expert, "view" | "shares"> & { features: number }): Expert => ({
    view,
    shares,
    bias: new Float32Array(take(classes * 4)),
    hashes: new Int32Array(take(features * 4)),
    scales: new Float32Array(take(features * 4)),
    rarity: new Uint8Array(take(features)),
    rows: bytesInPlace(features * classes),
  });
  for (const name of EXPERTS) {
    model.classifier[name] = expert(model.classifier[name] as Expert & { features: number });
  }
  return model;
}

/** A short name for a model: the same bytes, the same name. */
export function versionOf(file: Buffer): string {
  return createHash("sha256").update(file).digest("hex").slice(0, 12);
}
