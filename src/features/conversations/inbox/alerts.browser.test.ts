/** Who is not looking is told, without a word of what was written; what is put into an answer, in a real browser. */
import type { Browser, Page } from "playwright-core";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { describeInBrowser, launch, watchComplaints } from "../../../infra/testing/browser.ts";
import { fillSignIn } from "../../../console/testing/sign-in.ts";
import { until } from "../../../testing/service.ts";
import { openInbox, PHU_KHUONG, type InboxPeople } from "./testing.ts";

afterAll(async () => {
  await browser?.close();
  await inbox.stop(); // before its database goes
});
const database = useTestDatabase();
let inbox: InboxPeople;
let browser: Browser | undefined;

async function staff(name: string) {
  const { email, id } = await inbox.service.person("agent", "PHU-KHUONG", name);
  const context = await browser!.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ["notifications"],
  });
  await context.addInitScript(`
    window.told = [];
    window.Notification = class extends EventTarget {
      static permission = "granted";
      static requestPermission = async () => "granted";
      constructor(title, { body }) { super(); window.told.push(title + ": " + body); }
    };
    document.hasFocus = () => false;
  `);
  const page = await context.newPage();
  const complaints = watchComplaints(page);
  await page.goto(`${inbox.service.url}/console/conversations`);
  await fillSignIn(page, email);
  await isLive(page);
  return { id, page, context, complaints };
}
const isLive = (page: Page) => page.locator("#inbox[data-live=yes]").waitFor();
const told = (page: Page) => page.evaluate<string[]>("window.told");

describeInBrowser("for who looks elsewhere", () => {
  beforeAll(async () => {
    inbox = await openInbox(database);
    browser = await launch();
  });

  test("the title counts who waits; who turned the bell on is notified, who did not is left alone", async () => {
    const [lan, ba] = [await staff("Trần Thị Lan"), await staff("Lê Văn Ba")];
    await lan.page.click("#inbox-bell");
    await lan.page.locator("#inbox-bell[aria-pressed=true]").waitFor();
    await inbox.whoWaits(PHU_KHUONG.facebook, "cho gặp cán bộ, chuyện riêng của tôi");
    await until(async () => (await told(lan.page)).length > 0);
    expect(await told(lan.page)).toEqual(["Hỏi Phường: 1 người dân đang chờ cán bộ."]);
    await until(async () => (await ba.page.title()).startsWith("(1) "));
    expect(await told(ba.page)).toEqual([]);
    expect([...lan.complaints, ...ba.complaints]).toEqual([]);
    await Promise.all([lan.context.close(), ba.context.close()]);
  }, 60_000);

  test("a colleague called by name sees it counted at once; a parcel is put into the answer and sent", async () => {
    const [lan, ba] = [await staff("Phan Thị Út"), await staff("Võ Văn Ba")];
    const { at, id } = await inbox.whoWaits();
    await lan.page.goto(inbox.service.url + at);
    await isLive(lan.page);
    await lan.page.locator("[data-reply]").pressSequentially("nhờ @vo van");
    await lan.page.keyboard.press("Enter");
    expect(await lan.page.inputValue("[data-reply]")).toBe("nhờ @Võ Văn Ba ");
    await lan.page.click("[data-note]");
    await lan.page.locator(".entry-note").waitFor();
    await ba.page.locator('[data-tab-count="mentions"]', { hasText: "1" }).waitFor();

    const { sheet, number } = await database.db.parcel.findFirstOrThrow();
    await lan.page.click("[popovertarget=insert]");
    await lan.page.click("[data-insert-kind=land]");
    await lan.page.fill("[data-insert-words]", `tờ ${sheet} thửa ${number}`);
    await lan.page.locator('[data-insert^="land "]').first().click();
    await lan.page.locator("[data-inserts] button").waitFor();
    expect(await lan.page.inputValue("[data-reply]")).toContain(`Thửa ${number}, tờ bản đồ ${sheet}`);
    await lan.page.getByRole("button", { name: "Gửi", exact: true }).click();
    await lan.page.locator(".entry-staff img.bubble-photo").waitFor();
    const said = (await inbox.sentTo(id)).filter(({ author }) => author === "staff");
    expect(said).toHaveLength(2);
    expect([...lan.complaints, ...ba.complaints]).toEqual([]);
    await Promise.all([lan.context.close(), ba.context.close()]);
  }, 60_000);
});
