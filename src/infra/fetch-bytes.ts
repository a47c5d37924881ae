/**
 * Fetches a file from an address somebody else gave us. Only from named hosts, never from a private
 * address (checked on the address really connected to, so a name that points inside does not help),
 * every redirect checked again, never more bytes than allowed.
 */
import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { LookupFunction } from "node:net";
import axios, { AxiosError } from "axios";
import ipaddr from "ipaddr.js";

export interface FetchRules {
  /** "fbcdn.net" stands for itself and every name under it. */
  hosts: string[];
  /** Exact origins that may be plain http and private, such as the simulator's: "http://127.0.0.1:3000". */
  trustedOrigins: string[];
  largest: number;
}

/** Trying again cannot help. `reason` is a short code; the address is never in it. */
export class FetchRefused extends Error {
  constructor(
    readonly reason:
      "host" | "private_address" | "too_large" | "gone" | "not_an_address" | "redirect" | "not_json",
  ) {
    super(reason);
  }
}

const TIMEOUT = 30_000;

/** @throws FetchRefused, or the network's error when another try may help. */
export async function fetchBytes(address: string, rules: FetchRules): Promise<Buffer> {
  const isTrusted = rules.trustedOrigins.includes(originOf(address));
  check(address, rules);
  const agents = isTrusted ? {} : PUBLIC_AGENTS;
  try {
    const { data } = await axios.get<ArrayBuffer>(address, {
      ...agents,
      responseType: "arraybuffer",
      timeout: TIMEOUT,
      signal: AbortSignal.timeout(TIMEOUT),
      maxContentLength: rules.largest,
      maxRedirects: 3,
      proxy: false,
      beforeRedirect: (options: Record<string, unknown>) => check(String(options.href), rules),
    });
    return Buffer.from(data);
  } catch (error) {
    throw translate(error);
  }
}

export interface JsonRules extends FetchRules {
  headers: Record<string, string>;
  /** All of it, ms. */
  timeout: number;
}

/**
 * Asks another system for JSON under the same distrust; no redirect is followed, since the request carries a secret.
 * @returns the status, whatever it is, and the body where it is JSON
 * @throws FetchRefused, or the network's error
 */
export async function fetchJson(
  address: string,
  rules: JsonRules,
): Promise<{ status: number; body: unknown }> {
  const isTrusted = rules.trustedOrigins.includes(originOf(address));
  check(address, rules);
  try {
    const { status, data, headers } = await axios.get<ArrayBuffer>(address, {
      ...(isTrusted ? {} : PUBLIC_AGENTS),
      headers: { accept: "application/json", ...rules.headers },
      responseType: "arraybuffer",
      timeout: rules.timeout,
      signal: AbortSignal.timeout(rules.timeout),
      maxContentLength: rules.largest,
      maxRedirects: 0,
      proxy: false,
      validateStatus: () => true,
    });
    if (status >= 300 && status < 400) throw new FetchRefused("redirect");
    return {
      status,
      body: status === 200 ? jsonIn(Buffer.from(data), String(headers["content-type"])) : null,
    };
  } catch (error) {
    throw translate(error);
  }
}

function jsonIn(data: Buffer, type: string): unknown {
  if (!/\bjson\b/i.test(type)) throw new FetchRefused("not_json");
  try {
    return JSON.parse(data.toString("utf8")) as unknown;
  } catch {
    throw new FetchRefused("not_json");
  }
}

function check(address: string, rules: FetchRules) {
  const origin = originOf(address);
  if (rules.trustedOrigins.includes(origin)) return;
  const { protocol, hostname, port } = new URL(address);
  const isKnown = rules.hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  if (protocol !== "https:" || port || !isKnown) throw new FetchRefused("host");
  // a bare address is connected to without being looked up
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(bare) && !isPublic(bare)) throw new FetchRefused("private_address");
}

const isPublic = (address: string) => ipaddr.process(address).range() === "unicast";

function originOf(address: string): string {
  try {
    return new URL(address).origin;
  } catch {
    throw new FetchRefused("not_an_address");
  }
}

/** Resolves a name and refuses it if any of its addresses is not a public one. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, "", 0);
    if (addresses.some(({ address }) => !isPublic(address))) {
      return callback(new FetchRefused("private_address"), "", 0);
    }
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

const PUBLIC_AGENTS = {
  httpAgent: new HttpAgent({ lookup: publicLookup }),
  httpsAgent: new HttpsAgent({ lookup: publicLookup }),
};

function translate(error: unknown): unknown {
  if (!(error instanceof AxiosError)) return error;
  const cause = error.cause ?? error;
  if (cause instanceof FetchRefused) return cause;
  if (/redirect/i.test(error.message) && cause instanceof Error && cause.cause instanceof FetchRefused)
    return cause.cause;
  if (/maxContentLength/.test(error.message)) return new FetchRefused("too_large");
  const status = error.response?.status;
  if (status && status >= 400 && status < 500 && status !== 429 && status !== 408)
    return new FetchRefused("gone");
  return new Error(`The file could not be fetched: ${error.code ?? status ?? "network"}`);
}
