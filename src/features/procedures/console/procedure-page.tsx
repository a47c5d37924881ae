/** One procedure as residents get it: every answer the bot gives of it, where it comes from and of when. */
import { Badge, Card, Confirm, Facts, LinkButton, Time } from "../../../console/components/index.ts";
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
        <p class="notice">Thủ tục này đã rút: bot không tìm thấy và không trả lời về nó nữa.</p>
      ) : null}
      <AboutIt {...props} />
      <Card title="Người dân hỏi, bot trả lời">
        <div class="procedure-answers">
          {ASPECTS.map((aspect) => (
            <section class="procedure-answer">
              <h3 safe>{ASPECT_NAMES[aspect]}</h3>
              <p class="procedure-bubble" safe>
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
          ["Tình trạng", <State procedure={procedure} />],
          ["Mã", <span safe>{code}</span>],
          ["Tên đầy đủ", <span safe>{data.name}</span>],
          ["Lĩnh vực", data.category ? <span safe>{categories[data.category] ?? data.category}</span> : null],
          ["Nguồn", isFromPortal ? "Cổng dịch vụ công quốc gia" : "Nguồn khác"],
          ["Số liệu tính đến", asOf ? <span safe>{asOf}</span> : "không rõ"],
          [
            "Đường dẫn",
            data.url ? (
              <a href={data.url} rel="noreferrer" safe>
                {data.url}
              </a>
            ) : null,
          ],
          ["Rà soát lúc", reviewedAt ? <Time at={reviewedAt} /> : null],
          [
            "Phiên bản",
            <a href={`${ROOT}/${code}/versions`}>
              {version} <Badge tone="info">xem thay đổi</Badge>
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
        Sửa
      </LinkButton>
      {reviewedAt ? null : (
        <Confirm
          id="review"
          action={`${here}/review`}
          staff={staff}
          label="Đã rà soát"
          icon="circle-check"
          title="Đã đọc và thấy đúng?"
          text="Anh/chị xác nhận các câu trả lời ở trang này đúng với quy định đang áp dụng."
        >
          <input type="hidden" name="version" value={String(version)} />
        </Confirm>
      )}
      {withdrawnAt ? (
        <Confirm
          id="bring-back"
          action={`${here}/bring-back`}
          staff={staff}
          label="Dùng lại"
          icon="arrow-back-up"
          title="Dùng lại thủ tục này?"
          text="Bot sẽ lại trả lời người dân về thủ tục này."
        />
      ) : (
        <Confirm
          id="withdraw"
          action={`${here}/withdraw`}
          staff={staff}
          label="Rút"
          icon="ban"
          danger
          title="Rút thủ tục này?"
          text="Bot sẽ không tìm thấy và không trả lời về nó nữa. Các phiên bản vẫn giữ, có thể dùng lại."
        />
      )}
    </div>
  );
}
