/** Everybody's reports: how many, where, which. */
import { pageLanguage, pageLocale, t } from "../../../bilingual/index.ts";
import { asset } from "../../../console/assets.ts";
import { formatDate } from "../../../infra/clock.ts";
import { wardFile } from "../../../places/wards.ts";
import { categories, groups } from "../categories.ts";
import { STATE_COLOURS, STATE_NAMES } from "../labels.ts";
import { isOpen, type ReportState } from "../states.ts";
import type { PublicReport } from "../store.ts";
import { PERIODS, queryOf, STATUSES, type Chosen, type Status } from "./filter.ts";
import type { MapSettings } from "./map.ts";
import { ago, placeOf, titleOf } from "./words.ts";

interface ListPageProps {
  chosen: Chosen;
  counts: Partial<Record<ReportState, number>>;
  reports: PublicReport[];
  /** The code after which there are more. */
  more: string | null;
  map: MapSettings;
  now: Date;
}

export const mapAssets = () => ({
  styles: [asset("leaflet.css"), asset("ward-outlines.css"), asset("report-map.css")],
  scripts: [asset("leaflet.js"), asset("ward-outlines.js"), asset("report-map.js")],
});

export function ListPage({ chosen, counts, reports, more, map, now }: ListPageProps) {
  return (
    <>
      <h1>{t`Phản ánh của người dân`}</h1>
      <p class="lead">
        {t`Bà con nhắn cho trang Zalo hoặc Facebook của phường để báo việc hư hỏng, rác, ngập, đèn đường… Người báo được giữ kín. Ở đây ai cũng xem được việc nào đã làm, việc nào đang chờ.`}
      </p>
      <Counts chosen={chosen} counts={counts} />
      <Filters chosen={chosen} />
      <div class="split">
        <section aria-labelledby="map-title">
          <h2 id="map-title" class="hidden-words">
            {t`Bản đồ`}
          </h2>
          <MapPlace map={map} query={queryOf(chosen)} />
        </section>
        <section aria-labelledby="list-title">
          <h2 id="list-title" class="hidden-words">
            {t`Danh sách`}
          </h2>
          <List reports={reports} now={now} />
          {more ? (
            <p class="more">
              <a class="button" rel="next" href={`/phan-anh?${withMore(chosen, more)}#list-title`}>
                {t`Xem thêm`}
              </a>
            </p>
          ) : null}
        </section>
      </div>
      <section class="card after-list" aria-labelledby="data-title">
        <h2 id="data-title">{t`Tra mã, dữ liệu mở`}</h2>
        <form class="filters" action="/phan-anh" method="get">
          <div class="field">
            <label for="code">{t`Mã phản ánh`}</label>
            <input id="code" name="ma" placeholder="PA-2611-00042" autocomplete="off" maxlength="20" />
          </div>
          <button class="button" type="submit">
            {t`Xem`}
          </button>
        </form>
        <p class="small quiet">
          {t.html`Tải các phản ánh đang lọc: <a href="${`/phan-anh/du-lieu.csv?${queryOf(chosen)}`}">bảng CSV</a>. Phần mềm khác đọc và gửi phản ánh qua <a href="/open311/v2/discovery.xml">Open311 GeoReport v2</a>.`}
        </p>
      </section>
    </>
  );
}

const withMore = (chosen: Chosen, code: string) => [queryOf(chosen), `sau=${code}`].filter(Boolean).join("&");

function Counts({ chosen, counts }: Pick<ListPageProps, "chosen" | "counts">) {
  return (
    <ul class="counts">
      {Object.entries(STATUSES).map(([status, { label, states }]) => {
        const count = states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
        const isChosen = chosen.status === status;
        const query = queryOf(chosen, { status: isChosen ? "" : (status as Status) });
        return (
          <li>
            <a href={`/phan-anh?${query}`} aria-current={isChosen ? "true" : undefined}>
              <strong safe>{count.toLocaleString(pageLocale())}</strong>
              <span>{t.of(label)}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function Filters({ chosen }: { chosen: Chosen }) {
  return (
    <form class="filters" action="/phan-anh" method="get">
      <div class="field">
        <label for="kind">{t`Loại việc`}</label>
        <select id="kind" name="loai">
          <option value="">{t`Tất cả`}</option>
          {Object.entries(groups).map(([group, name]) => (
            <optgroup label={name[pageLanguage()]}>
              <option value={`nhom:${group}`} selected={chosen.kind === `nhom:${group}`} safe>
                {t`Cả nhóm: ${name[pageLanguage()]}`}
              </option>
              {categories
                .filter((category) => category.group === group && category.public)
                .map(({ code, name }) => (
                  <option value={code} selected={chosen.kind === code} safe>
                    {name[pageLanguage()]}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      <Select
        name="phuong"
        label={t`Phường`}
        chosen={chosen.ward}
        options={[
          ["", t`Cả khu vực`],
          ...wardFile.wards.map(({ code, name }): [string, string] => [code, name]),
        ]}
      />
      <Select
        name="tinh-trang"
        label={t`Tình trạng`}
        chosen={chosen.status}
        options={[
          ["", t`Tất cả`],
          ...Object.entries(STATUSES).map(([s, { label }]): [string, string] => [s, t.of(label)]),
        ]}
      />
      <Select
        name="tu"
        label={t`Thời gian`}
        chosen={chosen.period}
        options={Object.entries(PERIODS).map(([period, label]) => [period, t.of(label)])}
      />
      <button class="button button-main" type="submit">
        {t`Lọc`}
      </button>
    </form>
  );
}

interface SelectProps {
  name: string;
  label: string;
  chosen: string;
  options: [value: string, label: string][];
}

function Select({ name, label, chosen, options }: SelectProps) {
  return (
    <div class="field">
      <label for={name} safe>
        {label}
      </label>
      <select id={name} name={name}>
        {options.map(([value, words]) => (
          <option value={value} selected={value === chosen} safe>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

interface MapPlaceProps {
  map: MapSettings;
  query: string;
  /** One report's place instead of all. */
  point?: { latitude: number; longitude: number };
}

export function MapPlace({ map, query, point }: MapPlaceProps) {
  return (
    <div
      class={["map", point ? "map-small" : ""]}
      id="map"
      role="region"
      aria-label={point ? t`Nơi phản ánh trên bản đồ` : t`Bản đồ phản ánh`}
      data-tiles={map.tiles}
      data-attribution={map.attribution}
      data-outlines={map.outlines}
      data-feed="/phan-anh/ban-do.json"
      data-list="/phan-anh"
      data-query={query}
      data-words={JSON.stringify(mapWords())}
      data-latitude={point ? String(point.latitude) : undefined}
      data-longitude={point ? String(point.longitude) : undefined}
    >
      <p class="map-words">{t`Bản đồ hiện khi trình duyệt chạy được mã; danh sách vẫn đủ mọi phản ánh.`}</p>
    </div>
  );
}

/** What the map's script says. */
const mapWords = () => ({
  zoomIn: t`Phóng to`,
  zoomOut: t`Thu nhỏ`,
  noTiles: t`Nền bản đồ chưa tải được; ranh giới phường vẫn dùng được.`,
  noOutlines: t`Chưa tải được ranh giới phường.`,
  noReports: t`Chưa tải được các phản ánh; xem trong danh sách.`,
  here: t`Nơi phản ánh`,
  many: t`phản ánh ở gần nhau, bấm để xem gần hơn`,
});

function List({ reports, now }: Pick<ListPageProps, "reports" | "now">) {
  if (reports.length === 0) {
    return (
      <div class="card empty">
        <p>{t`Chưa có phản ánh nào như vậy.`}</p>
        <p>
          <a href="/phan-anh?tu=tat-ca">{t`Xem tất cả`}</a>
        </p>
      </div>
    );
  }
  return (
    <ul class="reports">
      {reports.map((report) => (
        <li class="report">
          <div class="report-words">
            <h3>
              <a href={`/phan-anh/${report.code}`} safe>
                {titleOf(report)}
              </a>
            </h3>
            <p class="small quiet" lang="vi" safe>
              {placeOf(report)}
            </p>
            <p class="report-line">
              <StateBadge state={report.state} />
              <time datetime={report.createdAt.toISOString()} title={formatDate(report.createdAt)} safe>
                {ago(report.createdAt, now)}
              </time>
              {isLate(report, now) ? <span class="late">{t`Quá hạn`}</span> : null}
              {report.followers > 0 ? <span>{t.html`${report.followers + 1} người báo`}</span> : null}
            </p>
          </div>
          {report.photoId !== null ? (
            <img
              src={`/phan-anh/${report.code}/anh/${report.photoId}?co=nho`}
              alt=""
              width="80"
              height="80"
              loading="lazy"
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

export const isLate = ({ state, dueAt }: Pick<PublicReport, "state" | "dueAt">, now: Date) =>
  isOpen(state) && dueAt !== null && dueAt < now;

export function StateBadge({ state }: { state: ReportState }) {
  return <span class={`state state-${STATE_COLOURS[state]}`}>{t.of(STATE_NAMES[state]) as "safe"}</span>;
}
