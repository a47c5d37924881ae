/** npm run migration -- NAME: writes prisma/migrations/<time>_NAME from what schema.prisma says and the migrations do not yet. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "../src/infra/embedded-postgres.ts";
import { migrate, prismaFolder, withSchemaEngine } from "../src/infra/migrate.ts";

const name = process.argv[2];
if (!name) throw new Error("Usage: npm run migration -- NAME");

const folder = await mkdtemp(path.join(tmpdir(), "migration-"));
const postgres = await startEmbeddedPostgres(folder);
try {
  await migrate(postgres.url);
  const content = await readFile(path.join(prismaFolder, "schema.prisma"), "utf8");
  const { stdout } = await withSchemaEngine(postgres.url, (engine) =>
    engine.diff({
      from: { tag: "url", url: postgres.url },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const place = path.join(prismaFolder, "migrations", `${time}_${name}`);
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, "migration.sql"), stdout ?? "");
  console.log(`${place}/migration.sql\n\n${stdout ?? ""}`);
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
