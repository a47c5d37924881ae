/** Announcements from the first word to the phone that shows them: a writer and an approver in two real browsers, residents on the pretend platforms. */
import { jest } from "@jest/globals";
import { DateTime } from "luxon";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { ZONE } from "./infra/clock.ts";
import { useTestDatabase } from "./infra/testing/database.ts";
import { describeInBrowser, launch, watchComplaints } from "./infra/testing/browser.ts";
import { faultsOfPages } from "./testing/page-faults.ts";
import { fillSignIn } from "./console/testing/sign-in.ts";
import { openService, until, type WholeService } from "./testing/service.ts";

// a loaded machine takes its time with two browsers
jest.setTimeout(90_000);

afterAll(async () => {
  await browser?.close();
  await service.stop(); // before its database goes
});
const database = useTestDatabase();
let service: WholeService;
let browser: Browser | undefined;

const LAN = { account: "zalo:1840026671135570011", resident: "7100000000000000101" };
const TU = { account: "facebook:109900112233411", resident: "7100000000000000102" };

beforeAll(async () => {
  service = await openService(database);
  service.setClock(nearest(9));
  for (const who of [LAN, TU]) await service.act({ act: "text", ...who, text: "đăng ký nhận tin" });
  await until(async () => (await database.db.subscription.count()) === 2);
});

/** The nearest moment of that hour in Việt Nam, so that what was just written is still fresh. */
function nearest(hour: number): Date {
  const now = DateTime.now().setZone(ZONE);
  const today = now.set({ hour, minute: 0, second: 0, millisecond: 0 });
  const days = today.diff(now).as("hours");
  return today.plus({ days: days > 12 ? -1 : days < -12 ? 1 : 0 }).toJSDate();
}

/** What the resident's phone shows of the service, newest last. */
async function phoneOf({ account, resident }: typeof LAN): Promise<string[]> {
  const address = `${service.url}/simulator/control/receipts?limit=1000`;
  const { receipts } = (await (await fetch(address)).json()) as {
    receipts: { account: string; resident: string; text: string }[];
  };
  return receipts
    .filter((receipt) => receipt.account === account && receipt.resident === resident)
    .map(({ text }) => text);
}
const arrives = (who: typeof LAN, words: RegExp) =>
  until(async () => (await phoneOf(who)).find((text) => words.test(text)), 20_000);

describeInBrowser("an announcement, from the first word to the phone", () => {
  let contexts: BrowserContext[];
  let writer: Page;
  let approver: Page;
  let complaints: string[][];

  beforeAll(async () => {
    browser = await launch();
  });
  beforeEach(async () => {
    contexts = await Promise.all([newContext(), newContext()]);
    writer = await contexts[0]!.newPage();
    approver = await contexts[1]!.newPage();
    complaints = [watchComplaints(writer), watchComplaints(approver)];
    await signIn(writer, "editor", "Trần Thị Soạn");
    await signIn(approver, "approver", "Lê Văn Duyệt");
  });
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    expect(complaints.flat()).toEqual([]);
  });

  const newContext = () => browser!.newContext({ viewport: { width: 1440, height: 900 } });

  async function signIn(page: Page, role: string, name: string) {
    const { email } = await service.person(role, "PHU-KHUONG", name);
    await page.goto(`${service.url}/console/announcements`);
    await fillSignIn(page, email);
    await page.waitForURL(`${service.url}/console/announcements`);
  }

  interface Words {
    title: string;
    body: string;
    level?: string;
  }
  /** @returns its code */
  async function compose({ title, body, level = "normal" }: Words): Promise<string> {
    await writer.goto(`${service.url}/console/announcements`);
    await writer.getByRole("link", { name: "Soạn thông báo" }).click();
    await writer.fill("[name=title]", title);
    await writer.fill("[name=body]", body);
    await writer.selectOption("[name=topic]", "power");
    await writer.selectOption("[name=level]", level);
    await writer.getByText(/^Đã lưu lúc/).waitFor();
    await writer.getByRole("button", { name: "Lưu nháp" }).click();
    await writer.getByText("Đã lưu nháp.").waitFor();
    return writer.url().split("/").at(-1)!;
  }
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  /** The button that asks, and the one in its question that does. */
  async function confirm(page: Page, id: string, name: string, reason?: string) {
    await press(page, name);
    if (reason) await page.locator(`#${id} [name=comment]`).fill(reason);
    await page.locator(`#${id}`).getByRole("button", { name, exact: true }).click();
  }
  const open = (page: Page, code: string) => page.goto(`${service.url}/console/announcements/${code}`);

  /** As the approver finds it: in the list, among what waits. */
  async function approve(code: string) {
    await approver.goto(`${service.url}/console/announcements?state=pending`);
    await approver.locator(`a[href$="${code}"]`).first().click();
    await press(approver, "Duyệt");
    await approver.getByText("Đã duyệt.").waitFor();
  }

  test("composed, looked over, sent back with a reason, mended, approved, sent, and measured", async () => {
    const code = await compose({
      title: "Cắt điện khu phố 3 để bảo trì",
      body: "Điện lực cắt điện khu phố 3 theo link http://dienluc.example.vn/lich trong buổi sáng.",
    });
    await writer.getByText("Liên kết không an toàn").waitFor();
    await press(writer, "Trình duyệt");
    await writer.getByText("Đã trình duyệt.").waitFor();
    expect(await writer.getByRole("button", { name: "Duyệt", exact: true }).count()).toBe(0);

    await open(approver, code);
    await confirm(approver, "reject", "Trả lại", "Bỏ đường link, ghi rõ giờ");
    await approver.getByText("Đã trả lại cho người soạn.").waitFor();

    await open(writer, code);
    await writer.getByText("Bỏ đường link, ghi rõ giờ").first().waitFor();
    await writer.getByRole("link", { name: "Sửa", exact: true }).click();
    await writer.fill("[name=body]", "Điện lực cắt điện khu phố 3 từ 7 giờ 30 đến 11 giờ 30 để thay trạm.");
    await press(writer, "Lưu nháp");
    await press(writer, "Trình duyệt");
    await writer.getByText("Đã trình duyệt.").waitFor();
    await approve(code);

    await open(writer, code);
    await confirm(writer, "publish", "Đăng");
    await writer.getByText("Đã đăng, đang nhắn cho người đăng ký.").waitFor();
    for (const who of [LAN, TU]) await arrives(who, new RegExp(`7 giờ 30 đến 11 giờ 30[^]*${code}`));
    await writer.getByRole("link", { name: "Tiến độ gửi" }).click();
    await writer.getByText("Đã gửi xong").waitFor({ timeout: 20_000 });
    await writer.getByText("đã gửi 1 trên 1").first().waitFor();
  });

  test("a correction and a recall reach whoever got the notice, and its page says so", async () => {
    const code = await published(
      "Cúp nước hẻm 12 để sửa ống",
      "Nước máy ngưng từ 8 giờ đến 16 giờ ở hẻm 12.",
    );
    await arrives(LAN, new RegExp(`8 giờ đến 16 giờ[^]*${code}`));

    await open(writer, code);
    await press(writer, "Đính chính");
    const next = writer.url().split("/").at(-1)!;
    await writer.getByRole("link", { name: "Sửa", exact: true }).click();
    await writer.fill("[name=body]", "Nước máy ngưng từ 13 giờ đến 18 giờ ở hẻm 12.");
    await press(writer, "Lưu nháp");
    await goOn(next);
    await arrives(LAN, new RegExp(`đính chính thông báo ${code}[^]*13 giờ`));

    await open(approver, next);
    await confirm(approver, "recall", "Thu hồi", "Hoãn sửa ống");
    await approver.getByText("Đã thu hồi, đang báo cho người đã nhận.").waitFor();
    await arrives(LAN, /thu hồi[^]*Hoãn sửa ống/);
    await approver.goto(`${service.url}/thong-bao/${next}`);
    await approver.getByText("Hoãn sửa ống").waitFor();
    await approver.getByRole("link", { name: code }).click();
    await approver.getByText("Thông báo này đã được đính chính.").waitFor();
  });

  test("at 23:00 an emergency goes out at once, with two names; the rest waits for the morning", async () => {
    service.setClock(nearest(23));
    const calm = await published("Họp dân khu phố 6", "Mời bà con họp lúc 19 giờ tại nhà văn hóa khu phố 6.");
    const urgent = await compose({
      title: "Triều cường dâng nhanh",
      body: "Bà con ven sông kê cao đồ đạc, ngắt ổ cắm thấp.",
      level: "emergency",
    });
    await approver.goto(`${service.url}/console/me`);
    await press(writer, "Trình duyệt");
    await writer.getByText("Chờ duyệt").first().waitFor();
    await approver
      .getByRole("link", { name: /Khẩn cấp, chờ duyệt: Triều cường dâng nhanh/ })
      .click({ timeout: 20_000 });
    await press(approver, "Duyệt và phát ngay");
    await approver.getByText("Soạn: Trần Thị Soạn").waitFor();
    await approver.getByText("Duyệt: Lê Văn Duyệt").waitFor();
    for (const who of [LAN, TU]) await arrives(who, new RegExp(`KHẨN CẤP[^]*${urgent}`));
    expect((await phoneOf(LAN)).filter((text) => text.includes(calm))).toEqual([]);
    service.setClock(nearest(9));
  });

  test("a rumour two people ask about is answered by a correction that begins with it", async () => {
    const rumour = "đập ngăn mặn Tân Thạch bị vỡ nước mặn tràn vô hết vườn sầu riêng";
    for (const who of [LAN, TU])
      await service.act({ act: "text", ...who, text: `tin này có thật không: ${rumour}` });
    await until(async () => (await database.db.rumourAsker.count()) === 2, 20_000);
    await writer.getByRole("link", { name: "Tin đồn" }).click();
    await writer.getByText("2 người hỏi").waitFor();
    await press(writer, "Soạn đính chính");
    await writer.getByText("Còn chỗ chưa điền").waitFor();
    expect(await writer.inputValue("[name=body]")).toContain("đập ngăn mặn Tân Thạch bị vỡ");
  });

  test("its pages fit a phone and a desk, and axe finds no serious fault", async () => {
    const { code } = await database.db.announcement.findFirstOrThrow({
      where: { state: "published", sample: false },
    });
    const draft = await database.db.announcement.findFirstOrThrow({ where: { state: "draft" } });
    const { email } = await service.person("unit_admin", "PHU-KHUONG");
    const page = await contexts[1]!.browser()!.newPage();
    await page.goto(`${service.url}/console/announcements`);
    await fillSignIn(page, email);
    await page.waitForURL(`${service.url}/console/announcements`);
    const desk = ["", "/rumours", "/devices", "/press", `/${code}`, `/${draft.code}`, `/${draft.code}/edit`];
    const paths = [...desk.map((path) => `/console/announcements${path}`), `/thong-bao/${code}`];
    expect(await faultsOfPages(page, service.url, paths)).toEqual([]);
    await page.close();
  });

  async function published(title: string, body: string, level?: string): Promise<string> {
    const code = await compose({ title, body, ...(level ? { level } : {}) });
    await goOn(code);
    return code;
  }
  async function goOn(code: string) {
    await press(writer, "Trình duyệt");
    await writer.getByText("Đã trình duyệt.").waitFor();
    await approve(code);
    await open(writer, code);
    await confirm(writer, "publish", "Đăng");
    await writer.getByText("Đã đăng, đang nhắn cho người đăng ký.").waitFor();
  }
});
