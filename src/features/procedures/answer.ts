/** What is said of one procedure: what was asked, where it comes from and of when, and what can be done next. */
import type { Choice, Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import type { Wording } from "../../dialogue/types.ts";
import type { Aspect } from "./aspects.ts";
import { documentsOf } from "./documents.ts";
import { durationsOf, feesOf, money, perWhat, type Duration, type Fact, type Fee } from "./facts.ts";
import { provenanceOf, titleOf, type MethodChannel, type ProcedureRecord } from "./record.ts";
import type { KeptProcedure } from "./store.ts";

export interface Neighbour {
  code: string;
  title: string;
}

/** @param group the case whose papers are wanted, by its place; null: not said */
export function answerAbout(
  procedure: KeptProcedure,
  aspect: Aspect,
  group: number | null,
  neighbours: Neighbour[],
  say: Wording,
): Reply {
  const { text, choices, ...rest } = wordsAbout(procedure, aspect, group, say);
  const reply = withChoices(text, [
    ...(choices ?? []),
    ...nextSteps(procedure.data, aspect, say),
    ...neighbours.map(({ code, title }) => ({ label: title, value: askFor("procedure.info", code) })),
  ]);
  return { ...rest, ...reply };
}

/** The answer itself, without its list of what may be asked next. */
export function wordsAbout(
  { data, sample }: KeptProcedure,
  aspect: Aspect,
  group: number | null,
  say: Wording,
): Reply {
  const head = say("procedures.head", { title: titleOf(data), code: data.code });
  const { text, choices = [] } = BODIES[aspect](data, say, group);
  const parts = [head, text, ...warningsOf(data, say), sourceOf(data, say)];
  if (sample) parts.push(say("procedures.sample"));
  const reply = { text: parts.filter(Boolean).join("\n"), choices };
  return data.url ? { ...reply, link: { title: say("procedures.link"), url: data.url } } : reply;
}

interface Body {
  text: string;
  choices?: Choice[];
}

const BODIES: Record<Aspect, (data: ProcedureRecord, say: Wording, group: number | null) => Body> = {
  info: (data, say) => ({
    text: [
      whereOf(data, say),
      timeOf(data, say),
      feeOf(data, say, false),
      onlineOf(data, say),
      papersCounted(data, say),
    ].join("\n"),
  }),
  documents: (data, say, group) => documentsOf(data, say, group),
  fee: (data, say) => ({ text: feeOf(data, say, true) }),
  time: (data, say) => ({ text: timeOf(data, say) }),
  where: (data, say) => ({ text: [whereOf(data, say), onlineOf(data, say)].join("\n") }),
  online: (data, say) => ({ text: onlineOf(data, say) }),
  legal: (data, say) => ({
    text:
      data.legalBasis.length > 0
        ? say("procedures.legal", { list: data.legalBasis.join(", ") })
        : say("procedures.noLegal"),
  }),
  forms: (data, say) => ({ text: formsOf(data, say) }),
  link: ({ url }, say) => ({ text: url ? say("procedures.linkIs", { url }) : say("procedures.noLink") }),
};

// ── where, on line ──

function whereOf({ agency: named, level }: ProcedureRecord, say: Wording): string {
  const isOfWard = level.includes("Cấp xã");
  const agency = agencyOf(named);
  if (agency) {
    const key =
      isOfWard && !/xã|phường/i.test(agency) ? "procedures.whereWardAgency" : "procedures.whereAgency";
    const line = say(key, { agency });
    return /cấp huyện/i.test(agency) ? `${line}\n${say("procedures.noDistrict")}` : line;
  }
  const others = level
    .filter((each) => each !== "Cấp xã")
    .join(", ")
    .toLowerCase();
  if (isOfWard) return others ? say("procedures.whereWardOr", { others }) : say("procedures.whereWard");
  return others ? say("procedures.whereLevel", { level: others }) : say("procedures.whereUnknown");
}

/** The portal's field now and then holds a whole instruction: that is no name to send somebody to. */
function agencyOf(named: string | null): string | null {
  const agency = named?.trim().replace(/\.$/, "") ?? "";
  return agency && agency.length <= 200 && !agency.includes("\n") ? agency : null;
}

function onlineOf({ mode, methods, serviceLevel }: ProcedureRecord, say: Wording): string {
  const channels = new Set([...mode, ...methods.map(({ channel }) => channel)]);
  if (channels.size === 0) return say("procedures.onlineUnknown");
  if (!channels.has("online")) return say("procedures.onlineNo");
  if (serviceLevel === "toan_trinh") return say("procedures.onlineWhole");
  return say(serviceLevel === "mot_phan" ? "procedures.onlinePart" : "procedures.onlineYes");
}

// ── time and fee ──

function timeOf({ methods }: ProcedureRecord, say: Wording): string {
  const facts = durationsOf(methods);
  if (facts.length === 0) return say("procedures.timeUnknown");
  return lines(say("procedures.time"), facts, say, (duration) => durationInWords(duration, say));
}

function durationInWords({ value, unit }: Duration, say: Wording): string {
  switch (unit) {
    case "hour":
      return say("procedures.hours", { value });
    case "day":
      return say("procedures.days", { value });
    case "month":
      return say("procedures.months", { value });
    case "working_day":
      return say("procedures.workingDays", { value });
    default:
      return say("procedures.bareDays", { value });
  }
}

function feeOf({ methods }: ProcedureRecord, say: Wording, withNotes: boolean): string {
  const facts = feesOf(methods);
  if (facts.length === 0) return say("procedures.feeUnknown");
  const fees = lines(say("procedures.fee"), facts, say, (fee) => feeInWords(fee, say));
  const notes = withNotes ? [...new Set(facts.map(({ value }) => value.note).filter(isWorthReading))] : [];
  return [fees, ...notes.map((note) => say("procedures.feeNote", { note: shortened(note, 400) }))].join("\n");
}

/** Never "free" unless a text says so: an empty number is not a promise. */
function feeInWords({ status, amount, currency, note }: Fee, say: Wording): string {
  switch (status) {
    case "amount": {
      const per = perWhat(note);
      return per
        ? say("procedures.amountPer", { amount: money(amount!, currency), per })
        : money(amount!, currency);
    }
    case "free_stated":
      return say("procedures.freeStated");
    case "set_elsewhere":
      return say("procedures.setElsewhere");
    case "zero_recorded":
    case "zero_recorded_with_note":
      return say("procedures.zeroRecorded");
    case "not_published":
      return say("procedures.notPublished");
    case "unparsed":
      return say("procedures.unparsed");
  }
}

const isWorthReading = (note: string | null): note is string =>
  note !== null && /phí|đồng|miễn|thu /i.test(note) && note.length > 30;

/** "Lệ phí: 8.000 đồng", or a line for each way of filing when they differ. */
function lines<Value>(
  name: string,
  facts: Fact<Value>[],
  say: Wording,
  inWords: (value: Value) => string,
): string {
  if (facts.length === 1) return `• ${name}: ${inWords(facts[0]!.value)}`;
  const each = facts.map(
    ({ channels, value }) =>
      `  – ${channels.map((channel) => channelName(channel, say)).join(", ")}: ${inWords(value)}`,
  );
  return [`• ${name}:`, ...each].join("\n");
}

const channelName = (channel: MethodChannel, say: Wording) => say(`procedures.channel.${channel}`);

// ── papers and forms ──

function papersCounted({ documents }: ProcedureRecord, say: Wording): string {
  return documents.length > 0
    ? say("procedures.papersCounted", { count: documents.length })
    : say("procedures.papersUnknown");
}

function formsOf({ documents, url }: ProcedureRecord, say: Wording): string {
  const forms = documents.filter(({ name, template }) => template !== null || /mẫu|tờ khai|đơn /i.test(name));
  if (forms.length === 0) return say("procedures.noForms");
  const list = forms.slice(0, 8).map(({ name, template }) => {
    const isAddress = template !== null && /^https?:/.test(template);
    return `– ${shortened(name, 160)}${isAddress ? `: ${template}` : ""}`;
  });
  return [say("procedures.forms"), ...list, ...(url ? [say("procedures.formsAtPortal")] : [])].join("\n");
}

// ── around it ──

function warningsOf({ flags }: ProcedureRecord, say: Wording): string[] {
  return flags.flatMap((flag) => {
    const replaced = /^forms_replaced_by_([\w/.-]+?)_since/.exec(flag)?.[1];
    if (replaced) return [say("procedures.formsReplaced", { text: replaced })];
    const successor = /^superseded_in_practice_by_(\d\.\d{6})/.exec(flag)?.[1];
    return successor ? [say("procedures.superseded", { code: successor })] : [];
  });
}

function sourceOf(data: ProcedureRecord, say: Wording): string {
  const { asOf, isFromPortal } = provenanceOf(data);
  const source = say(isFromPortal ? "procedures.fromPortal" : "procedures.fromElsewhere");
  return asOf ? say("procedures.sourceAsOf", { source, asOf }) : say("procedures.source", { source });
}

function nextSteps(data: ProcedureRecord, aspect: Aspect, say: Wording): Choice[] {
  const { code, mode, documents } = data;
  const steps: [Aspect, boolean][] = [
    ["documents", aspect !== "documents" && documents.length > 0],
    ["fee", aspect !== "fee" && aspect !== "info"],
    ["online", aspect !== "online" && mode.includes("online")],
    ["where", aspect === "online" || aspect === "documents"],
  ];
  const asks = steps.flatMap(([next, isUseful]) =>
    isUseful ? [{ label: say(`procedures.next.${next}`), value: askFor(`procedure.${next}`, code) }] : [],
  );
  return [
    ...asks.slice(0, 3),
    { label: say("procedures.next.remind"), value: askFor("reminder.set", remindOf(data, say)) },
    { label: say("intents.human"), value: askFor("human") },
  ];
}

const remindOf = (data: ProcedureRecord, say: Wording) =>
  say("procedures.remindOf", { title: shortened(titleOf(data), 90) });

/** Cut at a word. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, text.lastIndexOf(" ", most - 1))}…`;
}
