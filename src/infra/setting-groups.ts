/**
 * Choices of the operators, declared where they are used: what each means, its unit, its range, what holds until
 * somebody chooses otherwise. The console draws its form from the declaration; `value` follows what is stored, in
 * every process, within seconds.
 */
import { z } from "zod";
import { t } from "../bilingual/index.ts";
import type { Db } from "./db.ts";
import { follow, type Follower } from "./follow.ts";

export interface NumberChoice {
  kind: "number";
  label: string;
  /** A sentence for who decides: what changes when this does. */
  meaning: string;
  unit: string;
  min: number;
  max: number;
  initial: number;
}

export interface TextChoice {
  kind: "text";
  label: string;
  meaning: string;
  pattern: RegExp;
  /** What the pattern asks for, in words. */
  form: string;
  initial: string;
}

export type Choice = NumberChoice | TextChoice;
export type Choices = Record<string, Choice>;
export type Chosen<Of extends Choices> = {
  [Name in keyof Of]: Of[Name] extends NumberChoice ? number : string;
};

export interface SettingGroup<Of extends Choices = Choices> {
  /** Of its row in `setting`. */
  key: string;
  title: string;
  meaning: string;
  choices: Of;
  /** Gives what is initial for {}. */
  shape: z.ZodType<Chosen<Of>>;
  /** What holds now. */
  readonly value: Chosen<Of>;
  /** Takes over what is stored; what cannot be read counts as not set. */
  follow(stored: unknown): void;
}

export function settingGroup<const Of extends Choices>(
  key: string,
  { title, meaning, choices }: { title: string; meaning: string; choices: Of },
): SettingGroup<Of> {
  const fields = Object.entries(choices).map(([name, choice]) => [name, checkOf(choice)]);
  const shape = z.object(Object.fromEntries(fields) as z.ZodRawShape) as unknown as z.ZodType<Chosen<Of>>;
  let value = shape.parse({});
  return {
    ...{ key, title, meaning, choices, shape },
    get value() {
      return value;
    },
    follow(stored) {
      const read = shape.safeParse(stored ?? {});
      value = read.success ? read.data : shape.parse({});
    },
  };
}

function checkOf(choice: Choice) {
  if (choice.kind === "text")
    return z.string().trim().regex(choice.pattern, choice.form).default(choice.initial);
  const range = { error: () => t`Một số từ ${choice.min} tới ${choice.max} ${t.of(choice.unit)}.` };
  return z.number(range).int(range).min(choice.min, range).max(choice.max, range).default(choice.initial);
}

/** One short statement a look, ms. */
const LOOKS_EVERY = 2_000;

export interface SettingsWatch extends Follower {
  groups: readonly SettingGroup[];
}

/** Has every group follow its row until it is closed. */
export async function watchSettings(db: Db, groups: readonly SettingGroup[]): Promise<SettingsWatch> {
  const follower = await follow("the settings", LOOKS_EVERY, async () => {
    const rows = await db.setting.findMany({ where: { key: { in: groups.map(({ key }) => key) } } });
    for (const group of groups) group.follow(rows.find(({ key }) => key === group.key)?.value);
  });
  return { groups, ...follower };
}
