/** Charts drawn on the server: a picture for the eye, and the same as a table for everybody. */
import { pageLocale, t } from "../../bilingual/index.ts";
import { Table } from "../../console/components/index.ts";
import { LEAST } from "./small-numbers.ts";

export interface Bar {
  label: string;
  /** 0: fewer than may be told. */
  count: number;
}

export const told = (count: number) =>
  count < LEAST ? t`dưới ${LEAST}` : count.toLocaleString(pageLocale());

const WIDTH = 640;
const HEIGHT = 180;
const FOOT = 26;
const TOP = 18;

/** Columns over time; where there are fewer than may be told there is no column. */
export function Columns({ title, bars }: { title: string; bars: Bar[] }) {
  const most = Math.max(LEAST, ...bars.map(({ count }) => count));
  const step = WIDTH / Math.max(1, bars.length);
  const tall = HEIGHT - FOOT - TOP;
  const every = Math.ceil(bars.length / 8);
  return (
    <figure class="chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t`${title}: biểu đồ cột, số liệu ở bảng bên dưới`}
      >
        <line class="chart-axis" x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
        <text class="chart-most" x="0" y="12" safe>{t`cao nhất ${most.toLocaleString(pageLocale())}`}</text>
        {bars.map(({ label, count }, at) => {
          const height = Math.round((count / most) * tall);
          return (
            <>
              <rect
                class="chart-bar"
                x={(at * step + step * 0.14).toFixed(1)}
                y={HEIGHT - FOOT - height}
                width={(step * 0.72).toFixed(1)}
                height={height}
                rx="2"
              />
              {at % every === 0 ? (
                <text class="chart-label" x={(at * step + step / 2).toFixed(1)} y={HEIGHT - 8} safe>
                  {label}
                </text>
              ) : null}
            </>
          );
        })}
      </svg>
      <AsTable title={title} bars={bars} />
    </figure>
  );
}

/** Named bars, the longest first: names stay readable on a phone. */
export function Bars({ title, bars }: { title: string; bars: Bar[] }) {
  const most = Math.max(LEAST, ...bars.map(({ count }) => count));
  return (
    <ul class="hbars" aria-label={title}>
      {bars.map(({ label, count }) => (
        <li>
          <span class="hbar-name" safe>
            {label}
          </span>
          <span class={count === 0 ? "hbar-count quiet" : "hbar-count"} safe>
            {told(count)}
          </span>
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect class="hbar-ground" width="100" height="6" rx="1" />
            <rect class="chart-bar" width={((count / most) * 100).toFixed(1)} height="6" rx="1" />
          </svg>
        </li>
      ))}
    </ul>
  );
}

function AsTable({ title, bars }: { title: string; bars: Bar[] }) {
  return (
    <details>
      <summary>{t`Xem bằng bảng`}</summary>
      <div class="chart-table" tabindex="0" role="region" aria-label={title}>
        <Table
          caption={title}
          rows={bars}
          empty={<></>}
          columns={[
            { title: t`Ngày`, cell: ({ label }) => <span safe>{label}</span> },
            { title: t`Số`, align: "right", cell: ({ count }) => <span safe>{told(count)}</span> },
          ]}
        />
      </div>
    </details>
  );
}
