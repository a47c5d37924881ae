import { createTestAccount } from "../../../channels/testing.ts";
import { openConsole } from "../../../console/testing/kit.ts";
import { loadWording } from "../../../dialogue/wording.ts";
import { systemClock } from "../../../infra/clock.ts";
import { prepareJobs } from "../../../infra/jobs.ts";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { startSending } from "../notices/sending.ts";
import { createTelling } from "../telling.ts";
import { deliveryConsole } from "./delivery-routes.tsx";

const database = useTestDatabase();

test("the office watches a sending and pauses it; who only looks cannot, and another unit sees nothing", async () => {
  await prepareJobs(database.pool);
  const { account } = await createTestAccount(database);
  const resident = { accountId: account.id, externalId: "lan", subscriptions: { create: {} } };
  const { id: residentId } = await database.db.resident.create({ data: resident });
  await database.db.conversation.create({ data: { residentId, lastInboundAt: new Date() } });
  const { id } = await database.db.announcement.create({
    data: {
      ...{ code: "TB-2611-00001", title: "Triều cường", body: "Kê đồ lên cao.", level: "emergency" },
      ...{ unitCode: "PHU-KHUONG", state: "published", publishedAt: new Date() },
    },
  });
  await database.db.$transaction((tx) => startSending(tx, id, "news", new Date()));
  const parts = { database, wording: loadWording(), clock: systemClock, publicUrl: "https://hoi.example" };
  await createTelling(parts).tell(id, "news");

  const pages = [{ name: "announcements", router: deliveryConsole(parts) }];
  const office = await openConsole(database, { pages });
  const editor = await office.signIn("editor", "PHU-KHUONG");
  const page = "/console/announcements/TB-2611-00001/delivery";
  expect((await editor.get(page).expect(200)).text).toMatch(/Đang gửi[^]*Đang chờ tới lượt/);
  const viewer = await office.signIn("viewer", "PHU-KHUONG");
  expect((await viewer.get(page).expect(200)).text).not.toContain("Tạm dừng");
  await viewer.post(`${page}/pause`).expect(403);
  const foreign = await office.signIn("unit_admin", "AN-HOI");
  await foreign.get(page).expect(404);
  await foreign.post(`${page}/cancel`).expect(404);
  await editor.post(`${page}/pause`).expect(303);
  expect((await editor.get(page)).text).toMatch(/Tạm dừng[^]*Gửi tiếp/);
  expect(await database.db.outboundMessage.count()).toBe(0);
  expect(await database.db.auditEntry.count({ where: { action: "announcement.delivery_pause" } })).toBe(1);
});
