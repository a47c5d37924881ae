/** What is new about a resident's reports, in one message however much happened. */
import type { Choice, Reply } from "../../channels/channel.ts";
import type { TemplateValues } from "../../channels/templates.ts";
import { withChoices, askFor } from "../../dialogue/choices.ts";
import type { Wording } from "../../dialogue/types.ts";
import { RATE, REOPEN } from "./aftercare.ts";
import { categoryOf } from "./categories.ts";
import type { News } from "./store.ts";

export interface NewsOptions {
  publicUrl: string;
  /** The message may end with a question: nothing else is being asked. */
  mayAsk: boolean;
}

/** @param news at least one, oldest first. */
export function newsReply(news: News[], say: Wording, { publicUrl, mayAsk }: NewsOptions): Reply {
  const codes = [...new Set(news.map(({ code }) => code))];
  const text = codes
    .map((code) =>
      paragraph(
        news.filter((line) => line.code === code),
        say,
      ),
    )
    .join("\n\n");
  const last = news.at(-1)!;
  const link = {
    title: say("reports.news.see"),
    url: `${publicUrl}/phan-anh/${last.data.mergedInto ?? last.code}`,
  };
  const done = mayAsk ? news.findLast(isToBeRated) : undefined;
  if (!done) return { text, link };
  return { ...withChoices(`${text}\n\n${say("reports.news.rate")}`, ratingChoices(done.code, say)), link };
}

/** What an approved template may say of one report's news. @param news of one report, at least one, oldest first. */
export function newsValues(news: News[], say: Wording, publicUrl: string): TemplateValues<"report_news"> {
  const last = news.at(-1)!;
  const { code, category, street, unitName, data } = last;
  return {
    ma: code,
    viec: [categoryOf(category).name[say.language], street].filter(Boolean).join(", "),
    tinh_trang: linesOf(last, say)
      .join(" ")
      .replace(/^[•\s]+/, ""),
    don_vi: data.unitName ?? unitName,
    duong_dan: `${publicUrl}/phan-anh/${data.mergedInto ?? code}`,
  };
}

function paragraph(news: News[], say: Wording): string {
  const { code, category, street, isReporter } = news[0]!;
  const what = [categoryOf(category).name[say.language], street].filter(Boolean).join(", ");
  const heading = say(isReporter ? "reports.news.yours" : "reports.news.followed", { code, what });
  return [heading, ...news.flatMap((line) => linesOf(line, say))].join("\n");
}

function linesOf({ kind, state, note, data, unitName }: News, say: Wording): string[] {
  const unit = data.unitName ?? unitName;
  if (kind === "update") return note ? [say("reports.news.update", { unit, note })] : [];
  const reply = note ? [say("reports.news.reply", { unit: unitName, note })] : [];
  if (kind === "merged") return [say("reports.news.merged", { other: data.mergedInto ?? "" })];
  if (kind === "category") {
    const category = categoryOf(data.category!).name[say.language];
    return [say("reports.news.category", { category, unit })];
  }
  if (state === "assigned") return [say("reports.news.assigned", { unit }), ...reply];
  return [say(`reports.news.${state}`), ...reply];
}

const isToBeRated = ({ kind, state, stateNow, isReporter }: News) =>
  isReporter && kind === "state" && state === "resolved" && stateNow === "resolved";

/** What is offered when a report is resolved; both open forms (aftercare.ts). */
export function ratingChoices(code: string, say: Wording): Choice[] {
  return [
    ...[3, 2, 1].map((rating) => ({
      label: say(`reports.rating.${rating}`),
      value: askFor(RATE, `${code} ${rating}`),
    })),
    { label: say("reports.rating.notDone"), value: askFor(REOPEN, code) },
  ];
}
