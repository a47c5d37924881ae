/** The console in English, in a real browser: chosen, walked through, kept, and put back. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { contacts } from "../console/accounts/findings.ts";
import { loadWording } from "../dialogue/wording.ts";
import { useTestDatabase } from "../infra/testing/database.ts";
import { describeInBrowser, launch, watchComplaints } from "../infra/testing/browser.ts";
import { wardFile } from "../places/wards.ts";
import { faultsOfPages } from "../testing/page-faults.ts";
import { fillSignIn } from "../console/testing/sign-in.ts";
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

const VIETNAMESE = /[àáâãèéêìíòóôõùúăđĩũơưạ-ỹ]/iu;

/** What may stand in Vietnamese on an English page: all that the database holds, what residents are told, names. */
async function data() {
  const { db } = database;
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const rows = await Promise.all(
    tables.map(({ name }) =>
      db.$queryRawUnsafe<{ text: string | null }[]>(
        `SELECT string_agg(to_jsonb(t)::text, ' ') AS text FROM "${name}" t`,
      ),
    ),
  );
  const told = [...loadWording().sentences.values()].map(({ vi }) => JSON.stringify(vi));
  const named = [
    ...(await db.unit.findMany()),
    ...(await db.account.findMany()),
    ...(await db.staff.findMany()),
  ];
  const people = await db.resident.findMany();
  const names = [
    ...["Bến Tre", "Tiếng Việt", contacts.value.technical],
    ...[...named, ...wardFile.wards].map(({ name }) => name),
    ...people.map(({ displayName }) => displayName ?? ""),
  ];
  return {
    kept: [...rows.map(([row]) => row?.text), ...told].join(" ").toLowerCase(),
    names: names.filter(Boolean).sort((one, other) => other.length - one.length),
  };
}

/** Every text and every label of the page, what is folded away too; not what says of itself that it is Vietnamese. */
const wordsOf = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement!;
      if (element.closest("script, style, [lang=vi], .phones")) continue;
      if (node instanceof Element)
        for (const name of ["title", "aria-label", "placeholder", "alt", "data-label"])
          found.push(element.getAttribute(name) ?? "");
      else found.push(node.textContent ?? "");
    }
    return found;
  });

/** Pieces of what is on the page that are Vietnamese and nobody's data. */
async function ownVietnamese(page: Page, { kept, names }: Awaited<ReturnType<typeof data>>) {
  const pieces = (await wordsOf(page)).flatMap((words) => words.split(/[·:;,()“”\n/…?]| – | → /));
  return [...new Set(pieces.map((piece) => piece.trim()))].filter((piece) => {
    if (kept.includes(piece.toLowerCase())) return false;
    return VIETNAMESE.test(names.reduce((rest, name) => rest.replaceAll(name, ""), piece));
  });
}

describeInBrowser("the console in English", () => {
  let context: BrowserContext;
  let page: Page;
  let email: string;
  let complaints: string[];

  const signIn = async (on: Page) => {
    await fillSignIn(on, email);
    await on.waitForURL(`${service.url}/console`);
  };

  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    complaints = watchComplaints(page);
    ({ email } = await service.person("admin", "DO-THI"));
  });
  afterAll(() => context.close());
  afterEach(() => expect(complaints).toEqual([]));

  test("is chosen at the door or on one's own page, and outlives sign-out", async () => {
    await page.goto(`${service.url}/console`);
    await page.getByRole("link", { name: "English" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await signIn(page);
    await page.getByRole("link", { name: "Conversations" }).first().waitFor();

    await page.goto(`${service.url}/console/me`);
    await page.getByRole("button", { name: "Tiếng Việt" }).click();
    await page.getByText("Đã chuyển sang tiếng Việt.").waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("Switched to English.").waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out.").waitFor();
    // elsewhere nobody is known before they sign in
    const other = await browser!.newPage();
    await other.goto(`${service.url}/console`);
    await other.getByRole("heading", { name: "Đăng nhập" }).waitFor();
    await signIn(other);
    await other.getByRole("link", { name: "Conversations" }).first().waitFor();
    await other.context().close();
    await signIn(page);
  });

  test("says nothing of its own in Vietnamese, on any page", async () => {
    await service.act({
      ...{ act: "text", account: "zalo:1840026671135570011", resident: "3100000000000000666" },
      text: "cho gặp cán bộ",
    });
    const talk = await until(() => database.db.conversation.findFirst({ where: { state: "waiting" } }));
    const [account, report, notice, procedure] = await Promise.all([
      database.db.account.findFirstOrThrow(),
      database.db.report.findFirstOrThrow(),
      database.db.announcement.findFirstOrThrow({ where: { state: "published" } }),
      database.db.procedure.findFirstOrThrow(),
    ]);
    const menu = await page
      .locator(".side .menu-link")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    expect(menu.length).toBeGreaterThan(15);
    const known = await data();
    const own: string[] = [];
    for (const path of [
      ...menu,
      ...["/console/me", "/console/password", "/console/staff/new", "/console/units/new"],
      ...[`/console/accounts/${account.id}`, "/console/accounts/new/zalo", "/console/accounts/new/facebook"],
      ...[`/console/conversations/${talk.id}`, "/console/conversations/answers", "/console/training/models"],
      ...["/console/reports/list", "/console/reports/settings", "/console/reports/new"],
      ...[`/console/reports/${report.code}`, `/console/announcements/${notice.code}`],
      ...[`/console/announcements/${notice.code}/delivery`, "/console/announcements/new"],
      ...[`/console/procedures/${procedure.code}`, "/console/wording/intents.help"],
      ...["/phan-anh", `/phan-anh/${report.code}`, "/thong-bao", `/thong-bao/${notice.code}`],
    ]) {
      await page.goto(`${service.url}${path}`);
      expect([path, await page.locator("html").getAttribute("lang")]).toEqual([path, "en"]);
      for (const piece of await ownVietnamese(page, known)) own.push(`${path}: ${piece}`);
    }
    expect(own).toEqual([]);
  }, 120_000);

  test("fits a phone and a desk, without a serious fault for axe", async () => {
    const paths = ["/conversations", "/reports/list", "/announcements", "/accounts", "/settings", "/me"];
    expect(await faultsOfPages(page, `${service.url}/console`, paths)).toEqual([]);
  }, 120_000);
});
