import { mkdtempSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import exifr from "exifr";
import sharp from "sharp";
import { fetchBytes, FetchRefused } from "../infra/fetch-bytes.ts";
import { createMediaStore } from "../infra/media-store.ts";
import { useTestDatabase } from "../infra/testing/database.ts";
import { cleanFile, createMedia, PLATFORM_HOSTS, thumbnailKey } from "./media.ts";
import { createInbox } from "./inbox.ts";
import { createTestAccount, pretendEvent } from "./testing.ts";

const database = useTestDatabase();
const store = createMediaStore(mkdtempSync(path.join(tmpdir(), "media-test-")));
let server: Server;
let origin: string;
let answer: RequestListener = (_, response) => response.end();

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const rules = () => ({ hosts: PLATFORM_HOSTS, trustedOrigins: [origin], largest: 1_000_000 });

const photo = () =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: "#557733" } })
    .withExif({
      IFD0: { Make: "Phone of Lan" },
      IFD2: { DateTimeOriginal: "2026:11:20 07:30:00" },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "10/1 14/1 25/1",
        GPSLongitudeRef: "E",
        GPSLongitude: "106/1 22/1 44/1",
      },
    })
    .jpeg()
    .toBuffer();

test("a photo's place and time are read, and then it carries nothing of its maker", async () => {
  const file = (await cleanFile(await photo()))!;
  expect(file.latitude).toBeCloseTo(10.2403, 3);
  expect(file.longitude).toBeCloseTo(106.3789, 3);
  expect(file.takenAt?.getFullYear()).toBe(2026);
  expect(await exifr.parse(file.bytes)).toBeUndefined();
  expect(file.bytes.includes("Phone of Lan")).toBe(false);
  expect(file).toMatchObject({ mime: "image/jpeg", width: 800, height: 600 });
  expect((await sharp(file.thumbnail).metadata()).width).toBe(480);
});

test.each([
  ["a page that calls itself a picture", Buffer.from("<html><script>alert(1)</script></html>")],
  ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ["a program", Buffer.from("7f454c4602010100", "hex")],
  ["nothing", Buffer.alloc(0)],
])("%s is not kept", async (_, bytes) => {
  expect(await cleanFile(bytes)).toBeNull();
});

describe("fetching", () => {
  const reasonOf = (address: string, extra = {}) =>
    fetchBytes(address, { ...rules(), ...extra }).then(
      () => "fetched",
      (error: unknown) => (error instanceof FetchRefused ? error.reason : "retry"),
    );

  test("only from the platforms' hosts, over https, on the ordinary port", async () => {
    expect(await reasonOf("https://evil.example/x.jpg")).toBe("host");
    expect(await reasonOf("http://scontent.fbcdn.net/x.jpg")).toBe("host");
    expect(await reasonOf("https://scontent.fbcdn.net:8443/x.jpg")).toBe("host");
    expect(await reasonOf("https://fbcdn.net.evil.example/x.jpg")).toBe("host");
    expect(await reasonOf("file:///etc/passwd")).toBe("host");
    expect(await reasonOf("not an address")).toBe("not_an_address");
  });

  test("never from a private address, even under an allowed name", async () => {
    expect(await reasonOf("https://localhost/x.jpg", { hosts: ["localhost"] })).toBe("private_address");
    expect(await reasonOf("https://127.0.0.1/x.jpg")).toBe("host");
    expect(await reasonOf("http://169.254.169.254/latest/meta-data")).toBe("host");
  });

  test("a redirect is checked like the address itself", async () => {
    answer = (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/inside" }).end();
    expect(await reasonOf(`${origin}/x.jpg`)).toBe("host");
  });

  test("a file that is too large is cut off; one that is gone is not asked for again; a 503 is", async () => {
    answer = (_, response) => response.end(Buffer.alloc(2_000_000));
    expect(await reasonOf(`${origin}/x.jpg`)).toBe("too_large");
    answer = (_, response) => response.writeHead(404).end();
    expect(await reasonOf(`${origin}/x.jpg`)).toBe("gone");
    answer = (_, response) => response.writeHead(503).end();
    expect(await reasonOf(`${origin}/x.jpg`)).toBe("retry");
  });
});

test("a resident's photo is fetched, kept once by its hash, and can be read again", async () => {
  const { account } = await createTestAccount(database);
  await createInbox(database.pool).store([pretendEvent(account, "lan")]);
  const event = await database.db.inboundEvent.findFirstOrThrow();
  const bytes = await photo();
  answer = (_, response) => response.end(bytes);
  const media = createMedia(database.db, store, rules());
  const fetchMedia = media.jobs.tasks["media.fetch"] as unknown as (payload: { id: string }) => Promise<void>;
  for (const position of [0, 1]) {
    const sourceUrl = `${origin}/${position}.jpg`;
    const { id } = await database.db.attachment.create({
      data: { eventId: event.id, position, type: "image", sourceUrl },
    });
    await fetchMedia({ id: String(id) });
  }
  const [first, second] = await database.db.attachment.findMany({ orderBy: { id: "asc" } });
  expect(first).toMatchObject({ state: "stored" });
  expect(second!.mediaHash).toBe(first!.mediaHash);
  expect((await media.read(first!.mediaHash!)).mime).toBe("image/jpeg");
  expect(await store.get(thumbnailKey(first!.mediaHash!))).not.toBeNull();
});

test("a file that is no picture is refused, and the row says so", async () => {
  const event = await database.db.inboundEvent.findFirstOrThrow();
  answer = (_, response) => response.end("<html></html>");
  const media = createMedia(database.db, store, rules());
  const sourceUrl = `${origin}/fake.jpg`;
  const { id } = await database.db.attachment.create({
    data: { eventId: event.id, position: 9, type: "image", sourceUrl },
  });
  await (media.jobs.tasks["media.fetch"] as unknown as (payload: { id: string }) => Promise<void>)({
    id: String(id),
  });
  expect(await database.db.attachment.findUnique({ where: { id } })).toMatchObject({
    state: "refused",
    reason: "type",
  });
});
