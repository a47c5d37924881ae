/**
 * A pretend Zalo and a pretend Facebook over real HTTP. They hold the gateway to what the platforms hold it to
 * (tokens, windows, sizes, rates, error codes), send it signed webhooks, and fail on demand. Demo mode only.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { ChannelName } from "../channels/channel.ts";
import type { GivenAccount, PageStart } from "./accounts.ts";
import { createActs, type Act, type Done } from "./acts.ts";
import { createArrivals } from "./arrivals.ts";
import { createControl, type Counts } from "./control.ts";
import { createGraphApi, rateLimited as graphLimited } from "./facebook/index.ts";
import { createDice, faults, type CallFault } from "./faults.ts";
import { readCall, writeAnswer, type Answer, type Call } from "./http.ts";
import { keepSaved, readSaved } from "./keep.ts";
import { createPhone } from "./phone.ts";
import { servePictures } from "./pictures.ts";
import { servePublished } from "./published.tsx";
import { settings, type Settings } from "./settings.ts";
import { stream } from "./stream.ts";
import { createWebhooks } from "./webhooks.ts";
import { createWorld, type World } from "./world.ts";
import { createBusinessApi } from "./zalo/business.ts";
import { createZaloApi, rateLimited as zaloLimited } from "./zalo/index.ts";
import { createOauth } from "./zalo/oauth.ts";

export interface SimulatorOptions {
  /** The accounts the gateway serves; asked again when something unknown is named. */
  accounts: () => Promise<GivenAccount[]>;
  /** Where webhooks go: "http://127.0.0.1:3000". */
  gateway: string;
  /** Where the simulator itself is reached: "http://127.0.0.1:3000/simulator". */
  address: string;
  settings?: Partial<Settings>;
  /** Facebook Pages begin with this profile and post. */
  pageStart?: PageStart;
  random?: () => number;
  /** A folder in which talks and pictures outlive a restart. */
  keepIn?: string;
}

export interface Simulator {
  /** Answers under `/zalo`, `/zalo-oauth`, `/zalo-business`, `/facebook`, `/control`, `/files` …; the caller has cut off what stands before. */
  listener: RequestListener;
  world: World;
  /** A resident does something. @throws ImpossibleAct */
  perform(act: Act): Done;
  counts(): Counts;
  close(): void;
}

export function createSimulator(options: SimulatorOptions): Simulator {
  const conduct = { faults: faults.parse({}), settings: settings.parse(options.settings ?? {}) };
  const current = () => conduct.settings;
  const now = () => Date.now() + conduct.settings.clockAhead;
  const dice = createDice(() => conduct.faults, options.random ?? Math.random);
  const world = createWorld({
    ...{ accounts: options.accounts, address: options.address, now },
    pageStart: options.pageStart,
    ...(options.keepIn ? { saved: readSaved(options.keepIn), folder: `${options.keepIn}/files` } : {}),
  });
  const webhooks = createWebhooks(options.gateway, current, dice);
  const arrivals = createArrivals(world, webhooks, current);
  const perform = createActs(world, createPhone(world, webhooks, arrivals));
  const stopKeeping = options.keepIn ? keepSaved(world, options.keepIn) : () => {};
  const struck: Record<string, number> = {};
  const streams = new Set<{ end(): void }>();
  let calls = 0;

  const counts = (): Counts => ({
    ...{ webhooks: webhooks.counts, calls, received: world.receipts.count(), faults: struck },
  });
  const graph = createGraphApi(world, webhooks, arrivals, current);
  const control = createControl({ world, perform, conduct, counts, forget: world.receipts.clear });
  const apis: Record<string, (call: Call) => Promise<Answer>> = {
    zalo: faulty("zalo", zaloLimited, createZaloApi(world, webhooks, arrivals, current)),
    "zalo-business": faulty("zalo", zaloLimited, createBusinessApi(world)),
    "zalo-oauth": faulty("zalo", zaloLimited, createOauth(world), () => conduct.faults.oauth),
    facebook: faulty("facebook", graphLimited, graph.answer),
    control,
    ...servePictures(world),
    ...servePublished(world),
  };

  /** An API that fails now and then, as the faults say. */
  function faulty(
    platform: ChannelName,
    limited: () => Answer,
    api: (call: Call) => Promise<Answer>,
    applies = () => true,
  ) {
    const strikes = (fault: CallFault) => {
      const does = applies() && dice.strikes(fault, platform);
      if (does) struck[fault] = (struck[fault] ?? 0) + 1;
      return does;
    };
    return async function answer(call: Call): Promise<Answer> {
      calls++;
      if (strikes("slow")) await new Promise((resolve) => setTimeout(resolve, conduct.faults.slowMs));
      if (strikes("serverError"))
        return { status: 503, body: "<html><h1>503 Service Unavailable</h1></html>" };
      if (strikes("rateLimit")) return limited();
      const before = world.receipts.count();
      const answered = await api(call);
      if (!strikes("dropAnswer")) return answered;
      const last = world.receipts.last();
      if (last && world.receipts.count() === before + 1) last.answerDropped = true;
      return { ...answered, cut: true };
    };
  }

  async function respond(request: IncomingMessage, response: ServerResponse) {
    const [, area = "", ...rest] = (request.url ?? "/").split("?")[0]!.split("/");
    if (area === "control" && rest[0] === "stream") {
      streams.add(stream(world, request, response));
      return;
    }
    const api = apis[area];
    const call = api && (await readCall(request));
    if (!api) return writeAnswer(response, { status: 404, body: "" });
    if (!call) return writeAnswer(response, { status: 413, body: "" });
    writeAnswer(response, await api({ ...call, path: call.path.slice(area.length + 1) || "/" }));
  }

  return {
    listener: (request, response) => {
      respond(request, response).catch((error: unknown) => {
        console.error("The simulator failed:", error);
        if (!response.headersSent) writeAnswer(response, { status: 500, body: "" });
      });
    },
    world,
    perform,
    counts,
    close() {
      stopKeeping();
      webhooks.close();
      for (const open of streams) open.end();
    },
  };
}
