import { TOTP, Secret } from "otpauth";
import supertest from "supertest";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { PASSWORD } from "../testing/sign-in.ts";
import { openConsole, SAME_ORIGIN, type ConsoleKit } from "../testing/kit.ts";
import { createAttempts, TRIES_PER_EMAIL } from "./attempts.ts";
import { localPath } from "./routes.tsx";

const database = useTestDatabase();
let kit: ConsoleKit;
beforeAll(async () => {
  kit = await openConsole(database);
});

const knock = (email: string, password: string, cookie = "") =>
  supertest(kit.app)
    .post("/console/sign-in")
    .set({ ...SAME_ORIGIN, cookie })
    .type("form")
    .send({ email, password });

const cookieOf = (response: supertest.Response) => response.get("Set-Cookie")?.[0]?.split(";")[0] ?? "";

describe("signing in", () => {
  test("leads to the page that was asked for", async () => {
    const { email } = await kit.person();
    const asked = await supertest(kit.app).get("/console/me?x=1");
    expect(asked.headers.location).toBe("/console/sign-in?next=%2Fconsole%2Fme%3Fx%3D1");
    const entered = await supertest(kit.app)
      .post("/console/sign-in")
      .set(SAME_ORIGIN)
      .type("form")
      .send({ email: ` ${email.toUpperCase()} `, password: PASSWORD, next: "/console/me?x=1" });
    expect(entered.headers.location).toBe("/console/me?x=1");
  });

  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/console\\@evil.example",
    "/console/../../evil",
    "/console@evil.example",
    "/\t/evil.example",
    "/console/..//evil.example",
    "javascript:alert(1)",
    ["/console"],
  ])("never leads to %j", (next) => {
    expect(localPath(next)).toBe("/console");
  });

  test("begins a new session: a cookie set beforehand is worth nothing", async () => {
    const { email } = await kit.person();
    const first = await knock(email, PASSWORD);
    const planted = cookieOf(first);
    const second = await knock(email, PASSWORD, planted);
    expect(cookieOf(second)).not.toBe("");
    expect(cookieOf(second)).not.toBe(planted);
    const old = await supertest(kit.app).get("/console/me").set("cookie", planted);
    expect(old.status).toBe(303);
  });

  test("tells nothing about which e-mails exist: the same words, about the same time", async () => {
    const { email } = await kit.person();
    const time = async (who: string) => {
      const times: number[] = [];
      for (let tries = 0; tries < 5; tries++) {
        const began = performance.now();
        const response = await knock(who, "not the password");
        times.push(performance.now() - began);
        expect(response.status).toBe(401);
        expect(response.text).toContain("E-mail hoặc mật khẩu không đúng.");
      }
      return times.sort((one, other) => one - other)[2]!;
    };
    await time("warm-up@hoiphuong.test");
    const [unknown, known] = [await time("nobody@hoiphuong.test"), await time(email)];
    expect(Math.max(unknown, known) / Math.min(unknown, known)).toBeLessThan(2);
  });

  test("a disabled person is refused like a wrong password, and a session of theirs ends at once", async () => {
    const { email, id } = await kit.person();
    const browser = await kit.signIn("admin", "DO-THI", email);
    await database.db.staff.update({ where: { id }, data: { disabledAt: new Date() } });
    expect((await browser.get("/console/me")).status).toBe(303);
    expect((await knock(email, PASSWORD)).status).toBe(401);
  });
});

describe("too many attempts", () => {
  test("lock an e-mail out, known or not, until an admin or time forgives", async () => {
    const { email } = await kit.person();
    const attempts = createAttempts(database.pool);
    for (const who of [email, "nobody-at-all@hoiphuong.test"]) {
      for (let tries = 0; tries < TRIES_PER_EMAIL; tries++)
        expect(await attempts.begin(`10.0.${tries}.1`, who)).toBe(0);
      const refused = await knock(who, PASSWORD);
      expect(refused.status).toBe(429);
      expect(refused.text).toMatch(/Chờ 1\d phút/);
    }
    expect(await attempts.isLockedOut(email)).toBe(true);
    await attempts.forgive(email);
    expect((await knock(email, PASSWORD)).status).toBe(303);
  });

  test("from one address rest as well, whatever the e-mails", async () => {
    const attempts = createAttempts(database.pool);
    let waited = 0;
    for (let tries = 0; tries < 61; tries++)
      waited = await attempts.begin("203.0.113.7", `a${tries}@hoiphuong.test`);
    expect(waited).toBeGreaterThan(0);
  });
});

describe("a one-time password", () => {
  test("opens nothing but the page that changes it", async () => {
    const { email } = await kit.person("agent", "AN-HOI", { mustChange: true });
    const browser = await kit.signIn("agent", "AN-HOI", email);
    expect((await browser.get("/console")).headers.location).toBe("/console/password");
    // what that very page asks for every few seconds must not bring the page into itself
    const part = await browser.get("/console/accounts").set("hx-request", "true");
    expect([part.status, part.text]).toEqual([204, ""]);
    const short = await browser.post("/console/password", {
      current: PASSWORD,
      password: "ngắn",
      again: "ngắn",
    });
    expect(short.status).toBe(422);
    expect(short.text).toContain("ít nhất 10 ký tự");
    const next = "một câu thật dài";
    await browser.post("/console/password", { current: PASSWORD, password: next, again: next }).expect(303);
    expect((await browser.get("/console")).status).toBe(200);
    expect((await knock(email, next)).status).toBe(303);
  });
});

describe("the second step", () => {
  async function withSecondStep() {
    const browser = await kit.signIn();
    const page = await browser.get("/console/me/second-step");
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(page.text)![1]!.replaceAll(" ", "");
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = (shift = 0) => totp.generate({ timestamp: Date.now() + shift * 30_000 });
    const paper = await browser.post("/console/me/second-step", { code: code(-1) });
    const codes = [...paper.text.matchAll(/<code>([0-9a-f-]{23})<\/code>/g)].map((match) => match[1]!);
    return { browser, code, codes };
  }
  const enterCode = async (email: string, code: string) => {
    const cookie = cookieOf(await knock(email, PASSWORD));
    const response = await supertest(kit.app)
      .post("/console/sign-in/code")
      .set({ ...SAME_ORIGIN, cookie })
      .type("form")
      .send({ code });
    return { response, cookie };
  };

  test("asks for a code after the password; a code works once", async () => {
    const { browser, code } = await withSecondStep();
    const entered = await knock(browser.email, PASSWORD);
    expect(entered.headers.location).toBe("/console/sign-in/code");
    const inside = await supertest(kit.app).get("/console").set("cookie", cookieOf(entered));
    expect(inside.headers.location).toBe("/console/sign-in");
    const now = code();
    const { response, cookie } = await enterCode(browser.email, now);
    expect(response.headers.location).toBe("/console");
    expect(cookieOf(response)).not.toBe(cookie);
    expect((await enterCode(browser.email, now)).response.status).toBe(401);
    expect((await enterCode(browser.email, "000000")).response.status).toBe(401);
  });

  test("a code on paper replaces the phone, once", async () => {
    const { browser, codes } = await withSecondStep();
    expect(codes).toHaveLength(10);
    expect((await enterCode(browser.email, codes[3]!.toUpperCase())).response.status).toBe(303);
    expect((await enterCode(browser.email, codes[3]!)).response.status).toBe(401);
  });

  test("is switched off with the password only", async () => {
    const { browser } = await withSecondStep();
    await browser.post("/console/me/second-step/off", { password: "wrong" });
    expect((await knock(browser.email, PASSWORD)).headers.location).toBe("/console/sign-in/code");
    await browser.post("/console/me/second-step/off", { password: PASSWORD });
    expect((await knock(browser.email, PASSWORD)).headers.location).toBe("/console");
  });
});

describe("a form that is not ours", () => {
  test("is refused: from another site, without the session's token, from no browser we know", async () => {
    const browser = await kit.signIn();
    const post = () => browser.agent.post("/console/sign-out").type("form");
    expect((await post().set("sec-fetch-site", "cross-site").send({ _csrf: browser.csrf })).status).toBe(403);
    expect((await post().set("origin", "https://evil.example").send({ _csrf: browser.csrf })).status).toBe(
      403,
    );
    expect((await post().send({ _csrf: browser.csrf })).status).toBe(403);
    expect((await post().set(SAME_ORIGIN).send({})).status).toBe(403);
    expect(
      (
        await post()
          .set(SAME_ORIGIN)
          .send({ _csrf: `${browser.csrf}x` })
      ).status,
    ).toBe(403);
    expect((await browser.post("/console/sign-out")).headers.location).toBe("/console/sign-in?out");
    expect((await browser.get("/console")).status).toBe(303);
  });
});

test("pages allow nothing inline, no frame, no cache", async () => {
  const { headers, text } = await (await kit.signIn()).get("/console/me");
  expect(headers["content-security-policy"]).toMatch(
    /default-src 'none'.*script-src 'self';style-src 'self'/,
  );
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["cache-control"]).toBe("no-store");
  expect(text).not.toMatch(/<script(?![^>]*src=)|\sstyle=|\son\w+=/);
});
