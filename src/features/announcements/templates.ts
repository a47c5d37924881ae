/** Notices that come again and again, begun with one press: intents/announcement-templates.yml. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { isTopic } from "./topics.ts";

const FILE = new URL("../../../intents/announcement-templates.yml", import.meta.url);

const file = z.object({
  templates: z.record(
    z.string().regex(/^[a-z_]+$/),
    z.object({
      name: z.string(),
      topic: z.string().refine(isTopic, "no such topic"),
      level: z.enum(["normal", "important", "emergency"]),
      title: z.string(),
      body: z.string(),
    }),
  ),
});

export type Template = z.infer<typeof file>["templates"][string];
export const templates: Record<string, Template> = file.parse(parse(readFileSync(FILE, "utf8"))).templates;

/** "[giờ]": a place that somebody still has to fill. */
export const openPlaces = (text: string): string[] => [...new Set(text.match(/\[[^[\]\n]{1,60}\]/g) ?? [])];
