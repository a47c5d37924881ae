/** Pieces several of the office's pages of reports show. */
import { t } from "../../../bilingual/index.ts";
import { asset } from "../../../console/assets.ts";
import { Badge, LinkButton, Tabs } from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { STATE_NAMES } from "../labels.ts";
import type { ReportState } from "../states.ts";
import { dueWords, STATE_TONES } from "./words.ts";

export const ROOT = "/console/reports";
export const styles = () => [asset("reports-console.css")];

export function Ways({ here, staff }: { here: "board" | "list" | "settings"; staff: SignedIn }) {
  const tabs = [
    { href: ROOT, label: t`Bảng việc`, active: here === "board" },
    { href: `${ROOT}/list`, label: t`Danh sách`, active: here === "list" },
    ...(may(staff.role, "reports.manage")
      ? [{ href: `${ROOT}/settings`, label: t`Cài đặt`, active: here === "settings" }]
      : []),
  ];
  return <Tabs label={t`Phản ánh`} tabs={tabs} />;
}

export function NewButton({ staff }: { staff: SignedIn }) {
  if (!may(staff.role, "reports.work")) return <></>;
  return (
    <LinkButton href={`${ROOT}/new`} icon="plus" tone="primary">
      {t`Ghi hộ người dân`}
    </LinkButton>
  );
}

export function State({ state }: { state: ReportState }) {
  return (
    <Badge tone={STATE_TONES[state]}>
      <span safe>{t.of(STATE_NAMES[state])}</span>
    </Badge>
  );
}

export function Due({ report, now }: { report: { state: ReportState; dueAt: Date | null }; now: Date }) {
  const due = dueWords(report, now);
  if (!due) return <></>;
  return (
    <Badge tone={due.tone}>
      <span safe>{due.text}</span>
    </Badge>
  );
}

export function Priority({ priority }: { priority: number }) {
  if (priority < 3) return <></>;
  return <Badge tone={priority === 4 ? "bad" : "warn"}>{priority === 4 ? t`Khẩn` : t`Ưu tiên`}</Badge>;
}

export const Sample = () => <Badge>{t`mẫu`}</Badge>;
