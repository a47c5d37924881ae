/** The accounts this installation serves, with their secrets opened, as the roads of messages need them. */
import { z } from "zod";
import type { Db } from "../infra/db.ts";
import type { SecretBox } from "../infra/secrets.ts";
import type { AccountSettings, ChannelName, ConnectedAccount } from "./channel.ts";
import { templateChoices } from "./templates.ts";

/** Changes made by the command line or the console are seen within this time, ms … */
const FRESH_FOR = 2000;
/** … and when something speaks of an account we do not know, within this. */
const REREAD_AFTER = 200;

export const accountSettings = z
  .object({
    comments: z.enum(["off", "private", "public_and_private"]).default("public_and_private"),
    quietPosts: z.array(z.string()).default([]),
    buttons: z.boolean().default(false),
    sendsPerSecond: z.number().positive().optional(),
    humanAgent: z.boolean().default(false),
    signedWith: z.enum(["app_id", "oa_id"]).default("app_id"),
    secretProof: z.boolean().default(false),
    templates: templateChoices,
  })
  .prefault({});

export interface AccountRegistry {
  all(): Promise<ConnectedAccount[]>;
  ofChannel(channel: ChannelName): Promise<ConnectedAccount[]>;
  find(channel: ChannelName, externalId: string): Promise<ConnectedAccount | undefined>;
  byId(id: number): Promise<ConnectedAccount | undefined>;
  /** Read again at the next question: something here changed it. */
  forget(): void;
  /** Somebody speaks of an account we do not know; it may have been added a moment ago. */
  reread(): Promise<void>;
}

export function createAccountRegistry(db: Db, box: SecretBox): AccountRegistry {
  let loaded: Promise<Snapshot> | null = null;
  let loadedAt = 0;

  async function snapshot(freshFor = FRESH_FOR): Promise<Snapshot> {
    if (!loaded || Date.now() - loadedAt > freshFor) {
      loadedAt = Date.now();
      loaded = load(db, box).catch((error: unknown) => {
        loaded = null;
        throw error;
      });
    }
    return loaded;
  }

  return {
    all: async () => (await snapshot()).all,
    ofChannel: async (channel) => (await snapshot()).byChannel[channel],
    find: async (channel, externalId) => (await snapshot()).byExternalId.get(`${channel}:${externalId}`),
    byId: async (id) => (await snapshot()).byId.get(id),
    forget: () => (loaded = null),
    reread: async () => void (await snapshot(REREAD_AFTER)),
  };
}

/** The status of an account that is served no more, kept for the talks it had. */
export const REMOVED = "removed";

interface Snapshot {
  all: ConnectedAccount[];
  byChannel: Record<ChannelName, ConnectedAccount[]>;
  byExternalId: Map<string, ConnectedAccount>;
  byId: Map<number, ConnectedAccount>;
}

async function load(db: Db, box: SecretBox): Promise<Snapshot> {
  const rows = await db.account.findMany({ where: { status: { not: REMOVED } }, orderBy: { id: "asc" } });
  const all = rows.map((row): ConnectedAccount => {
    return {
      id: row.id,
      channel: row.channel as ChannelName,
      externalId: row.externalId,
      unitCode: row.unitCode,
      name: row.name,
      appId: row.appId,
      appSecret: box.open(row.appSecret),
      webhookSecret: box.open(row.webhookSecret),
      accessToken: row.accessToken && box.open(row.accessToken),
      status: row.status as ConnectedAccount["status"],
      settings: readSettings(row.settings),
    };
  });
  return {
    all,
    byChannel: {
      zalo: all.filter((account) => account.channel === "zalo"),
      facebook: all.filter((account) => account.channel === "facebook"),
    },
    byExternalId: new Map(all.map((account) => [`${account.channel}:${account.externalId}`, account])),
    byId: new Map(all.map((account) => [account.id, account])),
  };
}

/** A setting that cannot be read counts as not set: an account never stops for it. */
export function readSettings(stored: unknown): AccountSettings {
  const result = accountSettings.safeParse(stored ?? {});
  return result.success ? result.data : accountSettings.parse({});
}
