/** What happened to a report, added and never changed; public changes become news for those who want to know. */
import type { Prisma, Tx } from "../../../infra/db.ts";
import type { ReportState } from "../states.ts";

export type EventKind =
  | "filed"
  | "state"
  | "routed"
  | "category"
  | "assignee"
  | "due"
  | "note"
  | "update"
  | "photo"
  | "joined"
  | "merged"
  | "rated"
  | "published"
  | "reminded"
  | "overdue";

/** Who did it; neither: the service itself. */
export interface By {
  staffId?: number;
  residentId?: bigint;
}

export interface NewEvent {
  kind: EventKind;
  /** The report's state afterwards. */
  state: ReportState;
  by: By;
  at: Date;
  note?: string | null;
  /** Anybody may read the note. */
  isPublic?: boolean;
  /** What changed. No personal data. */
  data?: Prisma.InputJsonObject;
}

export async function addEvent(tx: Tx, reportId: bigint, event: NewEvent): Promise<bigint> {
  const { by, note = null, isPublic = false, data = {}, ...rest } = event;
  const { id } = await tx.reportEvent.create({
    data: {
      reportId,
      ...rest,
      ...{ note, isPublic, data },
      staffId: by.staffId ?? null,
      residentId: by.residentId ?? null,
    },
    select: { id: true },
  });
  return id;
}
