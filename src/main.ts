/** Starts what ROLE asks for and stops it cleanly. */
import "dotenv/config";
import { OperatorError, readConfig } from "./config.ts";
import { startService } from "./service.ts";

/** A Ctrl-C reaches us twice where npm passes on what the terminal has already told us, ms. */
const SAME_WISH = 500;

try {
  const starting = startService(readConfig());
  stopWhenAsked(async () => (await starting.catch(() => null))?.stop());
  const { welcome } = await starting;
  console.log(welcome.join("\n")); // at once: who reads one line of it has them all
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  console.error(error.message);
  process.exit(1);
}

function stopWhenAsked(stop: () => Promise<void>) {
  let askedAt = 0;
  const ask = () => {
    if (askedAt && Date.now() - askedAt > SAME_WISH) process.exit(1); // asked again: now
    if (askedAt) return;
    askedAt = Date.now();
    void stop().then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
  if (process.env.npm_lifecycle_event) whenParentGoes(ask);
}

/** npm passes a signal to the shell it started us with, and the shell ends without telling us. */
function whenParentGoes(ask: () => void) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && ask(), 250).unref();
}
