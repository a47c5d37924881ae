/** For tests: the whole service on a database of the test, simulator included, with staff to sign in. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readConfig } from "../config.ts";
import { hashPassword } from "../console/passwords.ts";
import { PASSWORD } from "../console/testing/sign-in.ts";
import { systemClock } from "../infra/clock.ts";
import type { Database } from "../infra/db.ts";
import { startService } from "../service.ts";

export type WholeService = Awaited<ReturnType<typeof openService>>;

let people = 0;

/** Call `stop` in an afterAll that stands above useTestDatabase(): the service stops before its database goes. */
export async function openService(database: Database) {
  const folder = mkdtempSync(path.join(tmpdir(), "hoi-phuong-service-"));
  const given = { DATABASE_URL: database.url, DATA_DIR: folder, PORT: "0", LOG_LEVEL: "silent" };
  const service = await startService(readConfig(given));
  const url = `http://localhost:${service.port}`;
  const passwordHash = await hashPassword(PASSWORD);
  const realNow = systemClock.now;

  return {
    url,
    app: service.app,
    /** The service takes it to be that moment now, and goes on from there. */
    setClock(at: Date) {
      const ahead = at.getTime() - Date.now();
      systemClock.now = () => new Date(Date.now() + ahead);
    },
    async person(role: string, unitCode: string, name = "Nguyễn Thị Mỹ Hạnh") {
      const email = `${role}${++people}@hoiphuong.test`;
      return database.db.staff.create({
        data: { email, name, passwordHash, role, unitCode, mustChange: false },
      });
    },
    /** A resident of the pretend platform does something; see src/simulator/README.md. */
    async act(
      deed: { act: string; account: string; resident: string } & Record<string, unknown>,
    ): Promise<void> {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify(deed);
      const response = await fetch(`${url}/simulator/control/acts`, { method: "POST", headers, body });
      if (!response.ok) throw new Error(await response.text());
    },
    async stop() {
      await service.stop();
      systemClock.now = realNow;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks until it holds. @throws when it does not in time. */
export async function until<Found>(
  look: () => Promise<Found | null | undefined | false>,
  ms = 10_000,
): Promise<Found> {
  for (const end = Date.now() + ms; Date.now() < end;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("It did not come to pass in time.");
}
