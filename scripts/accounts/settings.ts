/** Settings of an account as an operator types them: name=value. */
import { z } from "zod";
import { OperatorError } from "../../src/config.ts";
import { accountSettings } from "../../src/channels/accounts.ts";
import type { AccountSettings } from "../../src/channels/channel.ts";

/** @throws OperatorError that says what the setting takes. */
export function readSettingPairs(pairs: string[] = []): Partial<AccountSettings> {
  const given = Object.fromEntries(pairs.map(readPair));
  const result = accountSettings.unwrap().partial().strict().safeParse(given);
  if (result.success)
    return Object.fromEntries(
      Object.keys(given).map((name) => [name, result.data[name as keyof AccountSettings]]),
    );
  throw new OperatorError(`These settings cannot be used:\n${z.prettifyError(result.error)}`);
}

function readPair(pair: string): [string, unknown] {
  const [, name, value] = /^(\w+)=(.*)$/.exec(pair) ?? [];
  if (!name) throw new OperatorError(`“${pair}” is no setting: write name=value.`);
  return [name, readValue(value ?? "")];
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
