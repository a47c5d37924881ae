/** Server-sent events for the phone page: everything that changes, as it changes. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { World } from "./world.ts";

const HEARTBEAT = 20_000;

export function stream(world: World, request: IncomingMessage, response: ServerResponse) {
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  response.write("retry: 1000\n\n");
  const stop = world.watch((update) => response.write(`data: ${JSON.stringify(update)}\n\n`));
  const heartbeat = setInterval(() => response.write(": here\n\n"), HEARTBEAT);
  request.on("close", () => {
    clearInterval(heartbeat);
    stop();
  });
  return { end: () => response.end() };
}
