/** A month of a unit's announcements, on one page that can be printed and sent on. */
import { Card, Empty, LinkButton, Table } from "../../../console/components/index.ts";
import { t } from "../../../bilingual/index.ts";
import { ROOT } from "../console/words.ts";
import type { Month } from "./month.ts";
import { figure, hours, people, percent } from "./words.ts";

export function MonthPage({ month }: { month: Month }) {
  const { name, key, before, after, units } = month;
  const at = (other: string) => `${ROOT}/month?month=${other}`;
  return (
    <div class="stack">
      <div class="row-actions">
        <LinkButton href={at(before)} icon="chevron-left">
          {t`Tháng trước`}
        </LinkButton>
        {after ? <LinkButton href={at(after)}>{t`Tháng sau`}</LinkButton> : null}
        <LinkButton href={`${ROOT}/month.csv?month=${key}`} icon="download">
          CSV
        </LinkButton>
        <LinkButton href={`${ROOT}/month.xlsx?month=${key}`} icon="download">
          Excel
        </LinkButton>
      </div>
      <Card title={name} flush>
        <Table
          caption={t`Thông báo ${name} theo đơn vị`}
          rows={units}
          empty={<Empty icon="send" title={t`Tháng này chưa có thông báo nào.`} />}
          columns={[
            { title: t`Đơn vị`, cell: (unit) => <strong safe>{unit.name}</strong> },
            {
              title: t`Thông báo`,
              align: "right",
              cell: (unit) => <span safe>{figure(unit.announcements)}</span>,
            },
            {
              title: t`Khẩn cấp`,
              align: "right",
              cell: (unit) => <span safe>{figure(unit.emergencies)}</span>,
            },
            { title: t`Lượt nhận`, align: "right", cell: (unit) => <span safe>{people(unit.reached)}</span> },
            {
              title: t`Đã xem`,
              align: "right",
              cell: (unit) => <span safe>{percent(unit.seen, unit.sent)}</span>,
            },
            {
              title: t`Ngừng nhận tin`,
              align: "right",
              cell: (unit) => <span safe>{people(unit.unsubscribed)}</span>,
            },
            {
              title: t`Cán bộ trả lời (trung vị)`,
              align: "right",
              cell: (unit) => <span safe>{hours(unit.answered)}</span>,
            },
          ]}
        />
      </Card>
      <p class="quiet">
        {t`Lượt nhận và người ngừng nhận tin được làm tròn xuống bội của 5; thời gian trả lời tính theo giờ làm việc, khi có từ 5 cuộc trở lên.`}
      </p>
    </div>
  );
}
