/** Calls to a platform: kept-alive connections, one time limit, and errors that carry no token and no text. */
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { AxiosError, type AxiosInstance } from "axios";
import { DeliveryError } from "./delivery-error.ts";

const TIMEOUT = 10_000;

export function platformHttp(baseURL: string): AxiosInstance {
  return axios.create({
    baseURL,
    timeout: TIMEOUT,
    maxRedirects: 0,
    proxy: false,
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 128 }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 128 }),
    validateStatus: () => true,
  });
}

/** Failures before the first byte left: the platform cannot have taken the message. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
]);

/** No answer came. Unless it surely never left, the platform may have taken it. */
export function noAnswer(error: unknown): DeliveryError {
  const code = error instanceof AxiosError ? (error.code ?? "network") : "network";
  return NEVER_SENT.has(code)
    ? new DeliveryError("later", code, "The platform could not be reached.")
    : new DeliveryError("unknown", code, "The platform did not answer in time.");
}

/** An answer that says nothing: a gateway's error page, a body cut off. */
export function strangeAnswer(status: number): DeliveryError {
  return new DeliveryError("unknown", `http_${status}`, `The platform answered ${status} without a result.`);
}
