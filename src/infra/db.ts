/**
 * The one connection pool. Features speak to the database through Prisma (`db`); the two hot roads,
 * storing webhooks and claiming messages to send, use prepared statements on the same pool (`pool`).
 */
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient, Prisma } from "./generated/client.ts";
import { log } from "./log.ts";

export { Prisma };
export type Db = PrismaClient;
/** What a store function takes: the client itself, or a transaction of it. */
export type Tx = Prisma.TransactionClient;

export interface Database {
  url: string;
  pool: pg.Pool;
  db: Db;
  close(): Promise<void>;
}

export function openDatabase(url: string, connections = 16): Database {
  const pool = new pg.Pool({ connectionString: url, max: connections, application_name: "hoi-phuong" });
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection was lost"));
  const db = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  return {
    url,
    pool,
    db,
    async close() {
      await db.$disconnect();
      await pool.end();
    },
  };
}
