/** Starts what ROLE asks for and stops it cleanly. */
import "dotenv/config";
import { OperatorError, readConfig } from "./config.ts";
import { startService } from "./service.ts";

try {
  const service = await startService(readConfig());
  for (const line of service.welcome) console.log(line);
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1); // a second Ctrl-C: now
    stopping = true;
    void service.stop().then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  console.error(error.message);
  process.exit(1);
}
