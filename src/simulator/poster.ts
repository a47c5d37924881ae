/** Calls to the gateway over connections that are kept. */
import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

/** @returns a function that resolves to the answer's status, or 0 when none came in time. */
export function createPoster(gateway: string) {
  const isHttps = gateway.startsWith("https:");
  const agent = isHttps ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const base = new URL(gateway);
  const root = base.pathname.replace(/\/$/, "");
  function post(
    path: string,
    body: Buffer,
    headers: Record<string, string>,
    patience: number,
  ): Promise<number> {
    return new Promise((resolve) => {
      const call = (isHttps ? httpsRequest : httpRequest)(
        {
          ...{ agent, method: "POST", hostname: base.hostname, port: base.port, path: root + path },
          headers: { ...headers, "content-type": "application/json", "content-length": body.length },
        },
        (response) => {
          response.resume();
          response.on("end", () => settle(response.statusCode ?? 0));
          response.on("error", () => settle(0));
        },
      );
      const timer = setTimeout(() => call.destroy(new Error("out of patience")), patience);
      function settle(status: number) {
        clearTimeout(timer);
        resolve(status);
      }
      call.on("error", () => settle(0));
      call.end(body);
    });
  }
  return Object.assign(post, { close: () => agent.destroy() });
}
