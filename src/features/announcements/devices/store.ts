/** Loudspeakers and boards that fetch by themselves, and what is for them. */
import { randomBytes } from "node:crypto";
import { audit } from "../../../console/audit/audit.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import type { SecretBox } from "../../../infra/secrets.ts";
import type { Mover } from "../workflow.ts";
import { newSecret } from "./signing.ts";

export type DeviceKind = "loudspeaker" | "led";

export const devicesOf = (db: Db, units: readonly string[]) =>
  db.noticeDevice.findMany({
    where: { unitCode: { in: [...units] } },
    include: { unit: { select: { name: true } } },
    orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { id: "desc" }],
  });
export type Device = Awaited<ReturnType<typeof devicesOf>>[number];

interface NewDevice {
  unitCode: string;
  name: string;
  kind: DeviceKind;
}

/** @returns its code, and the key that is shown this once. */
export async function addDevice(tx: Tx, box: SecretBox, staff: Mover, device: NewDevice, at: Date) {
  const secret = newSecret();
  const code = `TB-${randomBytes(4).toString("hex").toUpperCase()}`;
  const made = { ...device, code, secret: box.seal(secret), createdById: staff.id, createdAt: at };
  const { id } = await tx.noticeDevice.create({ data: made });
  await audit(tx, staff, "device.add", `device:${id}`, { code });
  return { code, secret };
}

/** @returns false when there is no such device, or it is revoked already. */
export async function revokeDevice(tx: Tx, staff: Mover, id: number, at: Date): Promise<boolean> {
  const where = { id, unitCode: { in: [...staff.units] }, revokedAt: null };
  const { count } = await tx.noticeDevice.updateMany({ where, data: { revokedAt: at } });
  if (count > 0) await audit(tx, staff, "device.revoke", `device:${id}`);
  return count > 0;
}

export const findDevice = (db: Db, code: string) =>
  db.noticeDevice.findFirst({ where: { code, revokedAt: null }, include: { unit: true } });
export type KnownDevice = NonNullable<Awaited<ReturnType<typeof findDevice>>>;

/** Not oftener than once a minute: a board may ask every few seconds. */
export async function noteSeen(db: Db, id: number, at: Date): Promise<void> {
  const before = new Date(at.getTime() - 60_000);
  await db.noticeDevice.updateMany({
    where: { id, OR: [{ lastSeenAt: null }, { lastSeenAt: { lt: before } }] },
    data: { lastSeenAt: at },
  });
}

const DAY = 86_400_000;
/** One without an end is in force so long. */
const OPEN_END = 7 * DAY;
/** A recall is told so long, so that a device that was off hears of it. */
const RECALL = 2 * DAY;
const MOST = 50;

/** What a device of this unit is to say or show: of the unit and of those above it, for its ward, in force or soon to be. */
export async function noticesFor(db: Db, { unitCode, unit }: KnownDevice, now: Date) {
  const above = await db.$queryRaw<{ code: string }[]>`
    WITH RECURSIVE above AS (
      SELECT code, parent_code FROM unit WHERE code = ${unitCode}
      UNION SELECT unit.code, unit.parent_code FROM unit JOIN above ON unit.code = above.parent_code
    ) SELECT code FROM above`;
  const ward = unit.areaCode;
  return db.announcement.findMany({
    where: {
      unitCode: { in: above.map(({ code }) => code) },
      archived: false,
      ...(ward ? { AND: [{ OR: [{ wards: { isEmpty: true } }, { wards: { has: ward } }] }] } : {}),
      OR: [
        {
          state: "published",
          // what was corrected is no longer said
          NOT: { replaced: { is: { state: { in: ["published", "recalled"] } } } },
          OR: [
            { validTo: { gt: now } },
            { validTo: null, publishedAt: { gt: new Date(now.getTime() - OPEN_END) } },
          ],
        },
        { state: "recalled", recalledAt: { gt: new Date(now.getTime() - RECALL) } },
      ],
    },
    include: { unit: { select: { name: true } } },
    orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
    take: MOST,
  });
}
export type DeviceNotice = Awaited<ReturnType<typeof noticesFor>>[number];
