/** Staff put into an answer how a report stands: no more of it than the resident may read themselves. */
import { pageLanguage, t, vi } from "../../bilingual/index.ts";
import { formatDate } from "../../infra/clock.ts";
import type { Insert } from "../feature.ts";
import { categoryOf } from "./categories.ts";
import { linesOf } from "./status.ts";
import { findByCode, reportsOf } from "./store.ts";

const MOST = 5;

export const createInsert = (publicUrl: string): Insert => ({
  label: vi`Phản ánh`,
  hint: vi`Mã phản ánh; để trống: các phản ánh của người này`,
  async find(_words, { tx, residentId, say, entities }) {
    const code = entities.find(({ type }) => type === "report_code")?.value;
    const one = typeof code === "string" ? await findByCode(tx, code, residentId) : null;
    const found = one ? [one] : code ? [] : await reportsOf(tx, residentId, MOST);
    return found.map(({ code, category, state, createdAt, street, ward }) => ({
      title: `${code} · ${categoryOf(category).name[pageLanguage()]}`,
      about: [say(`reports.state.${state}`), formatDate(createdAt), street, ward].filter(Boolean).join(" · "),
      parts: [{ id: code, label: t`Tình trạng` }],
    }));
  },
  async write(id, { tx, residentId, say }) {
    const report = await findByCode(tx, id, residentId);
    if (!report) return null;
    const text = linesOf(report, say).join("\n");
    if (!report.isPublic) return { text };
    return { text, link: { title: say("reports.news.see"), url: `${publicUrl}/phan-anh/${report.code}` } };
  },
});
