/** The accounts of a first start in demo mode, so that a person can write at once. */
import { randomBytes } from "node:crypto";
import type { Db } from "../infra/db.ts";
import type { SecretBox } from "../infra/secrets.ts";
import { ACCESS_LIFETIME, type GivenAccount } from "./accounts.ts";

const ZALO_APP = "2718281828459045235";
const FACEBOOK_APP = "314159265358979";

/** Ids are invented; the five wards and the area as a whole are those every installation has. */
const SAMPLES = [
  { channel: "zalo", externalId: "1840026671135570011", unitCode: "PHU-KHUONG", name: "Phường Phú Khương" },
  { channel: "zalo", externalId: "1840026671135570012", unitCode: "AN-HOI", name: "Phường An Hội" },
  { channel: "zalo", externalId: "1840026671135570010", unitCode: "DO-THI", name: "Đô thị Bến Tre" },
  { channel: "facebook", externalId: "109900112233411", unitCode: "PHU-KHUONG", name: "Phường Phú Khương" },
  { channel: "facebook", externalId: "109900112233412", unitCode: "AN-HOI", name: "Phường An Hội" },
  { channel: "facebook", externalId: "109900112233410", unitCode: "DO-THI", name: "Đô thị Bến Tre" },
] as const;

const secret = () => randomBytes(24).toString("base64url");

/** Creates them when there is no account at all; what an operator removed one by one does not come back. */
export async function ensureSampleAccounts(db: Db, box: SecretBox): Promise<void> {
  if ((await db.account.count()) > 0) return;
  const appSecrets = { zalo: secret(), facebook: secret() };
  const now = new Date();
  await db.account.createMany({
    data: SAMPLES.map((sample) => ({
      ...sample,
      sample: true,
      appId: sample.channel === "zalo" ? ZALO_APP : FACEBOOK_APP,
      appSecret: box.seal(appSecrets[sample.channel]),
      webhookSecret: box.seal(secret()),
      accessToken: box.seal(secret()),
      tokenObtainedAt: now,
      // Zalo's end after 25 hours and are renewed; a Page's has no end
      ...(sample.channel === "zalo"
        ? { refreshToken: box.seal(secret()), tokenExpiresAt: new Date(now.getTime() + ACCESS_LIFETIME) }
        : {}),
      settings: { buttons: true, humanAgent: true },
    })),
    skipDuplicates: true,
  });
}

/** The gateway's accounts as the pretend platforms need them, with their secrets opened. */
export async function readAccounts(db: Db, box: SecretBox): Promise<GivenAccount[]> {
  const rows = await db.account.findMany({ orderBy: { id: "asc" } });
  return rows.map((row) => ({
    channel: row.channel as GivenAccount["channel"],
    externalId: row.externalId,
    name: row.name,
    unitCode: row.unitCode,
    appId: row.appId,
    appSecret: box.open(row.appSecret),
    webhookSecret: box.open(row.webhookSecret),
    accessToken: row.accessToken && box.open(row.accessToken),
    refreshToken: row.refreshToken && box.open(row.refreshToken),
    tokenExpiresAt: row.tokenExpiresAt,
    buttons: (row.settings as { buttons?: boolean }).buttons ?? false,
  }));
}
