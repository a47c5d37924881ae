/** Secrets given as "-" come from standard input, one a line in the order of the options, so that none is in `ps` or the shell's history. */
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { OperatorError } from "../../src/config.ts";

/** @param names the options that may hold a secret, in the order in which the lines come. */
export async function readSecrets<Options extends Record<string, unknown>>(
  options: Options,
  names: (keyof Options & string)[],
): Promise<Options> {
  const wanted = names.filter((name) => options[name] === "-");
  if (wanted.length === 0) return options;
  const lines = lineReader();
  const secrets: Record<string, string> = {};
  for (const name of wanted) {
    const label = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    const line = (await lines.next(label))?.trim();
    if (!line) throw new OperatorError(`Standard input has no line for the ${label}.`);
    secrets[name] = line;
  }
  lines.close();
  return { ...options, ...secrets };
}

function lineReader() {
  const isTerminal = process.stdin.isTTY;
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: unseen, terminal: isTerminal });
  const lines = reader[Symbol.asyncIterator]();
  return {
    async next(label: string): Promise<string | undefined> {
      if (isTerminal) process.stderr.write(`${label}: `);
      const { value, done } = (await lines.next()) as IteratorResult<string, undefined>;
      if (isTerminal) process.stderr.write("\n");
      return done ? undefined : value;
    },
    close: () => reader.close(),
  };
}
