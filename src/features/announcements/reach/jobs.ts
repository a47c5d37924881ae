/** The jobs that call the platforms for announcements: one a publication, one an account's quota. */
import type { JobSet } from "../../../infra/jobs.ts";
import { createPublisher, type PublisherParts } from "./publisher.ts";
import { renewQuota } from "./quota.ts";

export function createPublishing(parts: PublisherParts): { jobs: JobSet; close(): Promise<void> } {
  const publisher = createPublisher(parts);
  const { database, clock } = parts;
  return {
    jobs: {
      tasks: {
        "announcements.publication": ({ id }: { id: string }) => publisher.step(BigInt(id)),
        "announcements.quota": ({ accountId }: { accountId: number }) =>
          renewQuota(database.db, publisher.platforms, accountId, clock.now()),
      },
    },
    close: publisher.close,
  };
}
