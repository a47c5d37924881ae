/** One signature (CMS, RFC 5652) held against the bytes it covers, by PKI.js; and its certificates against those we were given. */
import { webcrypto } from "node:crypto";
import {
  Certificate,
  CertificateChainValidationEngine,
  ContentInfo,
  CryptoEngine,
  IssuerAndSerialNumber,
  SignedData,
  type RelativeDistinguishedNames,
} from "pkijs";

const engine = new CryptoEngine({ name: "node", crypto: webcrypto as Crypto });

const SIGNING_TIME = "1.2.840.113549.1.9.5";
const COMMON_NAME = "2.5.4.3";
const ORGANISATION = "2.5.4.10";

export interface Signed {
  /** Did this key sign these very bytes? */
  isTrue: boolean;
  signer: string;
  organisation: string | null;
  time: Date | null;
  signerCertificate: Certificate;
  certificates: Certificate[];
}

/** @throws when it is no signature we can read. */
export async function readCms(cms: Buffer, covered: Buffer): Promise<Signed> {
  const info = ContentInfo.fromBER(exactly(cms));
  const signed = new SignedData({ schema: info.content });
  // content of its own would be verified in place of the document's bytes: true, of something else
  if (signed.encapContentInfo.eContent) throw new Error("It carries what it signs.");
  if (signed.signerInfos.length !== 1) throw new Error("It has not one signer.");
  const certificates = (signed.certificates ?? []).filter((each) => each instanceof Certificate);
  const [info1] = signed.signerInfos;
  const signerCertificate = certificates.find((each) => isOf(each, info1!.sid));
  if (!signerCertificate) throw new Error("Its certificate is missing.");
  const isTrue = await signed.verify({ signer: 0, data: exactly(covered) }, engine).catch(() => false);
  const { subject } = signerCertificate;
  return {
    ...{ isTrue, signerCertificate, certificates },
    signer: named(subject, COMMON_NAME) ?? named(subject, ORGANISATION) ?? "?",
    organisation: named(subject, ORGANISATION),
    time: timeIn(info1!.signedAttrs?.attributes ?? []),
  };
}

/** Leads the signer's certificate, at that time, to one of these? Whether it was revoked since is not asked: that needs the network. */
export async function leadsTo(trusted: Certificate[], signed: Signed, at: Date): Promise<boolean> {
  const certs = [
    ...signed.certificates.filter((each) => each !== signed.signerCertificate),
    signed.signerCertificate,
  ];
  const chain = new CertificateChainValidationEngine({ trustedCerts: trusted, certs, checkDate: at });
  const { result } = await chain.verify({}, engine);
  return result;
}

const isOf = (certificate: Certificate, sid: unknown) =>
  sid instanceof IssuerAndSerialNumber &&
  certificate.serialNumber.isEqual(sid.serialNumber) &&
  certificate.issuer.isEqual(sid.issuer);

function named({ typesAndValues }: RelativeDistinguishedNames, type: string): string | null {
  const found = typesAndValues.find((each) => each.type === type)?.value as
    { valueBlock: { value: string } } | undefined;
  return found?.valueBlock.value.trim().slice(0, 200) || null;
}

function timeIn(attributes: { type: string; values: unknown[] }[]): Date | null {
  const [value] = attributes.find(({ type }) => type === SIGNING_TIME)?.values ?? [];
  const time = (value as { toDate?(): Date } | undefined)?.toDate?.();
  return time && !Number.isNaN(time.getTime()) ? time : null;
}

/** A buffer of Node's may be a window on a larger one. */
const exactly = (bytes: Buffer): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
