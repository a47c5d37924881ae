/** One running service: the database, what ROLE asks for on top of it, and the way to stop it all. */
import { createServer, type Server } from "node:http";
import express from "express";
import { createApp, type App } from "./app.ts";
import { atPort, OperatorError, type Config } from "./config.ts";
import { FIRST_ADMIN } from "./console/first-admin.ts";
import { openInstallation } from "./installation.ts";
import { startJobs } from "./infra/jobs.ts";
import { log } from "./infra/log.ts";

export interface Service {
  /** What to tell the person at the terminal. */
  welcome: string[];
  port: number | null;
  app: App;
  stop(): Promise<void>;
}

/** Work a worker process does side by side; most of it waits for the database or a platform. */
const JOB_CONCURRENCY = 12;
/** A request or a send under way gets this long to finish at the end, ms. */
const GRACE = 15_000;

export async function startService(config: Config): Promise<Service> {
  const started = Date.now();
  const installation = await openInstallation(config, { prepare: true });
  const stops: (() => Promise<unknown>)[] = [() => installation.close()];
  try {
    let server: Server | null = null;
    if (config.ROLE !== "worker") {
      server = await listen(config); // the port first: a port taken is said before anything else runs
      const web = server;
      stops.push(() => closeServer(web));
    }
    const port = server ? (server.address() as { port: number }).port : null;
    const app = await createApp(port === null ? config : atPort(config, port), installation);
    stops.push(() => app.close());
    if (server) app.attach(server);
    if (config.ROLE === "worker" && config.METRICS_PORT !== undefined) {
      const watched = createServer(express().use(app.operations));
      await listenOn(watched, config.METRICS_PORT, "METRICS_PORT");
      stops.push(() => closeServer(watched));
    }
    if (config.ROLE !== "web") {
      await app.outbox.start();
      stops.push(() => app.outbox.stop());
      const runner = await startJobs(installation.database.pool, app.jobs, JOB_CONCURRENCY);
      stops.push(() => runner.stop());
    }
    log.info({ role: config.ROLE, port, ms: Date.now() - started }, "started");
    return {
      welcome: welcome(config, port, installation.firstPassword),
      port,
      app,
      stop: () => stopAll(stops),
    };
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

/** In the reverse order of starting; one that fails does not keep the others from stopping. */
async function stopAll(stops: (() => Promise<unknown>)[]) {
  for (const stop of stops.reverse()) {
    await stop().catch((error: unknown) => log.error({ err: error }, "something did not stop cleanly"));
  }
}

/** Listens at once and says "starting" until the app is attached. */
async function listen(config: Config): Promise<Server> {
  const server = createServer();
  server.on("request", (_request, response) => {
    if (server.listenerCount("request") > 1) return;
    response.writeHead(503, { "retry-after": "1" }).end("Starting\n");
  });
  await listenOn(server, config.PORT, "PORT");
  return server;
}

/** @param setting what an operator changes when the port cannot be had. */
async function listenOn(server: Server, port: number, setting: string) {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(portError(error, port, setting)));
    server.listen(port, resolve);
  });
}

function portError(error: NodeJS.ErrnoException, port: number, setting: string): Error {
  if (error.code === "EADDRINUSE") {
    return new OperatorError(
      `Port ${port} is taken by another program. Stop it, or set ${setting} to a free one.`,
    );
  }
  if (error.code === "EACCES") {
    return new OperatorError(`This user may not listen on port ${port}. Set ${setting} to one above 1023.`);
  }
  return error;
}

async function closeServer(server: Server) {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(timer);
}

function welcome(config: Config, port: number | null, firstPassword: string | null): string[] {
  if (port === null) return ["The worker is running."];
  const address = `http://localhost:${port}`;
  return [
    "",
    `  Console     ${address}/console`,
    ...(firstPassword ? [`              ${FIRST_ADMIN} · one-time password: ${firstPassword}`] : []),
    ...(config.MODE === "demo" ? [`  Simulator   ${address}/simulator`] : []),
    `  Health      ${address}/readyz`,
    "",
  ];
}
