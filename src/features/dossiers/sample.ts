/** A few invented dossiers for the demo, dated around its first start. */
import { DateTime } from "luxon";
import type { Db } from "../../infra/db.ts";
import { ZONE } from "../../infra/clock.ts";
import type { Dossier, DossierState } from "./dossier.ts";
import { keepDossier } from "./store.ts";

interface Brief {
  agency: string;
  daysAgo: number;
  serial: string;
  state: DossierState;
  dueIn: number;
  procedure: string;
  unit: string;
  note: string | null;
}

const BRIEFS: Brief[] = [
  {
    agency: "H07.20",
    daysAgo: 3,
    serial: "0583",
    state: "processing",
    dueIn: 4,
    procedure: "Đăng ký thường trú",
    unit: "Công an phường Phú Khương",
    note: null,
  },
  {
    agency: "H61.05",
    daysAgo: 9,
    serial: "0112",
    state: "done",
    dueIn: -1,
    procedure: "Đăng ký hộ kinh doanh",
    unit: "UBND phường An Hội",
    note: "Đem theo giấy hẹn khi nhận kết quả.",
  },
  {
    agency: "000.00.19.H07",
    daysAgo: 12,
    serial: "0001",
    state: "supplement",
    dueIn: 6,
    procedure: "Cấp giấy phép xây dựng",
    unit: "UBND phường Sơn Đông",
    note: "Bổ sung bản vẽ mặt cắt móng.",
  },
  {
    agency: "H07.21",
    daysAgo: 30,
    serial: "0420",
    state: "processing",
    dueIn: -5,
    procedure: "Tách thửa",
    unit: "Chi nhánh Văn phòng đăng ký đất đai",
    note: null,
  },
];

/** The phone of every sample ends in these, so that the demo's second step can be tried. */
const SAMPLE_PHONE_ENDING = "1234";

export async function ensureSampleDossiers(db: Db, now: Date): Promise<void> {
  if ((await db.dossier.count()) > 0) return;
  for (const brief of BRIEFS) await keepDossier(db, unfold(brief, now));
}

function unfold({ agency, daysAgo, serial, state, dueIn, procedure, unit, note }: Brief, now: Date): Dossier {
  const today = DateTime.fromJSDate(now, { zone: ZONE });
  const received = today.minus({ days: daysAgo });
  return {
    code: `${agency}-${received.toFormat("yyLLdd")}-${serial}`,
    ...{ state, procedure, unit, note },
    statusText: null,
    receivedOn: received.toISODate(),
    dueOn: today.plus({ days: dueIn }).toISODate(),
    finishedOn: state === "done" ? today.minus({ days: 1 }).toISODate() : null,
    phoneEnding: SAMPLE_PHONE_ENDING,
    asOf: now,
    sample: true,
  };
}
