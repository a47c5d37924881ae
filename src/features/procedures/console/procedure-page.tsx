/** One procedure as residents get it: every answer the bot gives of it, where it comes from and of when. */
import { t } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Confirm,
  Facts,
  LinkButton,
  OutOfUse,
  Time,
} from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Wording } from "../../../dialogue/types.ts";
import { answerAbout } from "../answer.ts";
import { ASPECTS } from "../aspects.ts";
import { provenanceOf } from "../record.ts";
import type { KeptProcedure } from "../store.ts";
import { State } from "./list-page.tsx";
import { ASPECT_NAMES, ROOT } from "./words.ts";

interface ProcedurePageProps {
  procedure: KeptProcedure;
  categories: Record<string, string>;
  say: Wording;
  staff: SignedIn;
}

export function ProcedurePage(props: ProcedurePageProps) {
  const { procedure, say } = props;
  return (
    <div class="procedure stack">
      {procedure.withdrawnAt ? (
        <p class="notice">{t`Thủ tục này đã rút: bot không tìm thấy và không trả lời về nó nữa.`}</p>
      ) : null}
      <AboutIt {...props} />
      <Card title={t`Người dân hỏi, bot trả lời`}>
        <div class="procedure-answers">
          {ASPECTS.map((aspect) => (
            <section class="procedure-answer">
              <h3 safe>{t.of(ASPECT_NAMES[aspect])}</h3>
              <p class="procedure-bubble" lang="vi" safe>
                {answerAbout(procedure, aspect, null, [], say).text}
              </p>
            </section>
          ))}
        </div>
      </Card>
    </div>
  );
}

function AboutIt({ procedure, categories, staff }: ProcedurePageProps) {
  const { code, data, version, reviewedAt } = procedure;
  const { asOf, isFromPortal } = provenanceOf(data);
  return (
    <Card actions={may(staff.role, "procedures.edit") ? <Deeds procedure={procedure} staff={staff} /> : null}>
      <Facts
        of={[
          [t`Tình trạng`, <State procedure={procedure} />],
          [t`Mã`, <span safe>{code}</span>],
          [t`Tên đầy đủ`, <span safe>{data.name}</span>],
          [
            t`Lĩnh vực`,
            data.category ? <span safe>{categories[data.category] ?? data.category}</span> : null,
          ],
          [t`Nguồn`, isFromPortal ? t`Cổng dịch vụ công quốc gia` : t`Nguồn khác`],
          [t`Số liệu tính đến`, asOf ? <span safe>{asOf}</span> : t`không rõ`],
          [
            t`Đường dẫn`,
            data.url ? (
              <a href={data.url} rel="noreferrer" safe>
                {data.url}
              </a>
            ) : null,
          ],
          [t`Rà soát lúc`, reviewedAt ? <Time at={reviewedAt} /> : null],
          [
            t`Phiên bản`,
            <a href={`${ROOT}/${code}/versions`}>
              {version} <Badge tone="info">{t`xem thay đổi`}</Badge>
            </a>,
          ],
        ]}
      />
    </Card>
  );
}

function Deeds({ procedure, staff }: Pick<ProcedurePageProps, "procedure" | "staff">) {
  const { code, version, reviewedAt, withdrawnAt } = procedure;
  const here = `${ROOT}/${code}`;
  return (
    <div class="row-actions">
      <LinkButton href={`${here}/edit`} icon="pencil" tone="primary">
        {t`Sửa`}
      </LinkButton>
      {reviewedAt ? null : (
        <Confirm
          id="review"
          action={`${here}/review`}
          staff={staff}
          label={t`Đã rà soát`}
          icon="circle-check"
          title={t`Đã đọc và thấy đúng?`}
          text={t`Anh/chị xác nhận các câu trả lời ở trang này đúng với quy định đang áp dụng.`}
        >
          <input type="hidden" name="version" value={String(version)} />
        </Confirm>
      )}
      <OutOfUse
        here={here}
        isOut={withdrawnAt !== null}
        staff={staff}
        out={{
          deed: "withdraw",
          label: t`Rút`,
          title: t`Rút thủ tục này?`,
          text: t`Bot sẽ không tìm thấy và không trả lời về nó nữa. Các phiên bản vẫn giữ, có thể dùng lại.`,
        }}
        back={{
          deed: "bring-back",
          label: t`Dùng lại`,
          title: t`Dùng lại thủ tục này?`,
          text: t`Bot sẽ lại trả lời người dân về thủ tục này.`,
        }}
      />
    </div>
  );
}
