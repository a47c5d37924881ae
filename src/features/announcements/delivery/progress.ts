/** How far a sending is: counted where the rows are, so that it is true whoever asks. */
import type { Db } from "../../../infra/db.ts";
import { findSending, type NoticeKind, type SendingState } from "../notices/store.ts";
import { countByAccount } from "./store.ts";

export interface Counts {
  /** Everybody it is for. */
  all: number;
  /** Not yet with the senders. */
  open: number;
  /** With the senders, a try that failed for now included. */
  queued: number;
  sent: number;
  /** Refused by the platform for good. */
  failed: number;
  /** The platform may or may not have taken it: held, never sent again by itself. */
  unknown: number;
  /** Told with the answer to their next message: not yet, or already. */
  later: number;
  told: number;
  cancelled: number;
  delivered: number;
  seen: number;
}

export interface Progress extends Counts {
  state: SendingState | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** The accounts with most to do first. */
  accounts: (Counts & { id: number; name: string; channel: string })[];
}

const NOTHING: Counts = {
  ...{ all: 0, open: 0, queued: 0, sent: 0, failed: 0, unknown: 0 },
  ...{ later: 0, told: 0, cancelled: 0, delivered: 0, seen: 0 },
};

/** Live: a look at the rows, not a figure kept beside them. */
export async function readProgress(db: Db, announcementId: bigint, kind: NoticeKind): Promise<Progress> {
  const [sending, accounts] = [
    await findSending(db, announcementId, kind),
    await countByAccount(db, announcementId, kind),
  ];
  const total = { ...NOTHING };
  for (const account of accounts) for (const name of names) total[name] += account[name];
  const { state = null, startedAt = null, finishedAt = null } = sending ?? {};
  return { state, startedAt, finishedAt, ...total, accounts };
}

const names = Object.keys(NOTHING) as (keyof Counts)[];
