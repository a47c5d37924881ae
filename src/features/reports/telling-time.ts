/** When residents are told: a moment after the deed, so that several are one message, and never at night. */
import { afterNight } from "../../channels/windows.ts";

export { afterNight, isWindowOpen } from "../../channels/windows.ts";

/** Staff who assign, start and write a line within this time cause one message, ms. */
const GATHERING = 20_000;

export const tellAt = (now: Date) => afterNight(new Date(now.getTime() + GATHERING));
