/** The archive of what was issued before this service: shown and checked against, never sent. */
import { DateTime } from "luxon";
import { z } from "zod";
import { ZONE } from "../../infra/clock.ts";
import { importRows, type ImportContext } from "../../infra/import/importer.ts";
import { codeOfWard, wardToday } from "../../places/index.ts";
import { foldWords } from "./likeness.ts";
import { nextAnnouncementCode, searchTextOf } from "./store.ts";
import { readTopic } from "./topics.ts";

const FORMATS = ["yyyy-MM-dd", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy"];

/** "28/11/2026" or "2026-11-28", with or without an hour. */
export const day = z.string().transform((text, issue) => {
  const plain = text.trim().replace(/[T ].*$/, "");
  for (const format of FORMATS) {
    const read = DateTime.fromFormat(plain, format, { zone: ZONE });
    if (read.isValid) return read;
  }
  issue.addIssue({ code: "custom", message: `"${text}" is no date; write it as 28/11/2026 or 2026-11-28` });
  return z.NEVER;
});

const words = z.union([z.array(z.string()), z.string().transform((text) => text.split(/[;|,]/))]);
const blank = z.literal("").transform(() => undefined);

const shape = z.object({
  title: z.string().trim().min(3).max(300),
  body: z.string().trim().min(1).max(50_000),
  number: z.union([blank, z.string().trim().max(100), z.number().transform(String)]).nullish(),
  date: day,
  unit: z.string().trim().min(1),
  topic: z.string().nullish(),
  wards: words.nullish(),
});

export const importAnnouncements = importRows("announcements", shape, keep);

/** A row is the same notice when unit, number, day and title agree; its words may then have been mended. */
async function keep(row: z.output<typeof shape>, { database: { db }, check, now }: ImportContext) {
  const unitCode = await unitOf(db, row.unit);
  const wards = wardsOf(row.wards ?? []);
  const published = row.date.set({ hour: 8 }).toJSDate();
  const facts = {
    ...{ title: row.title, body: row.body, unitCode, wards, documentNumber: row.number ?? null },
    documentDate: new Date(`${row.date.toISODate()}T00:00:00Z`),
    topic: readTopic(row.topic ?? undefined, `${row.title} ${row.body}`),
  };
  const data = { ...facts, searchText: searchTextOf(facts) };
  const { title, documentNumber, documentDate } = facts;
  const known = await db.announcement.findFirst({ where: { unitCode, title, documentNumber, documentDate } });
  if (known) {
    const isSame = known.body === data.body && known.topic === data.topic && `${known.wards}` === `${wards}`;
    if (!isSame && !check)
      await db.announcement.update({ where: { id: known.id }, data: { ...data, updatedAt: now } });
    return isSame ? "unchanged" : "changed";
  }
  if (!check) {
    await db.$transaction(async (tx) => {
      const code = await nextAnnouncementCode(tx, published);
      const state = { state: "published", publishedAt: published, archived: true };
      await tx.announcement.create({
        data: { code, ...data, ...state, steps: { create: { kind: "published", at: published } } },
      });
    });
  }
  return "added";
}

type Db = ImportContext["database"]["db"];

/** A code ("PHU-KHUONG") or the name as printed ("UBND phường Phú Khương", "Phường 8"). @throws when it is no unit of ours. */
async function unitOf(db: Db, printed: string): Promise<string> {
  const units = await db.unit.findMany();
  const plain = foldWords(printed);
  const byCode = units.find(({ code }) => foldWords(code) === plain);
  const named = units
    .filter(({ name }) => plain.includes(foldWords(name)))
    .sort((one, other) => other.name.length - one.name.length);
  const found = byCode ?? named[0] ?? (await ofFormerWard(units, printed));
  if (found) return found.code;
  throw new Error(`unit: "${printed}" is no unit here; npm run --silent accounts -- units lists them`);
}

async function ofFormerWard(units: { code: string; areaCode: string | null }[], printed: string) {
  const ward = /(?:phường|xã|thị trấn)\s+.+$/iu.exec(printed)?.[0];
  const today = ward && wardToday(ward.replace(/^\S+/, (kind) => (/^x/i.test(kind) ? "Xã" : "Phường")))?.ward;
  const areaCode = today ? codeOfWard(today) : null;
  return areaCode ? units.find((unit) => unit.areaCode === areaCode) : undefined;
}

/** Names of today or of before, or codes. @throws for a ward that is none of ours. */
function wardsOf(named: string[]): string[] {
  const names = named.map((name) => name.trim()).filter(Boolean);
  return [
    ...new Set(
      names.map((name) => {
        const code = codeOfNamedWard(name);
        if (!code) throw new Error(`wards: "${name}" is no ward here`);
        return code;
      }),
    ),
  ];
}

/** "28777", "Phường An Hội", "phường 8" and "An Hội" name a ward of today by its code; null: none of ours. */
export function codeOfNamedWard(name: string): string | null {
  if (/^\d{5}$/.test(name)) return name;
  const [full] = [name, `Phường ${name}`, `Xã ${name}`].flatMap((each) => wardToday(each)?.ward ?? []);
  return full ? codeOfWard(full) : null;
}
