import { testBox } from "../../../channels/testing.ts";
import { openConsole, type Browser, type ConsoleKit } from "../../../console/testing/kit.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { loadEngine } from "../../../language/index.ts";
import { conversations } from "../../conversations/index.ts";
import { pretendMailer } from "../../testing/mail.ts";
import { testMedia } from "../../testing/media.ts";
import { openTown, type Resident, type Town } from "../../testing/people.ts";
import { createAnnouncements } from "../index.ts";
import { createTelling } from "../telling.ts";

const database = useTestDatabase();
const now = new Date();
now.setUTCHours(2, 0, 0, 0); // nine in the morning
const HERE = "/console/announcements/rumours";
let town: Town;
let telling: ReturnType<typeof createTelling>;
let office: ConsoleKit;
let editor: Browser;
let approver: Browser;

beforeAll(async () => {
  await prepareJobs(database.pool);
  const engine = await loadEngine();
  const clock = { now: () => now };
  const parts = { database, wording: loadWording(), engine, clock, publicUrl: "https://hoi.example" };
  const feature = createAnnouncements({
    ...parts,
    media: testMedia(database),
    mailer: pretendMailer(),
    box: testBox,
  });
  telling = createTelling(parts);
  town = await openTown(database, [feature, conversations], engine, clock);
  office = await openConsole(database, { pages: [{ name: "announcements", router: feature.console! }] });
  editor = await office.signIn("editor", town.account.unitCode);
  approver = await office.signIn("approver", town.account.unitCode);
});
beforeEach(async () => {
  await database.db
    .$executeRaw`TRUNCATE rumour, announcement, outbound_message, graphile_worker._private_jobs CASCADE`;
});

const RUMOUR = "nghe nói đập ngăn mặn Tân Thạch bị vỡ, nước mặn tràn vô hết vườn sầu riêng";
const AGAIN = "đập Tân Thạch vỡ rồi hả, nước mặn tràn vô vườn sầu riêng hết";
let people = 0;

/** @returns who asked; they want to hear of it where `follows`. */
async function asks(text: string, follows = false): Promise<Resident> {
  const person = await town.knownResident(`người hỏi ${++people}`);
  const replies = await person.says(`tin này có thật không: ${text}`);
  expect(replies.join()).toContain("chưa thấy thông báo chính thức");
  if (follows) expect((await person.says("2")).join()).toContain("em nhắn anh/chị liền");
  return person;
}
const list = async (who = editor, state = "open") =>
  (await who.get(`${HERE}?state=${state}`).expect(200)).text;
const theRumour = () => database.db.rumour.findFirstOrThrow({ orderBy: { asked: "desc" } });
const deed = async (name: string, fields: object = {}, who = editor) =>
  who.post(`${HERE}/${(await theRumour()).id}/${name}`, fields);
/** Everything the queue holds, once. @returns who was written to. */
async function told(): Promise<string[]> {
  const jobs = await database.db.$queryRaw<{ payload: { id: string; kind: "news" } }[]>`
    SELECT payload FROM graphile_worker._private_jobs jobs JOIN graphile_worker._private_tasks tasks ON tasks.id = task_id
    WHERE tasks.identifier = 'announcements.tell'`;
  await database.db.outboundMessage.deleteMany({ where: { purpose: "reply" } });
  for (const { payload } of jobs) await telling.tell(BigInt(payload.id), payload.kind);
  const copies = await database.db.outboundMessage.findMany({ where: { purpose: "bulk" } });
  return copies.map(({ recipient }) => (recipient as { user: string }).user);
}
const nameOf = async (person: Resident) => (await person.row()).externalId;

async function published(code: string) {
  await editor.post(`/console/announcements/${code}/submit`);
  await approver.post(`/console/announcements/${code}/approve`);
  await editor.post(`/console/announcements/${code}/publish`);
  return database.db.announcement.findUniqueOrThrow({ where: { code } });
}

test("people who ask in the same moment ask about one rumour", async () => {
  await Promise.all(Array.from({ length: 4 }, () => asks(RUMOUR)));
  expect(await database.db.rumour.findMany({ select: { asked: true } })).toEqual([{ asked: 4 }]);
});

test("one person's question is theirs; asked by a second, in other words, it rises with its count and without a name", async () => {
  const first = await asks(`${RUMOUR}, gọi bà Sáu 0903 123 456`);
  await first.says(`tin này có thật không: ${RUMOUR}`);
  expect(await list()).not.toContain("Tân Thạch");
  await asks(AGAIN);
  const page = await list();
  expect(page).toContain("2 người hỏi");
  expect(page).toContain("đập ngăn mặn Tân Thạch");
  expect(page).not.toContain("tin này có thật không");
  expect(page).not.toMatch(/0903|người hỏi \d/);
});

test("another unit, where nobody asked, does not see it", async () => {
  await asks(RUMOUR);
  await asks(AGAIN);
  const foreign = await office.signIn("editor", "SON-DONG");
  expect(await list(foreign)).not.toContain("Tân Thạch");
  expect((await deed("dismiss", { reason: "x" }, foreign)).status).toBe(404);
});

test("a correction is drafted with the rumour in it, must be filled in, and once out tells who wished to hear", async () => {
  const curious = await asks(RUMOUR, true);
  await asks(AGAIN);
  const { headers } = await deed("draft").then((response) => response);
  const code = headers.location!.split("/").at(-2)!;
  expect((await deed("draft")).headers.location).toContain(code); // pressed again it is the same draft
  const draft = await database.db.announcement.findUniqueOrThrow({ where: { code } });
  expect(draft).toMatchObject({ state: "draft", topic: "salinity", unitCode: town.account.unitCode });
  expect(draft.body).toContain("đập ngăn mặn Tân Thạch bị vỡ");
  expect((await published(code)).state).toBe("draft"); // a place is still open
  const body = draft.body.replace(/\[.*\]/, "Đập Tân Thạch không vỡ, cống vẫn đóng kín.");
  await database.db.announcement.update({ where: { code }, data: { body } });
  expect((await published(code)).state).toBe("published");
  expect(await told()).toEqual([await nameOf(curious)]);
  expect(await list()).not.toContain("Tân Thạch");
  expect(await list(editor, "answered")).toContain(code);
});

test("marked as announced, the announcement goes to who wished to hear, once, and to nobody else", async () => {
  const curious = await asks(RUMOUR, true);
  await asks(AGAIN);
  const form = {
    title: "Cống đập ba xã vẫn an toàn",
    body: "Cống đập vẫn đóng kín, chất lượng nước bình thường.",
  };
  const { headers } = await editor.post("/console/announcements/new", {
    ...form,
    ...{ topic: "general", level: "normal", unitCode: town.account.unitCode, documentNumber: "" },
    ...{ documentDate: "", signer: "", validFrom: "", validTo: "" },
  });
  const code = headers.location!.split("/").at(-1)!;
  await published(code);
  expect(await told()).toEqual([]);
  await deed("answered", { code: "TB-0000-00000" });
  expect((await theRumour()).state).toBe("open");
  await deed("answered", { code });
  expect((await theRumour()).state).toBe("answered");
  expect(await told()).toEqual([await nameOf(curious)]);
  await deed("answered", { code });
  expect(await told()).toEqual([await nameOf(curious)]);
});

test("dismissed with a reason only; the reason, the person and the entry stay", async () => {
  await asks(RUMOUR);
  await asks(AGAIN);
  await deed("dismiss");
  expect((await theRumour()).state).toBe("open");
  await deed("dismiss", { reason: "Đã gọi trạm thủy nông, không có gì" });
  expect(await list(editor, "dismissed")).toMatch(/Đã gọi trạm thủy nông[^]*Nguyễn Thị Mỹ Hạnh/);
  expect(await database.db.auditEntry.count({ where: { action: "rumour.dismiss" } })).toBe(1);
});
