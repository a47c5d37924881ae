import { rmSync } from "node:fs";
import type { EmbeddedPostgres } from "../embedded-postgres.ts";

export default async function stopDatabase() {
  const { testPostgres, testPostgresFolder } = globalThis as unknown as {
    testPostgres: EmbeddedPostgres;
    testPostgresFolder: string;
  };
  await testPostgres.stop();
  rmSync(testPostgresFolder, { recursive: true, force: true });
}
