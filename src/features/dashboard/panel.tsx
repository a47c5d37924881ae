/** The dashboard itself, as the console's first page shows it. */
import { t } from "../../bilingual/index.ts";
import { Card, Empty, LinkButton, Submit, Table, TextField } from "../../console/components/index.ts";
import { Bars, Columns, told } from "./chart.tsx";
import type { Figures } from "./figures.ts";
import { LEAST, type Told } from "./small-numbers.ts";
import { hours, monthName, share } from "./words.ts";

export const ROOT = "/console/dashboard";

export interface Names {
  category(this: void, code: string): string;
  ward(this: void, code: string): string;
  state(this: void, state: string): string;
}

export function Panel({ figures, names }: { figures: Figures; names: Names }) {
  const { range, messages, reports, handling, reached, rising } = figures;
  const query = new URLSearchParams({ from: range.fromDay, to: range.toDay });
  return (
    <div class="stack dashboard">
      <Today today={figures.today} />
      <form class="filters" method="get" action={ROOT}>
        <TextField name="from" label={t`Từ ngày`} type="date" value={range.fromDay} max={range.toDay} />
        <TextField name="to" label={t`Đến ngày`} type="date" value={range.toDay} />
        <Submit tone="plain" icon="filter">
          {t`Xem`}
        </Submit>
        <LinkButton href={`${ROOT}/so-lieu.xlsx?${query}`} icon="download">
          Excel
        </LinkButton>
        <LinkButton href={`${ROOT}/so-lieu.csv?${query}`} icon="download">
          CSV
        </LinkButton>
      </form>
      <dl class="key-figures">
        <Key name={t`Tin nhắn trợ lý đã đọc`} value={told(messages.total)} />
        <Key name={t`Trợ lý tự hiểu`} value={share(messages.understood)} />
        <Key name={t`Phản ánh`} value={told(reports.total)} />
        <Key name={t`Giải quyết đúng hạn`} value={share(figures.onTime)} />
        <Key
          name={t`Thời gian giải quyết, ${monthName(figures.month)} (trung vị)`}
          value={hours(handling?.median)}
        />
      </dl>
      <div class="columns">
        <Card title={t`Tin nhắn theo thời gian`}>
          <Columns title={t`Tin nhắn theo thời gian`} bars={overTime(messages.days)} />
        </Card>
        <Card title={t`Phản ánh theo thời gian`}>
          <Columns title={t`Phản ánh theo thời gian`} bars={overTime(reports.days)} />
        </Card>
      </div>
      <div class="columns">
        <div class="stack">
          <Named title={t`Phản ánh theo loại việc`} rows={reports.categories} name={names.category} />
          <RisingTopics rising={rising} names={names} />
          <AnswerTimes figures={figures} />
        </div>
        <div class="stack">
          <Named title={t`Phản ánh theo phường`} rows={reports.wards} name={names.ward} />
          <Named title={t`Phản ánh theo tình trạng`} rows={reports.states} name={names.state} />
          <Named title={t`Người dân đánh giá`} rows={figures.ratings} name={ratingName} />
          <Reached reached={reached} />
        </div>
      </div>
      <p class="quiet">
        {
          t`Mọi số đếm được làm tròn xuống theo từng ${LEAST} và cộng dồn từ đầu năm, nên lệch nhiều nhất ${LEAST - 1}: trừ số này cho số kia cũng không biết được có ai trong đó. Thời gian chỉ tính theo tháng và làm tròn.` as "safe"
        }
      </p>
    </div>
  );
}

function RisingTopics({ rising, names }: { rising: Figures["rising"]; names: Names }) {
  return (
    <Card title={t`Tăng trong 7 ngày qua`}>
      {rising.length === 0 ? (
        <Empty icon="chart-bar" title={t`Không có loại việc nào tăng rõ`} />
      ) : (
        <ul class="rising">
          {rising.map(({ ward, category, count, usual }) => (
            <li>
              <strong safe>{names.category(category)}</strong>
              <span
                safe
              >{t`${names.ward(ward)}: ${count} phản ánh, thường ${usual < LEAST ? t`dưới ${LEAST}` : Math.round(usual)} mỗi tuần`}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Reached({ reached }: Pick<Figures, "reached">) {
  const title = t`Thông báo tới được bao nhiêu người`;
  return (
    <Card title={title}>
      {reached.length === 0 ? (
        <Empty icon="speakerphone" title={t`Không có thông báo nào trong thời gian này`} />
      ) : (
        <Bars title={title} bars={reached.map((one) => ({ label: one.title, count: one.count }))} />
      )}
    </Card>
  );
}

function Today({ today }: { today: Figures["today"] }) {
  return (
    <section class="card today" aria-labelledby="today">
      <h2 id="today">{t`Hôm nay`}</h2>
      <dl>
        <Now name={t`Tin nhắn`} value={told(today.messages)} />
        <Now name={t`Trợ lý tự hiểu`} value={share(today.understood)} />
        <Now name={t`Đang chờ cán bộ`} value={told(today.waiting)} />
        <Now name={t`Phản ánh mới`} value={told(today.filed)} />
        <Now name={t`Phản ánh giải quyết xong`} value={told(today.resolved)} />
        <Now name={t`Phản ánh đang quá hạn`} value={told(today.overdue)} isBad={today.overdue > 0} />
      </dl>
    </section>
  );
}

function Now({ name, value, isBad = false }: { name: string; value: string; isBad?: boolean }) {
  return (
    <div>
      <dt safe>{name}</dt>
      <dd class={isBad ? "is-late" : ""} safe>
        {value}
      </dd>
    </div>
  );
}

/** Counted in working time, from asking for a person to the first answer of one. */
function AnswerTimes({ figures: { answers, month } }: { figures: Figures }) {
  const title = t`Cán bộ trả lời sau bao lâu, ${monthName(month)}`;
  return (
    <Card title={title}>
      <p class="quiet">{t`Một nửa, và 9 trên 10 người dân, được cán bộ trả lời trong thời gian này. Chỉ tính giờ làm việc.`}</p>
      <Table
        caption={title}
        rows={answers}
        empty={<Empty icon="clock" title={t`Chưa đủ số liệu trong tháng này`} />}
        columns={[
          { title: t`Đơn vị`, cell: ({ key }) => <span safe>{key || t`Tất cả`}</span> },
          {
            title: t`Một nửa`,
            align: "right",
            cell: ({ median }) => <span safe>{hours(median)}</span>,
          },
          {
            title: t`9 trên 10`,
            align: "right",
            cell: ({ slowest }) => <span safe>{hours(slowest)}</span>,
          },
        ]}
      />
    </Card>
  );
}

function Key({ name, value }: { name: string; value: string }) {
  return (
    <div class="card key-figure">
      <dt safe>{name}</dt>
      <dd safe>{value}</dd>
    </div>
  );
}

function Named({
  title,
  rows,
  name,
}: {
  title: string;
  rows: Told[];
  name(this: void, key: string): string;
}) {
  return (
    <Card title={title}>
      {rows.some(({ count }) => count > 0) ? (
        <Bars title={title} bars={rows.map(({ key, count }) => ({ label: name(key), count }))} />
      ) : (
        <Empty icon="chart-bar" title={t`Chưa có loại nào tới ${LEAST}`} />
      )}
    </Card>
  );
}

/** "24/11". */
const dayName = (key: string) => key.slice(5).split("-").reverse().join("/");
const overTime = (rows: Told[]) => rows.map(({ key, count }) => ({ label: dayName(key), count }));

export const ratingName = (rating: string) =>
  ({ 3: t`Hài lòng`, 2: t`Tạm được`, 1: t`Chưa hài lòng` })[rating] ?? rating;
