/** What to be reminded of, and on which day: a choice brings the first, often both. */
import { DateTime } from "luxon";
import { askedFor, withChoices } from "../../dialogue/choices.ts";
import type { Flow, Turn, Wording } from "../../dialogue/types.ts";
import { ZONE } from "../../infra/clock.ts";

export interface ReminderDraft extends Record<string, unknown> {
  what: string | null;
  /** "2026-12-01" */
  day: string | null;
}

const LONGEST = 160;
const FURTHEST_DAYS = 366;
/** In the morning, before offices are full. */
const HOUR = 7;
const MINUTE = 30;

export const momentOf = (day: string) =>
  DateTime.fromISO(day, { zone: ZONE }).set({ hour: HOUR, minute: MINUTE }).toJSDate();

export const reminderFlow: Flow<ReminderDraft> = {
  name: "reminder",
  opens: ["reminder.set"],
  begins: () => ({ what: null, day: null }),
  reads: (kept) => {
    const { what = null, day = null } = (kept ?? {}) as Partial<ReminderDraft>;
    return { what, day };
  },
  slots: [
    {
      name: "what",
      takesWords: true,
      isOpen: ({ what }) => what === null,
      asks: (_draft, say) => ({ text: say("reminders.askWhat") }),
      hears(turn, draft, say, when) {
        const offered = when === "opening" ? offeredIn(turn) : null;
        if (offered) return { fill: { ...draft, ...offered }, sure: true };
        if (when !== "asked" || !turn.text) return null;
        const what = turn.text.replace(/\s+/g, " ").slice(0, LONGEST);
        return what.length < 3 ? { problem: say("reminders.askWhat") } : { fill: { ...draft, what } };
      },
      clears: (draft) => ({ ...draft, what: null }),
    },
    {
      name: "day",
      isOpen: ({ day }) => day === null,
      asks: ({ what }, say) =>
        withChoices(
          say("reminders.askDay", { what: what ?? "" }),
          [1, 3, 7].map((days) => ({
            label: say(days === 1 ? "reminders.tomorrow" : "reminders.inDays", days === 1 ? {} : { days }),
            value: `pick:day:${days}`,
          })),
        ),
      hears(turn, draft, say, when) {
        const day = dayIn(turn);
        if (day) {
          const problem = problemOf(day, turn.at, say);
          return problem ? { problem } : { fill: { ...draft, day }, sure: true };
        }
        return when === "asked" && turn.text ? { problem: say("reminders.noDay") } : null;
      },
      clears: (draft) => ({ ...draft, day: null }),
    },
  ],
  intentOf: () => "reminder.set",
  holds: () => false,
  finish: (draft) => ({ type: "reminders.keep", data: draft }),
};

/** "intent:reminder.set 2026-12-01 lấy kết quả hồ sơ": a day that is known goes before the matter. */
function offeredIn({ choice }: Turn): Partial<ReminderDraft> | null {
  const about = askedFor(choice)?.about;
  if (!about) return null;
  const [, day = null, what = ""] = /^(?:(\d{4}-\d\d-\d\d) )?(.+)$/s.exec(about) ?? [];
  return { what: what.slice(0, LONGEST), ...(day ? { day } : {}) };
}

/** “thứ hai” is a Monday here, and not the second of the choices. */
function dayIn({ choice, understanding, at }: Turn): string | null {
  const value = understanding.entities.find(({ type }) => type === "date")?.value;
  if (typeof value === "string" && DateTime.fromISO(value).isValid) return value;
  const days = /^pick:day:(\d)$/.exec(choice ?? "")?.[1];
  return days
    ? DateTime.fromJSDate(at, { zone: ZONE })
        .plus({ days: Number(days) })
        .toISODate()
    : null;
}

function problemOf(day: string, now: Date, say: Wording): string | null {
  if (momentOf(day) <= now) return say("reminders.past");
  const days = (momentOf(day).getTime() - now.getTime()) / 86_400_000;
  return days > FURTHEST_DAYS ? say("reminders.tooFar") : null;
}
