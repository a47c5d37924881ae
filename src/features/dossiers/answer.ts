/** What is said of a dossier: to anybody its state, office and due day; the rest to whoever knows its phone. */
import type { Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Wording } from "../../dialogue/types.ts";
import { formatDate, formatDateTime, ZONE } from "../../infra/clock.ts";
import { DateTime } from "luxon";
import type { Found } from "./book.ts";
import { isFinal, type Dossier } from "./dossier.ts";

export interface AnswerOptions {
  isFollowing: boolean;
  now: Date;
}

export function statusReply(
  code: string,
  found: Found,
  { isFollowing, now }: AnswerOptions,
  say: Wording,
): Reply {
  if ("missing" in found) {
    const key = found.missing === "unknown" ? "dossiers.unknown" : "dossiers.unreachable";
    return withChoices(say(key, { code }), [
      { label: say("dossiers.another"), value: askFor("dossier.status") },
      { label: say("intents.human"), value: askFor("human") },
    ]);
  }
  const { dossier, staleSince } = found;
  const lines = [
    ...publicLines(dossier, say, now),
    staleSince
      ? say("dossiers.stale", { at: formatDateTime(staleSince) })
      : say("dossiers.asOf", { at: formatDateTime(dossier.asOf) }),
    ...(dossier.sample ? [say("dossiers.sample")] : []),
  ];
  return withChoices(lines.join("\n"), [
    ...followChoice(dossier, isFollowing, say),
    ...(dossier.phoneEnding ? [{ label: say("dossiers.more"), value: askFor("dossier.details", code) }] : []),
    ...remindChoice(dossier, say, now),
    { label: say("dossiers.another"), value: askFor("dossier.status") },
    { label: say("intents.human"), value: askFor("human") },
  ]);
}

/** On the day the result is due, or any day for what waits at the counter. */
function remindChoice({ code, state, dueOn }: Dossier, say: Wording, now: Date) {
  if (isFinal(state)) return [];
  const today = DateTime.fromJSDate(now, { zone: ZONE }).toISODate()!;
  const what = say("dossiers.remindOf", { code });
  const about = dueOn && dueOn > today ? `${dueOn} ${what}` : what;
  return [{ label: say("dossiers.remind"), value: askFor("reminder.set", about) }];
}

function followChoice({ code, state }: Dossier, isFollowing: boolean, say: Wording) {
  if (isFollowing) return [{ label: say("dossiers.stopFollowing"), value: askFor("dossier.unfollow", code) }];
  return isFinal(state) ? [] : [{ label: say("dossiers.follow"), value: askFor("dossier.follow", code) }];
}

/** State, office, due day: what a code alone may learn. */
export function publicLines(dossier: Dossier, say: Wording, now: Date): string[] {
  const { code, state, statusText, unit, dueOn } = dossier;
  const inWords = say(`dossiers.state.${state}`);
  const differs = statusText !== null && statusText.toLowerCase() !== inWords.toLowerCase();
  return [
    say("dossiers.head", { code }),
    differs
      ? say("dossiers.statusAs", { state: inWords, text: statusText })
      : say("dossiers.status", { state: inWords }),
    ...(unit ? [say("dossiers.unit", { unit })] : []),
    ...(dueOn ? [dueLine(dossier, say, now)] : []),
    ...(state === "done" ? [say("dossiers.comeForIt")] : []),
    ...(state === "supplement" ? [say("dossiers.bringMore")] : []),
  ];
}

function dueLine({ dueOn, state }: Dossier, say: Wording, now: Date): string {
  const due = formatDate(new Date(dueOn!));
  const today = DateTime.fromJSDate(now, { zone: ZONE }).toISODate()!;
  const isOpen = state !== "done" && !isFinal(state);
  return isOpen && dueOn! < today ? say("dossiers.overdue", { due }) : say("dossiers.due", { due });
}

/** After the second factor. */
export function detailLines({ procedure, receivedOn, finishedOn, note }: Dossier, say: Wording): string[] {
  const known = [
    procedure ? say("dossiers.procedure", { procedure }) : "",
    receivedOn ? say("dossiers.received", { day: formatDate(new Date(receivedOn)) }) : "",
    finishedOn ? say("dossiers.finished", { day: formatDate(new Date(finishedOn)) }) : "",
    note ? say("dossiers.note", { note }) : "",
  ].filter(Boolean);
  return known.length > 0 ? known : [say("dossiers.noMore")];
}
