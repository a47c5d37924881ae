/** Drafts the service itself begins: a station that went over its bar. They go the way of every other: read, approved, published. */
import { audit } from "../../console/audit/audit.ts";
import type { Tx } from "../../infra/db.ts";
import { nextAnnouncementCode, searchTextOf } from "./store.ts";
import type { Topic } from "./topics.ts";
import { isTopic } from "./topics.ts";

export interface ServiceDraft {
  unitCode: string;
  topic: string;
  title: string;
  body: string;
  at: Date;
}

/** In the caller's transaction. @returns its code, TB-… */
export async function draftByService(
  tx: Tx,
  { unitCode, topic, title, body, at }: ServiceDraft,
): Promise<string> {
  const code = await nextAnnouncementCode(tx, at);
  const known: Topic = isTopic(topic) ? topic : "general";
  await tx.announcement.create({
    data: {
      ...{ code, unitCode, title, body, topic: known, level: "important", createdAt: at, updatedAt: at },
      searchText: searchTextOf({ title, body, documentNumber: null }),
      steps: { create: { kind: "written", at } },
    },
  });
  await audit(tx, null, "announcement.write", `announcement:${code}`);
  return code;
}
