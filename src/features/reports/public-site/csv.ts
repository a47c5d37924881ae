/** Open data: the public part of reports as a table that spreadsheets open, whatever somebody wrote into it. */
import { formatDateTime } from "../../../infra/clock.ts";
import { categoryOf, groups } from "../categories.ts";
import { STATE_NAMES } from "../labels.ts";
import type { PublicReport } from "../store.ts";
import { wardName } from "./words.ts";

type Cell = string | number | null | undefined;

/**
 * A cell that begins like a formula gets an apostrophe before it, so that a spreadsheet shows it instead of running it
 * (OWASP, “CSV Injection”); quotes and line breaks are kept inside quotes (RFC 4180).
 */
export function csvCell(value: Cell): string {
  const text = String(value ?? "");
  const harmless = typeof value === "string" && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export const csvLine = (cells: Cell[]) => `${cells.map(csvCell).join(",")}\r\n`;

const COLUMNS: [title: string, cell: (report: PublicReport) => Cell][] = [
  ["ma", ({ code }) => code],
  ["tieu_de", ({ title, category }) => title ?? categoryOf(category).name.vi],
  ["loai", ({ category }) => categoryOf(category).name.vi],
  ["nhom", ({ category }) => groups[categoryOf(category).group]?.vi],
  ["noi_dung", ({ description }) => description],
  ["duong", ({ street }) => street],
  ["phuong", ({ ward, wardCode }) => wardName(wardCode) ?? ward],
  ["vi_do", ({ latitude }) => latitude],
  ["kinh_do", ({ longitude }) => longitude],
  ["tinh_trang", ({ state }) => STATE_NAMES[state]],
  ["don_vi", ({ unitName }) => unitName],
  ["ngay_gui", ({ createdAt }) => formatDateTime(createdAt)],
  ["han_xu_ly", ({ dueAt }) => dueAt && formatDateTime(dueAt)],
  ["ngay_xu_ly", ({ resolvedAt }) => resolvedAt && formatDateTime(resolvedAt)],
  ["danh_gia", ({ rating }) => rating],
  ["du_lieu_mau", ({ sample }) => (sample ? "có" : "")],
];

/** The mark in front lets Excel know that it is UTF-8. */
export const CSV_HEAD = `\uFEFF${csvLine(COLUMNS.map(([title]) => title))}`;

export const csvRow = (report: PublicReport) => csvLine(COLUMNS.map(([, cell]) => cell(report)));
