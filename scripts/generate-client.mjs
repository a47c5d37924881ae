// Writes the typed database client to src/infra/generated. It needs no engine binary, so the setting
// below only keeps Prisma from looking for one to download.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const prisma = "node_modules/prisma/build/index.js";
if (existsSync(prisma)) {
  const { status } = spawnSync(process.execPath, [prisma, "generate", "--no-hints"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  process.exit(status ?? 1);
}
