/** Official announcements: published where anybody can check them, told to who asked for them, held against rumours. */
import type { Media } from "../../channels/media.ts";
import type { Clock } from "../../infra/clock.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import type { Mailer } from "../../infra/mail.ts";
import type { SecretBox } from "../../infra/secrets.ts";
import type { Database } from "../../infra/db.ts";
import type { LanguageEngine } from "../../language/index.ts";
import type { Feature } from "../feature.ts";
import { Router } from "express";
import { approvalConsole } from "./approval/routes.tsx";
import { audienceConsole } from "./audience/routes.tsx";
import { deliveryConsole } from "./console/delivery-routes.tsx";
import { announcementConsole } from "./console/routes.tsx";
import { fileConsole } from "./files/routes.tsx";
import { deviceApi } from "./devices/api.ts";
import { deviceConsole } from "./devices/routes.tsx";
import { latest } from "./latest.ts";
import { publicPages } from "./pages.tsx";
import { personalData } from "./personal-data.ts";
import type { AnswerTimes } from "./measures/month.ts";
import { measuresConsole } from "./measures/routes.tsx";
import { createHoursWatch } from "./notices/hours.ts";
import type { NoticeKind } from "./notices/store.ts";
import { mailPress } from "./press/mailing.ts";
import { pressConsole, pressPages } from "./press/routes.tsx";
import { coverPage } from "./reach/cover.ts";
import { rumourConsole } from "./rumours/routes.tsx";
import { createSignatureCheck, readTrusted } from "./signatures/index.ts";
import { subscriptionCodes, subscriptions, type NameTopics } from "./subscribing.ts";
import { scheduleConsole } from "./schedule/routes.tsx";
import { createFiring } from "./schedule/firing.ts";
import { createTelling } from "./telling.ts";
import { verifyFlow } from "./verify-flow.ts";
import { answer, CODE, follow, FOLLOW } from "./verify.ts";

export { draftByService } from "./drafts.ts";
export { createPublishing } from "./reach/jobs.ts";
export { ensureSampleAnnouncements } from "./sample.ts";

export interface AnnouncementParts {
  database: Database;
  wording: WordingBook;
  engine: LanguageEngine;
  clock: Clock;
  media: Media;
  mailer: Pick<Mailer, "queue" | "isOn">;
  box: SecretBox;
  /** A folder of certificates that PDF signatures are held against. */
  authorities?: string | undefined;
  publicUrl: string;
  /** Names of topics that another feature keeps; absent: there are none. */
  nameTopics?: NameTopics;
  /** How soon units answer, measured by another feature; absent: the month's report does not say. */
  answerTimes?: AnswerTimes;
}

const NO_NAMES: NameTopics = async () => new Map();

export function createAnnouncements(given: AnnouncementParts): Feature {
  const { database, engine, media, publicUrl, authorities, nameTopics = NO_NAMES } = given;
  const trusted = authorities ? readTrusted(authorities) : [];
  const parts = { ...given, checkSignatures: createSignatureCheck((hash) => media.read(hash), trusted) };
  const telling = createTelling(parts);
  const fire = createFiring(parts);
  return {
    name: "announcements",
    flows: [verifyFlow],
    answers: {
      "announcement.latest": (turn, context) => latest(turn, context, publicUrl),
      ...subscriptions(nameTopics),
      [FOLLOW]: follow,
    },
    effects: {
      "announcements.verify": ({ text }, context) => answer(String(text), context, engine, publicUrl),
    },
    codes: [{ pattern: CODE, intent: "announcement.verify" }, ...subscriptionCodes],
    menu: [{ intent: "announcement.latest", label: "intents.announcement.latest" }],
    personalData: personalData(nameTopics),
    news: telling.withAnswer,
    console: Router()
      .use(measuresConsole(parts)) // before the pages of one notice: "month" is no code
      .use(approvalConsole(parts)) // before the pages of one notice: "urgent" is no code
      .use(scheduleConsole(parts)) // "coming" is no code either
      .use(rumourConsole(parts))
      .use(deviceConsole(parts))
      .use(pressConsole(parts))
      .use(announcementConsole(parts))
      .use(fileConsole(parts))
      .use(deliveryConsole(parts))
      .use(audienceConsole(parts)),
    jobs: {
      tasks: {
        "announcements.press": ({ id }: { id: string }) => mailPress(database.db, parts, BigInt(id)),
        "announcements.tell": ({ id, kind }: { id: string; kind: NoticeKind }) =>
          telling.tell(BigInt(id), kind),
        "announcements:hours": createHoursWatch(parts),
        "announcements.fire": ({ id }: { id: string }) => fire(BigInt(id)),
      },
      crontab: ["* * * * * announcements:hours"],
    },
    pages: Router()
      .use(coverPage())
      .use(pressPages({ ...parts, db: database.db }))
      .use(deviceApi({ ...parts, db: database.db }))
      .use(publicPages({ ...parts, db: database.db })),
  };
}
