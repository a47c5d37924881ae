/** Plays written talks over signed webhooks: the real gateway, engine and model; only time and the platforms are ours. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Channel, ChannelName, ConnectedAccount, Reply } from "../../channels/channel.ts";
import { createDrain } from "../../channels/drain.ts";
import { createFacebookChannel } from "../../channels/facebook/index.ts";
import { createInbox } from "../../channels/inbox.ts";
import { createMedia, LARGEST_FILE } from "../../channels/media.ts";
import { createTestAccount } from "../../channels/testing.ts";
import { createWebhooks } from "../../channels/webhook.ts";
import { createZaloChannel } from "../../channels/zalo/index.ts";
import { readConfig } from "../../config.ts";
import { loadWording } from "../../dialogue/wording.ts";
import type { Database } from "../../infra/db.ts";
import { createMediaStore } from "../../infra/media-store.ts";
import type { LanguageEngine } from "../../language/index.ts";
import { conversations, createReminders, createTurnHandler } from "../conversations/index.ts";
import { createReports } from "../reports/index.ts";
import { pictureTaken } from "./pictures.ts";
import { wireOf, type Wire } from "./wire.ts";

export interface Stage {
  database: Database;
  wires: Record<ChannelName, { account: ConnectedAccount; wire: Wire }>;
  /** The address of a picture; `place`: taken there, latitude and longitude. */
  picture(place?: readonly [number, number]): string;
  now(): Date;
  passes(milliseconds: number): void;
  /** A new day at eight in the morning. */
  dawns(): void;
  /** Takes the turns of everything that came, then fetches what was attached. */
  settle(conversationId: bigint): Promise<void>;
  remind(): Promise<void>;
  tell(residentId: bigint): Promise<void>;
  /** The account has an approved template for news of reports, until it is forgotten. */
  chooseTemplate(channel: ChannelName): Promise<void>;
  forgetTemplates(): Promise<void>;
  close(): Promise<void>;
}

const DAY = 86_400_000;
/** A Monday morning in Bến Tre. */
const OPENING = Date.parse("2026-11-23T01:00:00Z");

export async function openStage(database: Database, engine: LanguageEngine): Promise<Stage> {
  let time = OPENING;
  const clock = { now: () => new Date(time) };
  const folder = mkdtempSync(path.join(tmpdir(), "talks-"));
  const pictures = await serve(async (url) => pictureTaken(url));
  const media = createMedia(database.db, createMediaStore(folder), {
    ...{ hosts: [], trustedOrigins: [pictures.origin], largest: LARGEST_FILE },
  });
  const config = readConfig({ MODE: "demo", DATA_DIR: folder });
  const parts = { config, clock, readMedia: (hash: string) => media.read(hash) };
  const channels: Record<ChannelName, Channel> = {
    zalo: createZaloChannel(parts),
    facebook: createFacebookChannel(parts),
  };
  const wording = loadWording();
  const reports = createReports({ database, wording, clock, publicUrl: "https://hoi.example.vn" });
  const features = [reports, conversations];
  const drain = createDrain(database, channels, createTurnHandler({ features, engine, wording, clock }));
  const reminders = createReminders({ database, flows: reports.flows ?? [], wording, clock });

  await createTestAccount(database, "1840026671135570001", { channel: "zalo", appId: "3120457788990011223" });
  const { registry } = await createTestAccount(database);
  const webhooks = createWebhooks(channels, registry, createInbox(database.pool));
  const gateway = await listen((request, response) => {
    void webhooks.listenerOf(request)?.(request, response);
  });
  const accounts = await registry.all();
  const wireTo = (channel: ChannelName) => {
    const account = accounts.find((each) => each.channel === channel)!;
    return { account, wire: wireOf(gateway.origin, account) };
  };

  return {
    database,
    wires: { zalo: wireTo("zalo"), facebook: wireTo("facebook") },
    picture: (place) => `${pictures.origin}/${place ? `${place.join("_")}.jpg` : "nowhere.jpg"}`,
    now: clock.now,
    passes: (milliseconds) => void (time += milliseconds),
    dawns: () => void (time = OPENING + (Math.floor((time - OPENING) / DAY) + 1) * DAY),
    async settle(conversationId) {
      await drain.drain(conversationId);
      const waiting = await database.db.attachment.findMany({ where: { conversationId, state: "pending" } });
      for (const { id } of waiting) await run(media.jobs.tasks["media.fetch"], { id: String(id) });
    },
    remind: () => run(reminders.tasks.conversations_remind, {}),
    tell: (residentId) => run(reports.jobs?.tasks["reports.tell"], { residentId: String(residentId) }),
    async chooseTemplate(channel) {
      const parameters = ["ma", "tinh_trang"].map((value) => ({ name: value, value }));
      const templates = { report_news: { id: "310001", parameters, longest: 100 } };
      await database.db.account.updateMany({ where: { channel }, data: { settings: { templates } } });
    },
    async forgetTemplates() {
      await database.db.account.updateMany({ data: { settings: {} } });
    },
    async close() {
      await gateway.close();
      await pictures.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function run(task: ((payload: never) => Promise<unknown>) | undefined, payload: object): Promise<void> {
  await task?.(payload as never);
}

async function serve(picture: (url: string) => Promise<Buffer>) {
  return listen((request, response) => {
    void picture(request.url ?? "").then((bytes) => {
      response.writeHead(200, { "content-type": "image/jpeg" }).end(bytes);
    });
  });
}

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}

/** What was put on its way to one talk after a given message. */
export async function repliesAfter(
  { database }: Stage,
  conversationId: bigint,
  last: bigint,
): Promise<{ last: bigint; replies: Reply[] }> {
  const rows = await database.db.outboundMessage.findMany({
    where: { conversationId, id: { gt: last } },
    orderBy: { id: "asc" },
  });
  return { last: rows.at(-1)?.id ?? last, replies: rows.map(({ content }) => content as unknown as Reply) };
}
