/** Names of things as staff call them. */

const CHANNELS: Record<string, string> = { zalo: "Zalo", facebook: "Facebook" };
export const channelName = (channel: string) => CHANNELS[channel] ?? channel;
