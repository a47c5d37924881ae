/** Times and fees of a procedure, brought to what can be said of them. Words for residents are in intents/. */
import { t, vi } from "../../bilingual/index.ts";
import type { FeeStatus, Method, MethodChannel } from "./record.ts";

/** Several ways to file that cost or take the same are one line. */
export interface Fact<Value> {
  channels: MethodChannel[];
  value: Value;
}

export interface Fee {
  status: FeeStatus;
  amount: number | null;
  currency: string | null;
  note: string | null;
}

export interface Duration {
  value: number;
  /** null: the portal does not say which. */
  unit: "hour" | "day" | "working_day" | "month" | null;
}

export function feesOf(methods: Method[]): Fact<Fee>[] {
  return grouped(methods, ({ feeStatus, feeAmount, feeCurrency, note }) => {
    // abroad: at an embassy, in dollars; nothing that somebody in a ward pays
    if (feeCurrency && feeCurrency !== "VND") return null;
    return { status: feeStatus, amount: feeAmount, currency: feeCurrency, note };
  });
}

export function durationsOf(methods: Method[]): Fact<Duration>[] {
  return grouped(methods, ({ time }) => (time?.value ? { value: time.value, unit: time.unit } : null));
}

function grouped<Value>(methods: Method[], read: (method: Method) => Value | null): Fact<Value>[] {
  const facts = new Map<string, Fact<Value>>();
  for (const method of methods) {
    const value = read(method);
    if (value === null) continue;
    const key = JSON.stringify({ ...value, note: undefined });
    const known = facts.get(key);
    if (!known) facts.set(key, { channels: [method.channel], value });
    else if (!known.channels.includes(method.channel)) known.channels.push(method.channel);
  }
  return [...facts.values()];
}

/** "8.000 đồng" */
export function money(amount: number, currency: string | null): string {
  const number = amount.toLocaleString("vi-VN");
  return currency === null || currency === "VND" ? `${number} đồng` : `${number} ${currency}`;
}

/** "(/trang)Tại Ủy ban …" → "trang": what one amount is paid for. */
export const perWhat = (note: string | null) => /^\(\/([^)]{1,40})\)/.exec(note ?? "")?.[1] ?? null;

/** For lists staff read. */
export function feeInBrief({ feeStatus, feeAmount, feeCurrency }: Method): string {
  return feeStatus === "amount" && feeAmount !== null
    ? money(feeAmount, feeCurrency)
    : t.of(FEE_NAMES[feeStatus]);
}

export const FEE_NAMES: Record<FeeStatus, string> = {
  amount: vi`có mức thu`,
  free_stated: vi`miễn (có văn bản ghi rõ)`,
  set_elsewhere: vi`văn bản khác quy định`,
  zero_recorded: vi`cổng ghi 0 đồng, cần xác nhận`,
  zero_recorded_with_note: vi`cổng ghi 0 đồng kèm ghi chú`,
  not_published: vi`không công bố`,
  unparsed: vi`xem ghi chú`,
};

const UNIT_NAMES = { hour: vi`giờ`, day: vi`ngày`, working_day: vi`ngày làm việc`, month: vi`tháng` };

export function timeInBrief(time: Method["time"]): string {
  if (!time) return "";
  if (time.value === null) return time.raw ?? "";
  return `${time.value} ${time.unit ? t.of(UNIT_NAMES[time.unit]) : t`(không ghi đơn vị)`}`;
}
