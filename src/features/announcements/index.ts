/** Official announcements: published where anybody can check them, told to who asked for them, held against rumours. */
import type { Clock } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import type { LanguageEngine } from "../../language/index.ts";
import type { Feature } from "../feature.ts";
import { latest } from "./latest.ts";
import { publicPages } from "./pages.tsx";
import { personalData } from "./personal-data.ts";
import { add, remove } from "./subscribing.ts";
import { verifyFlow } from "./verify-flow.ts";
import { answer, CODE } from "./verify.ts";

export { ensureSampleAnnouncements } from "./sample.ts";

export interface AnnouncementParts {
  db: Db;
  engine: LanguageEngine;
  clock: Clock;
  publicUrl: string;
}

export function createAnnouncements({ db, engine, clock, publicUrl }: AnnouncementParts): Feature {
  return {
    name: "announcements",
    flows: [verifyFlow],
    answers: {
      "announcement.latest": (turn, context) => latest(turn, context, publicUrl),
      "subscription.add": add,
      "subscription.remove": remove,
    },
    effects: {
      "announcements.verify": ({ text }, context) => answer(String(text), context, engine, publicUrl),
    },
    codes: [{ pattern: CODE, intent: "announcement.verify" }],
    menu: [{ intent: "announcement.latest", label: "intents.announcement.latest" }],
    personalData,
    pages: publicPages({ db, clock, publicUrl }),
  };
}
