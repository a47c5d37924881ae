/** A talk as it went: what the resident sent, what we said, what staff noted, who held it; oldest first. */
import { t } from "../../../bilingual/index.ts";
import type {
  Channel,
  ChannelName,
  InboundAttachment,
  InboundEvent,
  Reply,
} from "../../../channels/channel.ts";
import type { Tx } from "../../../infra/db.ts";
import type { StepKind } from "./holding.ts";

export interface ShownFile {
  id: bigint;
  type: string;
  name: string | null;
  state: string;
  mime: string | null;
  hasThumbnail: boolean;
}

export type Item =
  | {
      key: string;
      at: Date;
      kind: "heard";
      text: string;
      files: ShownFile[];
      others: InboundAttachment[];
      isEdited: boolean;
    }
  | { key: string; at: Date; kind: "elsewhere"; text: string; files: ShownFile[] }
  | {
      key: string;
      at: Date;
      kind: "said";
      id: bigint;
      text: string;
      choices: string[];
      image: string | null;
      file: { hash: string; name: string } | null;
      author: "bot" | "staff";
      staffName: string | null;
      state: string;
      deliveredAt: Date | null;
      seenAt: Date | null;
      error: string | null;
    }
  | { key: string; at: Date; kind: "note"; text: string; staffName: string }
  | {
      key: string;
      at: Date;
      kind: "step";
      step: StepKind;
      staffName: string | null;
      toName: string | null;
      note: string | null;
    }
  | { key: string; at: Date; kind: "event"; words: string };

/** Things of each kind that are read at once; older ones on request. */
const MOST = 80;

/** @param before only what is older. @returns at most MOST items, and whether there are older ones. */
export async function readTimeline(
  db: Tx,
  channel: Channel,
  id: bigint,
  before: Date | null,
): Promise<{ items: Item[]; hasOlder: boolean }> {
  const at = before ?? new Date("9999-01-01");
  const [events, said, notes, steps] = await Promise.all([
    db.inboundEvent.findMany({
      where: { conversationId: id, receipt: false, receivedAt: { lt: at } },
      include: { attachments: { include: { media: true }, orderBy: { position: "asc" } } },
      orderBy: { receivedAt: "desc" },
      take: MOST,
    }),
    db.outboundMessage.findMany({
      where: { conversationId: id, createdAt: { lt: at } },
      orderBy: { id: "desc" },
      take: MOST,
    }),
    db.talkNote.findMany({
      where: { conversationId: id, at: { lt: at } },
      orderBy: { at: "desc" },
      take: MOST,
    }),
    db.talkStep.findMany({
      where: { conversationId: id, at: { lt: at } },
      orderBy: { at: "desc" },
      take: MOST,
    }),
  ]);
  const names = await namesOf(db, [
    ...said.map(({ staffId }) => staffId),
    ...notes.map(({ staffId }) => staffId),
    ...steps.flatMap(({ staffId, toStaffId }) => [staffId, toStaffId]),
  ]);
  const name = (staffId: number | null) => (staffId === null ? null : (names.get(staffId) ?? t`Cán bộ`));
  const items: Item[] = [
    ...events.flatMap((stored) => {
      const files = stored.attachments.map(({ id, type, name, state, media }) => ({
        ...{ id, type, name, state, mime: media?.mime ?? null, hasThumbnail: media?.thumbnail ?? false },
      }));
      return heardItem(channel.parse(stored.raw), `in-${stored.id}`, stored.receivedAt, files);
    }),
    ...said.map((message): Item => {
      const { text, choices = [], image, file } = message.content as unknown as Reply;
      const { id, author, state, deliveredAt, seenAt } = message;
      return {
        ...{ key: `out-${id}`, at: message.createdAt, kind: "said", id, text, state, deliveredAt, seenAt },
        choices: choices.map(({ label }) => label),
        image: image && "mediaHash" in image ? image.mediaHash : null,
        file: file ? { hash: file.mediaHash, name: file.name } : null,
        author: author as "bot" | "staff",
        staffName: name(message.staffId),
        error: message.errorClass,
      };
    }),
    ...notes.map(({ id, at, text, staffId }): Item => ({
      key: `note-${id}`,
      at,
      kind: "note",
      text,
      staffName: name(staffId)!,
    })),
    ...steps.map(({ id, at, kind, staffId, toStaffId, note }): Item => ({
      ...{ key: `step-${id}`, at, kind: "step", step: kind as StepKind, note },
      ...{ staffName: name(staffId), toName: name(toStaffId) },
    })),
  ];
  items.sort((one, other) => one.at.getTime() - other.at.getTime() || rank(one) - rank(other));
  const shown = items.slice(-MOST);
  const isCut = [events, said, notes, steps].some(({ length }) => length === MOST);
  return { items: shown, hasOlder: items.length > MOST || isCut };
}

/** Who takes a talk by answering it has taken it first. */
const rank = ({ kind }: Item) => (kind === "step" ? 0 : 1);

function heardItem(event: InboundEvent, key: string, at: Date, files: ShownFile[]): Item[] {
  switch (event.kind) {
    case "message": {
      const others = event.attachments.filter(
        ({ type }) => !["image", "gif", "audio", "video", "file"].includes(type),
      );
      return [{ key, at, kind: "heard", text: event.text, files, others, isEdited: false }];
    }
    case "edit":
      return [{ key, at, kind: "heard", text: event.text, files: [], others: [], isEdited: true }];
    case "postback":
      return [
        { key, at, kind: "heard", text: event.title || t`(bấm nút)`, files: [], others: [], isEdited: false },
      ];
    case "echo":
      return [{ key, at, kind: "elsewhere", text: event.text, files }];
    case "standby":
      return heardItem(event.event, key, at, files);
    case "follow":
      return [{ key, at, kind: "event", words: t`Người dân bấm quan tâm` }];
    case "unfollow":
      return [{ key, at, kind: "event", words: t`Người dân bỏ quan tâm` }];
    case "reaction":
      return event.reaction ? [{ key, at, kind: "event", words: t`Người dân thả ${event.reaction}` }] : [];
    case "submitted_info":
      return [{ key, at, kind: "event", words: t`Người dân gửi thông tin liên hệ` }];
    case "consent_withdrawn":
      return [{ key, at, kind: "event", words: t`Người dân rút lại đồng ý` }];
    default:
      return [];
  }
}

async function namesOf(db: Tx, ids: (number | null)[]): Promise<Map<number, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const people = await db.staff.findMany({
    where: { id: { in: wanted } },
    select: { id: true, name: true, email: true },
  });
  return new Map(people.map(({ id, name, email }) => [id, name || email]));
}

/** The resident's last words, for showing what the bot makes of them. */
export function lastHeard(items: Item[]): { id: bigint; text: string } | null {
  const last = items.findLast((item) => item.kind === "heard" && item.text !== "");
  return last?.kind === "heard" ? { id: BigInt(last.key.slice("in-".length)), text: last.text } : null;
}

export interface FoundFile {
  hash: string;
  mime: string;
  name: string | null;
  hasThumbnail: boolean;
}

/** A file of this talk, by the number of its attachment. */
export async function findFile(db: Tx, conversationId: bigint, id: bigint): Promise<FoundFile | null> {
  const found = await db.attachment.findFirst({
    where: { id, conversationId, state: "stored" },
    include: { media: true },
  });
  if (!found?.media) return null;
  const { hash, mime, thumbnail } = found.media;
  return { hash, mime, name: found.name, hasThumbnail: thumbnail };
}

/** A picture or file we sent in this talk, with the file's name; null: it was not sent here. */
export async function findSent(
  db: Tx,
  conversationId: bigint,
  hash: string,
): Promise<{ name: string | null } | null> {
  const [sent] = await db.outboundMessage.findMany({
    where: {
      conversationId,
      OR: ["image", "file"].map((kind) => ({ content: { path: [kind, "mediaHash"], equals: hash } })),
    },
    select: { content: true },
    take: 1,
  });
  return sent ? { name: (sent.content as unknown as Reply).file?.name ?? null } : null;
}

export type Channels = Record<ChannelName, Channel>;
