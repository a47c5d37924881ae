import { createServer, type AddressInfo, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Aedes } from "aedes";
import { connectAsync } from "mqtt";
import { generate } from "selfsigned";
import { systemClock } from "../../infra/clock.ts";
import { readingsTaken } from "../../infra/metrics.ts";
import { onlyOne } from "../../infra/only-one.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { createIncidents } from "../../channels/incidents.ts";
import { BROKER, brokerWatch } from "./broker-watch.ts";
import { ensureSampleStations } from "./index.ts";
import { createLamps } from "./lamps/take.ts";
import { openMqtt, type MqttSettings } from "./mqtt.ts";
import { createReadings, type TakeReading } from "./readings.ts";

const database = useTestDatabase();
const STATION = "MAN-AN-THUAN";
const closing: (() => Promise<unknown>)[] = [];
let broker: Aedes;
let take: TakeReading;
/** The sessions outlive the connections: each test is a client of its own. */
let clients = 0;

beforeAll(async () => {
  await ensureSampleStations(database.db, new Date());
  take = createReadings({ database, clock: systemClock, warn: async () => {} });
});
beforeEach(async () => {
  await database.db.reading.deleteMany();
  broker = await Aedes.createBroker();
  closing.push(() => new Promise<void>((resolve) => broker.close(resolve)));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
const hangUp = async (server: Server) => {
  for (const client of Object.values(
    (broker as unknown as { clients: Record<string, { close(): void }> }).clients,
  ))
    client.close();
  await new Promise((resolve) => server.close(resolve));
};

/** A broker on a port of its own. */
async function openBroker() {
  const server = createServer(broker.handle);
  const port = await listen(server);
  closing.push(() => hangUp(server));
  return { server, port, url: `mqtt://127.0.0.1:${port}` };
}

/** Us, subscribed. */
async function subscribed(settings: Partial<MqttSettings> & { url: string }, taking = take) {
  const clientId = settings.clientId ?? `hoi-phuong-${++clients}`;
  const heard = until(() => isSubscribed(clientId));
  const source = openMqtt({ topic: "tram/+", reconnectEvery: 100, clientId, ...settings }, taking);
  closing.push(() => source.close());
  await heard;
  return { source, clientId };
}
const isSubscribed = (clientId: string) => {
  const all = (broker as unknown as { clients: Record<string, { subscriptions: object }> }).clients;
  return Object.keys(all[clientId]?.subscriptions ?? {}).length > 0;
};

/** A station that publishes and waits for the broker's receipt. */
async function publish(url: string, topic: string, ...payloads: (object | string)[]) {
  const station = await connectAsync(url);
  for (const payload of payloads) {
    await station.publishAsync(topic, typeof payload === "string" ? payload : JSON.stringify(payload), {
      qos: 1,
    });
  }
  await station.endAsync();
}

async function until(holds: () => boolean | Promise<boolean>) {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("waited five seconds in vain");
}
const kept = () => database.db.reading.count({ where: { stationCode: STATION } });
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
async function counted(outcome: string) {
  const { values } = await readingsTaken.get();
  return values.find(({ labels }) => labels.by === "mqtt" && labels.outcome === outcome)?.value ?? 0;
}

test("what a station publishes is kept, named by the row or by the topic; told twice it is kept once", async () => {
  const { url } = await openBroker();
  await subscribed({ url });
  const before = await counted("known");
  const rows = [
    { station: STATION, at: ago(2), value: 2.1 },
    { station: STATION, at: ago(1), value: 2.2 },
  ];
  await publish(url, "tram/gop", rows);
  await publish(url, `tram/${STATION}`, { at: ago(0), value: 2.3 });
  await until(async () => (await kept()) === 3);
  await publish(url, "tram/gop", rows);
  await until(async () => (await counted("known")) === before + 2);
  expect(await kept()).toBe(3);
});

test("nonsense is refused and counted, and what follows it is kept", async () => {
  const { url } = await openBroker();
  await subscribed({ url });
  const before = await counted("refused");
  const bad = [
    "không phải JSON",
    "null",
    { value: "cao" },
    { station: "KHONG-CO", at: ago(0), value: 1 },
    `"${"x".repeat(70_000)}"`,
  ];
  await publish(url, `tram/${STATION}`, ...bad, { at: ago(0), value: 3 });
  await until(async () => (await kept()) === 1);
  expect((await counted("refused")) - before).toBe(bad.length);
});

test("a broker that went away is found again; what was published while we were away is delivered", async () => {
  const { server, port, url } = await openBroker();
  const { source, clientId } = await subscribed({ url });
  await hangUp(server);
  await listen(server, port);
  await until(() => isSubscribed(clientId));
  await publish(url, `tram/${STATION}`, { at: ago(3), value: 1 });
  await until(async () => (await kept()) === 1);

  await source.close();
  await publish(url, `tram/${STATION}`, { at: ago(2), value: 2 });
  await subscribed({ url, clientId });
  await until(async () => (await kept()) === 2);
});

test("a broker that stays away is an incident, told once and closed when it is back", async () => {
  const { server, port, url } = await openBroker();
  const watch = brokerWatch(createIncidents(database.db), `127.0.0.1:${port}`);
  const clientId = `watched-${++clients}`;
  const source = openMqtt({ url, topic: "tram/+", clientId, reconnectEvery: 50 }, take, watch, 200);
  closing.push(() => source.close());
  await until(() => isSubscribed(clientId));
  const open = () => database.db.incident.findMany({ where: { kind: BROKER, closedAt: null } });
  await hangUp(server);
  await until(async () => (await open()).length > 0);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await open()).map(({ message }) => message)).toEqual([expect.stringContaining(String(port))]);
  await listen(server, port);
  await until(async () => (await open()).length === 0);
  expect(await database.db.incident.count({ where: { kind: BROKER } })).toBe(1);
});

test("a lamp tells of itself by the same road", async () => {
  const { url } = await openBroker();
  await database.db.lamp.create({ data: { code: "NH-900", source: "thử" } });
  const told: string[] = [];
  const takeLamp = createLamps({
    ...{ database, clock: systemClock },
    lampWorks: async (_tx, { lampPole }) => void told.push(`${lampPole} ok`),
    lampFails: async (_tx, lampPole) => void told.push(`${lampPole} fault`),
  });
  await subscribed({ url, topic: "den/+" }, takeLamp);
  await publish(url, "den/NH-900", { at: ago(2), state: "fault" });
  await publish(url, "den/gop", [{ lamp: "nh-900", at: ago(1), state: "ok" }]);
  await until(() => told.length === 2);
  expect(told).toEqual(["NH-900 fault", "NH-900 ok"]);
});

test("a reading the database could not take is not acknowledged: it comes again to the next process", async () => {
  const { url } = await openBroker();
  let tries = 0;
  const { source, clientId } = await subscribed({ url }, async () => {
    tries++;
    throw new Error("the database is away");
  });
  await publish(url, `tram/${STATION}`, { at: ago(1), value: 5 });
  await until(() => tries > 0);
  await source.close();
  await subscribed({ url, clientId });
  await until(async () => (await kept()) === 1);
});

test("over TLS: a broker whose authority is known is trusted, another is not", async () => {
  const pems = await generate([{ name: "commonName", value: "localhost" }], {
    ...{ keySize: 2048, algorithm: "sha256" },
    extensions: [
      { name: "basicConstraints", cA: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  const server = createTlsServer({ key: pems.private, cert: pems.cert }, broker.handle);
  const url = `mqtts://localhost:${await listen(server)}`;
  closing.push(() => hangUp(server));
  const stranger = openMqtt({ url, topic: "tram/+", clientId: "stranger", reconnectEvery: 50 }, take);
  closing.push(() => stranger.close());
  await subscribed({ url, ca: Buffer.from(pems.cert) });
  broker.publish(
    {
      cmd: "publish",
      topic: `tram/${STATION}`,
      payload: JSON.stringify({ at: ago(0), value: 4 }),
      qos: 1,
      dup: false,
      retain: false,
    },
    () => {},
  );
  await until(async () => (await kept()) === 1);
  expect(isSubscribed("stranger")).toBe(false);
});

test("of several processes one is subscribed; when it ends another takes over", async () => {
  const held: string[] = [];
  const process = (name: string) =>
    onlyOne(
      database.pool,
      "test.readings",
      () => {
        held.push(name);
        return { close: async () => void held.splice(held.indexOf(name), 1) };
      },
      50,
    );
  const first = process("first");
  await until(() => held.length > 0);
  const second = process("second");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(held).toEqual(["first"]);
  await first.close();
  await until(() => held.length > 0);
  expect(held).toEqual(["second"]);
  await second.close();
  expect(held).toEqual([]);
});
