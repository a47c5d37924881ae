/** One report with everything staff need to work on it. */
import type { Prisma, Tx } from "../../../infra/db.ts";
import type { ReportState } from "../states.ts";
import type { EventKind } from "./events.ts";

export interface StaffReport {
  id: bigint;
  code: string;
  category: string;
  state: ReportState;
  stateAt: Date;
  createdAt: Date;
  dueAt: Date | null;
  escalated: boolean;
  priority: number;
  description: string;
  place: string;
  ward: string | null;
  wardCode: string | null;
  street: string | null;
  houseNumber: string | null;
  hamlet: string | null;
  lampPole: string | null;
  point: { latitude: number; longitude: number } | null;
  onBoundary: boolean;
  unitCode: string;
  unitName: string;
  assigneeId: number | null;
  reporterKind: string;
  followers: number;
  isPublic: boolean;
  publicTitle: string | null;
  publicDescription: string | null;
  publicExact: boolean;
  mergedInto: string | null;
  merged: string[];
  rating: number | null;
  ratingComment: string | null;
  sample: boolean;
  /** The talk in which it was told. */
  conversationId: bigint | null;
  photos: StaffPhoto[];
  history: HistoryEntry[];
}

export interface StaffPhoto {
  id: bigint;
  kind: "told" | "before" | "after";
  isPublic: boolean;
  /** null: still on its way, or could not be fetched. */
  hash: string | null;
}

export interface HistoryEntry {
  at: Date;
  kind: EventKind;
  state: ReportState;
  note: string | null;
  isPublic: boolean;
  data: Record<string, unknown>;
  /** Who of the staff; null: a resident or the service. */
  staffName: string | null;
  byResident: boolean;
}

/** @returns null when there is none within these units. */
export async function findForStaff(tx: Tx, code: string, units: string[]): Promise<StaffReport | null> {
  const row = await tx.report.findFirst({
    where: { code, unitCode: { in: units } },
    include: {
      unit: { select: { name: true } },
      mergedInto: { select: { code: true } },
      merged: { select: { code: true }, orderBy: { id: "asc" } },
      photos: { include: { attachment: { select: { mediaHash: true } } }, orderBy: { id: "asc" } },
      history: { orderBy: { id: "asc" } },
      resident: { select: { conversation: { select: { id: true } } } },
      _count: { select: { followers: true } },
    },
  });
  if (!row) return null;
  const names = await staffNames(tx, row.history);
  const { latitude, longitude, unit, mergedInto, merged, photos, history, resident, _count, ...rest } = row;
  return {
    ...rest,
    state: row.state as ReportState,
    escalated: row.escalatedAt !== null,
    point: latitude === null || longitude === null ? null : { latitude, longitude },
    unitName: unit.name,
    followers: _count.followers,
    mergedInto: mergedInto?.code ?? null,
    merged: merged.map((other) => other.code),
    conversationId: resident?.conversation?.id ?? null,
    photos: photos.map(({ id, kind, isPublic, mediaHash, attachment }) => ({
      ...{ id, isPublic, kind: kind as StaffPhoto["kind"] },
      hash: mediaHash ?? attachment?.mediaHash ?? null,
    })),
    history: history.map(({ at, kind, state, note, isPublic, data, staffId, residentId }) => ({
      ...{ at, note, isPublic, kind: kind as EventKind, state: state as ReportState },
      data: data as Prisma.JsonObject,
      staffName: staffId === null ? null : (names.get(staffId) ?? "cán bộ đã nghỉ"),
      byResident: residentId !== null,
    })),
  };
}

async function staffNames(tx: Tx, history: { staffId: number | null }[]): Promise<Map<number, string>> {
  const ids = [...new Set(history.flatMap(({ staffId }) => (staffId === null ? [] : [staffId])))];
  const staff = await tx.staff.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, email: true },
  });
  return new Map(staff.map(({ id, name, email }) => [id, name || email]));
}

export interface Reporter {
  name: string | null;
  phone: string | null;
  email: string | null;
  channel: string | null;
}

/** Who told us: personal data, so the caller writes down that it was looked at. */
export async function findReporter(tx: Tx, code: string, units: string[]): Promise<Reporter | null> {
  const row = await tx.report.findFirst({
    where: { code, unitCode: { in: units } },
    select: {
      ...{ reporterName: true, reporterPhone: true, reporterEmail: true },
      resident: { select: { displayName: true, phone: true, account: { select: { channel: true } } } },
    },
  });
  if (!row) return null;
  const { reporterName, reporterPhone, reporterEmail, resident } = row;
  return {
    name: resident?.displayName ?? reporterName,
    phone: resident?.phone ?? reporterPhone,
    email: reporterEmail,
    channel: resident?.account.channel ?? null,
  };
}

export interface Colleague {
  id: number;
  name: string;
  unitCode: string;
  unitName: string;
}

/** Who may be given a report of these units. */
export async function colleaguesIn(tx: Tx, units: string[]): Promise<Colleague[]> {
  const staff = await tx.staff.findMany({
    where: { unitCode: { in: units }, disabledAt: null, role: { in: ["admin", "unit_admin", "agent"] } },
    orderBy: [{ unitCode: "asc" }, { name: "asc" }],
    select: { id: true, name: true, email: true, unitCode: true, unit: { select: { name: true } } },
  });
  return staff.map(({ id, name, email, unitCode, unit }) => ({
    ...{ id, unitCode, unitName: unit.name },
    name: name || email,
  }));
}

/** Units a report may go to: all of them, for a report is passed on to whoever is in charge. */
export async function allUnits(tx: Tx): Promise<{ code: string; name: string }[]> {
  return tx.unit.findMany({ orderBy: [{ parentCode: { sort: "asc", nulls: "first" } }, { name: "asc" }] });
}
