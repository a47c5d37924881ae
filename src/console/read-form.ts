/** Reads a posted form by a zod schema: its data, or what is wrong with each field. */
import type { Request } from "express";
import type { z } from "zod";
import { t } from "../bilingual/index.ts";
import type { Errors } from "./components/index.ts";
import { notFound } from "./problems.ts";

export type ReadForm<Data> =
  | { data: Data; values: Record<string, string>; errors: null }
  | { data: null; values: Record<string, string>; errors: Errors };

/** @returns `values` as they were typed, to fill the form again. */
export function readForm<Schema extends z.ZodType>(
  schema: Schema,
  request: Request,
): ReadForm<z.infer<Schema>> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const values = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === "string" ? value : ""]),
  );
  const result = schema.safeParse(body);
  if (result.success) return { data: result.data, values, errors: null };
  const errors: Errors = {};
  for (const { path, message } of result.error.issues) errors[path.join(".")] ??= t.of(message);
  return { data: null, values, errors };
}

/** One value of a query or a body, whatever was sent. */
export const one = (value: unknown): string => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? first.trim() : "";
};

/** A row's number out of an address. @throws a 404 when it is none. */
export function idOf(value: unknown): bigint {
  const text = one(value);
  if (!/^\d{1,18}$/.test(text)) throw notFound();
  return BigInt(text);
}
