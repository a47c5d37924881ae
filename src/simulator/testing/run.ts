/** For tests: the simulator on a free port, and a gateway that hears its webhooks with the production verifier. */
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { Channel, ConnectedAccount, InboundEvent } from "../../channels/channel.ts";
import { createFacebookChannel } from "../../channels/facebook/index.ts";
import { facebookAccount, zaloAccount } from "../../channels/testing/accounts.ts";
import { createZaloChannel } from "../../channels/zalo/index.ts";
import { readConfig, type Config } from "../../config.ts";
import type { GivenAccount } from "../accounts.ts";
import type { Act } from "../acts.ts";
import { faults, type Faults } from "../faults.ts";
import { createSimulator, type Simulator } from "../index.ts";
import type { Settings } from "../settings.ts";

export interface Heard {
  channel: "zalo" | "facebook";
  headers: IncomingHttpHeaders;
  raw: Buffer;
  events: InboundEvent[];
}

export type Run = Awaited<ReturnType<typeof runSimulator>>;

type Distributed<Type> = Type extends unknown ? Omit<Type, "account" | "resident"> : never;
type Deed = Distributed<Act>;

export async function runSimulator(settings: Partial<Settings> = {}) {
  const zalo = zaloAccount();
  const facebook = facebookAccount();
  const heard: Heard[] = [];
  const unsigned: Heard[] = [];
  const pictures = new Map<string, { bytes: Buffer; mime: string }>();
  let answers = () => 200;

  const gateway = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const channel = request.url === "/webhooks/zalo" ? channels.zalo : channels.facebook;
      const raw = Buffer.concat(chunks);
      const events = channel.split(JSON.parse(raw.toString())).map((event) => channel.parse(event.raw));
      const isSigned = channel.isAuthentic(request.headers, raw, [
        channel === channels.zalo ? zalo : facebook,
      ]);
      (isSigned ? heard : unsigned).push({ channel: channel.name, headers: request.headers, raw, events });
      response.writeHead(answers()).end();
    });
  });
  const server = createServer();
  const [gatewayAddress, address] = await Promise.all([listen(gateway), listen(server)]);
  const simulator: Simulator = createSimulator({
    accounts: async () => [given(zalo, "zalo-refresh-token-gia-lap"), given(facebook)],
    ...{ gateway: gatewayAddress, address, settings: { retryAfter: [30, 60], ...settings } },
  });
  server.on("request", simulator.listener);
  await simulator.world.refresh();
  const config: Config = {
    ...readConfig({ MODE: "demo" }),
    ...{ ZALO_API_URL: `${address}/zalo`, ZALO_OAUTH_URL: `${address}/zalo-oauth` },
    FACEBOOK_GRAPH_URL: `${address}/facebook`,
  };
  const parts = { config, readMedia: async (hash: string) => pictures.get(hash)! };
  const channels: Record<"zalo" | "facebook", Channel> = {
    zalo: createZaloChannel(parts),
    facebook: createFacebookChannel(parts),
  };

  async function control(method: string, path: string, body?: unknown) {
    const response = await fetch(`${address}/control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return await response.json();
  }

  return {
    ...{ simulator, config, channels, zalo, facebook, heard, unsigned, pictures, control, address },
    /** What the gateway answers to webhooks from now on. */
    answerWith: (answer: () => number) => (answers = answer),
    does: (account: ConnectedAccount, resident: string, deed: Deed) =>
      simulator.perform({ account: `${account.channel}:${account.externalId}`, resident, ...deed }),
    thread: (account: ConnectedAccount, resident: string) =>
      simulator.world.account(`${account.channel}:${account.externalId}`)!.threads.get(resident)!,
    last: (account: ConnectedAccount, resident: string) =>
      simulator.world
        .account(`${account.channel}:${account.externalId}`)!
        .threads.get(resident)!
        .entries.at(-1)!,
    setFaults: (wanted: Partial<Faults>) => control("PUT", "/faults", faults.parse(wanted)),
    /** Until every webhook has been taken, or given up. */
    async settled() {
      while (simulator.counts().webhooks.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    heardKinds: () => heard.flatMap(({ events }) => events.map(({ kind }) => kind)),
    async close() {
      simulator.close();
      await Promise.all([close(server), close(gateway)]);
    },
  };
}

function given(account: ConnectedAccount, refreshToken?: string): GivenAccount {
  const { channel, externalId, name, unitCode, appId, appSecret, webhookSecret, accessToken } = account;
  const tokens = { accessToken, ...(refreshToken ? { refreshToken } : {}) };
  return { channel, externalId, name, unitCode, appId, appSecret, webhookSecret, ...tokens, buttons: true };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

async function close(server: Server) {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** A reply on its way to a resident, as the outbox hands it to a channel. */
export function replyTo(user: string, text: string, more: object = {}) {
  return {
    ...{ id: 7n, recipient: { user }, reply: { text }, author: "bot" as const, purpose: "reply" as const },
    lastInboundAt: new Date(),
    ...more,
  };
}
