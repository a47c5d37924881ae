/** Sentences by what they are about: the first name of their key. */
import { t, vi } from "../../bilingual/index.ts";
import { foldDiacritics } from "../../language/index.ts";
import type { Rewordings, Sentence } from "../../dialogue/wording.ts";

const GROUPS: Record<string, string> = {
  conversations: vi`Chào hỏi và trò chuyện`,
  dialogue: vi`Khi điền phản ánh`,
  intents: vi`Tên gọi các việc`,
  hours: vi`Giờ làm việc`,
  reports: vi`Phản ánh`,
  procedures: vi`Thủ tục`,
  dossiers: vi`Hồ sơ`,
  land: vi`Đất đai`,
  announcements: vi`Thông báo`,
  environment: vi`Môi trường`,
  offices: vi`Cơ quan, địa chỉ`,
  comments: vi`Bình luận Facebook`,
  reminders: vi`Lịch nhắc`,
  privacy: vi`Dữ liệu cá nhân`,
};

export const groupOf = (key: string) => key.split(".")[0]!;
export const groupName = (group: string) => t.of(GROUPS[group]) ?? group;

export interface ListedSentence {
  key: string;
  vi: string;
  en: string;
  isChanged: boolean;
}

export interface WordingQuery {
  words: string;
  group: string;
  changedOnly: boolean;
}

/** Words are found with or without their marks, in the sentence, its English, or its key. */
export function findSentences(
  shipped: ReadonlyMap<string, Sentence>,
  changes: Rewordings,
  { words, group, changedOnly }: WordingQuery,
): ListedSentence[] {
  const sought = foldDiacritics(words).split(/\s+/).filter(Boolean);
  return [...shipped]
    .map(([key, sentence]) => ({
      key,
      vi: changes.get(key)?.vi ?? sentence.vi,
      en: changes.get(key)?.en ?? sentence.en ?? "",
      isChanged: changes.has(key),
    }))
    .filter(({ key, isChanged }) => (!group || groupOf(key) === group) && (!changedOnly || isChanged))
    .filter(({ key, vi, en }) => {
      const text = foldDiacritics(`${key} ${vi} ${en}`);
      return sought.every((word) => text.includes(word));
    });
}

export const groupsOf = (shipped: ReadonlyMap<string, Sentence>) => [
  ...new Set([...shipped.keys()].map(groupOf)),
];
