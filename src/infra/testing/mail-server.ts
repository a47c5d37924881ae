/** For tests: a real SMTP server on this machine that takes, refuses, dawdles or hangs up as it is told. */
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface TestMailServer {
  url(): string;
  /** The letters it took, whole. */
  taken: { to: string; raw: string }[];
  /** How it behaves until the next test; unset: it takes everything. */
  onRecipient: ((address: string) => Error | null) | null;
  /** Called with the whole letter; what it gives is the answer, "nothing" none at all. */
  onLetter: ((letter: string) => Error | "nothing" | null) | null;
  /** Nobody listens any more, from now on until the end of the test. */
  goDown(): Promise<void>;
}

export const refusal = (responseCode: number) => Object.assign(new Error("no"), { responseCode });

export function useMailServer(options: SMTPServerOptions = {}): TestMailServer {
  let server: SMTPServer;
  let port = 0;
  const test: TestMailServer = {
    url: () => `smtp://127.0.0.1:${port}`,
    taken: [],
    onRecipient: null,
    onLetter: null,
    goDown: () => new Promise((resolve) => server.close(() => resolve())),
  };

  async function start() {
    Object.assign(test, { taken: [], onRecipient: null, onLetter: null });
    server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ["STARTTLS"], logger: false, closeTimeout: 100 },
      onRcptTo: ({ address }, _session, done) => done(test.onRecipient?.(address)),
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const raw = Buffer.concat(chunks).toString();
          const answer = test.onLetter?.(raw) ?? null;
          if (answer === "nothing") return;
          if (!answer) test.taken.push({ to: session.envelope.rcptTo[0]!.address, raw });
          done(answer);
        });
      },
      ...options,
    });
    server.on("error", () => {}); // clients that hang up are part of the tests
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    port = (server.server.address() as AddressInfo).port;
  }

  beforeEach(start);
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return test;
}
