import { createTestAccount } from "../../../channels/testing.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import type { TurnContext } from "../../feature.ts";
import { startSending, steerSending, type SendingDeed } from "../notices/sending.ts";
import { findSending, markOf } from "../notices/store.ts";
import { createTelling } from "../telling.ts";
import { readProgress } from "./progress.ts";

const database = useTestDatabase();
const NOW = new Date("2026-11-25T09:00:00+07:00");
const parts = {
  ...{ database, wording: loadWording(), publicUrl: "https://hoi.example" },
  clock: { now: () => NOW },
};
const telling = createTelling(parts);
const ACCOUNTS = 3;
const PEOPLE = 150;
let announcementId: bigint;

beforeAll(() => prepareJobs(database.pool));
beforeEach(async () => {
  await database.db.$executeRaw`
    TRUNCATE announcement, outbound_message, resident, account, graphile_worker._private_jobs CASCADE`;
  const accounts: number[] = [];
  for (let n = 0; n < ACCOUNTS; n++)
    accounts.push((await createTestAccount(database, `10990011223344${n}`)).account.id);
  await database.db.$executeRaw`
    WITH people AS (
      INSERT INTO resident (account_id, external_id)
      SELECT (${accounts}::int[])[1 + n % ${ACCOUNTS}], 'p' || n FROM generate_series(1, ${PEOPLE}::int) AS n RETURNING id
    ), wishes AS (INSERT INTO subscription (resident_id) SELECT id FROM people)
    INSERT INTO conversation (resident_id, last_inbound_at) SELECT id, ${NOW}::timestamptz FROM people`;
  const notice = await database.db.announcement.create({
    data: {
      ...{ code: "TB-2611-00001", title: "Cắt điện khu phố 3", body: "Từ 7 giờ đến 11 giờ ngày 29/11/2026." },
      ...{ unitCode: "PHU-KHUONG", topic: "power", state: "published", publishedAt: NOW },
    },
  });
  announcementId = notice.id;
});

const begin = () => database.db.$transaction((tx) => startSending(tx, announcementId, "news", NOW));
const steer = (deed: SendingDeed) =>
  database.db.$transaction((tx) => steerSending(tx, announcementId, "news", deed, NOW));
const tell = () => telling.tell(announcementId, "news");
const copies = () => database.db.outboundMessage.findMany({ orderBy: { id: "asc" } });
const stateNow = async () => (await findSending(database.db, announcementId, "news"))!.state;
const sendSome = (count: number) => database.db.$executeRaw`
  UPDATE outbound_message SET state = 'sent', sent_at = now()
  WHERE id IN (SELECT id FROM outbound_message WHERE state = 'pending' ORDER BY id LIMIT ${count})`;
/** What waits to be queued, as it would be if the senders had been full. */
const putBack = (count: number) => database.db.$executeRaw`
  WITH back AS (DELETE FROM outbound_message WHERE id IN (
    SELECT id FROM outbound_message WHERE state = 'pending' ORDER BY id DESC LIMIT ${count}) RETURNING dedupe_key)
  UPDATE announcement_notice SET state = 'open', told_at = NULL
  WHERE 'announcement:' || announcement_id || ':' || resident_id IN (SELECT dedupe_key FROM back)`;

test("a button pressed twice begins one sending; every row is of one announcement, account and resident", async () => {
  expect(await Promise.all([begin(), begin()])).toEqual(expect.arrayContaining([true, false]));
  await Promise.all([tell(), tell(), tell()]);
  expect(await copies()).toHaveLength(PEOPLE);
  const progress = await readProgress(database.db, announcementId, "news");
  expect(progress).toMatchObject({ all: PEOPLE, queued: PEOPLE, open: 0, sent: 0 });
  expect(progress.accounts).toHaveLength(ACCOUNTS);
});

test("it is finished only when the last copy has an outcome; one whose outcome is hidden is held, never sent again", async () => {
  await begin();
  await tell();
  await sendSome(PEOPLE - 1);
  await tell();
  expect(await stateNow()).toBe("running");
  await database.db.$executeRaw`
    UPDATE outbound_message SET state = 'dead', error_class = 'unknown', unknowns = 1 WHERE state = 'pending'`;
  await tell();
  expect(await stateNow()).toBe("finished");
  expect(await readProgress(database.db, announcementId, "news")).toMatchObject({
    ...{ all: PEOPLE, sent: PEOPLE - 1, unknown: 1, failed: 0, open: 0 },
  });
  await tell();
  expect(await copies()).toHaveLength(PEOPLE);
});

test("a pause takes back at once what the platform does not have; taken up again, everybody has one copy", async () => {
  await begin();
  await tell();
  await sendSome(40);
  expect(await steer("pause")).toBe(true);
  expect(await copies()).toHaveLength(40);
  await tell();
  expect(await copies()).toHaveLength(40);
  expect(await readProgress(database.db, announcementId, "news")).toMatchObject({
    ...{ state: "paused", sent: 40, open: PEOPLE - 40 },
  });
  expect(await steer("pause")).toBe(false);
  expect(await steer("resume")).toBe(true);
  await tell();
  const all = await copies();
  expect(new Set(all.map(({ conversationId }) => conversationId)).size).toBe(PEOPLE);
  expect(all).toHaveLength(PEOPLE);
});

test("a cancelled sending sends nothing more, also not with the answer to a next message", async () => {
  await begin();
  await tell();
  await sendSome(10);
  await putBack(50);
  expect(await steer("cancel")).toBe(true);
  await tell();
  expect(await readProgress(database.db, announcementId, "news")).toMatchObject({
    ...{ state: "cancelled", all: PEOPLE, sent: 10, cancelled: PEOPLE - 10, open: 0 },
  });
  expect(await copies()).toHaveLength(PEOPLE - 50);
  expect(await database.db.outboundMessage.count({ where: { state: "pending" } })).toBe(0);
  const waiting = await database.db.announcementNotice.findFirstOrThrow({ where: { toldAt: null } });
  const told = await database.transaction((tx) =>
    telling.withAnswer({
      ...{ tx, residentId: waiting.residentId, say: parts.wording.in("vi"), now: NOW },
    } as TurnContext),
  );
  expect(told).toEqual([]);
  expect(await steer("resume")).toBe(false);
});

test("a talk in the middle of a turn is passed by, and told when the turn is over", async () => {
  await begin();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const turn = database.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM conversation ORDER BY id LIMIT 1 FOR UPDATE`;
    await held;
  });
  const telling = tell();
  for (let tries = 0; (await copies()).length < PEOPLE - 1 && tries < 50; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await copies()).toHaveLength(PEOPLE - 1);
  release();
  await turn;
  await telling;
  expect(await copies()).toHaveLength(PEOPLE);
  expect((await copies()).every(({ bulkOf }) => bulkOf === markOf(announcementId, "news"))).toBe(true);
});
