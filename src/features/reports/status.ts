/** “Phản ánh của tôi tới đâu rồi?”: one report told in full to who reported it, in public words to anybody else. */
import type { Choice, Reply } from "../../channels/channel.ts";
import { askedFor, askFor, withChoices } from "../../dialogue/choices.ts";
import type { Turn, Wording } from "../../dialogue/types.ts";
import { withoutPoliteness } from "../../dialogue/words.ts";
import { foldDiacritics } from "../../language/index.ts";
import { formatDate } from "../../infra/clock.ts";
import type { TurnContext } from "../feature.ts";
import { REOPEN } from "./aftercare.ts";
import { categoryOf } from "./categories.ts";
import { ratingChoices } from "./news.ts";
import { isOpen, REOPEN_DAYS } from "./states.ts";
import { findByCode, reportsOf, type ResidentsReport } from "./store.ts";

export const ADD = "report.add";
export const CORRECT = "report.correct";
const MOST_LISTED = 5;
const DAY = 86_400_000;

export async function tellStatus(turn: Turn, context: TurnContext): Promise<Reply[]> {
  const { tx, residentId, say, topic } = context;
  const code = codeIn(turn);
  if (code) {
    const report = await findByCode(tx, code, residentId);
    return report ? [detail(report, context)] : [{ text: say("reports.status.unknown", { code }) }];
  }
  const mine = await reportsOf(tx, residentId, MOST_LISTED);
  if (mine.length === 0) return [withChoices(say("reports.status.none"), [fileNew(say)])];
  const recent =
    topic?.name === "report" ? mine.find((report) => report.code === topic.about.code) : undefined;
  const only = mine.length === 1 ? mine[0] : asksForAll(turn) ? undefined : recent;
  if (only) return [detail(only, context)];
  return [
    withChoices(
      say("reports.status.list"),
      mine.map((report) => line(report, say)),
    ),
  ];
}

const fileNew = (say: Wording): Choice => ({
  label: say("intents.report.other"),
  value: askFor("report.other"),
});

/** “phản ánh của tôi”, typed or by the menu: all of them, whatever was spoken of last. */
const asksForAll = ({ choice, text }: Turn) =>
  askedFor(choice)?.intent === "report.status" || MINE.test(foldDiacritics(withoutPoliteness(text)));

/** “phản ánh của tôi”, and no more. */
const MINE =
  /^(?:(?:xem|coi|cho|toi|tui|em|minh|cac|may|nhung|tat ca) )*phan anh(?: cua)? (?:toi|tui|em|minh|con)$/;

function codeIn({ choice, understanding }: Turn): string | null {
  const about = askedFor(choice)?.about;
  const said = understanding.entities.find(({ type }) => type === "report_code")?.value;
  return about ?? (typeof said === "string" ? said : null);
}

function line({ code, category, state, createdAt }: ResidentsReport, say: Wording): Choice {
  const about = {
    ...{ code, kind: categoryOf(category).name[say.language] },
    state: say(`reports.state.${state}`).toLowerCase(),
    date: formatDate(createdAt),
  };
  return { label: say("reports.status.line", about), value: askFor("report.status", code) };
}

function detail(report: ResidentsReport, { say, now, setTopic }: TurnContext): Reply {
  const { code, own, follows } = report;
  if (own || follows) setTopic("report", { code }, ["report.status"]);
  const text = linesOf(report, say).join("\n");
  const choices = own ? deedsOn(report, say, now) : [];
  return choices.length > 0 ? withChoices(text, choices) : { text };
}

/** How a report stands, in a few lines: all of it for who reported it, the public part for others. */
export function linesOf(report: ResidentsReport, say: Wording): string[] {
  const { code, category, state, stateAt, createdAt, dueAt, unitName, own, lastUpdate, mergedInto } = report;
  const kind = categoryOf(category).name[say.language];
  const where = own?.place ?? [report.street, report.ward].filter(Boolean).join(", ");
  return [
    say("reports.status.heading", { code, kind }),
    say("reports.status.state", { state: say(`reports.state.${state}`), date: formatDate(stateAt) }),
    ...(where ? [say("reports.summary.place", { place: where })] : []),
    say("reports.status.unit", { unit: unitName }),
    ...(isOpen(state) && dueAt ? [say("reports.status.due", { date: formatDate(dueAt) })] : []),
    ...(own ? [toldLine(own.photos, formatDate(createdAt), say)] : []),
    ...(mergedInto ? [say("reports.status.merged", { code: mergedInto })] : []),
    ...(lastUpdate ? [say("reports.status.update", { note: lastUpdate })] : []),
  ];
}

const toldLine = (photos: number, date: string, say: Wording): string =>
  photos > 0
    ? say("reports.status.toldWithPictures", { date, photos })
    : say("reports.status.told", { date });

/** What its reporter may do with it now. */
function deedsOn({ code, state, stateAt, own }: ResidentsReport, say: Wording, now: Date): Choice[] {
  const mayReopen = now.getTime() - stateAt.getTime() <= REOPEN_DAYS * DAY;
  const add = { label: say("reports.deed.add"), value: askFor(ADD, code) };
  const correct = { label: say("reports.deed.correct"), value: askFor(CORRECT, code) };
  const reopen = { label: say("reports.rating.notDone"), value: askFor(REOPEN, code) };
  if (state === "received") return [add, correct];
  if (isOpen(state)) return [add];
  if (state === "resolved" && own?.rating == null)
    return ratingChoices(code, say).filter(({ value }) => mayReopen || !value.includes(REOPEN));
  return (state === "resolved" || state === "rejected") && mayReopen ? [reopen] : [];
}
