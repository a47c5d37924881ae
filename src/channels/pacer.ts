/** Claimed messages until their moment. One that is still here when its moment is over needs another. */
import type { Claimed, Timed } from "./claiming.ts";
import { LATE } from "./send-limits.ts";

export interface Pacer {
  add(timed: Timed[]): void;
  /** Messages that wait for their moment. */
  size(): number;
  /** Takes out those that missed it … */
  takeLate(): Claimed[];
  /** … and back in those that have no other yet. */
  keepLate(messages: Claimed[]): void;
  /** Takes out all of them. */
  clear(): Claimed[];
}

/** @param leave what a message does when its moment comes */
export function createPacer(leave: (claimed: Claimed) => void): Pacer {
  let waiting: Timed[] = [];
  let late: Claimed[] = [];
  let timer: NodeJS.Timeout | null = null;

  function look() {
    timer = null;
    const now = Date.now();
    let due = 0;
    for (; due < waiting.length && waiting[due]!.moment <= now; due++) {
      const { claimed, moment } = waiting[due]!;
      if (Date.now() <= moment + LATE) leave(claimed);
      else late.push(takeOver(claimed, due + 1));
    }
    waiting.splice(0, due);
    if (waiting.length > 0) timer = setTimeout(look, Math.max(1, waiting[0]!.moment - Date.now()));
  }

  /** Replies go first: one that is late has the next moment of its account's bulk. @returns who has none now */
  function takeOver(claimed: Claimed, from: number): Claimed {
    if (claimed.purpose !== "reply") return claimed;
    const next = waiting.findIndex(
      (other, at) =>
        at >= from &&
        other.claimed.purpose === "bulk" &&
        other.claimed.account_id === claimed.account_id &&
        Date.now() <= other.moment + LATE,
    );
    if (next === -1) return claimed;
    const bulk = waiting[next]!;
    waiting[next] = { claimed, moment: bulk.moment };
    return bulk.claimed;
  }

  return {
    add(timed) {
      if (timed.length === 0) return;
      waiting = [...waiting, ...timed].sort((one, other) => one.moment - other.moment);
      if (timer) clearTimeout(timer);
      look();
    },
    size: () => waiting.length + late.length,
    takeLate() {
      const taken = late;
      late = [];
      return taken;
    },
    keepLate(messages) {
      late.push(...messages);
    },
    clear() {
      if (timer) clearTimeout(timer);
      const left = [...late, ...waiting.map(({ claimed }) => claimed)];
      [waiting, late, timer] = [[], [], null];
      return left;
    },
  };
}
