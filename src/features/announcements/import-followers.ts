/**
 * `npm run import -- followers FILE`: people an office wrote down, who agreed to get its notices. Nobody is subscribed without a
 * day on which they agreed, and nobody who has withdrawn since is added again (Law 91/2025/QH15: silence is no consent).
 */
import { z } from "zod";
import { importRows, type ImportContext } from "../../infra/import/importer.ts";
import { giveConsent } from "../../residents/consents.ts";
import { codeOfNamedWard, day } from "./import.ts";
import { subscribe, wishesOf, type Wish } from "./store.ts";
import { isTopic, TOPICS, topicsIn } from "./topics.ts";

const maybe = z
  .string()
  .trim()
  .nullish()
  .transform((value) => value || null);

const shape = z.object({
  /** As the console shows it: "zalo:1234567890". */
  account: z.string().regex(/^(?:zalo|facebook):\S+$/, "must look like zalo:1234567890 or facebook:1099…"),
  /** The platform's id of the person at this account. */
  user: z.coerce.string().trim().min(1, "is empty"),
  /** A code ("water") or a name ("cúp nước"); left out: every topic. */
  topic: maybe,
  /** By its name, of today or of before; left out: every ward. */
  ward: maybe,
  /** The day they agreed. */
  consent: z.preprocess((value) => value ?? "", day),
});

export const importFollowers = importRows("followers", shape, keep);

async function keep(row: z.output<typeof shape>, { database: { db }, check, now }: ImportContext) {
  const [channel, ...rest] = row.account.split(":");
  const account = await db.account.findFirst({ where: { channel: channel!, externalId: rest.join(":") } });
  if (!account) throw new Error(`account: there is no ${row.account}; see npm run accounts -- list`);
  const givenAt = row.consent.toJSDate();
  if (givenAt > now) throw new Error("consent: is a day to come");
  const wish: Wish = { topic: topicOf(row.topic), wardCode: wardOf(row.ward) };

  const who = { accountId: account.id, externalId: row.user };
  const known = await db.resident.findUnique({
    where: { accountId_externalId: who },
    include: { consents: true },
  });
  const consent = known?.consents.find(({ purpose }) => purpose === "announcements");
  if ([known?.withdrawnAt, consent?.withdrawnAt].some((at) => at && at >= givenAt))
    throw new Error("user: has withdrawn since, and is not added again");
  const wishes = known ? await wishesOf(db, known.id) : [];
  const isThere = wishes.some(({ topic, wardCode }) => topic === wish.topic && wardCode === wish.wardCode);
  if (isThere && consent && !consent.withdrawnAt) return "unchanged";
  if (check) return known ? "changed" : "added";

  await db.$transaction(async (tx) => {
    const { id } = known ?? (await tx.resident.create({ data: who, select: { id: true } }));
    await subscribe(tx, id, [wish]);
    if (!consent || consent.withdrawnAt) await giveConsent(tx, id, "announcements", givenAt);
  });
  return known ? "changed" : "added";
}

/** @throws when it names none */
function topicOf(named: string | null): string {
  if (!named) return "";
  if (isTopic(named)) return named;
  const [found] = topicsIn(named);
  if (!found) throw new Error(`topic: "${named}" is none of ${Object.keys(TOPICS).join(", ")}`);
  return found;
}

/** @throws when there is no such ward here */
function wardOf(named: string | null): string {
  if (!named) return "";
  const code = codeOfNamedWard(named);
  if (!code) throw new Error(`ward: "${named}" is no ward of this city, of today or of before`);
  return code;
}
