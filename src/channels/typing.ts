/** "Đang nhập…": shown while a turn is taken, where the platform has it; nobody waits for it. */
import type { AccountRegistry } from "./accounts.ts";
import type { Channel, ChannelName } from "./channel.ts";
import type { ConversationRow } from "./drain.ts";

/** In a rush the answers themselves come first. */
const MOST_AT_ONCE = 2;

export function createTyping(channels: Record<ChannelName, Channel>, registry: AccountRegistry) {
  let underWay = 0;
  return function showTyping({ channel, accountId, residentExternalId }: ConversationRow): void {
    const { showTyping } = channels[channel];
    if (!showTyping || underWay >= MOST_AT_ONCE) return;
    underWay++;
    void registry
      .byId(accountId)
      .then(async (account) => {
        if (account?.status === "active") await showTyping(account, residentExternalId);
      })
      .catch(() => {})
      .finally(() => underWay--);
  };
}
