/** What is done once at the platform when a Page is added: subscribed, asked for its app and name, given its greeting and menu. */
import type { ConnectedAccount } from "../channel.ts";
import { DeliveryError } from "../delivery-error.ts";
import type { FacebookClient } from "./client.ts";
import { SUBSCRIBED_FIELDS } from "./needs.ts";

export interface Connected {
  name?: string;
  appId?: string;
  /** What could not be done, one line for each reason, for the operator. */
  problems: string[];
}

/** Never throws for what the platform says or does not say. */
export async function connectPage(
  client: FacebookClient,
  account: ConnectedAccount,
  profile: object,
): Promise<Connected> {
  const undone = new Map<string, string[]>();
  const attempt = <Answer>(what: string, work: Promise<Answer>) =>
    work.catch((error: unknown) => {
      if (!(error instanceof DeliveryError)) throw error;
      const reason = `${error.message} (${error.code})`;
      undone.set(reason, [...(undone.get(reason) ?? []), what]);
    });
  const [info, page] = await Promise.all([
    attempt("asking about the token", client.debugToken(account)),
    attempt("reading the Page", client.pageInfo(account)),
    attempt("subscribing to its webhooks", client.subscribe(account, SUBSCRIBED_FIELDS)),
    attempt("setting its greeting and menu", client.setProfile(account, profile)),
  ]);
  return {
    ...(page?.page.name ? { name: page.page.name } : {}),
    ...(info?.app_id ? { appId: info.app_id } : {}),
    problems: [...undone].map(([reason, what]) => `${what.join(", ")}: ${reason}`),
  };
}
