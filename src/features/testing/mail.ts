/** For tests: a mailer that keeps its letters where they can be read; each key once, as the real one. */
import type { Letter, Mailer } from "../../infra/mail.ts";

export function pretendMailer(): Pick<Mailer, "queue" | "isOn"> & { letters: Letter[] } {
  const keys = new Set<string>();
  const letters: Letter[] = [];
  return {
    letters,
    isOn: true,
    queue(_tx, key, letter) {
      if (keys.has(key)) return Promise.resolve(false);
      keys.add(key);
      letters.push(letter);
      return Promise.resolve(true);
    },
  };
}
