/** Two people at the inbox at once, in two real browsers. */
import type { Browser, Page } from "playwright-core";
import { useTestDatabase } from "../../../infra/testing/database.ts";
import { describeInBrowser, launch, watchComplaints } from "../../../infra/testing/browser.ts";
import { fillSignIn } from "../../../console/testing/sign-in.ts";
import { openService, until, type WholeService } from "../../../testing/service.ts";

afterAll(async () => {
  await browser?.close();
  await service.stop(); // before its database goes
});
const database = useTestDatabase();
let service: WholeService;
let browser: Browser | undefined;
const ACCOUNT = "facebook:109900112233411";

async function staff(name: string, role = "agent", unitCode = "PHU-KHUONG") {
  const { email, id } = await service.person(role, unitCode, name);
  const context = await browser!.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const complaints = watchComplaints(page);
  await page.goto(`${service.url}/console/conversations`);
  await fillSignIn(page, email);
  await isLive(page);
  return { id, page, context, complaints };
}

const isLive = (page: Page) => page.locator("#inbox[data-live=yes]").waitFor();
const says = (resident: string, text: string) =>
  service.act({ act: "text", account: ACCOUNT, resident, text });
const waiting = (resident: string) =>
  until(() =>
    database.db.conversation.findFirst({ where: { state: "waiting", resident: { externalId: resident } } }),
  );

describeInBrowser("the inbox", () => {
  beforeAll(async () => {
    service = await openService(database);
    browser = await launch();
  });

  test("shows who waits without a reload; who claims second sees who has it; the answer arrives", async () => {
    const [lan, ba] = [await staff("Trần Thị Lan"), await staff("Lê Văn Ba")];
    await says("7100000000000101", "cho tôi gặp cán bộ");
    const talk = await waiting("7100000000000101");
    for (const { page } of [lan, ba]) await page.locator(`#talk-${talk.id}`).waitFor({ timeout: 3000 });
    expect(await lan.page.locator('[data-tab-count="waiting"]').textContent()).toMatch(/^\d$/);

    for (const { page } of [lan, ba]) {
      await page.click(`#talk-${talk.id} a`);
      await page.locator("#talk[data-talk]").waitFor();
      await isLive(page);
    }
    await lan.page.getByText("Lê Văn Ba cũng đang xem").waitFor();

    await lan.page.keyboard.press("c");
    await lan.page.getByText("Bạn đang giữ.").waitFor();
    await ba.page.getByText("Trần Thị Lan đang giữ trò chuyện này.").waitFor();
    expect(await ba.page.locator("#reply-form button.btn-primary").isDisabled()).toBe(true);

    await isLive(lan.page);
    await lan.page.fill("[data-reply]", "Dạ em chào cô, cô cần em giúp gì ạ?");
    await lan.page.keyboard.press("Control+Enter");
    for (const { page } of [lan, ba]) {
      await page.locator(".entry-staff", { hasText: "cô cần em giúp gì" }).waitFor();
      await page.locator(".entry-staff .receipt", { hasText: /đã (gửi|nhận|xem)/ }).waitFor();
    }
    await says("7100000000000101", "Đèn đường trước nhà cô tắt ba bữa nay");
    for (const { page } of [lan, ba])
      await page.locator(".entry-heard", { hasText: "tắt ba bữa nay" }).waitFor();
    // while a person holds it the bot is silent
    expect(await lan.page.locator(".entry-bot", { hasText: "đèn đường" }).count()).toBe(0);

    await ba.page.fill("[data-reply]", "Cô này hôm qua có gọi điện");
    await ba.page.click("[data-note]");
    await lan.page.locator(".entry-note", { hasText: "hôm qua có gọi điện" }).waitFor();
    expect([...lan.complaints, ...ba.complaints]).toEqual([]);
    await Promise.all([lan.context.close(), ba.context.close()]);
  }, 60_000);

  test("another unit's talk never comes; a line that was cut off catches up by itself", async () => {
    const [stranger, lan] = [await staff("Người An Hội", "agent", "AN-HOI"), await staff("Chị Tư")];
    await lan.context.setOffline(true);
    await lan.page
      .locator(".inbox-offline:not([hidden])")
      .waitFor({ timeout: 15_000 })
      .catch(() => {});
    await says("7100000000000102", "cho tôi gặp cán bộ");
    const talk = await waiting("7100000000000102");
    await lan.context.setOffline(false);
    await lan.page.locator(`#talk-${talk.id}`).waitFor({ timeout: 15_000 });
    expect(await stranger.page.locator(`#talk-${talk.id}`).count()).toBe(0);
    await Promise.all([stranger.context.close(), lan.context.close()]);
  }, 60_000);

  test("ready answers come with a slash, with the names filled in", async () => {
    await database.db.cannedAnswer.create({
      data: {
        ...{ unitCode: "DO-THI", shortcut: "giolam" },
        text: "Dạ {don_vi} làm việc từ 7 giờ 30. Em là {can_bo}.",
      },
    });
    const lan = await staff("Trần Thị Lan");
    await says("7100000000000103", "cho tôi gặp cán bộ");
    const { id } = await waiting("7100000000000103");
    await lan.page.goto(`${service.url}/console/conversations/${id}`);
    await isLive(lan.page);
    await lan.page.locator("[data-reply]").pressSequentially("/gio");
    await lan.page.keyboard.press("Enter");
    expect(await lan.page.inputValue("[data-reply]")).toBe(
      "Dạ Phường Phú Khương làm việc từ 7 giờ 30. Em là Trần Thị Lan.",
    );
    await lan.context.close();
  }, 30_000);

  test("what residents call themselves, their files and write is shown and never run; so are colleagues' names", async () => {
    const evil = `<img src=x onerror="document.title='hacked'"><svg/onload=alert(1)>`;
    const [lan, colleague] = [await staff(`Lan ${evil}`), await staff(`Ba ${evil}`)];
    const dialogs: string[] = [];
    lan.page.on("dialog", (dialog) => void dialog.dismiss().finally(() => dialogs.push(dialog.message())));
    const resident = "7100000000000105";
    const form = new FormData();
    form.append("file", new Blob(["%PDF-1.4\n%%EOF"], { type: "application/pdf" }), `đơn ${evil}.pdf`);
    const kept = await fetch(`${service.url}/simulator/control/files`, { method: "POST", body: form });
    const { url } = (await kept.json()) as { url: string };
    await service.act({
      act: "text",
      account: ACCOUNT,
      resident,
      name: `Chị ${evil}`,
      text: "cho tôi gặp cán bộ",
    });
    const { id } = await waiting(resident);
    await service.act({ act: "files", account: ACCOUNT, resident, urls: [url] });
    await says(resident, `${evil} javascript:alert(1)`);
    await until(() =>
      database.db.resident.findFirst({ where: { externalId: resident, displayName: { not: null } } }),
    );
    await until(() => database.db.attachment.findFirst({ where: { conversationId: id, state: "stored" } }));

    await colleague.page.goto(`${service.url}/console/conversations/${id}`);
    await isLive(colleague.page);
    await colleague.page.keyboard.press("c");
    await colleague.page.getByText("Bạn đang giữ.").waitFor();
    await lan.page.goto(`${service.url}/console/conversations/${id}`);
    await isLive(lan.page);
    await lan.page.getByRole("heading", { name: "Chị <img" }).first().waitFor();
    await lan.page.getByText("đang giữ trò chuyện này").waitFor();
    await says(resident, `${evil} lần nữa`); // by the live line too
    await lan.page.locator(".entry-heard", { hasText: "lần nữa" }).waitFor();
    expect(await lan.page.locator("main img[src=x], main [onerror], main [onload]").count()).toBe(0);
    expect(await lan.page.title()).not.toBe("hacked");
    expect([...dialogs, ...lan.complaints, ...colleague.complaints]).toEqual([]);
    await Promise.all([lan.context.close(), colleague.context.close()]);
  }, 60_000);

  test("works on a phone: the list, then the talk on the whole screen, and back", async () => {
    const lan = await staff("Trần Thị Lan");
    await says("7100000000000104", "cho tôi gặp cán bộ");
    const { id } = await waiting("7100000000000104");
    await lan.page.setViewportSize({ width: 390, height: 844 });
    await lan.page.click(`#talk-${id} a`);
    await lan.page.locator("#talk[data-talk]").waitFor();
    expect(await lan.page.locator("#talk-list").isVisible()).toBe(false);
    await isLive(lan.page);
    await lan.page.fill("[data-reply]", "Dạ em nghe");
    await lan.page.getByRole("button", { name: "Gửi", exact: true }).click();
    await lan.page.locator(".entry-staff", { hasText: "Dạ em nghe" }).waitFor();
    await lan.page.getByRole("link", { name: "Thông tin người dân" }).click();
    await lan.page.getByText("Nhắn lần đầu").waitFor();
    await lan.page.locator("#talk-side").getByRole("link", { name: "Đóng" }).click();
    expect(await lan.page.getByText("Nhắn lần đầu").isVisible()).toBe(false);
    await lan.page.getByRole("link", { name: "Về danh sách" }).click();
    expect(await lan.page.locator("#talk-list").isVisible()).toBe(true);
    await lan.context.close();
  }, 30_000);
});
