/**
 * How to ask another office's system, as a YAML file: its addresses, its secrets by name, and where in its answer each
 * thing stands. No two offices have the same system, so nothing of it is code.
 */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { OperatorError } from "../../config.ts";

/** A path into the answer: "data.hoSo.0.trangThai". */
export const answerPath = z.string().regex(/^[\w-]+(?:\.[\w-]+)*$/, "is a path such as data.status");

/** An address with `{names}` where what is asked for goes; never in the host, which nobody but the file decides. */
export const addressTemplate = (...names: string[]) =>
  z
    .string()
    .refine((url) => names.every((name) => url.includes(`{${name}}`)), `needs {${names.join("} and {")}}`)
    .refine((url) => /^https?:\/\/[^/{}]+\//.test(url), "must begin with https://, a host and /");

/** What every such file may say of the connection, besides its addresses and fields. */
export const connection = {
  /** May name environment variables: "Bearer ${PORTAL_TOKEN}". */
  headers: z.record(z.string(), z.string()).default({}),
  timeoutSeconds: z.number().positive().max(20).default(4),
  largestKilobytes: z.number().positive().max(4096).default(256),
  /** Only for a system inside the office's own network: its exact origin may be private or plain http. */
  trustedOrigin: z.string().optional(),
  /** Any of these says that what was asked for is not there. */
  notFound: z
    .strictObject({
      status: z.array(z.number()).default([404]),
      /** Something must stand here in the answer, or there is nothing. */
      missing: answerPath.optional(),
    })
    .default({ status: [404] }),
  /** How days are written there: yyyy-MM-dd, dd/MM/yyyy … (Luxon). ISO is understood anyway. */
  dateFormats: z.array(z.string()).default(["dd/MM/yyyy"]),
};
export type Connection = z.output<z.ZodObject<typeof connection>>;

/**
 * @param setting the setting that names the file, for complaints
 * @throws OperatorError that names what is wrong in the file
 */
export async function readSourceFile<Shape extends z.ZodType<Connection>>(
  setting: string,
  file: string,
  shape: Shape,
  env: NodeJS.ProcessEnv = process.env,
): Promise<z.output<Shape>> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new OperatorError(`${setting}: there is no file ${file}.`);
  });
  return parseSourceFile(text, file, shape, env);
}

export function parseSourceFile<Shape extends z.ZodType<Connection>>(
  text: string,
  file: string,
  shape: Shape,
  env: NodeJS.ProcessEnv,
): z.output<Shape> {
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
