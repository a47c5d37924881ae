/** For tests: an authority of our own, people it certifies, and PDFs they sign. */
import { webcrypto } from "node:crypto";
import { Integer, OctetString, UTCTime, Utf8String, ObjectIdentifier } from "asn1js";
import {
  Attribute,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  ContentInfo,
  CryptoEngine,
  EncapsulatedContentInfo,
  Extension,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from "pkijs";

const engine = new CryptoEngine({ name: "test", crypto: webcrypto as Crypto });
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const DAY = 86_400_000;
let serial = 0;

export interface Person {
  certificate: Certificate;
  key: CryptoKey;
}

/** @param issuer whose authority it is; none: it certifies itself. */
export async function certify(name: string, organisation: string, issuer?: Person): Promise<Person> {
  const { publicKey, privateKey } = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ value: ++serial });
  const parts: [string, string][] = [
    ["2.5.4.10", organisation],
    ["2.5.4.3", name],
  ];
  certificate.subject.typesAndValues.push(
    ...parts.map(([type, value]) => new AttributeTypeAndValue({ type, value: new Utf8String({ value }) })),
  );
  certificate.issuer = issuer?.certificate.subject ?? certificate.subject;
  certificate.notBefore.value = new Date(Date.now() - 400 * DAY);
  certificate.notAfter.value = new Date(Date.now() + 400 * DAY);
  const constraints = new BasicConstraints({ cA: !issuer });
  certificate.extensions = [
    new Extension({ extnID: "2.5.29.19", critical: true, extnValue: constraints.toSchema().toBER() }),
  ];
  await certificate.subjectPublicKeyInfo.importKey(publicKey, engine);
  await certificate.sign(issuer?.key ?? privateKey, "SHA-256", engine);
  return { certificate, key: privateKey };
}

/** A detached signature, as signing programs make it. @param inside carries what it signs, as no PDF's may. */
export async function sign(
  bytes: Buffer,
  { certificate, key }: Person,
  at: Date,
  inside = false,
): Promise<Buffer> {
  const digest = await webcrypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  const attributes = [
    new Attribute({
      type: "1.2.840.113549.1.9.3",
      values: [new ObjectIdentifier({ value: "1.2.840.113549.1.7.1" })],
    }),
    new Attribute({ type: "1.2.840.113549.1.9.5", values: [new UTCTime({ valueDate: at })] }),
    new Attribute({ type: "1.2.840.113549.1.9.4", values: [new OctetString({ valueHex: digest })] }),
  ];
  const eContent = new OctetString({ valueHex: new Uint8Array(bytes).buffer });
  const signed = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: "1.2.840.113549.1.7.1",
      ...(inside ? { eContent } : {}),
    }),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({
          issuer: certificate.issuer,
          serialNumber: certificate.serialNumber,
        }),
        signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
      }),
    ],
    certificates: [certificate],
  });
  await signed.sign(key, 0, "SHA-256", new Uint8Array(bytes), engine);
  const info = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: signed.toSchema(true) });
  return Buffer.from(info.toSchema().toBER());
}

export const unsignedPdf = (words: string) =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% ${words}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`,
  );

const ROOM = 8192;
const RANGE_ROOM = 40;

/** The same with a signature in it. @param cms what is put into the gap, made of the covered bytes. */
export async function signedPdf(pdf: Buffer, cms: (covered: Buffer) => Promise<Buffer>): Promise<Buffer> {
  const before = `9 0 obj\n<< /Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange [`;
  const head = Buffer.concat([pdf, Buffer.from(before)]);
  const middle = `] /Contents `;
  const tail = Buffer.from(` >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`);
  const length = head.length + RANGE_ROOM + middle.length;
  const from = length + ROOM + 2;
  const range = `0 ${length} ${from} ${tail.length}`.padEnd(RANGE_ROOM);
  const first = Buffer.concat([head, Buffer.from(range + middle)]);
  const gap = (await cms(Buffer.concat([first, tail]))).toString("hex").padEnd(ROOM, "0");
  return Buffer.concat([first, Buffer.from(`<${gap}>`), tail]);
}
