/** What is chosen on the page, read: anything unknown is left out. */
import { z } from "zod";
import { WAYS, type Plan } from "./wanted.ts";

const list = z
  .union([z.string().transform((value) => [value]), z.array(z.string())])
  .default([])
  .catch([]);
const tick = z
  .string()
  .optional()
  .transform((value) => value === "on")
  .catch(false);

const form = z.object({
  units: list,
  ways: list,
  channels: list,
  ownAccountsOnly: tick,
  heldByPlatform: tick,
});

/** @param units of who chooses: others' accounts are not theirs to publish on. */
export function readPlan(body: unknown, units: readonly string[]): Plan {
  const chosen = form.parse(body ?? {});
  return {
    ...chosen,
    units: chosen.units.filter((code) => units.includes(code)),
    ways: WAYS.filter((way) => chosen.ways.includes(way)),
    channels: ["zalo", "facebook"].filter((channel) => chosen.channels.includes(channel)),
  };
}

/** What is ticked before anybody has chosen: its own unit's accounts, everything that makes no phone ring twice. */
export const planToBegin = (unitCode: string): Plan => ({
  ...{ units: [unitCode], ways: ["message", "article", "post"], channels: ["zalo", "facebook"] },
  ...{ ownAccountsOnly: false, heldByPlatform: false },
});
