/** Hands one letter to the SMTP server of the operator, and says exactly how far it came. */
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Config } from "../config.ts";

export interface Letter {
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
}

/**
 * How a handing over ended. `server`: our settings or the server, not this letter; `unknown`: the server had the whole
 * letter and did not say whether it takes it. `why` is a code ("550 RCPT TO", "ECONNREFUSED"), never the server's words:
 * they repeat addresses.
 */
export type Outcome =
  { kind: "sent" } | { kind: "refused" | "later" | "server" | "unknown"; why: string } | { kind: "notOurs" };

export interface SmtpServer {
  /** @param begin called just before the first byte of the letter goes out; false stops it there. */
  deliver(letter: Letter, id: string, begin: () => Promise<boolean>): Promise<Outcome>;
  /** Connects and signs in. @returns null when all is well, else a code. */
  check(): Promise<string | null>;
}

/** Of a server that is slow, ms. */
export interface Patience {
  connect: number;
  silence: number;
}

const PATIENCE: Patience = { connect: 10_000, silence: 60_000 };

/** @returns null: no SMTP_URL, mail is off. */
export function openSmtp(config: Config, patience = PATIENCE): SmtpServer | null {
  if (!config.SMTP_URL) return null;
  const options = connectionOptions(config, patience);
  const credentials = config.SMTP_USERNAME
    ? { user: config.SMTP_USERNAME, pass: config.SMTP_PASSWORD ?? "" }
    : null;

  async function signedIn(): Promise<SMTPConnection> {
    const connection = new SMTPConnection(options);
    await new Promise<void>((resolve, reject) => {
      connection.on("error", reject); // stays: an error without a listener ends the process
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    if (credentials)
      await new Promise<void>((resolve, reject) => {
        connection.on("error", reject);
        connection.login(credentials, (error) => (error ? reject(error) : resolve()));
      });
    return connection;
  }

  return {
    async deliver({ to, subject, text }, id, begin) {
      const from = config.MAIL_FROM!;
      const host = from.replace(/^.*@|>$/g, "");
      const headers = { "auto-submitted": "auto-generated" };
      const composed = new MailComposer({
        ...{ from, to, subject, text, headers, messageId: `<${id}@${host}>` },
      }).compile();
      const bytes = await composed.build();
      let connection: SMTPConnection;
      try {
        connection = await signedIn();
      } catch (error) {
        return outcomeOf(error as SmtpError, false);
      }
      try {
        return await send(connection, composed.getEnvelope(), bytes, begin);
      } finally {
        connection.close();
      }
    },
    async check() {
      try {
        (await signedIn()).quit();
        return null;
      } catch (error) {
        return codeOf(error as SmtpError);
      }
    },
  };
}

function connectionOptions({ SMTP_URL, SMTP_CA }: Config, { connect, silence }: Patience) {
  const { protocol, hostname, port } = new URL(SMTP_URL!);
  const secure = protocol === "smtps:";
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && !isHere, // nothing leaves this machine in the clear
    ...{ connectionTimeout: connect, greetingTimeout: connect, dnsTimeout: connect, socketTimeout: silence },
    tls: SMTP_CA ? { ca: readFileSync(SMTP_CA) } : {},
  };
}

type Envelope = Parameters<SMTPConnection["send"]>[0];

/** The server asks for the letter (354) before a byte of it is read: until then nothing can have been taken. */
async function send(
  connection: SMTPConnection,
  envelope: Envelope,
  bytes: Buffer,
  begin: () => Promise<boolean>,
): Promise<Outcome> {
  let isHandedOver = false;
  const notOurs = new Error("another process has it");
  const letter = Readable.from(
    (async function* () {
      if (!(await begin())) throw notOurs;
      isHandedOver = true;
      yield bytes;
    })(),
  );
  const failure = await new Promise<SmtpError | null>((resolve) => {
    connection.send(envelope, letter, (error) => resolve(error));
  });
  if (!failure) return { kind: "sent" };
  return failure === notOurs ? { kind: "notOurs" } : outcomeOf(failure, isHandedOver);
}

type SmtpError = Error & { code?: string; originalCode?: string; responseCode?: number; command?: string };

/** The commands whose refusal is about this letter; a refusal of any other is about us. */
const ABOUT_THE_LETTER = ["RCPT TO", "DATA"];

function outcomeOf(error: SmtpError, isHandedOver: boolean): Outcome {
  const why = codeOf(error);
  const { responseCode, command = "" } = error;
  if (!responseCode) return { kind: isHandedOver ? "unknown" : "later", why };
  if (responseCode < 500) return { kind: "later", why };
  return { kind: ABOUT_THE_LETTER.includes(command) ? "refused" : "server", why };
}

function codeOf({ code, originalCode, responseCode, command }: SmtpError): string {
  if (responseCode) return `${responseCode} ${command ?? ""}`.trim();
  return originalCode ?? code ?? "error";
}
