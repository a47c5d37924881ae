/** For tests: another office's system on real HTTP, which answers as it is told to: well, slowly, wrongly, with malice. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { SourceUnavailable } from "../json-source/source.ts";

export interface PretendPortal {
  answers: RequestListener;
  /** The addresses that were asked for, without the host. */
  calls: string[];
  /** Its origin, once it stands. */
  origin(): string;
}

/** Stands for the tests of a file; forgets its calls before each. */
export function usePretendPortal(): PretendPortal {
  const portal: PretendPortal = {
    answers: json({}),
    calls: [],
    origin: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const server = createServer((request, response) => {
    portal.calls.push(request.url!);
    portal.answers(request, response);
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => (portal.calls = []));
  return portal;
}

export const json =
  (body: unknown): RequestListener =>
  (_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  };

const sends =
  (type: string, body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { "content-type": type, ...headers }).end(body);
  };

const redirects =
  (location: string): RequestListener =>
  (_request, response) => {
    response.writeHead(302, { location }).end();
  };

/** How, what it does, and the reason it is not believed for; sources in tests take 4 KB and wait 0.4 s. */
export const BAD_ANSWERS: [how: string, answer: RequestListener, reason: RegExp][] = [
  ["silent", () => {}, /timeout|ABORT|CANCEL|network/i],
  ["slow, a byte at a time", drips, /timeout|ABORT|CANCEL|network/i],
  ["hanging up", (request) => request.socket.destroy(), /network|ECONN|hang up|fetched/i],
  ["broken", (_request, response) => response.writeHead(500).end("x"), /^status_500$/],
  ["refusing us", (_request, response) => response.writeHead(401).end("{}"), /^status_401$/],
  ["of the wrong type", sends("text/html", "<p>Đăng nhập</p>"), /^not_json$/],
  ["half JSON", sends("application/json", '{"data":'), /^not_json$/],
  ["oversized", sends("application/json", `"${"x".repeat(9000)}"`), /^too_large$/],
  ["without an end", pours, /^too_large$|timeout|ABORT|CANCEL/],
  [
    "small on the wire and huge unpacked",
    sends("application/json", gzipSync(`"${" ".repeat(4_000_000)}"`), { "content-encoding": "gzip" }),
    /^too_large$/,
  ],
  ["sending us to a private address", redirects("http://169.254.169.254/latest/meta-data"), /^redirect$/],
  ["sending us to this machine", redirects("http://127.0.0.1:1/"), /^redirect$/],
  ["sending us to another host", redirects("https://elsewhere.example/"), /^redirect$/],
];

function drips(...[request, response]: Parameters<RequestListener>) {
  response.writeHead(200, { "content-type": "application/json" });
  const drop = setInterval(() => response.write(" "), 50);
  request.socket.once("close", () => clearInterval(drop));
}

function pours(...[request, response]: Parameters<RequestListener>) {
  response.writeHead(200, { "content-type": "application/json" });
  const pour = setInterval(() => response.write(" ".repeat(1000)), 5);
  request.socket.once("close", () => clearInterval(pour));
}

/** @returns why it is not believed. @throws when it is */
export async function failureOf(asked: Promise<unknown>): Promise<string> {
  const error: unknown = await asked.then(
    (answer) => new Error(`It was believed: ${JSON.stringify(answer)}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof SourceUnavailable) return error.reason;
  throw error;
}
