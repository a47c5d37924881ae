import express from "express";
import supertest from "supertest";
import { openConsole, type Browser, type ConsoleKit } from "../../../console/testing/kit.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { pretendMailer } from "../../testing/mail.ts";
import { move } from "../workflow.ts";
import { mailPress } from "./mailing.ts";
import { pressConsole, pressPages } from "./routes.tsx";

const database = useTestDatabase();
const MORNING = new Date("2026-11-25T09:00:00+07:00");
const clock = { now: () => MORNING };
const publicUrl = "https://hoi.example";
const HERE = "/console/announcements/press";
const BODY = "Nước máy **ngưng** từ 8 giờ ngày 28/11/2026.";
let mailer: ReturnType<typeof pretendMailer>;
let office: ConsoleKit;
let manager: Browser;
let web: ReturnType<typeof supertest>;

beforeAll(async () => {
  await prepareJobs(database.pool);
  const router = pressConsole({ database, clock, mailer: pretendMailer() });
  office = await openConsole(database, { pages: [{ name: "announcements", router }] });
  manager = await office.signIn("unit_admin", "PHU-KHUONG");
  web = supertest(express().use(pressPages({ db: database.db, clock, publicUrl })));
});
beforeEach(async () => {
  mailer = pretendMailer();
  await database.db.$executeRaw`TRUNCATE announcement, press_contact, graphile_worker._private_jobs CASCADE`;
});

const add = (email: string, changes: object = {}) =>
  manager.post(HERE, { name: "Báo Ấp Bắc thử", email, unitCode: "PHU-KHUONG", ...changes });
const approved = () =>
  database.db.announcement.create({
    data: {
      ...{ code: "TB-2611-00001", title: "Cúp nước hẻm 12", body: BODY, unitCode: "PHU-KHUONG" },
      ...{ state: "draft", documentNumber: "41/TB-UBND" },
    },
  });
async function mark(forPress: "yes" | "no", who = manager) {
  return who.post("/console/announcements/TB-2611-00001/for-press", { forPress });
}
async function take(deed: "publish" | "recall") {
  const { email } = manager;
  const staff = await database.db.staff.findUniqueOrThrow({ where: { email } });
  const mover = { id: staff.id, units: ["PHU-KHUONG"] };
  if (deed === "publish") await database.db.announcement.updateMany({ data: { state: "approved" } });
  const refusal = await database.transaction((tx) =>
    move(tx, "TB-2611-00001", deed, mover, { at: MORNING, comment: "Dời ngày" }),
  );
  expect(refusal).toBeNull();
}
/** What the worker does with what was made due. */
async function work() {
  const due = await database.db.$queryRaw<{ payload: { id: string } }[]>`
    SELECT payload FROM graphile_worker._private_jobs jobs JOIN graphile_worker._private_tasks tasks ON tasks.id = task_id
    WHERE tasks.identifier = 'announcements.press'`;
  for (const { payload } of due) await mailPress(database.db, { mailer, publicUrl }, BigInt(payload.id));
}

test("marked for the press it is mailed once to each address of its unit, with its source and the way to stop it", async () => {
  await add("a@bao.example");
  await add("B@Dai.example");
  await add("a@bao.example").expect(422);
  await approved();
  await mark("yes");
  await take("publish");
  await work();
  await work();
  expect(mailer.letters.map(({ to }) => to)).toEqual(["a@bao.example", "b@dai.example"]);
  const { subject, text } = mailer.letters[0]!;
  expect(subject).toBe("Phường Phú Khương: Cúp nước hẻm 12");
  expect(text).toContain("Nước máy ngưng từ 8 giờ");
  expect(text).toContain("số 41/TB-UBND, mã TB-2611-00001");
  expect(text).toMatch(/https:\/\/hoi\.example\/bao-chi\/ngung\/[\w-]{32}/);
});

test("without the mark nobody of the press hears of it; with it they hear of the recall as well", async () => {
  await add("a@bao.example");
  await approved();
  await mark("yes");
  await mark("no");
  await take("publish");
  await work();
  expect(mailer.letters).toEqual([]);
  await database.db.announcement.updateMany({ data: { forPress: true } });
  await take("recall");
  await work();
  expect(mailer.letters.map(({ subject }) => subject)).toEqual([
    "Phường Phú Khương thu hồi thông báo TB-2611-00001: Cúp nước hẻm 12",
  ]);
});

test("the link of a letter ends the mailing when its button is pressed, not when it is looked at", async () => {
  await add("a@bao.example");
  const { token } = await database.db.pressContact.findFirstOrThrow();
  expect((await web.get(`/bao-chi/ngung/${token}`).expect(200)).text).toContain("a@bao.example");
  expect((await database.db.pressContact.findFirstOrThrow()).stoppedAt).toBeNull();
  await web.post(`/bao-chi/ngung/${token}`).expect(200);
  await web.post(`/bao-chi/ngung/khong-co`).expect(404);
  await approved();
  await mark("yes");
  await take("publish");
  await work();
  expect(mailer.letters).toEqual([]);
  expect((await manager.get(HERE)).text).toContain("Đã ngưng nhận");
});

test("the mark stays as it was approved; addresses are for who leads the unit, and for no other unit", async () => {
  await approved();
  await database.db.announcement.updateMany({ data: { state: "pending" } });
  await mark("yes");
  expect((await database.db.announcement.findFirstOrThrow()).forPress).toBe(false);
  await add("a@bao.example", { unitCode: "AN-HOI" }).expect(422);
  await add("không phải thư").expect(422);
  await add("a@bao.example").expect(303);
  const { id } = await database.db.pressContact.findFirstOrThrow();
  const foreign = await office.signIn("unit_admin", "AN-HOI");
  await foreign.post(`${HERE}/${id}/remove`).expect(404);
  await (await office.signIn("editor", "PHU-KHUONG")).get(HERE).expect(403);
  await manager.post(`${HERE}/${id}/remove`).expect(303);
  expect(await database.db.pressContact.count()).toBe(0);
});
