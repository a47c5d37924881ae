/** What a platform tells of an account rather than of a talk: policy, permissions, quotas, comments under posts. */
import type { Db, Tx } from "../infra/db.ts";
import type { AccountRegistry } from "./accounts.ts";
import type { Channel, ChannelName, ConnectedAccount, InboundEvent } from "./channel.ts";
import type { Incidents } from "./incidents.ts";

export type CommentEvent = Extract<InboundEvent, { kind: "comment" }>;
export type CommentHandler = (
  tx: Tx,
  account: ConnectedAccount,
  comment: CommentEvent,
  eventId: bigint,
) => Promise<void>;

export interface AccountEventParts {
  db: Db;
  channels: Record<ChannelName, Channel>;
  registry: AccountRegistry;
  incidents: Incidents;
  onComment: CommentHandler;
  stopAccount(accountId: number, reason: string): Promise<void>;
}

/** Handles one kept event of an account; harmless if run twice. */
export async function handleAccountEvent(parts: AccountEventParts, eventId: bigint): Promise<void> {
  const stored = await parts.db.inboundEvent.findUnique({ where: { id: eventId } });
  if (!stored || stored.state !== "stored") return;
  const account = await parts.registry.byId(stored.accountId);
  const event = parts.channels[stored.channel as ChannelName].parse(stored.raw);
  if (account) await noteForAccount(parts, account, event);
  await parts.db.$transaction(async (tx) => {
    const { count } = await tx.inboundEvent.updateMany({
      where: { id: eventId, state: "stored" },
      data: { state: "handled", handledAt: new Date() },
    });
    if (count === 1 && account && event.kind === "comment")
      await parts.onComment(tx, account, event, eventId);
  });
}

async function noteForAccount(
  { db, incidents, registry, stopAccount }: AccountEventParts,
  account: ConnectedAccount,
  event: InboundEvent,
) {
  const tell = (kind: string, message: string) =>
    incidents.open(kind, account.id, `${account.name}: ${message}`);
  switch (event.kind) {
    case "policy":
      if (event.action === "unblock") {
        await db.account.update({
          where: { id: account.id },
          data: { status: "active", statusReason: null },
        });
        await incidents.close("policy", account.id);
      } else {
        if (event.action === "block") {
          await db.account.update({
            where: { id: account.id },
            data: { status: "stopped", statusReason: event.reason },
          });
        }
        await tell(
          "policy",
          `Facebook ${event.action === "block" ? "đã khóa" : "cảnh báo"} trang: ${event.reason}`,
        );
      }
      registry.forget();
      return;
    case "permission_revoked":
      return stopAccount(
        account.id,
        "Quyền của ứng dụng đã bị thu hồi. Kết nối lại trong Bảng điều khiển → Tài khoản.",
      );
    case "quota":
      return tell("quota", `hạn mức gửi đổi từ ${event.previous} thành ${event.current}.`);
    case "template_status":
      return tell(
        `template_${event.templateId}`,
        `mẫu tin ${event.templateId} chuyển sang ${event.current}. ${event.reason}`.trim(),
      );
    default:
      return;
  }
}
