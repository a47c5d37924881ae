// A Graph API that takes every message after LATENCY ms and counts: by Page and time, and how often each recipient got one.
// Recipients are numbered from FIRST; whoever is numbered from PROBES on is a resident who waits for an answer.
import http from "node:http";
import { performance } from "node:perf_hooks";
import { setInterval } from "node:timers";
import { URL } from "node:url";

const FIRST = 6_100_000_000_000_000;
const PROBES = 6_200_000_000_000_000;
const latency = Number(process.env.LATENCY ?? 20);
const copies = new Uint8Array(4_000_000);
/** Arrivals by Page, ms. */
let pages = new Map();
let answered = [];
let errors = 0;

/** Answers due, in the order they are due: one timer for all of them. */
const due = [];
setInterval(() => {
  const now = performance.now();
  while (due.length > 0 && due[0].at <= now) {
    const { response, body } = due.shift();
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
  }
}, 2);

function take(page, text, response) {
  const now = performance.now();
  const recipient = /"recipient":\{"id":"(\d+)"/.exec(text)?.[1];
  const id = Number(recipient);
  if (!pages.has(page)) pages.set(page, []);
  pages.get(page).push(now);
  if (id >= PROBES) answered.push({ recipient, at: Date.now() });
  else if (id >= FIRST) copies[id - FIRST]++;
  else errors++;
  due.push({
    at: now + latency,
    response,
    body: `{"recipient_id":"${recipient}","message_id":"m_${recipient}_${now}"}`,
  });
}

/** The most arrivals in any second, and how many a second between `skip` ms after the first and `skip` before the last. */
function measure(times, skip) {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while (times[last] - times[first] >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  const [from, to] = [times[0] + skip, times.at(-1) - skip];
  const rate = (1000 * times.filter((at) => at >= from && at < to).length) / (to - from);
  return { count: times.length, most, rate };
}

http
  .createServer((request, response) => {
    const path = request.url;
    if (path === "/readyz") return response.end();
    if (path === "/reset") {
      [pages, answered, errors] = [new Map(), [], 0];
      copies.fill(0);
      return response.end();
    }
    if (path.startsWith("/counts")) {
      const skip = Number(new URL(path, "http://x").searchParams.get("skip") ?? 0);
      const all = [...pages.values()].flat().sort((a, b) => a - b);
      const twice = copies.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0);
      const each = [...pages].map(([page, times]) => ({ page, ...measure(times, skip) }));
      return response.end(JSON.stringify({ all: measure(all, skip), pages: each, twice, answered, errors }));
    }
    let text = "";
    request.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    request.on("end", () => take(path.split("/")[2], text, response));
  })
  .listen(Number(process.env.PORT), "127.0.0.1");
