/** What the service proposes about a report: one press agrees, another refuses. */
import { t } from "../../../bilingual/index.ts";
import { Card, Form, Submit } from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { formatDateTime } from "../../../infra/clock.ts";
import type { Proposal } from "../store.ts";
import { ROOT } from "./shared.tsx";

interface ProposalProps {
  code: string;
  createdAt: Date;
  proposal: Proposal;
  staff: SignedIn;
}

export function ProposalCard({ code, createdAt, proposal, staff }: ProposalProps) {
  const { id, lampPole, since, at } = proposal;
  const question =
    since > createdAt
      ? t`Đèn ${lampPole} báo đã sáng lại lúc ${formatDateTime(since)}: đóng phản ánh?`
      : t`Đèn ${lampPole} báo vẫn sáng, lần cuối lúc ${formatDateTime(at)}: đóng phản ánh?`;
  return (
    <Card class="proposal">
      <p>
        <strong safe>{question}</strong>
      </p>
      {may(staff.role, "reports.work") ? (
        <Form action={`${ROOT}/${code}/proposal`} staff={staff} class="row-actions">
          <input type="hidden" name="id" value={String(id)} />
          <Submit icon="check" name="agrees" value="yes">
            {t`Đóng, báo người dân`}
          </Submit>
          <Submit tone="plain" name="agrees" value="no">
            {t`Chưa, để đó`}
          </Submit>
        </Form>
      ) : null}
    </Card>
  );
}

/** Above the board: which reports wait for a decision. */
export function ProposedReports({ proposed }: { proposed: { code: string; lampPole: string }[] }) {
  if (proposed.length === 0) return <></>;
  return (
    <div class="notice notice-calm">
      <p>{t`Đèn báo đã sáng, chờ anh/chị đồng ý đóng phản ánh:`}</p>
      <ul class="proposed">
        {proposed.map(({ code, lampPole }) => (
          <li>
            <a href={`${ROOT}/${code}`} safe>
              {`${lampPole} · ${code}`}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
