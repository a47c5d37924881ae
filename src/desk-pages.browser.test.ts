/** Wording, settings, account health and personal data in a real browser, each at a phone's and a desk's width. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { keepRequest } from "./features/privacy/store.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { describeInBrowser, launch, watchComplaints } from "./infra/testing/browser.ts";
import { faultsOfPages } from "./testing/page-faults.ts";
import { fillSignIn } from "./console/testing/sign-in.ts";
import { openService, until, type WholeService } from "./testing/service.ts";

afterAll(async () => {
  await browser?.close();
  await service.stop(); // before its database goes
});
const database = useTestDatabase();
let service: WholeService;
let browser: Browser | undefined;

beforeAll(async () => {
  service = await openService(database);
});

describeInBrowser("what an administrator sets and answers for", () => {
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    complaints = watchComplaints(page);
    const { email } = await service.person("admin", "DO-THI");
    await page.goto(`${service.url}/console`);
    await fillSignIn(page, email);
    await page.waitForURL(`${service.url}/console`);
  });
  afterAll(() => context.close());
  afterEach(() => expect(complaints).toEqual([]));

  const go = (path: string) => page.goto(`${service.url}/console${path}`);

  test("a sentence is found, seen on both phones while it is typed, saved, and heard by a resident", async () => {
    await go("/wording");
    await page.fill("[name=q]", "khong lay lai duoc");
    await page.getByRole("button", { name: "Tìm" }).click();
    await page
      .getByRole("link", { name: /không lấy lại được/ })
      .first()
      .click();
    await page.fill("[name=text]", "Em xóa hết cho mình nha, {code}");
    await page.getByText("{code} không phải chỗ điền của câu này").waitFor();
    await page.fill("[name=text]", "Em xóa hết cho anh/chị nha, chắc chưa?");
    await page.locator(".phone-messenger .bubble", { hasText: "Em xóa hết cho anh/chị nha" }).waitFor();
    expect(await page.locator(".phone-zalo .bubble").innerText()).toBe(
      "Em xóa hết cho anh/chị nha, chắc chưa?",
    );
    await page.getByRole("button", { name: "Lưu" }).click();
    await page.getByText("Từ giờ trợ lý nói câu này").waitFor();

    const who = { account: "facebook:109900112233411", resident: "7100000000000888" };
    await service.act({ act: "text", ...who, text: "xóa dữ liệu của tôi" });
    await until(() =>
      database.db.outboundMessage.findFirst({
        where: {
          conversation: { resident: { externalId: who.resident } },
          content: { path: ["text"], string_contains: "Em xóa hết cho anh/chị nha" },
        },
      }),
    );
    await page.getByRole("button", { name: "Dùng lại câu gốc" }).click();
    await page.locator("#reset").getByRole("button", { name: "Dùng lại câu gốc" }).click();
    await page.getByText("Trợ lý nói lại câu gốc").waitFor();
  });

  test("a setting out of its range is refused in words; one inside holds, and says what it was", async () => {
    await go("/settings");
    const card = page.locator("[id='quiet.hours']");
    await card.locator("[name=from]").fill("21");
    await card.getByRole("button", { name: "Lưu" }).click();
    await page.getByText("Đã lưu, có hiệu lực ngay.").waitFor();
    await card.getByText("Các lần đổi gần đây").click();
    await card.getByText("Bắt đầu lúc: 22 → 21").waitFor();
    await card
      .locator("form")
      .first()
      .evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await card.locator("[name=to]").fill("3");
    await card.getByRole("button", { name: "Lưu" }).click();
    await card.getByText("Một số từ 7 tới 10 giờ sáng.").waitFor();
    complaints.splice(0); // the browser notes the 422
  });

  test("an account's trouble is told in Vietnamese with its mend and whom to call", async () => {
    const account = await database.db.account.findFirstOrThrow({ where: { channel: "facebook" } });
    const long = new Date(Date.now() - 9 * 86_400_000);
    await database.db.account.update({ where: { id: account.id }, data: { webhookSeenAt: long } });
    await go(`/accounts/${account.id}`);
    await page.getByText(/hơn 3 ngày rồi/).waitFor();
    await page.getByText("Gọi: Nhóm kỹ thuật của tỉnh").first().waitFor();
    await page.getByText("Không có lỗi nào.").waitFor();
  });

  test("a request from Facebook is refused with a reason, and the officer's record is fetched", async () => {
    const given = { kind: "erase" as const, origin: "facebook_callback" as const, channel: "facebook" };
    const { code } = await database.db.$transaction((tx) =>
      keepRequest(tx, { ...given, residentId: null, subject: "55501", needsStaff: true }, new Date()),
    );
    await go("/privacy");
    await page.getByText(code).waitFor();
    await page.getByText("còn 14 ngày").waitFor();
    await page.locator("tr", { hasText: code }).getByRole("link").click();
    await page.fill("[name=reason]", "Không có dữ liệu nào của người này.");
    await page.getByRole("button", { name: "Từ chối" }).click();
    await page.getByText("Đã từ chối").waitFor();
    await go("/privacy?state=done");
    await page.locator("tr", { hasText: code }).getByText("Từ chối").waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Tải CSV" }).click();
    expect((await download).suggestedFilename()).toBe("so-xu-ly-du-lieu.csv");
  });

  test("these pages fit a phone and a desk, and axe finds no serious fault", async () => {
    const account = await database.db.account.findFirstOrThrow();
    const { code } = await database.db.privacyRequest.findFirstOrThrow();
    const paths = [
      ...["/wording", "/wording/privacy.info", "/wording/dialogue.cancelNo?lang=en", "/settings"],
      ...["/privacy", `/privacy/${code}`, `/accounts/${account.id}`],
    ];
    expect(await faultsOfPages(page, `${service.url}/console`, paths)).toEqual([]);
  }, 120_000);
});
