/**
 * How often one may try to sign in: per address, so that nobody goes through many e-mails, and per e-mail, so
 * that nobody goes through many passwords. Counted in the database, for all web processes together, and the
 * same for an e-mail that nobody has: being locked out tells nothing.
 */
import { createHash } from "node:crypto";
import type pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

/** Wrong passwords for one e-mail before it rests. */
export const TRIES_PER_EMAIL = 8;
/** A whole office may stand behind one address. */
const TRIES_PER_ADDRESS = 60;
/** Seconds; after it one may try again. An admin can end it at once (Console → Cán bộ). */
const REST = 15 * 60;

export interface Attempts {
  /** Counts an attempt. @returns minutes to wait, or 0 when it may go on. */
  begin(address: string, email: string): Promise<number>;
  /** It was the right person: their earlier slips are forgotten. */
  succeed(address: string, email: string): Promise<void>;
  /** Ends a lock-out. */
  forgive(email: string): Promise<void>;
  isLockedOut(email: string): Promise<boolean>;
}

export function createAttempts(pool: pg.Pool): Attempts {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      ...{ storeClient: pool, storeType: "pool", tableName: "rate_limit", tableCreated: true },
      ...{ keyPrefix, points, duration: REST, blockDuration: REST },
    });
  const byEmail = limiter("sign-in-email", TRIES_PER_EMAIL);
  const byAddress = limiter("sign-in-address", TRIES_PER_ADDRESS);

  return {
    async begin(address, email) {
      return Math.max(await consume(byAddress, address), await consume(byEmail, keyOf(email)));
    },
    async succeed(address, email) {
      await byEmail.delete(keyOf(email));
      await byAddress.reward(address);
    },
    async forgive(email) {
      await byEmail.delete(keyOf(email));
    },
    async isLockedOut(email) {
      const counted = await byEmail.get(keyOf(email));
      return (counted?.consumedPoints ?? 0) > TRIES_PER_EMAIL;
    },
  };
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.ceil(refused.msBeforeNext / 60_000);
    throw refused;
  }
}

/** An e-mail may be longer than the column, and need not stand there in the clear. */
const keyOf = (email: string) => createHash("sha256").update(email).digest("base64url");
