/** The accounts' approved templates for an announcement, filled in: they reach people past the platforms' window, for money. */
import { readSettings } from "../../../channels/accounts.ts";
import type { TemplateMessage } from "../../../channels/channel.ts";
import { templateFor } from "../../../channels/templates.ts";
import { formatDate } from "../../../infra/clock.ts";
import type { Db } from "../../../infra/db.ts";
import type { NoticeKind, Told } from "../notices/store.ts";
import { pageOf } from "../reach/content.ts";
import { settingsWithTemplate } from "./store.ts";

/** By account id. Empty where the plan wants none: nobody pays for what was not chosen. */
export async function templatesOf(
  db: Db,
  notice: Told,
  kind: NoticeKind,
  publicUrl: string,
): Promise<Record<string, TemplateMessage>> {
  if (!notice.plan?.ways.includes("template")) return {};
  const { code, documentNumber, documentDate, publishedAt, unit } = notice;
  const values = {
    tieu_de: titleOf(notice, kind),
    so: documentNumber ?? code,
    ngay: formatDate(documentDate ?? publishedAt ?? new Date()),
    don_vi: unit.name,
    duong_dan: pageOf(code, publicUrl),
  };
  const filled = (await settingsWithTemplate(db)).flatMap(({ id, settings }) => {
    const template = templateFor({ settings: readSettings(settings) }, "announcement", values);
    return template ? [[String(id), template] as const] : [];
  });
  return Object.fromEntries(filled);
}

function titleOf({ title, replaces }: Told, kind: NoticeKind): string {
  if (kind === "recall") return `Thu hồi: ${title}`;
  return replaces ? `Đính chính: ${title}` : title;
}
