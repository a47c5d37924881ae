/** The digital signatures of an attached PDF, as they are told to whoever reads the announcement. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Certificate } from "pkijs";
import { log } from "../../../infra/log.ts";
import { isPdf, type ShownFile } from "../files/store.ts";
import { leadsTo, readCms } from "./cms.ts";
import { findSignatures, type FoundSignature } from "./structure.ts";

export interface Signature {
  /** Of the certificate; "?" where it cannot be read. */
  signer: string;
  organisation: string | null;
  at: Date | null;
  /**
   * intact: signed, and the whole file is as it was · extended: what was signed is as it was, something was added after ·
   * broken: it does not hold.
   */
  state: "intact" | "extended" | "broken";
  /** Does the certificate lead to one the operator trusts? null: none was given to hold it against. */
  isTrusted: boolean | null;
}

export interface SignedFile extends ShownFile {
  /** Of a PDF; none: it is not signed. */
  signatures?: Signature[];
}

/** @param trusted certificates of authorities; none: whose the certificate is cannot be said. */
export async function checkSignatures(pdf: Buffer, trusted: Certificate[]): Promise<Signature[]> {
  const checked: Signature[] = [];
  for (const found of findSignatures(pdf)) {
    if (!found?.isTimestamp) checked.push(found ? await check(found, trusted) : BROKEN);
  }
  return checked;
}

const BROKEN: Signature = {
  ...{ signer: "?", organisation: null, at: null, state: "broken", isTrusted: null },
};

async function check(
  { cms, covered, coversAll, time }: FoundSignature,
  trusted: Certificate[],
): Promise<Signature> {
  try {
    const signed = await readCms(cms, covered);
    const state = !signed.isTrue ? "broken" : coversAll ? "intact" : "extended";
    const at = signed.time ?? time;
    const { signer, organisation } = signed;
    const isTrusted = trusted.length === 0 ? null : await leadsTo(trusted, signed, at ?? new Date());
    return { signer, organisation, at, state, isTrusted };
  } catch {
    return BROKEN;
  }
}

/** Every .pem, .crt, .cer and .der of a folder. @throws when the folder is not there. */
export function readTrusted(folder: string): Certificate[] {
  return readdirSync(folder)
    .filter((name) => /\.(pem|crt|cer|der)$/i.test(name))
    .flatMap((name) => {
      try {
        return certificatesIn(readFileSync(path.join(folder, name)));
      } catch {
        log.warn({ file: name }, "a certificate for checking PDF signatures could not be read");
        return [];
      }
    });
}

function certificatesIn(bytes: Buffer): Certificate[] {
  const blocks = [
    ...bytes.toString("latin1").matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g),
  ].map((match) => Buffer.from(match[1]!, "base64"));
  return (blocks.length > 0 ? blocks : [bytes]).map((der) => Certificate.fromBER(new Uint8Array(der)));
}

/** Papers looked at lately. */
const MOST = 500;

/** Checks each paper once while it is remembered: pages are asked for more often than papers change. */
export function createSignatureCheck(
  read: (hash: string) => Promise<{ bytes: Buffer; mime: string }>,
  trusted: Certificate[],
) {
  const known = new Map<string, Promise<Signature[]>>();
  function ofPaper(hash: string): Promise<Signature[]> {
    const found = known.get(hash);
    if (found) return found;
    if (known.size >= MOST) known.delete(known.keys().next().value!);
    const asked = read(hash).then(({ bytes }) => checkSignatures(bytes, trusted));
    known.set(hash, asked);
    asked.catch(() => known.delete(hash));
    return asked;
  }
  /** Each with its signatures, where it is a PDF. */
  return (files: ShownFile[]): Promise<SignedFile[]> =>
    Promise.all(
      files.map(async (file) =>
        isPdf(file) ? { ...file, signatures: await ofPaper(file.mediaHash) } : file,
      ),
    );
}
export type SignatureCheck = ReturnType<typeof createSignatureCheck>;
