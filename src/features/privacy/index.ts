/** A resident's data is theirs: told of, handed over and erased on request, and let go when it is old. */
import type { Config } from "../../config.ts";
import type { AccountRegistry } from "../../channels/accounts.ts";
import type { Channel, ChannelName } from "../../channels/channel.ts";
import type { Media } from "../../channels/media.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Flow } from "../../dialogue/types.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Clock } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import { readSetting } from "../../infra/settings.ts";
import { hasConsent } from "../../residents/consents.ts";
import type { Feature, TurnContext } from "../feature.ts";
import { privacyConsole } from "./console/routes.tsx";
import { askForErasure, erase } from "./erase.ts";
import { privacyPages } from "./pages.tsx";
import { purge, retention } from "./purge.ts";
import { keepRequest } from "./store.ts";
import { hashOf, newToken } from "./tokens.ts";

export interface PrivacyParts {
  config: Config;
  db: Db;
  registry: AccountRegistry;
  channels: Record<ChannelName, Channel>;
  media: Media;
  wording: WordingBook;
  clock: Clock;
  /** Whose data besides the talk itself. */
  features: Feature[];
}

/** A link to one's data lives a day. */
const LINK_LIFETIME = 24 * 3_600_000;

export function createPrivacy(parts: PrivacyParts): Feature {
  const { config, db, media, clock } = parts;
  const others = parts.features.flatMap(({ personalData }) => personalData ?? []);
  return {
    name: "privacy",
    flows: [eraseFlow],
    answers: {
      "privacy.info": async (_turn, context) => [await whatIsKept(context)],
      "privacy.export": async (_turn, context) => [await linkToData(context, config.PUBLIC_URL)],
    },
    effects: {
      "privacy.erase": async (_data, { tx, residentId, channel, now, say }) => {
        const code = await askForErasure(tx, residentId, channel, "resident", now);
        return [{ text: say("privacy.eraseTaken", { code }) }];
      },
    },
    hears: {
      // Zalo: user_withdraw
      consent_withdrawn: async (tx, residentId) => {
        await askForErasure(tx, residentId, "zalo", "withdrawal", clock.now());
      },
    },
    pages: privacyPages({ ...parts, others }),
    console: privacyConsole({ ...parts, others }),
    jobs: {
      tasks: {
        "privacy.erase": ({ id }: { id: string }) => erase(db, BigInt(id), others, media, clock.now()),
        "privacy:purge": async () => {
          const { hashes } = await purge(db, clock.now());
          await media.forget(hashes);
        },
      },
      crontab: ["10 19 * * * privacy:purge"], // 02:10 in Việt Nam
    },
  };
}

/** Asked once more before it is done: it cannot be taken back. */
const eraseFlow: Flow = {
  name: "privacy.erase",
  opens: ["privacy.erase"],
  begins: () => ({}),
  reads: () => ({}),
  slots: [],
  intentOf: () => "privacy.erase",
  holds: () => false,
  confirms: (_draft, say) => say("privacy.eraseSure"),
  confirmLabel: (say) => say("privacy.eraseYes"),
  finish: () => ({ type: "privacy.erase", data: {} }),
};

async function whatIsKept(context: TurnContext) {
  const { tx, say, unitName } = context;
  const { talks } = await readSetting(tx, retention.key, retention.shape);
  return withChoices(say("privacy.info", { unit: unitName, days: talks }), [
    ...(await whatMayStop(context)),
    { label: say("intents.privacy.export"), value: askFor("privacy.export") },
    { label: say("intents.privacy.erase"), value: askFor("privacy.erase") },
    { label: say("intents.human"), value: askFor("human") },
  ]);
}

/** To take back the consent to learn from their messages, for who gave it. */
async function whatMayStop({ tx, residentId, say }: TurnContext) {
  if (!(await hasConsent(tx, residentId, "training"))) return [];
  return [{ label: say("teaching.stop"), value: askFor("teaching.stop") }];
}

async function linkToData(context: TurnContext, publicUrl: string) {
  const { tx, residentId, channel, now, say } = context;
  const token = newToken();
  const tokenExpiresAt = new Date(now.getTime() + LINK_LIFETIME);
  const request = { kind: "export", origin: "resident", channel, residentId } as const;
  await keepRequest(tx, { ...request, tokenHash: hashOf(token), tokenExpiresAt }, now);
  const choices = await whatMayStop(context);
  const ready = say("privacy.exportReady");
  return {
    ...(choices.length > 0 ? withChoices(ready, choices) : { text: ready }),
    link: { title: say("privacy.exportOpen"), url: `${publicUrl}/du-lieu/${token}` },
  };
}
