/** "@Trần Thị Lan" in a note calls a colleague to the talk: they see it in a list of their own until they have looked. */
import type { Tx } from "../../../infra/db.ts";
import { colleaguesFor } from "./beside.ts";

export interface Colleague {
  id: number;
  name: string;
}

/** Names as they were typed after "@", the longest that fits; capitals do not matter. */
export function mentionedIn(text: string, colleagues: Colleague[]): Colleague[] {
  const said = plain(text);
  const found = new Map<number, Colleague>();
  for (let at = said.indexOf("@"); at !== -1; at = said.indexOf("@", at + 1)) {
    const rest = said.slice(at + 1);
    const [longest] = colleagues
      .filter(({ name }) => name && rest.startsWith(plain(name)) && !isLetter(rest[plain(name).length]))
      .sort((one, other) => other.name.length - one.name.length);
    if (longest) found.set(longest.id, longest);
  }
  return [...found.values()];
}

const plain = (text: string) => text.normalize("NFC").toLowerCase();
const isLetter = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/** @returns whom the note calls. */
export async function keepMentions(
  tx: Tx,
  note: { id: bigint; conversationId: bigint; text: string },
  talkUnit: string,
  by: number,
): Promise<Colleague[]> {
  if (!note.text.includes("@")) return [];
  const colleagues = (await colleaguesFor(tx, talkUnit, by)).map(({ value, name }) => ({
    id: Number(value),
    name,
  }));
  const called = mentionedIn(note.text, colleagues);
  await tx.talkMention.createMany({
    data: called.map(({ id }) => ({
      noteId: note.id,
      conversationId: note.conversationId,
      staffId: id,
    })),
    skipDuplicates: true,
  });
  return called;
}

export async function markMentionsSeen(tx: Tx, conversationId: bigint, staffId: number, at: Date) {
  await tx.talkMention.updateMany({
    where: { conversationId, staffId, seenAt: null },
    data: { seenAt: at },
  });
}
