/** The units every installation starts with: the area as a whole, and its five wards since 01/07/2025. */
import type { Db } from "../infra/db.ts";

// Names and codes: the administrative units in force from 2025-07-01 (Nghị quyết 1687/NQ-UBTVQH15).
const UNITS = [
  { code: "DO-THI", name: "Khu vực đô thị Bến Tre", areaCode: null },
  { code: "AN-HOI", name: "Phường An Hội", areaCode: "28777" },
  { code: "BEN-TRE", name: "Phường Bến Tre", areaCode: "28789" },
  { code: "PHU-KHUONG", name: "Phường Phú Khương", areaCode: "28756" },
  { code: "PHU-TAN", name: "Phường Phú Tân", areaCode: "28858" },
  { code: "SON-DONG", name: "Phường Sơn Đông", areaCode: "28783" },
];

export async function ensureUnits(db: Db): Promise<void> {
  await db.unit.createMany({
    data: UNITS.map((unit) => ({ ...unit, parentCode: unit.code === "DO-THI" ? null : "DO-THI" })),
    skipDuplicates: true,
  });
}
