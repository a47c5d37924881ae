/** Events that change who holds the talk or what we know of the resident, whether or not they are answered. */
import type { InboundEvent } from "../../channels/channel.ts";
import type { ConversationRow } from "../../channels/drain.ts";
import { isOwnEcho } from "../../channels/receipts.ts";
import type { Tx } from "../../infra/db.ts";
import { handBack, keepHeard, takenElsewhere, updateResident } from "./store.ts";
import { noteAnswered } from "./waits.ts";

export async function noteEvent(tx: Tx, row: ConversationRow, event: InboundEvent, at: Date): Promise<void> {
  switch (event.kind) {
    case "echo":
      if (isOwnEcho(event, row.channel, row.appId)) return;
      await takenElsewhere(tx, row.id, "taken_in_app", at);
      return noteAnswered(tx, row.id, at);
    case "thread_control":
      return noteThreadControl(tx, row, event, at);
    case "standby":
      if (event.event.kind === "message" || event.event.kind === "postback") await keepHeard(tx, row.id, at);
      return;
    case "follow":
      await updateResident(tx, row.residentId, { follows: true });
      return keepHeard(tx, row.id, at);
    case "unfollow":
      return updateResident(tx, row.residentId, { follows: false });
    case "consent_withdrawn":
      return updateResident(tx, row.residentId, { withdrawnAt: at, noticeVersion: null });
    case "submitted_info": {
      const { name, phone, address } = event;
      const given = { displayName: name, phone, address };
      const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
      return updateResident(tx, row.residentId, { ...known, ...(name ? { namedSelf: true } : {}) });
    }
    default:
      return;
  }
}

/** Facebook: another app has the thread now, or we have it again. */
async function noteThreadControl(
  tx: Tx,
  row: ConversationRow,
  event: Extract<InboundEvent, { kind: "thread_control" }>,
  at: Date,
) {
  if (event.action !== "pass" && event.action !== "take") return;
  const ours = (appId: string | null) => appId !== null && appId === row.appId;
  // While our app id is not known: the new owner is told of a pass, the old one of a take.
  const isBack = row.appId === null ? event.action === "pass" : ours(event.newOwner);
  if (!isBack) await takenElsewhere(tx, row.id, "thread_control", at);
  else if (row.state === "staff") await handBack(tx, row.id, at);
}
