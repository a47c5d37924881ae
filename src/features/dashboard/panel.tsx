/** The dashboard itself, as the console's first page shows it. */
import { Card, Empty, LinkButton, Submit, TextField } from "../../console/components/index.ts";
import { Bars, Columns, told } from "./chart.tsx";
import type { Figures } from "./figures.ts";
import { LEAST, type Shown } from "./small-numbers.ts";

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
      <form class="filters" method="get" action={ROOT}>
        <TextField name="from" label="Từ ngày" type="date" value={range.fromDay} max={range.toDay} />
        <TextField name="to" label="Đến ngày" type="date" value={range.toDay} />
        <Submit tone="plain" icon="filter">
          Xem
        </Submit>
        <LinkButton href={`${ROOT}/so-lieu.xlsx?${query}`} icon="download">
          Excel
        </LinkButton>
        <LinkButton href={`${ROOT}/so-lieu.csv?${query}`} icon="download">
          CSV
        </LinkButton>
      </form>
      <dl class="key-figures">
        <Key name="Tin nhắn trợ lý đã đọc" value={told(messages.total)} />
        <Key name="Trợ lý tự hiểu" value={share(messages.understood)} />
        <Key name="Phản ánh" value={told(reports.total)} />
        <Key name="Đang quá hạn" value={told(reports.overdue)} />
        <Key name="Giải quyết đúng hạn" value={share(handling.onTime)} />
        <Key name="Thời gian giải quyết (trung vị)" value={hours(handling.median)} />
      </dl>
      <div class="columns">
        <Card title="Tin nhắn theo thời gian">
          <Columns title="Tin nhắn theo thời gian" bars={overTime(messages.days)} />
        </Card>
        <Card title="Phản ánh theo thời gian">
          <Columns title="Phản ánh theo thời gian" bars={overTime(reports.days)} />
        </Card>
        <Named title="Phản ánh theo loại việc" rows={reports.categories} name={names.category} />
        <div class="stack">
          <Named title="Phản ánh theo phường" rows={reports.wards} name={names.ward} />
          <Named title="Phản ánh theo tình trạng" rows={reports.states} name={names.state} />
        </div>
        <Card title="Tăng trong 7 ngày qua">
          {rising.length === 0 ? (
            <Empty icon="chart-bar" title="Không có loại việc nào tăng rõ" />
          ) : (
            <ul class="rising">
              {rising.map(({ ward, category, count, usual }) => (
                <li>
                  <strong safe>{names.category(category)}</strong>
                  <span
                    safe
                  >{`${names.ward(ward)}: ${count} phản ánh, thường ${usual < LEAST ? `dưới ${LEAST}` : Math.round(usual)} mỗi tuần`}</span>
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Named title="Người dân đánh giá" rows={figures.ratings} name={ratingName} />
        <Card title="Thông báo tới được bao nhiêu người">
          {reached.length === 0 ? (
            <Empty icon="speakerphone" title="Không có thông báo nào trong thời gian này" />
          ) : (
            <Bars
              title="Thông báo tới được bao nhiêu người"
              bars={reached.map(({ title, count }) => ({ label: title, count }))}
            />
          )}
        </Card>
      </div>
      <p class="quiet">
        {
          `Số từ 1 tới ${LEAST - 1} không hiện, và số cạnh nó cũng ẩn khi có thể suy ra, để không ai bị nhận ra.` as "safe"
        }
      </p>
    </div>
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
  rows: Shown[];
  name(this: void, key: string): string;
}) {
  return (
    <Card title={title}>
      {rows.some(({ count }) => count !== 0) ? (
        <Bars title={title} bars={rows.map(({ key, count }) => ({ label: name(key), count }))} />
      ) : (
        <Empty icon="chart-bar" title="Chưa có gì trong thời gian này" />
      )}
    </Card>
  );
}

/** "24/11". */
const dayName = (key: string) => key.slice(5).split("-").reverse().join("/");
const overTime = (rows: Shown[]) => rows.map(({ key, count }) => ({ label: dayName(key), count }));

export const ratingName = (rating: string) =>
  ({ 3: "Hài lòng", 2: "Tạm được", 1: "Chưa hài lòng" })[rating] ?? rating;

export const share = (part: number | null) =>
  part === null ? "chưa đủ số liệu" : `${(part * 100).toLocaleString("vi", { maximumFractionDigits: 1 })} %`;

export const hours = (count: number | null) =>
  count === null
    ? "chưa đủ số liệu"
    : count < 48
      ? `${count.toLocaleString("vi", { maximumFractionDigits: 1 })} giờ`
      : `${(count / 24).toLocaleString("vi", { maximumFractionDigits: 1 })} ngày`;
