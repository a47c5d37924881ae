/** The accounts of a first start in demo mode, so that a person can write at once. */
import { randomBytes } from "node:crypto";
import { REMOVED } from "../channels/accounts.ts";
import { registerAccount } from "../channels/register-account.ts";
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

/** What a sample Page has published, so that there is something to comment on. */
export const SAMPLE_POST =
  "Từ tuần này, bà con có thể nhắn tin cho trang để gửi phản ánh, hỏi thủ tục và tra cứu hồ sơ, bất kể ngày đêm. " +
  "Bà con cứ nhắn như nói chuyện bình thường, không cần dấu cũng được.";

const secret = () => randomBytes(24).toString("base64url");

/** Creates them when there is no account at all; what an operator removed one by one does not come back. */
export async function ensureSampleAccounts(db: Db, box: SecretBox): Promise<void> {
  if ((await db.account.count()) > 0) return;
  const appSecrets = { zalo: secret(), facebook: secret() };
  await db.$transaction(async (tx) => {
    for (const sample of SAMPLES) {
      const { id } = await registerAccount(tx, box, {
        ...sample,
        appId: sample.channel === "zalo" ? ZALO_APP : FACEBOOK_APP,
        appSecret: appSecrets[sample.channel],
        webhookSecret: secret(),
        accessToken: secret(),
        ...(sample.channel === "zalo" ? zaloPair() : {}), // a Page's token has no end
        settings: { buttons: true, humanAgent: true },
      });
      await tx.account.update({ where: { id }, data: { sample: true } });
    }
  });
}

const zaloPair = () => ({
  refreshToken: secret(),
  tokenExpiresAt: new Date(Date.now() + ACCESS_LIFETIME),
});

/** The gateway's accounts as the pretend platforms need them, with their secrets opened. */
export async function readAccounts(db: Db, box: SecretBox): Promise<GivenAccount[]> {
  const rows = await db.account.findMany({ where: { status: { not: REMOVED } }, orderBy: { id: "asc" } });
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
