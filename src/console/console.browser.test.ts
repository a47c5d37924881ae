/** The console in a real browser: sign-in, accounts, failed sends; every page fits a phone and has no serious fault for axe. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { useTestDatabase } from "../infra/testing/database.ts";
import { describeInBrowser, launch, watchComplaints } from "../infra/testing/browser.ts";
import { faultsOfPages } from "../testing/page-faults.ts";
import { fillSignIn, PASSWORD } from "./testing/sign-in.ts";
import { openService, until, type WholeService } from "../testing/service.ts";

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

async function signedIn(page: Page, role = "admin", unitCode = "DO-THI") {
  const { email } = await service.person(role, unitCode);
  await page.goto(`${service.url}/console`);
  await fillSignIn(page, email);
  await page.waitForURL(`${service.url}/console`);
  return email;
}

describeInBrowser("the console in a browser", () => {
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launch();
  });
  beforeEach(async () => {
    context = await browser!.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    complaints = watchComplaints(page);
  });
  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  test("a one-time password is changed at the first sign-in, and one signs out again", async () => {
    const { id, email } = await service.person("agent", "AN-HOI");
    await database.db.staff.update({ where: { id }, data: { mustChange: true } });
    await page.goto(`${service.url}/console/accounts`);
    await fillSignIn(page, email);
    await page.waitForURL("**/console/password");
    await page.fill("[name=current]", PASSWORD);
    for (const name of ["password", "again"]) await page.fill(`[name=${name}]`, "mật khẩu của tôi");
    await page.click("main button[type=submit]");
    await page.getByText("Đã đổi mật khẩu.").waitFor();
    await page.getByRole("button", { name: "Đăng xuất" }).click();
    await page.getByText("Đã đăng xuất.").waitFor();
  });

  test("an OA is connected through Zalo's consent page", async () => {
    await signedIn(page);
    const before = await database.db.account.findFirstOrThrow({
      where: { channel: "zalo", unitCode: "AN-HOI" },
    });
    await page.goto(`${service.url}/console/accounts/${before.id}`);
    await page.getByRole("link", { name: "Kết nối lại với Zalo" }).click();
    await page.getByText("Phường An Hội").first().click(); // on the pretend Zalo's page
    await page.getByText("Đã kết nối với Zalo.").waitFor();
    const after = await database.db.account.findUniqueOrThrow({ where: { id: before.id } });
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after).toMatchObject({ status: "active" });
  });

  test("how an account answers is changed, and what the platform has is checked", async () => {
    await signedIn(page, "unit_admin", "PHU-KHUONG");
    await page.goto(`${service.url}/console/accounts`);
    expect(await page.locator("tbody tr").count()).toBe(2);
    await page.locator("tbody a", { hasText: "Phường Phú Khương" }).last().click();
    const id = Number(page.url().split("/").at(-1));
    await page.selectOption("[name=comments]", "private");
    await page.fill("[name=sendsPerSecond]", "2.5");
    await page.getByRole("button", { name: "Lưu cách trả lời" }).click();
    await page.getByText("Đã lưu.").waitFor();
    const { settings } = await database.db.account.findUniqueOrThrow({ where: { id } });
    expect(settings).toMatchObject({ comments: "private", sendsPerSecond: 2.5 });
    await page.getByRole("link", { name: "Kiểm tra" }).click();
    await page.getByText("Sự kiện đăng ký").waitFor();
  });

  test("an approved template is chosen for news past the window; what is wrong is told beside its field", async () => {
    await signedIn(page, "unit_admin", "AN-HOI");
    const { id } = await database.db.account.findFirstOrThrow({
      where: { channel: "zalo", unitCode: "AN-HOI" },
    });
    await page.goto(`${service.url}/console/accounts/${id}`);
    await page.getByRole("link", { name: "Mẫu tin đã duyệt" }).click();
    await page.fill("[name='report_news.id']", "310001");
    await page.fill("[name='report_news.lines']", "ma_phan_anh = ma_so");
    await page.getByRole("button", { name: "Lưu mẫu tin" }).click();
    await page.getByText("Không có “ma_so”. Dùng được: ma, viec").waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);
    await page.fill("[name='report_news.lines']", "ma_phan_anh = ma\nnoi_dung = tinh_trang");
    await page.getByRole("button", { name: "Lưu mẫu tin" }).click();
    await page.getByText("Đã lưu mẫu tin.").waitFor();
    const { settings } = await database.db.account.findUniqueOrThrow({ where: { id } });
    expect(settings).toMatchObject({
      templates: {
        report_news: { id: "310001", longest: 200, parameters: [{ value: "ma" }, { value: "tinh_trang" }] },
      },
    });
  });

  test("a message that could not be sent is seen, and sent again", async () => {
    await signedIn(page, "agent", "PHU-KHUONG");
    const account = { account: "facebook:109900112233411", resident: "7100000000000777" };
    await service.act({ act: "text", ...account, text: "alo" });
    const sent = await until(() =>
      database.db.outboundMessage.findFirst({
        where: { state: "sent", conversation: { resident: { externalId: account.resident } } },
      }),
    );
    await database.db.outboundMessage.update({
      where: { id: sent.id },
      data: {
        state: "dead",
        errorClass: "permanent",
        errorCode: "100",
        errorText: "Not today.",
        externalId: null,
      },
    });
    await page.goto(`${service.url}/console`);
    await page.getByRole("link", { name: /1 tin gửi không được/ }).click();
    await page.getByText("Nền tảng từ chối tin này").waitFor();
    await page.getByRole("button", { name: "Gửi lại" }).click();
    await page.getByText("Đang gửi lại.").waitFor();
    await until(async () => {
      const row = await database.db.outboundMessage.findUniqueOrThrow({ where: { id: sent.id } });
      return row.state === "sent" && row.externalId !== null;
    });
    await page.reload();
    await page.getByText("Mọi tin đều đã gửi được").waitFor();
  });

  test("every page fits a phone and a desk, and axe finds no serious fault", async () => {
    await signedIn(page);
    const longest = "Trung tâm Phục vụ hành chính công và Tiếp nhận phản ánh kiến nghị Phường Phú Khương";
    await database.db.unit.update({ where: { code: "PHU-KHUONG" }, data: { name: longest } });
    await service.act({
      ...{ act: "text", account: "zalo:1840026671135570011", resident: "3100000000000000555" },
      text: "cho gặp cán bộ",
    });
    const talk = await until(() => database.db.conversation.findFirst({ where: { state: "waiting" } }));
    const lost = {
      key: "waiting:1",
      recipient: "cán.bộ@hoiphuong.test",
      subject: "2 người dân đang chờ cán bộ",
    };
    await database.db.mail.create({ data: { ...lost, text: "", state: "unknown", problem: "ETIMEDOUT" } });
    const account = await database.db.account.findFirstOrThrow();
    const me = await database.db.staff.findFirstOrThrow();
    const paths = [
      ...["", "/me", "/password", "/me/second-step", "/accounts", `/accounts/${account.id}?check`],
      `/accounts/${account.id}/templates`,
      ...[
        "/accounts/new/zalo",
        "/accounts/new/facebook",
        "/incidents",
        "/failures",
        "/failures?state=unknown",
        "/failures/mail",
      ],
      ...["/staff", "/staff/new", `/staff/${me.id}`, "/units", "/units/new", "/units/AN-HOI", "/audit"],
      ...[
        "/conversations",
        `/conversations/${talk.id}`,
        "/conversations/answers",
        "/conversations?q=khong+co",
      ],
    ];
    expect(await faultsOfPages(page, `${service.url}/console`, paths)).toEqual([]);
  }, 180_000);
});
