/** The life of a report as one table: which state may follow which, and by whose deed. */

export const STATES = [
  "received",
  "assigned",
  "in_progress",
  "resolved",
  "closed",
  "rejected",
  "duplicate",
  "reopened",
] as const;
export type ReportState = (typeof STATES)[number];

/** Something is still to be done. The indexes of open reports say the same (prisma/migrations). */
export const OPEN_STATES = [
  "received",
  "assigned",
  "in_progress",
  "reopened",
] as const satisfies ReportState[];

export type Actor = "staff" | "reporter" | "service";

/** A reporter may say within this many days that it is not done. */
export const REOPEN_DAYS = 7;

const TRANSITIONS: Record<ReportState, Partial<Record<ReportState, Actor[]>>> = {
  received: { assigned: ["staff"], in_progress: ["staff"], rejected: ["staff"], duplicate: ["staff"] },
  assigned: {
    received: ["staff"], // the unit gives it back
    in_progress: ["staff"],
    resolved: ["staff"],
    rejected: ["staff"],
    duplicate: ["staff"],
  },
  in_progress: {
    received: ["staff"],
    assigned: ["staff"],
    resolved: ["staff"],
    rejected: ["staff"],
    duplicate: ["staff"],
  },
  resolved: { closed: ["staff", "service"], reopened: ["reporter", "staff"] },
  reopened: {
    received: ["staff"],
    assigned: ["staff"],
    in_progress: ["staff"],
    resolved: ["staff"],
    rejected: ["staff"],
    duplicate: ["staff"],
  },
  rejected: { reopened: ["reporter", "staff"] },
  duplicate: { reopened: ["staff"] }, // it was another thing after all
  closed: {},
};

export function mayPass(from: ReportState, to: ReportState, actor: Actor): boolean {
  return TRANSITIONS[from][to]?.includes(actor) ?? false;
}

/** Where this actor may take a report from here, in the table's order. */
export function nextStates(from: ReportState, actor: Actor): ReportState[] {
  return STATES.filter((to) => mayPass(from, to, actor));
}

export const isOpen = (state: ReportState) => (OPEN_STATES as readonly ReportState[]).includes(state);
