import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkSignatures, readTrusted, type Signature } from "./index.ts";
import { certify, sign, signedPdf, unsignedPdf, type Person } from "./testing/authority.ts";

const MORNING = new Date("2026-11-25T02:00:00Z");
const PAPER = unsignedPdf("Cup nuoc ngay 28/11/2026 tu 8 gio");
let authority: Person;
let chairman: Person;
let impostor: Person;
let genuine: Buffer;

beforeAll(async () => {
  authority = await certify("Cơ quan chứng thực thử", "Ban Cơ yếu thử");
  chairman = await certify("Nguyễn Văn Ký", "UBND phường Phú Khương", authority);
  impostor = await certify("Nguyễn Văn Ký", "UBND phường Phú Khương");
  genuine = await signedPdf(PAPER, (covered) => sign(covered, chairman, MORNING));
});

const check = (pdf: Buffer, trusted = [authority.certificate]) => checkSignatures(pdf, trusted);
const stateOf = async (pdf: Buffer) => (await check(pdf)).map(({ state }) => state);
/** Other bytes of the same length in place of some. */
function changed(pdf: Buffer, from: string, to: string): Buffer {
  const at = pdf.indexOf(from, 0, "latin1");
  expect([at > 0, to.length]).toEqual([true, from.length]);
  return Buffer.concat([pdf.subarray(0, at), Buffer.from(to, "latin1"), pdf.subarray(at + from.length)]);
}

test("a signed paper is intact: by whom, of which office, when, and led back to a trusted authority", async () => {
  expect(await check(genuine)).toEqual<Signature[]>([
    {
      ...{ signer: "Nguyễn Văn Ký", organisation: "UBND phường Phú Khương", at: MORNING },
      ...{ state: "intact", isTrusted: true },
    },
  ]);
});

test("a paper without a signature has none", async () => {
  expect(await check(PAPER)).toEqual([]);
  expect(await check(Buffer.from("no pdf at all"))).toEqual([]);
});

test("one changed letter breaks it", async () => {
  expect(await stateOf(changed(genuine, "28/11/2026", "29/11/2026"))).toEqual(["broken"]);
});

test("whose certificate nobody vouches for is not trusted, whatever name it bears; without authorities nothing is claimed", async () => {
  const forged = await signedPdf(PAPER, (covered) => sign(covered, impostor, MORNING));
  expect(await check(forged)).toMatchObject([{ signer: "Nguyễn Văn Ký", state: "intact", isTrusted: false }]);
  expect(await check(genuine, [])).toMatchObject([{ state: "intact", isTrusted: null }]);
});

test("what was added after signing is told, and does not pass as signed", async () => {
  const added = Buffer.concat([genuine, Buffer.from("\n10 0 obj\n<< /Doi (gio khac) >>\nendobj\n%%EOF\n")]);
  expect(await stateOf(added)).toEqual(["extended"]);
  // … not even when the one who added it signs the whole
  const resigned = await signedPdf(added, (covered) => sign(covered, impostor, MORNING));
  expect(await check(resigned)).toMatchObject([
    { state: "extended", isTrusted: true },
    { state: "intact", isTrusted: false },
  ]);
});

test("a true signature of something else proves nothing here", async () => {
  const other = await sign(Buffer.from("văn bản khác"), chairman, MORNING);
  expect(await stateOf(await signedPdf(PAPER, () => Promise.resolve(other)))).toEqual(["broken"]);
  const carrying = await sign(Buffer.from("văn bản khác"), chairman, MORNING, true);
  expect(await stateOf(await signedPdf(PAPER, () => Promise.resolve(carrying)))).toEqual(["broken"]);
});

test.each([
  ["a range that begins later", (pdf: Buffer) => changed(pdf, "[0 ", "[9 ")],
  ["a gap that holds more than the signature", (pdf: Buffer) => changed(pdf, "00> >>", "00( >>")],
  ["a range beyond the file", (pdf: Buffer) => pdf.subarray(0, pdf.length - 20)],
  ["garbage in the gap", (pdf: Buffer) => changed(pdf, "<30", "<ff")],
  ["nothing in the gap", (pdf: Buffer) => emptied(pdf)],
  ["a range inside its own gap", () => Buffer.from("%PDF-1.7 <</ByteRange[0 10 60 1]>>".padEnd(61))],
])("%s is broken, not a crash", async (_what, spoil) => {
  expect(await stateOf(spoil(genuine))).toEqual(["broken"]);
});

function emptied(pdf: Buffer): Buffer {
  const at = pdf.indexOf("/Contents <") + "/Contents <".length;
  const end = pdf.indexOf(">", at);
  return Buffer.concat([pdf.subarray(0, at), Buffer.alloc(end - at, "0"), pdf.subarray(end)]);
}

test("a thousand ranges do not keep the service busy", async () => {
  const flood = Buffer.concat([PAPER, Buffer.from("/ByteRange [0 1 2 3] ".repeat(1000))]);
  expect((await check(flood)).length).toBeLessThanOrEqual(20);
});

test("authorities are read from a folder, as PEM or DER; what is none is left out", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "authorities-"));
  const der = Buffer.from(authority.certificate.toSchema(true).toBER());
  const pem = `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
  writeFileSync(path.join(folder, "a.pem"), pem);
  writeFileSync(path.join(folder, "b.cer"), der);
  writeFileSync(path.join(folder, "c.crt"), "no certificate");
  writeFileSync(path.join(folder, "README.txt"), "…");
  const trusted = readTrusted(folder);
  expect(trusted).toHaveLength(2);
  expect(await check(genuine, trusted)).toMatchObject([{ isTrusted: true }]);
  rmSync(folder, { recursive: true });
});
