/** For tests: residents who write to a real inbox and read what was put on its way to them. */
import type { ConnectedAccount, InboundAttachment, InboundEvent, Reply } from "../../channels/channel.ts";
import { createDrain, type Drain } from "../../channels/drain.ts";
import { createInbox } from "../../channels/inbox.ts";
import { createTestAccount, pretendChannel, pretendEvent } from "../../channels/testing.ts";
import { loadWording } from "../../dialogue/wording.ts";
import { systemClock, type Clock } from "../../infra/clock.ts";
import type { Database } from "../../infra/db.ts";
import type { Entity, LanguageEngine } from "../../language/index.ts";
import { createTurnHandler } from "../conversations/handle.ts";
import type { Feature } from "../feature.ts";

export interface Town {
  account: ConnectedAccount;
  /** Somebody who has not written yet. */
  resident(name: string): Resident;
  /** The same, who has read the first-contact notice. */
  knownResident(name: string): Promise<Resident>;
}

export type Resident = ReturnType<typeof residentIn>;

/** A unit's account with these features behind it; call it in beforeAll. */
export async function openTown(
  database: Database,
  features: Feature[],
  engine: LanguageEngine,
  clock: Clock = systemClock,
): Promise<Town> {
  const { account } = await createTestAccount(database);
  const handle = createTurnHandler({ features, engine, wording: loadWording(), clock });
  const drain = createDrain(database, pretendChannel().channels, handle);
  const inbox = createInbox(database.pool);
  const resident = (name: string) => residentIn(database, account, inbox, drain, name);
  return {
    account,
    resident,
    async knownResident(name) {
      const person = resident(name);
      await person.does({ kind: "unfollow", source: null });
      const { id } = await person.row();
      await database.db.resident.update({ where: { id }, data: { noticeVersion: "2026-11.1" } });
      return person;
    },
  };
}

let events = 0;

function residentIn(
  database: Database,
  account: ConnectedAccount,
  inbox: ReturnType<typeof createInbox>,
  drain: Drain,
  name: string,
) {
  const person = {
    /** @returns the texts of the replies. */
    async says(text: string, attachments: InboundAttachment[] = []): Promise<string[]> {
      const messageId = `m_said_${++events}`;
      return texts(
        await person.does({ kind: "message", messageId, text, attachments, choice: null, quotes: null }),
      );
    },
    async sends(...attachments: InboundAttachment[]): Promise<string[]> {
      return person.says("", attachments);
    },
    async taps(choice: string): Promise<string[]> {
      return texts(
        await person.does({ kind: "postback", messageId: null, title: "", choice, referral: null }),
      );
    },
    async does(event: InboundEvent): Promise<Reply[]> {
      const before = await database.db.outboundMessage.count();
      const messageId = "messageId" in event && event.messageId ? event.messageId : `m_${++events}`;
      const externalKey = `${event.kind}:${++events}`;
      const occurredAt = new Date();
      const raw = { event };
      await inbox.store([
        pretendEvent(account, name, { messageId, externalKey, kind: event.kind, occurredAt, raw }),
      ]);
      await drain.drain((await person.conversation()).id);
      const rows = await database.db.outboundMessage.findMany({ orderBy: { id: "asc" }, skip: before });
      return rows.map(({ content }) => content as unknown as Reply);
    },
    async row() {
      return database.db.resident.findFirstOrThrow({ where: { externalId: name, accountId: account.id } });
    },
    async conversation() {
      const resident = { externalId: name, accountId: account.id };
      return database.db.conversation.findFirstOrThrow({ where: { resident } });
    },
  };
  return person;
}

const texts = (replies: Reply[]) => replies.map(({ text }) => text);

export const photo: InboundAttachment = { type: "image", url: "https://scontent.invalid/1.jpg" };
export const place = (latitude: number, longitude: number): InboundAttachment => ({
  type: "location",
  latitude,
  longitude,
});

/** An engine that knows the sentences it is told of, and nothing else. */
export function pretendEngine(known: Record<string, string | string[]>): LanguageEngine {
  return {
    modelVersion: "pretend",
    understand(text) {
      const names = [known[text] ?? "out_of_scope"].flat();
      const intents = names.map((name) => ({ name, confidence: 0.9 }));
      const entities: Entity[] = [];
      const language =
        /^[a-z ,.?!']+$/i.test(text) && /\b(the|is|my|please|hello|in)\b/i.test(text) ? "en" : "vi";
      return { text, readings: intents, intents, entities, language };
    },
  };
}
