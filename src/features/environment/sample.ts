/** Stations of the demo with invented readings of the last three days, and lamps, marked as sample data. */
import type { Db } from "../../infra/db.ts";

const STATIONS = [
  {
    code: "MAN-AN-THUAN",
    name: "Trạm An Thuận",
    kind: "salinity",
    unit: "‰",
    warnFrom: 4,
    base: 2.2,
    swing: 1.1,
  },
  {
    code: "MAN-SON-DOC",
    name: "Trạm Sơn Đốc",
    kind: "salinity",
    unit: "‰",
    warnFrom: 4,
    base: 0.8,
    swing: 0.4,
  },
  {
    code: "NUOC-BEN-TRE",
    name: "Mực nước sông Bến Tre",
    kind: "water_level",
    unit: "m",
    warnFrom: 1.5,
    base: 0.9,
    swing: 0.6,
  },
  {
    code: "MUA-BEN-TRE",
    name: "Trạm mưa Bến Tre",
    kind: "rain",
    unit: "mm",
    warnFrom: 50,
    base: 3,
    swing: 3,
  },
  {
    code: "KHI-AN-HOI",
    name: "Không khí An Hội",
    kind: "air",
    unit: "AQI",
    warnFrom: 100,
    base: 58,
    swing: 18,
  },
];
/** Along streets whose positions are roughly known; invented plates. */
const LAMPS = [
  { code: "NH-012", street: "Nguyễn Huệ", latitude: 10.2396, longitude: 106.3766, unitCode: "AN-HOI" },
  { code: "NH-013", street: "Nguyễn Huệ", latitude: 10.2399, longitude: 106.3768, unitCode: "AN-HOI" },
  { code: "NH-045", street: "Nguyễn Huệ", latitude: 10.2431, longitude: 106.379, unitCode: "PHU-KHUONG" },
  {
    code: "TVK-014",
    street: "Trương Vĩnh Ký",
    latitude: 10.2442,
    longitude: 106.3852,
    unitCode: "PHU-KHUONG",
  },
  { code: "HV-007", street: "Hùng Vương", latitude: 10.2349, longitude: 106.3748, unitCode: "AN-HOI" },
];

/** The moon's tide comes round in so many hours. */
const TIDE = 12.42;

export async function ensureSampleStations(db: Db, now: Date): Promise<void> {
  await ensureSampleLamps(db, now);
  if ((await db.station.count()) > 0) return;
  const latest = Math.floor(now.getTime() / 3_600_000) * 3_600_000;
  for (const [at, { base, swing, ...station }] of STATIONS.entries()) {
    const place = { latitude: 10.235 + at * 0.004, longitude: 106.365 + at * 0.006 };
    const readings = Array.from({ length: 72 }, (_, hour) => {
      const value =
        base + swing * Math.sin(((hour + at * 2) / TIDE) * 2 * Math.PI) + (hour / 72) * swing * 0.5;
      return {
        at: new Date(latest - (71 - hour) * 3_600_000),
        value: Math.max(0, Math.round(value * 100) / 100),
      };
    });
    await db.station.create({
      data: { ...station, ...place, source: "Số liệu mẫu", sample: true, readings: { create: readings } },
    });
  }
}

async function ensureSampleLamps(db: Db, now: Date): Promise<void> {
  if ((await db.lamp.count()) > 0) return;
  const night = new Date(now.getTime() - 9 * 3_600_000);
  const told = { toldAt: night, since: night, source: "Số liệu mẫu", sample: true };
  await db.lamp.createMany({
    data: LAMPS.map((lamp) => ({ ...lamp, ...told, state: lamp.code === "NH-013" ? "fault" : "ok" })),
  });
}
