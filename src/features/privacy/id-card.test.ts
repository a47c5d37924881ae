import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import QRCode from "qrcode";
import sharp from "sharp";
import { createMedia } from "../../channels/media.ts";
import { loadWording } from "../../dialogue/wording.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { conversations } from "../conversations/index.ts";
import { openTown, pretendEngine, type Town } from "../testing/people.ts";
import { isCardText, refuseIdCards } from "./id-card.ts";

const database = useTestDatabase();
const CARD = "083085001234|320123456|Nguyễn Văn Thử|01021985|Nam|Ấp Thử, Phường Phú Khương|25122021";
const stored = new Map<string, Buffer>();
const pictures: Record<string, Buffer> = {};
let server: Server;
let town: Town;

beforeAll(async () => {
  pictures["/card.jpg"] = await photoOf(CARD);
  pictures["/receipt.jpg"] = await photoOf("https://x.vn/?ma=H07.20-261101-0001");
  server = createServer(({ url }, response) => response.end(pictures[url!])).listen(0, "127.0.0.1");
  town = await openTown(database, [conversations], pretendEngine({}));
});
afterAll(() => void server.close());

/** A card on a table, its QR small and a little askew in the corner. */
async function photoOf(text: string): Promise<Buffer> {
  const qr = await sharp(await QRCode.toBuffer(text, { width: 300, margin: 2 }))
    .rotate(4, { background: "#e8efe9" })
    .toBuffer();
  return sharp({ create: { width: 1600, height: 1100, channels: 3, background: "#e8efe9" } })
    .composite([{ input: qr, left: 1150, top: 120 }])
    .jpeg({ quality: 80 })
    .toBuffer();
}

async function receive(path: string) {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store = {
    put: async (key: string, bytes: Buffer) => void stored.set(key, bytes),
    get: async (key: string) => stored.get(key) ?? null,
    remove: async (key: string) => void stored.delete(key),
  };
  const rules = { hosts: [], trustedOrigins: [origin], largest: 5_000_000 };
  const media = createMedia(database.db, store, rules, refuseIdCards(loadWording()));
  const lan = await town.knownResident(`Chị Lan ${path}`);
  await lan.sends({ type: "image", url: `${origin}${path}`, name: null } as never);
  const { id } = await lan.conversation();
  const attachment = await database.db.attachment.findFirstOrThrow({ where: { conversationId: id } });
  const fetchIt = () => media.jobs.tasks["media.fetch"]!({ id: String(attachment.id) } as never);
  return { conversationId: id, attachment, fetchIt, url: `${origin}${path}` };
}

const saidIn = async (conversationId: bigint) =>
  (await database.db.outboundMessage.findMany({ where: { conversationId } })).map(
    ({ content }) => (content as { text: string }).text,
  );

test("a photo of an identity card is refused, not a byte of it kept, and its sender told once", async () => {
  const { conversationId, attachment, fetchIt, url } = await receive("/card.jpg");
  await fetchIt();
  await fetchIt(); // the job runs again
  expect(stored.size).toBe(0);
  expect(await database.db.media.count()).toBe(0);
  const kept = await database.db.attachment.findUniqueOrThrow({
    where: { id: attachment.id },
    include: { event: true },
  });
  expect(kept).toMatchObject({ state: "refused", reason: "id_card", sourceUrl: "", mediaHash: null });
  expect(JSON.stringify(kept.event.raw)).not.toContain(url);
  expect((await saidIn(conversationId)).filter((text) => text.includes("căn cước"))).toHaveLength(1);
});

test("another QR is an ordinary photo", async () => {
  const { conversationId, attachment, fetchIt } = await receive("/receipt.jpg");
  await fetchIt();
  expect(await database.db.attachment.findUniqueOrThrow({ where: { id: attachment.id } })).toMatchObject({
    state: "stored",
  });
  expect((await saidIn(conversationId)).join()).not.toContain("căn cước");
});

test.each([
  [CARD, true],
  ["083085001234||Nguyễn Văn Thử|01021985|Nam|Ấp Thử|25122021|||", true],
  ["https://dichvucong.gov.vn/083085001234", false],
  ["083085001234", false],
  ["12345|x|Nguyễn|01021985|", false],
])("%p: %p", (text, isCard) => expect(isCardText(text)).toBe(isCard));
