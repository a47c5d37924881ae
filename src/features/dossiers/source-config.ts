/**
 * How to ask a province's one-stop system, as a file (DOSSIER_SOURCE): its address, and where in its answer each thing
 * stands. No two provinces have the same system, so nothing of it is code. An example: docs/dossier-source.example.yml.
 */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { OperatorError } from "../../config.ts";
import { STATES } from "./dossier.ts";

/** A path into the answer: "data.hoSo.0.trangThai". */
const path = z.string().regex(/^[\w-]+(?:\.[\w-]+)*$/, "is a path such as data.status");

const shape = z.strictObject({
  /** With {code} where the dossier's code goes. */
  url: z.string().refine((url) => url.includes("{code}"), "needs {code}"),
  /** May name environment variables: "Bearer ${PORTAL_TOKEN}". */
  headers: z.record(z.string(), z.string()).default({}),
  timeoutSeconds: z.number().positive().max(20).default(4),
  largestKilobytes: z.number().positive().max(4096).default(256),
  /** Only for a system inside the office's own network: its exact origin may be private or plain http. */
  trustedOrigin: z.string().optional(),
  /** Any of these says that there is no such dossier. */
  notFound: z
    .strictObject({
      status: z.array(z.number()).default([404]),
      /** Something must stand here in the answer, or there is no dossier. */
      missing: path.optional(),
    })
    .default({ status: [404] }),
  fields: z.strictObject({
    code: path.optional(),
    status: path,
    unit: path.optional(),
    dueOn: path.optional(),
    procedure: path.optional(),
    receivedOn: path.optional(),
    finishedOn: path.optional(),
    note: path.optional(),
    phone: path.optional(),
    asOf: path.optional(),
  }),
  /** How days are written there: yyyy-MM-dd, dd/MM/yyyy … (Luxon). ISO is understood anyway. */
  dateFormats: z.array(z.string()).default(["dd/MM/yyyy"]),
  /** The system's word or number for each state. */
  states: z.record(z.string(), z.enum(STATES)),
});
export type SourceConfig = z.output<typeof shape>;

/** @throws OperatorError that names what is wrong in the file. */
export async function readSourceConfig(
  file: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<SourceConfig> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new OperatorError(`DOSSIER_SOURCE: there is no file ${file}.`);
  });
  return parseSourceConfig(text, file, env);
}

export function parseSourceConfig(text: string, file: string, env: NodeJS.ProcessEnv): SourceConfig {
  const read = shape.safeParse(yamlIn(text, file));
  if (!read.success) {
    const complaints = read.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new OperatorError(`${file} cannot be used:\n${complaints.join("\n")}`);
  }
  const headers = Object.entries(read.data.headers).map(([name, value]) => [
    name,
    withSecrets(value, file, env),
  ]);
  return { ...read.data, headers: Object.fromEntries(headers) as Record<string, string> };
}

function yamlIn(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new OperatorError(`${file} is not YAML: ${(error as Error).message.split("\n")[0]}`);
  }
}

function withSecrets(value: string, file: string, env: NodeJS.ProcessEnv): string {
  return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const secret = env[name];
    if (!secret) throw new OperatorError(`${file} needs the environment variable ${name}.`);
    return secret;
  });
}
