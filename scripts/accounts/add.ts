/** accounts add: the account is registered first, then the platform is asked; a platform that is away changes nothing. */
import { OperatorError, type Config } from "../../src/config.ts";
import { createAccountRegistry, REMOVED } from "../../src/channels/accounts.ts";
import type { ConnectedAccount } from "../../src/channels/channel.ts";
import { DeliveryError } from "../../src/channels/delivery-error.ts";
import { createFacebookClient } from "../../src/channels/facebook/client.ts";
import { connectPage } from "../../src/channels/facebook/connect.ts";
import {
  missingParts,
  registerAccount,
  type Registration,
  type RequiredPart,
} from "../../src/channels/register-account.ts";
import { createZaloClient } from "../../src/channels/zalo/client.ts";
import { audit } from "../../src/console/audit/audit.ts";
import { loadWording } from "../../src/dialogue/wording.ts";
import { messengerProfile } from "../../src/features/conversations/index.ts";
import type { Installation } from "../../src/installation.ts";
import { within, withInstallation } from "../command/run.ts";
import { readSecrets } from "../command/secrets.ts";
import { requireUnit } from "../command/units.ts";
import { readSettingPairs } from "./settings.ts";

/** A platform that has not answered by then is asked again by `accounts check`, ms. */
const PATIENCE = 6000;
/** A pasted access token lives 25 hours at most, and nobody says how old it is: it is renewed within the day. */
const PASTED_TOKEN_LIFE = 20 * 3_600_000;

interface Common {
  unit: string;
  name?: string;
  appId?: string;
  appSecret?: string;
  set?: string[];
}

interface ZaloOptions extends Common {
  oaId: string;
  webhookSecret?: string;
  accessToken?: string;
  refreshToken?: string;
}

interface FacebookOptions extends Common {
  pageId: string;
  verifyToken?: string;
  pageToken?: string;
}

export async function addZalo(given: ZaloOptions) {
  const options = await readSecrets({ ...given }, [
    "appSecret",
    "webhookSecret",
    "accessToken",
    "refreshToken",
  ]);
  if (options.refreshToken && !options.accessToken) {
    throw new OperatorError("A refresh token comes with its access token: give --access-token too.");
  }
  const { oaId: externalId, webhookSecret, accessToken, refreshToken } = options;
  const tokenExpiresAt = accessToken ? new Date(Date.now() + PASTED_TOKEN_LIFE) : undefined;
  const tokens = { accessToken, refreshToken, tokenExpiresAt };
  await add(
    { ...commonOf(options), channel: "zalo", externalId, webhookSecret, ...tokens },
    async (config, account) => {
      try {
        const { oa } = await createZaloClient(config).getOa(account);
        const isOther = oa.oa_id !== undefined && oa.oa_id !== externalId;
        return { name: oa.name, problems: isOther ? [`the tokens are of another OA, ${oa.oa_id}`] : [] };
      } catch (error) {
        if (!(error instanceof DeliveryError)) throw error;
        return { problems: [`asking about the OA: ${error.message} (${error.code})`] };
      }
    },
  );
}

export async function addFacebook(given: FacebookOptions) {
  const options = await readSecrets({ ...given }, ["appSecret", "verifyToken", "pageToken"]);
  const { pageId: externalId, verifyToken: webhookSecret, pageToken: accessToken } = options;
  await add(
    { ...commonOf(options), channel: "facebook", externalId, webhookSecret, accessToken },
    (config, account) =>
      connectPage(createFacebookClient(config), account, messengerProfile(loadWording().in("vi"))),
  );
}

function commonOf({ unit, name, appId, appSecret, set }: Common) {
  return { unitCode: unit, name, appId, appSecret, settings: readSettingPairs(set) };
}

interface Learnt {
  name?: string;
  appId?: string;
  problems: string[];
}

/** Prints one line with the account; what the platform did not do goes to standard error. */
async function add(
  given: Registration,
  connect: (config: Config, account: ConnectedAccount) => Promise<Learnt>,
) {
  await withInstallation(async (installation, config) => {
    const { database, box } = installation;
    const unit = await requireUnit(database.db, given.unitCode);
    const wanted = { ...given, unitCode: unit.code };
    await requireSecrets(installation, wanted);
    const { id, isNew } = await database.db.$transaction(async (tx) => {
      const result = await registerAccount(tx, box, wanted);
      const action = result.isNew ? "account.added" : "account.changed";
      await audit(tx, null, action, `${given.channel}:${given.externalId}`, { unit: unit.code });
      return result;
    });
    const registered = (await createAccountRegistry(database.db, box).byId(id))!;
    const learnt = registered.accessToken ? await ask(config, registered, connect) : { problems: [] };
    const name = given.name ?? learnt.name ?? registered.name;
    const appId = given.appId ?? registered.appId ?? learnt.appId;
    await database.db.account.update({ where: { id }, data: { name, appId } });
    console.log(`${isNew ? "added" : "changed"} ${given.channel} ${given.externalId} ${unit.code} “${name}”`);
    if (!registered.accessToken)
      console.error("It has no token yet: connect it in Console → Tài khoản, or add it again with one.");
    for (const problem of learnt.problems) console.error(`Not done at the platform: ${problem}`);
    if (learnt.problems.length > 0) {
      console.error(
        "The account is registered. When the platform can be reached, add it again, or see `accounts check`.",
      );
    }
  });
}

/** A known account keeps what it has; a new one cannot do without. */
async function requireSecrets({ database: { db } }: Installation, given: Registration) {
  const { channel, externalId } = given;
  const known = await db.account.findUnique({ where: { channel_externalId: { channel, externalId } } });
  if (known && known.status !== REMOVED) return;
  const missing = missingParts(given).map((part) => OPTION_OF[channel][part]);
  if (missing.length > 0) throw new OperatorError(`A new ${channel} account needs ${missing.join(" and ")}.`);
}

const OPTION_OF: Record<Registration["channel"], Record<RequiredPart, string>> = {
  zalo: { appId: "--app-id", appSecret: "--app-secret", webhookSecret: "--webhook-secret" },
  facebook: { appId: "--app-id", appSecret: "--app-secret", webhookSecret: "--verify-token" },
};

async function ask(
  config: Config,
  account: ConnectedAccount,
  connect: (config: Config, account: ConnectedAccount) => Promise<Learnt>,
): Promise<Learnt> {
  const learnt = await within(PATIENCE, connect(config, account));
  return learnt ?? { problems: [`no answer within ${PATIENCE / 1000} s`] };
}
