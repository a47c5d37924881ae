/**
 * npm run migration -- NAME: writes prisma/migrations/<time>_NAME from what schema.prisma says now and did not say in the
 * last commit. What Prisma's schema cannot say (partial indexes, triggers) is added to it by hand.
 */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "../src/infra/embedded-postgres.ts";
import { differenceOf, prismaFolder } from "../src/infra/migrate.ts";

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: npm run migration -- NAME   (small letters, digits and _)");
  process.exit(2);
}

const committed = execFileSync("git", ["show", "HEAD:./schema.prisma"], {
  cwd: prismaFolder,
  encoding: "utf8",
});
const folder = await mkdtemp(path.join(tmpdir(), "migration-"));
const postgres = await startEmbeddedPostgres(folder);
const schema = await readFile(path.join(prismaFolder, "schema.prisma"), "utf8");
const script = await differenceOf(postgres.url, committed, schema);
await postgres.stop();
await rm(folder, { recursive: true, force: true });
if (/^-- This is an empty migration\./.test(script)) {
  console.error("schema.prisma says what it said in the last commit: there is nothing to migrate.");
  process.exit(1);
}
const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const place = path.join(prismaFolder, "migrations", `${time}_${name}`);
await mkdir(place, { recursive: true });
await writeFile(path.join(place, "migration.sql"), script);
console.log(`${place}/migration.sql\n\n${script}`);
