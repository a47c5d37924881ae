/** Everything kept about a resident, in sections they can read. */
import type { Channel, ChannelName, Reply } from "../../channels/channel.ts";
import type { Wording } from "../../dialogue/types.ts";
import type { Db } from "../../infra/db.ts";
import type { DataSection, PersonalData } from "../feature.ts";
import { messagesOf, residentOf } from "./store.ts";

export async function showAll(
  db: Db,
  residentId: bigint,
  channels: Record<ChannelName, Channel>,
  others: PersonalData[],
  say: Wording,
): Promise<DataSection[]> {
  const person = await residentOf(db, residentId);
  if (!person) return [];
  const sections = [profile(person, say), consents(person, say), await talk(db, residentId, channels, say)];
  for (const other of others) sections.push(...(await other.show(db, residentId, say)));
  return sections.filter(({ rows }) => rows.length > 0);
}

type Person = NonNullable<Awaited<ReturnType<typeof residentOf>>>;

function profile(person: Person, say: Wording): DataSection {
  const facts: [string, string | null][] = [
    [say("privacy.field.channel"), person.account.channel === "zalo" ? "Zalo" : "Facebook"],
    [say("privacy.field.account"), person.account.name],
    [say("privacy.field.id"), person.externalId],
    [say("privacy.field.name"), person.displayName],
    [say("privacy.field.phone"), person.phone],
    [say("privacy.field.address"), person.address],
  ];
  const rows = facts.flatMap(([what, text]) => (text ? [{ at: null, what, text }] : []));
  return { title: say("privacy.section.profile"), rows };
}

function consents({ noticeAt, noticeVersion, consents: given }: Person, say: Wording): DataSection {
  const notice = noticeAt
    ? [{ at: noticeAt, what: say("privacy.consent.notice"), text: noticeVersion ?? "" }]
    : [];
  const rows = given.map(({ purpose, givenAt, withdrawnAt }) => ({
    at: withdrawnAt ?? givenAt,
    what: say(`privacy.consent.${purpose}`),
    text: say(withdrawnAt ? "privacy.consent.withdrawn" : "privacy.consent.given"),
  }));
  return { title: say("privacy.section.consents"), rows: [...notice, ...rows] };
}

async function talk(
  db: Db,
  residentId: bigint,
  channels: Record<ChannelName, Channel>,
  say: Wording,
): Promise<DataSection> {
  const { inbound, outbound } = await messagesOf(db, residentId);
  const theirs = inbound.map(({ occurredAt, channel, raw }) => ({
    at: occurredAt,
    what: say("privacy.field.you"),
    text: wordsOf(channels[channel as ChannelName], raw),
  }));
  const ours = outbound.map(({ createdAt, author, content }) => ({
    at: createdAt,
    what: say(author === "staff" ? "privacy.field.staff" : "privacy.field.bot"),
    text: (content as unknown as Reply).text,
  }));
  const rows = [...theirs, ...ours].filter(({ text }) => text !== "");
  rows.sort((one, other) => one.at.getTime() - other.at.getTime());
  return { title: say("privacy.section.talk"), rows };
}

/** What they wrote, tapped or sent. */
function wordsOf(channel: Channel, raw: unknown): string {
  const event = channel.parse(raw);
  switch (event.kind) {
    case "message":
      return [event.text, ...event.attachments.map(({ type, name }) => `[${name ?? type}]`)].join(" ").trim();
    case "postback":
      return event.title;
    case "edit":
      return event.text;
    default:
      return "";
  }
}
