/** The two feeds, held against their schemas: CAP 1.2 (OASIS) and Atom (RFC 4287). */
import { readFileSync } from "node:fs";
import { validateXML } from "xmllint-wasm";
import { atomFeed, capAlert } from "./feeds.ts";
import type { Published } from "./store.ts";

const schemaOf = (file: string) => readFileSync(new URL(`testing/${file}`, import.meta.url), "utf8");
const CAP = schemaOf("cap-1.2.xsd");
const ATOM = schemaOf("atom.rng");
const URL_ = "https://hoi.example";
const NOW = new Date("2026-11-25T10:00:00+07:00");

async function faultsOf(xml: string, schema: string, extension: "schema" | "relaxng") {
  const { valid, errors } = await validateXML({
    ...{ xml: [{ fileName: "feed.xml", contents: xml }], extension },
    schema: [{ fileName: extension === "schema" ? "cap.xsd" : "atom.rng", contents: schema }],
  });
  return valid ? [] : errors.map(({ message }) => message);
}
const capFaults = (xml: string) => faultsOf(xml, CAP, "schema");
const atomFaults = (xml: string) => faultsOf(xml, ATOM, "relaxng");

function notice(changes: Partial<Published> = {}): Published {
  return {
    ...{ code: "TB-2611-00007", title: "Triều cường & gió mạnh: “cấm biển” <khẩn>", topic: "weather" },
    body: "**Kê đồ đạc** lên cao.\n\n- Tránh xa bờ kè\n- Gọi 'số nóng' & \"trực ban\"\u0000\u0007",
    ...{ unit: { code: "AN-HOI", name: "Phường An Hội" }, unitCode: "AN-HOI", level: "emergency" },
    ...{ state: "published", publishedAt: NOW, updatedAt: NOW, validFrom: null, validTo: null },
    ...{ wards: [], replaces: null, replaced: null, recalledAt: null, recallReason: null, sample: false },
    ...changes,
  } as Published;
}

describe("CAP 1.2", () => {
  const later = new Date("2026-11-26T06:00:00+07:00");
  test.each<[string, Published | null]>([
    ["nothing in force", null],
    ["an emergency everywhere", notice()],
    ["one of a ward, with an end", notice({ wards: ["28777"], validFrom: NOW, validTo: later })],
    ["a correction", notice({ replaces: notice({ code: "TB-2611-00006" }) })],
    ["a recall", notice({ state: "recalled", recalledAt: later, recallReason: "Gió <đã> yếu & tan" })],
    ["a sample", notice({ sample: true, topic: "general" })],
    ...["water", "power", "health", "salinity", "traffic", "security", "culture", "station:CL-01"].map(
      (topic): [string, Published] => [`of ${topic}`, notice({ topic })],
    ),
  ])("%s fits the schema", async (_what, of) => {
    expect(await capFaults(capAlert(of, URL_, NOW))).toEqual([]);
  });

  test.each([
    ["without its scope", (xml: string) => xml.replace("<scope>Public</scope>", "")],
    ["with a moment in UTC's short form", (xml: string) => xml.replace("+07:00</sent>", "Z</sent>")],
    ["with a category of its own", (xml: string) => xml.replace("<category>Met<", "<category>Flood<")],
  ])("%s it would not", async (_what, spoil) => {
    const whole = capAlert(notice(), URL_, NOW);
    expect(spoil(whole)).not.toBe(whole);
    expect(await capFaults(spoil(whole))).not.toEqual([]);
  });
});

describe("Atom", () => {
  test.each<[string, Published[]]>([
    ["empty", []],
    ["of several notices", [notice(), notice({ level: "normal", code: "TB-2611-00008" })]],
  ])("%s it fits the grammar", async (_what, notices) => {
    expect(await atomFaults(atomFeed(notices, URL_, NOW))).toEqual([]);
  });

  test.each([
    ["without an id", (xml: string) => xml.replace(/<id>[^<]*<\/id>/, "")],
    ["with a day for a moment", (xml: string) => xml.replace(/<updated>[^<]*</, "<updated>2026-11-25<")],
    ["with a link to nowhere", (xml: string) => xml.replace(/ href="[^"]*"/, "")],
  ])("%s it would not", async (_what, spoil) => {
    const whole = atomFeed([notice()], URL_, NOW);
    expect(spoil(whole)).not.toBe(whole);
    expect(await atomFaults(spoil(whole))).not.toEqual([]);
  });
});
