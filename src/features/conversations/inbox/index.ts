/** The staff side of conversations: the inbox's pages, its live stream, and what the passing of time does to talks. */
import { vi } from "../../../bilingual/index.ts";
import type { JobSet } from "../../../infra/jobs.ts";
import type { Mailer } from "../../../infra/mail.ts";
import { settingGroup } from "../../../infra/setting-groups.ts";
import type { Feature } from "../../feature.ts";
import { workTimeOf } from "../../../residents/work-time.ts";
import { isOpen } from "../../../residents/office-hours.ts";
import { releaseAll, releaseUnanswered } from "./holding.ts";
import { TalkLine } from "./list.tsx";
import { createLive } from "./live.ts";
import { inboxRoutes, type InboxParts } from "./routes.tsx";
import { countForAll, findTalksById } from "./talks.ts";
import { createWaitingMail } from "./waiting-mail.ts";

export { waitingMail } from "./waiting-mail.ts";

export interface Inbox extends Pick<Feature, "console" | "jobs"> {
  /** Everything somebody holds goes back to the queue. */
  signedOut(staffId: number): Promise<void>;
  close(): Promise<void>;
}

const MINUTE = 60_000;

export const patience = settingGroup("conversations.patience", {
  title: vi`Trò chuyện có người giữ mà chưa trả lời`,
  meaning: vi`Người dân nhắn mà người giữ chưa trả lời trong thời gian này thì trò chuyện trở lại hàng chờ, ai cũng nhận được.`,
  choices: {
    inHours: {
      ...{ kind: "number", label: vi`Trong giờ làm việc`, unit: vi`phút`, min: 5, max: 480, initial: 30 },
      meaning: vi`Tính từ tin cuối của người dân.`,
    },
    outOfHours: {
      ...{ kind: "number", label: vi`Ngoài giờ làm việc`, unit: vi`phút`, min: 1, max: 480, initial: 5 },
      meaning: vi`Ngắn hơn, để người trực nhận thay người đã về.`,
    },
  },
});

interface Parts extends Omit<InboxParts, "live"> {
  mailer: Mailer;
  publicUrl: string;
}

export function createInbox(parts: Parts): Inbox {
  const { database, channels, clock } = parts;
  const live = createLive({
    database,
    readRows: (ids) => findTalksById(database.db, channels, ids),
    readCounts: () => countForAll(database.db),
    drawRow: async (row) => TalkLine({ row, now: clock.now() }),
  });
  const mail = createWaitingMail(parts);
  const jobs: JobSet = {
    tasks: {
      ...mail.tasks,
      "conversations:release": async () => {
        const now = clock.now();
        const { inHours, outOfHours } = patience.value;
        const minutes = isOpen(now, await workTimeOf(database.db, null, now)) ? inHours : outOfHours;
        return releaseUnanswered(database.db, new Date(now.getTime() - minutes * MINUTE));
      },
    },
    crontab: ["* * * * * conversations:release", ...(mail.crontab ?? [])],
  };
  return {
    console: inboxRoutes({ ...parts, live }),
    jobs,
    signedOut: (staffId) => releaseAll(database.db, staffId),
    close: () => live.close(),
  };
}
