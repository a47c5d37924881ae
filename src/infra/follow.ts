/** What one process changed, every other takes over within seconds: by a short look at the database now and then. */
import { log } from "./log.ts";

export interface Follower {
  /** Looks now: for who has just changed it. */
  refresh(): Promise<void>;
  close(): void;
}

/**
 * Looks once before it returns, then again and again until closed. A look that fails later is logged and the next one tries again.
 * @param what for the log: "the settings"
 * @param every ms
 * @param isOptional the service can do without: a first look that fails is logged as well
 * @throws what the first look threw
 */
export async function follow(
  what: string,
  every: number,
  look: () => Promise<void>,
  isOptional = false,
): Promise<Follower> {
  const attempt = () =>
    look().catch((error: unknown) => log.warn({ err: error }, `${what} could not be read`));
  await (isOptional ? attempt() : look());
  const timer = setInterval(() => void attempt(), every).unref();
  return { refresh: look, close: () => clearInterval(timer) };
}
