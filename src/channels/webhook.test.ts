/** The border: the real listener over the real database, met by whatever the internet sends. */
import { createHash, createHmac } from "node:crypto";
import { createServer, request as httpRequest, type Server } from "node:http";
import fc from "fast-check";
import { readConfig } from "../config.ts";
import { prepareJobs } from "../infra/jobs.ts";
import { eventsLost } from "../infra/metrics.ts";
import { useTestDatabase } from "../infra/testing/database.ts";
import { ensureUnits } from "../residents/units.ts";
import { createAccountRegistry } from "./accounts.ts";
import { createFacebookChannel } from "./facebook/index.ts";
import { createInbox } from "./inbox.ts";
import { registerAccount } from "./register-account.ts";
import { testBox } from "./testing.ts";
import { fixture } from "./testing/accounts.ts";
import { createWebhooks } from "./webhook.ts";
import { createZaloChannel } from "./zalo/index.ts";

const database = useTestDatabase();
const PAGE = "109900112233445";
const OA = "1840026671135570001";
const APP = "3120457788990011223";
const APP_SECRET = "app-secret-gia-lap";
const OA_SECRET = "oa-secret-key-gia-lap";
const RESIDENT = "6123456789012345";

let server: Server;
let address: string;

beforeAll(async () => {
  await prepareJobs(database.pool);
  await ensureUnits(database.db);
  const shared = { unitCode: "AN-HOI", appSecret: APP_SECRET } as const;
  await database.db.$transaction(async (tx) => {
    await registerAccount(tx, testBox, {
      ...shared,
      channel: "facebook",
      externalId: PAGE,
      webhookSecret: "verify-me",
    });
    await registerAccount(tx, testBox, {
      ...shared,
      channel: "zalo",
      externalId: OA,
      appId: APP,
      webhookSecret: OA_SECRET,
    });
  });
  const parts = { config: readConfig({}), readMedia: () => Promise.reject(new Error("none")) };
  const channels = { zalo: createZaloChannel(parts), facebook: createFacebookChannel(parts) };
  const registry = createAccountRegistry(database.db, testBox);
  const webhooks = createWebhooks(channels, registry, createInbox(database.pool));
  server = createServer((request, response) => void webhooks.listenerOf(request)!(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function post(channel: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const response = await fetch(`${address}/webhooks/${channel}`, {
    method: "POST",
    body: new Uint8Array(Buffer.from(body)),
    headers,
  });
  await response.arrayBuffer();
  return response.status;
}

const asFacebook = (body: string | Buffer) => ({
  "x-hub-signature-256": `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`,
});
function asZalo(body: string | Buffer) {
  const timestamp = /"timestamp":\s*"?(\d+)/.exec(body.toString())?.[1] ?? "";
  const mac = createHash("sha256").update(APP).update(body).update(timestamp).update(OA_SECRET).digest("hex");
  return { "x-zevent-signature": `mac=${mac}` };
}

const toFacebook = (body: unknown) => {
  const raw = typeof body === "string" ? body : JSON.stringify(body);
  return post("facebook", raw, asFacebook(raw));
};
const toZalo = (body: unknown) => {
  const raw = typeof body === "string" ? body : JSON.stringify(body);
  return post("zalo", raw, asZalo(raw));
};

/** What is kept of the events of these residents, oldest first. */
async function kept(work: () => Promise<unknown>) {
  const [{ last } = { last: 0n }] = await database.db.$queryRaw<{ last: bigint }[]>`
    SELECT coalesce(max(id), 0) AS last FROM inbound_event`;
  await work();
  return database.db.inboundEvent.findMany({ where: { id: { gt: last } }, orderBy: { id: "asc" } });
}

const element = (message: object, extra: object = {}) => ({
  ...{ sender: { id: RESIDENT }, recipient: { id: PAGE }, timestamp: 1794790806882, message },
  ...extra,
});
const page = (...messaging: object[]) => ({
  object: "page",
  entry: [{ id: PAGE, time: 1794790807132, messaging }],
});
let mids = 0;
const mid = () => `m_border_${++mids}`;

describe("awkward, but real", () => {
  const same = mid();
  const cases: { what: string; body: unknown; status?: number; kinds: string[] }[] = [
    {
      what: "the same mid twice in one batch is one event",
      kinds: ["message"],
      body: page(element({ mid: same, text: "a" }), element({ mid: same, text: "a" })),
    },
    { what: "the same again later is no event", kinds: [], body: page(element({ mid: same, text: "a" })) },
    {
      what: "every entry and every element is kept",
      kinds: ["message", "message", "message"],
      body: {
        object: "page",
        entry: [
          page(element({ mid: mid(), text: "1" }), element({ mid: mid(), text: "2" })).entry[0],
          page(element({ mid: mid(), text: "3" })).entry[0],
        ],
      },
    },
    {
      what: "a page we do not serve",
      kinds: [],
      body: { object: "page", entry: [{ id: "999", messaging: [element({ mid: mid(), text: "x" })] }] },
    },
    {
      what: "ids that are not numbers",
      kinds: ["message"],
      body: page(element({ mid: mid(), text: "x" }, { sender: { id: "dân-số-1" } })),
    },
    {
      what: "a sticker that comes as an image",
      kinds: ["message"],
      body: page(
        element({
          mid: mid(),
          sticker_id: 369239263222822,
          attachments: [
            { type: "image", payload: { url: "https://a.fbcdn.net/1.png", sticker_id: 369239263222822 } },
          ],
        }),
      ),
    },
    {
      what: "a watermark as a string",
      kinds: ["seen"],
      body: page({
        sender: { id: RESIDENT },
        recipient: { id: PAGE },
        timestamp: 1794790806999,
        read: { watermark: "1794790806999" },
      }),
    },
    { what: "no entries", kinds: [], body: { object: "page", entry: [] } },
    { what: "entries that are no list", kinds: [], body: { object: "page", entry: 7 } },
    { what: "null", kinds: [], body: null },
    { what: "broken JSON", kinds: [], body: '{"object":"page","entry":[' },
    { what: "nothing at all", kinds: [], body: "" },
    {
      what: "a half of a character and U+0000 in the text",
      kinds: ["message"],
      body: page(element({ mid: mid(), text: "a\ud800b\0c" })),
    },
    {
      what: "an element nested deeper than any webhook",
      kinds: ["unknown"],
      body: `{"object":"page","entry":[{"id":"${PAGE}","messaging":[{"sender":{"id":"1"},"x":${"[".repeat(20_000)}${"]".repeat(20_000)}}]}]}`,
    },
  ];
  test.each(cases)("$what", async ({ body, kinds, status = 200 }) => {
    const events = await kept(async () => expect(await toFacebook(body)).toBe(status));
    expect(events.map(({ kind }) => kind)).toEqual(kinds);
  });

  test("a timestamp in seconds is the same moment", async () => {
    const [event] = await kept(() =>
      toFacebook(page(element({ mid: mid(), text: "x" }, { timestamp: 1794790806 }))),
    );
    expect(event!.occurredAt).toEqual(new Date(1794790806_000));
  });

  test("a message of 1 MB is kept whole", async () => {
    const text = "đường ổ gà ".repeat(90_000);
    const [event] = await kept(async () =>
      expect(await toFacebook(page(element({ mid: mid(), text })))).toBe(200),
    );
    expect(JSON.stringify(event!.raw)).toContain(text);
  });

  test("more than 4 MB is refused, and the listener goes on", async () => {
    expect(await post("facebook", "x".repeat(5 * 1024 * 1024))).toBe(413);
    expect(await toFacebook(page())).toBe(200);
  });

  test("a caller that hangs up in the middle of its body harms nobody", async () => {
    await new Promise<void>((resolve) => {
      const call = httpRequest(`${address}/webhooks/facebook`, {
        method: "POST",
        headers: { "content-length": "1000" },
      });
      call.on("error", () => resolve());
      call.write("{");
      setTimeout(() => call.destroy(), 50);
    });
    expect(await toFacebook(page())).toBe(200);
  });
});

describe("verification", () => {
  const ask = async (query: string) => {
    const response = await fetch(`${address}/webhooks/facebook?${query}`);
    return [response.status, await response.text()];
  };

  test("Facebook gets its challenge back for the right token only", async () => {
    expect(await ask("hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=1158201444")).toEqual([
      200,
      "1158201444",
    ]);
    expect(await ask("hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1")).toEqual([403, ""]);
    expect(await ask("hub.mode=subscribe&hub.challenge=1")).toEqual([403, ""]);
  });

  test("Zalo's unsigned {} is answered 200, and nothing is kept", async () => {
    const events = await kept(async () => expect(await post("zalo", "{}")).toBe(200));
    expect(events).toEqual([]);
    expect((await fetch(`${address}/webhooks/zalo`)).status).toBe(200);
  });

  test("other methods are refused", async () => {
    expect((await fetch(`${address}/webhooks/zalo`, { method: "DELETE" })).status).toBe(405);
  });
});

describe("accounts that change while it runs", () => {
  test("a Page added a moment ago is served at once", async () => {
    await toFacebook(page()); // the accounts have just been read
    const late = {
      channel: "facebook",
      externalId: "424242",
      unitCode: "AN-HOI",
      appSecret: "another",
      webhookSecret: "other",
    } as const;
    await database.db.$transaction((tx) => registerAccount(tx, testBox, late));
    await new Promise((resolve) => setTimeout(resolve, 250));
    const body = JSON.stringify({
      object: "page",
      entry: [{ id: "424242", messaging: [element({ mid: mid(), text: "x" })] }],
    });
    const signature = createHmac("sha256", "another").update(body).digest("hex");
    const events = await kept(async () =>
      expect(await post("facebook", body, { "x-hub-signature-256": `sha256=${signature}` })).toBe(200),
    );
    expect(events).toHaveLength(1);
  });
});

describe("whatever comes", () => {
  const RUNS = { numRuns: 150 };
  const anyJson = fc.jsonValue({ maxDepth: 6 });
  /** The shapes of the platforms, with anything in any place. */
  const likePage = fc.record(
    {
      object: fc.constantFrom("page", "user", 7),
      entry: fc.array(
        fc.record(
          {
            id: fc.oneof(fc.constant(PAGE), anyJson),
            time: anyJson,
            messaging: fc.oneof(
              anyJson,
              fc.array(
                fc.record(
                  {
                    sender: fc.oneof(fc.constant({ id: RESIDENT }), anyJson),
                    timestamp: anyJson,
                    message: fc.oneof(
                      anyJson,
                      fc.record({
                        mid: fc.string({ unit: "binary" }),
                        text: fc.string({ unit: "binary" }),
                        attachments: anyJson,
                      }),
                    ),
                  },
                  { requiredKeys: [] },
                ),
              ),
            ),
            changes: anyJson,
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  );
  const likeOa = fc.record(
    {
      app_id: fc.constant(APP),
      event_name: fc.oneof(
        fc.constantFrom("user_send_text", "user_send_image", "follow", "user_received_message"),
        fc.string(),
      ),
      timestamp: fc.oneof(fc.constant("1794790834110"), anyJson),
      sender: fc.oneof(fc.constant({ id: RESIDENT }), anyJson),
      recipient: fc.oneof(fc.constant({ id: OA }), anyJson),
      message: fc.oneof(
        anyJson,
        fc.record({ msg_id: fc.string({ unit: "binary" }), text: fc.string({ unit: "binary" }) }),
      ),
    },
    { requiredKeys: ["app_id"] },
  );

  test("any signed JSON is answered 200 and loses nothing it accepted", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyJson, likePage), async (body) => expect(await toFacebook(body)).toBe(200)),
      RUNS,
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyJson, likeOa), async (body) => expect(await toZalo(body)).toBe(200)),
      RUNS,
    );
    expect((await eventsLost.get()).values[0]!.value).toBe(0);
  });

  test("any bytes are answered, signed or not", async () => {
    const bytes = fc.uint8Array({ maxLength: 4000 }).map((array) => Buffer.from(array));
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        expect(await post("facebook", body, asFacebook(body))).toBe(200);
        expect(await post("facebook", body)).toBe(403);
        expect(await post("zalo", body, asZalo(body))).toBe(200);
      }),
      { numRuns: 50 },
    );
  });

  test("a webhook altered by one byte, in its body or its signature, is never kept", async () => {
    const vector = fixture<{ webhook: { raw_body: string; header: string } }>(
      new URL("facebook/x", import.meta.url).href,
      "signatures.json",
    ).webhook;
    const raw = Buffer.from(vector.raw_body);
    const send = (body: Buffer, header: string) => post("facebook", body, { "x-hub-signature-256": header });
    expect(await kept(() => send(raw, vector.header))).toHaveLength(1);
    const events = await kept(() =>
      fc.assert(
        fc.asyncProperty(
          fc.nat({ max: raw.length - 1 }),
          fc.integer({ min: 1, max: 255 }),
          fc.nat({ max: 63 }),
          async (place, change, digit) => {
            const altered = Buffer.from(raw);
            altered[place]! ^= change;
            expect(await send(altered, vector.header)).toBe(403);
            const hex = vector.header.slice(7);
            const other = hex.slice(0, digit) + (hex[digit] === "0" ? "1" : "0") + hex.slice(digit + 1);
            expect(await send(raw, `sha256=${other}`)).toBe(403);
          },
        ),
        { numRuns: 60 },
      ),
    );
    expect(events).toEqual([]);
  });
});
