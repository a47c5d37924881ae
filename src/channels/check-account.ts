/** What both platforms' checks look at, from our own books. */
import { formatDateTime } from "../infra/clock.ts";
import { bad, ok, warn, type Finding } from "../infra/findings.ts";
import type { AccountModel } from "../infra/generated/models.ts";
import { DeliveryError } from "./delivery-error.ts";

export type AccountRow = AccountModel;

const DAY = 24 * 3_600_000;

export function statusFinding({ status, statusReason }: AccountRow): Finding {
  if (status === "active") return ok("status", "active");
  return bad(
    "status",
    `${status}: ${statusReason ?? "no reason kept"}`,
    "Mend the reason, then connect it again.",
  );
}

/** @param setUp where webhooks are switched on, in the platform's own words. */
export function webhookFinding({ webhookSeenAt, createdAt }: AccountRow, setUp: string, now: Date): Finding {
  if (!webhookSeenAt) {
    const isNew = now.getTime() - createdAt.getTime() < DAY;
    return (isNew ? warn : bad)("webhook", "none has come yet", setUp);
  }
  const found = `last ${formatDateTime(webhookSeenAt)}`;
  if (now.getTime() - webhookSeenAt.getTime() < 3 * DAY) return ok("webhook", found);
  return warn("webhook", `${found}: more than three days ago`, `If residents did write since: ${setUp}`);
}

/** The platform's answer as a finding; what a refusal means is known from its error table. */
export async function asked<Answer>(
  what: string,
  question: Promise<Answer>,
  read: (answer: Answer) => Finding[],
): Promise<Finding[]> {
  try {
    return read(await question);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const mend =
      error.options.mend ?? "Try again later; if it stays, ask the platform's support with this code.";
    const unreachable = "Check this machine's way to the internet (DNS, firewall, proxy).";
    const isNetwork = /^(E[A-Z_]+|network|CERT_\w+)$/.test(error.code);
    return [bad(what, `${error.message} (${error.code})`, isNetwork ? unreachable : mend)];
  }
}
