/** The one file that knows everything: which channels, which features, which pages, and how they meet. */
import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import path from "node:path";
import express, { type Express, type Router } from "express";
import { drawInChosenLanguage } from "./bilingual/choice.ts";
import { createAccountCheck } from "./channels/account-check.ts";
import { createAccountCare } from "./channels/account-care.ts";
import { createAccountWatch } from "./channels/account-watch.ts";
import { handleAccountEvent } from "./channels/account-events.ts";
import { createAccountRegistry, type AccountRegistry } from "./channels/accounts.ts";
import type { Channel, ChannelName } from "./channels/channel.ts";
import { accountWatch } from "./channels/check-account.ts";
import { createDrain } from "./channels/drain.ts";
import { createFacebookClient } from "./channels/facebook/client.ts";
import { createFacebookChannel } from "./channels/facebook/index.ts";
import { createInbox } from "./channels/inbox.ts";
import { createIncidents, type Incidents } from "./channels/incidents.ts";
import { createMedia, LARGEST_FILE, PLATFORM_HOSTS, type Media } from "./channels/media.ts";
import { createOutbox, type Outbox } from "./channels/outbox.ts";
import { readReceipts } from "./channels/receipts.ts";
import { quietHours } from "./channels/windows.ts";
import { createWebhooks } from "./channels/webhook.ts";
import { createTyping } from "./channels/typing.ts";
import { createZaloClient } from "./channels/zalo/client.ts";
import { createZaloChannel } from "./channels/zalo/index.ts";
import { createZaloTokens } from "./channels/zalo/tokens.ts";
import type { Config } from "./config.ts";
import { contacts } from "./console/accounts/findings.ts";
import type { Connections } from "./console/accounts/routes.tsx";
import { createAssets } from "./console/assets.ts";
import { createConsole } from "./console/index.ts";
import { watchWording } from "./console/wording/live.ts";
import { formTimes } from "./dialogue/parking.ts";
import { loadWording } from "./dialogue/wording.ts";
import {
  createAnnouncements,
  createPublishing,
  draftByService,
  ensureSampleAnnouncements,
} from "./features/announcements/index.ts";
import { broadcastSettings } from "./features/announcements/reach/settings.ts";
import { measuring } from "./features/announcements/measures/routes.tsx";
import { scheduleSettings } from "./features/announcements/schedule/firing.ts";
import { announcementLimits } from "./features/announcements/telling.ts";
import { createCommentHandler } from "./features/conversations/comments.ts";
import {
  conversations,
  createInbox as createStaffInbox,
  createReminders,
  createTraining,
  createTurnHandler,
  waitingMail,
  patience,
  watchModels,
} from "./features/conversations/index.ts";
import { firstContactNotice } from "./features/conversations/notice.ts";
import { messengerProfile } from "./features/conversations/messenger-profile.ts";
import {
  createDossiers,
  createHttpSource,
  ensureSampleDossiers,
  readSourceConfig,
} from "./features/dossiers/index.ts";
import { createDashboard, measureAnswers } from "./features/dashboard/index.ts";
import type { Feature } from "./features/feature.ts";
import {
  brokerWatch,
  environmentConsole,
  createEnvironment,
  findLamp,
  lampSearch,
  ensureSampleStations,
  openMqtt,
  stationNames,
  stationSilence,
  type Environment,
} from "./features/environment/index.ts";
import {
  createLand,
  createLandSource,
  ensureSampleLand,
  readLandSourceConfig,
} from "./features/land/index.ts";
import { createPrivacy } from "./features/privacy/index.ts";
import { refuseIdCards } from "./features/privacy/id-card.ts";
import { retention } from "./features/privacy/purge.ts";
import { createResidentReminders } from "./features/reminders/index.ts";
import { createReportDesk, prepareReports } from "./features/reports/desk.ts";
import { createFiling, createReports, proposeClosing, withdrawProposals } from "./features/reports/index.ts";
import { mapSettings, tileOrigins } from "./features/reports/public-site/map.ts";
import { reportNames } from "./features/reports/names.ts";
import { ensureOffices, officeConsole, offices } from "./features/offices/index.ts";
import {
  createProcedures,
  ensureSampleProcedures,
  loadLexicon,
  procedureConsole,
} from "./features/procedures/index.ts";
import { systemClock } from "./infra/clock.ts";
import type { Db } from "./infra/db.ts";
import type { JobSet } from "./infra/jobs.ts";
import { officeHours } from "./infra/office-time.ts";
import { watchSettings } from "./infra/setting-groups.ts";
import { inTurn, onlyOne } from "./infra/only-one.ts";
import { createMailer } from "./infra/mail.ts";
import { createMediaStore } from "./infra/media-store.ts";
import type { Installation } from "./installation.ts";
import { createLiveEngine, loadEngine } from "./language/index.ts";
import { operations } from "./operations.ts";
import { createLearn } from "./residents/candidates.ts";
import { createNames, publicNames } from "./residents/names.ts";
import { createSimulator } from "./simulator/index.ts";
import { createSimulatorRouter } from "./simulator/router.ts";
import { ensureSampleAccounts, readAccounts, SAMPLE_POST } from "./simulator/samples.ts";

export interface App {
  /** Answers the server's requests from now on. */
  attach(server: Server): void;
  /** For a process that serves nothing else. */
  operations: Router;
  outbox: Outbox;
  jobs: JobSet[];
  registry: AccountRegistry;
  media: Media;
  /** The staff console: its routes, for who checks their rights. */
  console: Router;
  close(): Promise<void>;
}

/** Each leaves alone what is there; two processes that start at once must not both find nothing. */
async function ensureSampleData({ database: { db }, box }: Installation): Promise<void> {
  const now = systemClock.now();
  await ensureSampleAccounts(db, box);
  await ensureSampleProcedures(db, now);
  await ensureSampleAnnouncements(db, now);
  await ensureSampleDossiers(db, now);
  await ensureSampleLand(db, now);
  await ensureSampleStations(db, now);
}

export async function createApp(config: Config, installation: Installation): Promise<App> {
  const { database, box } = installation;
  const { db, pool } = database;
  if (config.MODE === "demo") await inTurn(pool, "sample data", () => ensureSampleData(installation));
  const registry = createAccountRegistry(db, box);
  const incidents = createIncidents(db, config.ALERT_URL);
  const mailer = createMailer(db, config, {
    open: (kind, message) => incidents.open(kind, null, message),
    close: (kind) => incidents.close(kind, null),
  });
  const wording = loadWording();
  const media = createMedia(
    db,
    createMediaStore(config.DATA_DIR, config.MEDIA_STORE),
    {
      hosts: [...PLATFORM_HOSTS, ...config.MEDIA_HOSTS.split(",").filter(Boolean)],
      trustedOrigins: config.MODE === "demo" ? [new URL(config.FACEBOOK_GRAPH_URL).origin] : [],
      largest: LARGEST_FILE,
    },
    refuseIdCards(wording),
  );
  const parts = { config, clock: systemClock, readMedia: (hash: string) => media.read(hash) };
  const channels: Record<ChannelName, Channel> = {
    zalo: createZaloChannel(parts),
    facebook: createFacebookChannel(parts),
  };
  const clients = { zalo: createZaloClient(config), facebook: createFacebookClient(config) };
  const zaloTokens = createZaloTokens(config, clients.zalo);
  const care = createAccountCare(database, box, registry, zaloTokens, incidents);

  const engine = createLiveEngine(await loadEngine());
  const modelWatch = await watchModels(db, engine);
  const settings = await watchSettings(db, [
    officeHours,
    quietHours,
    waitingMail,
    announcementLimits,
    measuring,
    broadcastSettings,
    scheduleSettings,
    firstContactNotice,
    publicNames,
    formTimes,
    patience,
    retention,
    accountWatch,
    lampSearch,
    stationSilence,
    contacts,
  ]);
  const wordingWatch = await watchWording(db, wording);
  await ensureOffices(db);
  await prepareReports(database, systemClock, config.MODE === "demo");
  const learn = createLearn(engine);
  const reportParts = { database, media, wording, clock: systemClock, publicUrl: config.PUBLIC_URL };
  const maps = { tiles: config.MAP_TILES, attribution: config.MAP_ATTRIBUTION };
  const pinMap = mapSettings(config.MAP_TILES, config.MAP_ATTRIBUTION);
  const dossierSource = config.DOSSIER_SOURCE
    ? createHttpSource(await readSourceConfig(config.DOSSIER_SOURCE))
    : null;
  const landSource = config.LAND_SOURCE
    ? createLandSource(await readLandSourceConfig(config.LAND_SOURCE))
    : null;
  const inbox = createStaffInbox({
    ...{ database, channels, media, engine, wording, clock: systemClock },
    flows: () => features.flatMap((feature) => feature.flows ?? []),
    inserts: () =>
      Object.fromEntries(features.flatMap(({ name, insert }) => (insert ? [[name, insert]] : []))),
    filing: createFiling(config.PUBLIC_URL),
    ...{ learn, mailer, publicUrl: config.PUBLIC_URL },
    ...maps,
  });
  const environment = createEnvironment({
    ...{ database, wording, media, clock: systemClock, draft: draftByService },
    ...{ lampWorks: proposeClosing, lampFails: withdrawProposals },
    pushKeys: config.READING_PUSH_KEYS,
  });
  const readings = await openReadings(config, installation, incidents, environment.takeReading);
  const dashboard = createDashboard({ db, clock: systemClock, names: reportNames });
  const publishing = createPublishing({
    ...{ database, registry, care, clients, clock: systemClock, publicUrl: config.PUBLIC_URL },
  });
  /** The city's services, in the order of the main menu. */
  const services: Feature[] = [
    {
      ...createReports({ ...reportParts, findLamp, mailer }),
      ...createReportDesk({ ...reportParts, ...maps, learn, say: wording.in("vi") }),
    },
    {
      ...createProcedures(await loadLexicon()),
      console: procedureConsole({ db, say: wording.in("vi"), clock: systemClock }),
    },
    createLand({ database, wording, media, clock: systemClock, source: landSource }),
    { ...environment, console: environmentConsole({ db, clock: systemClock, map: pinMap }) },
    createAnnouncements({
      nameTopics: stationNames,
      ...{ database, wording, engine, media, mailer, box, clock: systemClock, publicUrl: config.PUBLIC_URL },
      authorities: config.PDF_AUTHORITIES,
      answerTimes: measureAnswers,
    }),
    createDossiers({
      ...{ database, wording, clock: systemClock, readMedia: (hash: string) => media.read(hash) },
      ...{ source: dossierSource, pushKeys: config.DOSSIER_PUSH_KEYS },
    }),
    createResidentReminders({ database, wording, clock: systemClock }),
    dashboard,
    {
      ...offices,
      console: officeConsole({ db, say: wording.in("vi"), clock: systemClock, map: pinMap }),
    },
    { ...conversations, ...inbox },
  ];
  const privacy = createPrivacy({
    ...{ config, db, registry, channels, media, wording },
    ...{ clock: systemClock, features: services },
  });
  const training = createTraining({ db, engine, wording, clock: systemClock, watch: modelWatch });
  const features = [...services, privacy, training];
  const handle = createTurnHandler({ features, engine, wording, clock: systemClock });
  const flows = features.flatMap((feature) => feature.flows ?? []);
  const reminders = createReminders({ database, flows, wording, clock: systemClock });
  const drain = createDrain(database, channels, handle, createTyping(channels, registry));
  const accountEvents = {
    ...{ db, channels, registry, incidents, stopAccount: care.stopAccount },
    onComment: createCommentHandler(engine, wording),
  };
  const outbox = createOutbox(database, registry, channels, care, {
    echoPatience: config.RESEND_AFTER * 1000,
  });
  const webhooks = createWebhooks(channels, registry, createInbox(pool));
  const noteSeen = setInterval(() => void writeSeen(db, webhooks.takeSeen()), 10_000).unref();

  const channelJobs: JobSet = {
    tasks: {
      "conversation.drain": ({ id }: { id: string }) => drain.drain(BigInt(id)),
      "account.event": ({ id }: { id: string }) => handleAccountEvent(accountEvents, BigInt(id)),
      "outbox.receipts": () => readReceipts(db, channels),
    },
  };

  const pageProfile = messengerProfile(wording.in("vi"));
  const check = createAccountCheck(db, clients, config.PUBLIC_URL);
  const watchParts = { db, registry, incidents, check, publicUrl: config.PUBLIC_URL };
  const connections: Connections = {
    ...{ registry, care, zaloTokens, facebook: clients.facebook, pageProfile },
    check,
  };
  const staffConsole = createConsole({
    ...{ db, pool, box, publicUrl: config.PUBLIC_URL, connections, settings, wording, wordingWatch },
    isMailOn: mailer.isOn,
    onSignOut: inbox.signedOut,
    home: dashboard.home,
    tileOrigins: tileOrigins(config.MAP_TILES),
    pages: features.flatMap(({ name, console }) => (console ? [{ name, router: console }] : [])),
  });
  const isSimulated = config.MODE === "demo" && config.ROLE !== "worker";
  const simulator = isSimulated ? openSimulator(config, installation, pageProfile) : null;
  let isStopping = false;
  const watch = operations(pool, {
    process: () => (isStopping ? "stopping" : "ok"),
    ...(config.ROLE === "web" ? {} : { sender: () => checkSender(outbox) }),
  });
  return {
    operations: watch,
    console: staffConsole,
    outbox,
    registry,
    media,
    jobs: [
      channelJobs,
      media.jobs,
      care.jobs,
      mailer.jobs,
      publishing.jobs,
      createAccountWatch(watchParts),
      reminders,
      createNames(database, registry, channels, systemClock),
      ...features.flatMap((feature) => feature.jobs ?? []),
    ],
    attach(server) {
      const pages = createPages(config, features, staffConsole, watch);
      if (simulator) pages.use("/simulator", createSimulatorRouter(simulator));
      server.removeAllListeners("request");
      server.on("request", (request, response) => {
        const webhook = webhooks.listenerOf(request);
        if (webhook) void webhook(request, response);
        else pages(request, response);
      });
    },
    async close() {
      isStopping = true;
      await readings?.close();
      dossierSource?.close();
      landSource?.close();
      clearInterval(noteSeen);
      wordingWatch.close();
      modelWatch.close();
      settings.close();
      simulator?.close();
      await inbox.close();
      await publishing.close();
      await writeSeen(db, webhooks.takeSeen());
    },
  };
}

/** The subscription to the stations' broker: of all processes that work, one at a time has it. */
async function openReadings(
  config: Config,
  { database }: Installation,
  incidents: Incidents,
  take: Environment["takeReading"],
) {
  const { ROLE, READING_MQTT_URL: url, READING_MQTT_TOPIC: topic, READING_MQTT_CA: file } = config;
  if (!url || ROLE === "web") return null;
  const ca = file ? await readFile(file) : undefined;
  const { READING_MQTT_USERNAME: username, READING_MQTT_PASSWORD: password } = config;
  const clientId = `hoi-phuong-${new URL(config.PUBLIC_URL).hostname}`;
  const watch = brokerWatch(incidents, new URL(url).host);
  return onlyOne(database.pool, "readings.mqtt", () =>
    openMqtt({ url, topic, ca, username, password, clientId }, take, watch),
  );
}

/** Everything a browser or a supervisor asks for; webhooks never come this far. */
function createPages(config: Config, features: Feature[], staffConsole: Router, watch: Router): Express {
  const pages = express();
  pages.disable("x-powered-by");
  pages.set("trust proxy", config.TRUST_PROXY);
  pages.use(watch);
  pages.use("/assets", createAssets());
  pages.use("/console", staffConsole);
  pages.use(drawInChosenLanguage(config.PUBLIC_URL.startsWith("https:")));
  for (const feature of features) if (feature.pages) pages.use(feature.pages);
  return pages;
}

/** The pretend platforms of demo mode, in this very process. */
function openSimulator({ PORT, DATA_DIR }: Config, { database, box }: Installation, profile: object) {
  const gateway = `http://127.0.0.1:${PORT}`;
  const accounts = () => readAccounts(database.db, box);
  const pageStart = { profile: { ...profile }, firstPost: SAMPLE_POST };
  const keepIn = path.join(DATA_DIR, "simulator");
  return createSimulator({ accounts, gateway, address: `${gateway}/simulator`, pageStart, keepIn });
}

/** A sender goes its round every second; after this it is not well, ms. */
const LONGEST_ROUND = 15_000;

function checkSender(outbox: Outbox): string {
  if (!outbox.lastRoundAt()) return "has not started";
  const silent = Date.now() - outbox.lastRoundAt();
  return silent < LONGEST_ROUND ? "ok" : `has not gone its round for ${Math.round(silent / 1000)} s`;
}

/** When each account's webhooks were last heard, for the people who watch over them. */
async function writeSeen(db: Db, seen: { accountId: number; at: Date }[]) {
  for (const { accountId, at } of seen) {
    await db.account.update({ where: { id: accountId }, data: { webhookSeenAt: at } }).catch(() => {});
  }
}
