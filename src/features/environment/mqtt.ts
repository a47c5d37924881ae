/**
 * Readings by MQTT, as stations in the field send them: `{"station","at","value"}` or an array of them, as over HTTP; without
 * "station" the last level of the topic names it ("tram/MAN-AN-THUAN"). A message is acknowledged to the broker (QoS 1) only
 * once its readings are kept or refused, and the session outlives a restart: what was sent meanwhile is delivered after it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type IPublishPacket, type MqttClient } from "mqtt";
import { log } from "../../infra/log.ts";
import { readingsTaken } from "../../infra/metrics.ts";
import type { TakeReading } from "./readings.ts";

export interface MqttSettings {
  /** mqtt://host:1883 or mqtts://host:8883 */
  url: string;
  username?: string | undefined;
  password?: string | undefined;
  /** What to subscribe to: "tram/+". */
  topic: string;
  /** Of the authority that signed the broker's certificate, where the machine does not know it: PEM. */
  ca?: Buffer | undefined;
  /** The same at every start: the broker keeps messages for it. */
  clientId: string;
  /** ms; 5 s unless told. */
  reconnectEvery?: number;
}

const LARGEST = 64 * 1024;
const MOST_ROWS = 1000;
/** The database is asked again after this, ms; until then the broker keeps what follows. */
const RETRY_EVERY = 2_000;

/** Told when the broker has been away for a while, and when it is back. */
export interface BrokerWatch {
  lost(): void;
  back(): void;
}

/** A broker that restarts is no news, ms. */
const AWAY = 60_000;

export function openMqtt(
  settings: MqttSettings,
  take: TakeReading,
  watch?: BrokerWatch,
  away = AWAY,
): { close(): Promise<void> } {
  const { url, username, password, topic, ca, clientId, reconnectEvery = 5_000 } = settings;
  const client = connect(url, {
    ...{
      clientId,
      clean: false,
      reconnectPeriod: reconnectEvery,
      connectTimeout: 10_000,
      resubscribe: false,
    },
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(ca ? { ca: [ca] } : {}),
  });
  const ending = new AbortController();
  let missing: NodeJS.Timeout | null = null;
  const isAway = () => {
    missing ??= setTimeout(() => watch?.lost(), away).unref();
  };
  const isBack = () => {
    clearTimeout(missing ?? undefined);
    missing = null;
    watch?.back();
  };
  client.on("connect", () => {
    log.info({ topic }, "connected to the MQTT broker");
    isBack();
    client.subscribe(topic, { qos: 1 }, (error) => {
      if (error) log.error({ err: error, topic }, "the MQTT broker refuses the subscription");
    });
  });
  client.on("close", () => {
    if (ending.signal.aborted) return;
    log.warn("not connected to the MQTT broker");
    isAway();
  });
  client.on("error", (error) => log.warn({ err: error }, "trouble with the MQTT broker"));
  client.handleMessage = (packet, done) => {
    void handle(packet, take, ending.signal).then(
      () => done(),
      () => {}, // ending: not acknowledged, so delivered to the next process
    );
  };
  return {
    async close() {
      ending.abort();
      clearTimeout(missing ?? undefined);
      await end(client);
    },
  };
}

/** One message after the other. @throws only when the service is ending. */
async function handle({ topic, payload }: IPublishPacket, take: TakeReading, ending: AbortSignal) {
  const rows = rowsOf(payload, topic);
  if (!rows) return readingsTaken.inc({ by: "mqtt", outcome: "refused" });
  for (const row of rows) {
    for (;;) {
      try {
        await take(row, "mqtt");
        break;
      } catch (error) {
        log.error({ err: error }, "a reading could not be kept; it is tried again");
        await sleep(RETRY_EVERY, undefined, { signal: ending });
      }
    }
  }
}

/** @returns null for what is no list of readings at all. */
function rowsOf(payload: string | Buffer, topic: string): unknown[] | null {
  if (payload.length > LARGEST) return null;
  let told: unknown;
  try {
    told = JSON.parse(payload.toString());
  } catch {
    return null;
  }
  const rows: unknown[] = Array.isArray(told) ? told : [told];
  if (rows.length > MOST_ROWS) return null;
  const station = topic.split("/").at(-1);
  return rows.map((row) => (typeof row === "object" && row !== null ? { station, ...row } : row));
}

/** What is under way is given up: the broker sends it again. */
const end = (client: MqttClient) => new Promise<void>((resolve) => client.end(true, {}, () => resolve()));
