/** One report for everybody: what, where, how far it is, and every step so far. */
import { pageLanguage, t, vi } from "../../../bilingual/index.ts";
import { formatDate, formatDateTime } from "../../../infra/clock.ts";
import { categoryOf } from "../categories.ts";
import { STATE_NAMES } from "../labels.ts";
import { isOpen } from "../states.ts";
import type { PublicPhoto, PublicReport, TimelineEntry } from "../store.ts";
import { isLate, MapPlace, StateBadge } from "./list-page.tsx";
import type { MapSettings } from "./map.ts";
import { placeOf, titleOf } from "./words.ts";

interface ReportPageProps {
  report: PublicReport & { mergedInto: string | null };
  timeline: TimelineEntry[];
  photos: PublicPhoto[];
  map: MapSettings;
  now: Date;
}

const RATINGS: Record<number, string> = { 3: vi`Hài lòng`, 2: vi`Tạm được`, 1: vi`Chưa hài lòng` };

export function ReportPage({ report, timeline, photos, map, now }: ReportPageProps) {
  const { code, description, latitude, longitude, mergedInto } = report;
  return (
    <>
      <p class="crumbs">
        <a href="/phan-anh">{t`Tất cả phản ánh`}</a>
      </p>
      <header class="report-head">
        <h1 safe>{titleOf(report)}</h1>
        <p class="report-line">
          <StateBadge state={report.state} />
          <span lang="vi" safe>
            {placeOf(report)}
          </span>
          {isLate(report, now) ? <span class="late">{t`Quá hạn`}</span> : null}
        </p>
      </header>
      {mergedInto ? (
        <p class="card">
          {t.html`Việc này trùng với phản ánh <a href="${`/phan-anh/${mergedInto}`}">${mergedInto}</a>, mời xem ở đó.`}
        </p>
      ) : null}
      <div class="split split-even">
        <div>
          {description ? (
            <section class="card">
              <h2>{t`Nội dung`}</h2>
              <p safe>{description}</p>
            </section>
          ) : null}
          {photos.length > 0 ? <Photos code={code} photos={photos} /> : null}
          <section class="card">
            <h2>{t`Quá trình xử lý`}</h2>
            <ol class="timeline">
              {timeline.map((entry) => (
                <li>
                  <time datetime={entry.at.toISOString()}>{formatDateTime(entry.at) as "safe"}</time>
                  <span safe>{stepOf(entry, report.unitName)}</span>
                  {entry.note ? <blockquote safe>{entry.note}</blockquote> : null}
                </li>
              ))}
            </ol>
          </section>
        </div>
        <div>
          <Facts report={report} />
          {latitude !== null && longitude !== null ? (
            <section class="card" aria-label={t`Vị trí`}>
              <MapPlace map={map} query="" point={{ latitude, longitude }} />
              <p class="small quiet">{t`Vị trí gần đúng, để giữ kín nhà của người dân.`}</p>
            </section>
          ) : null}
        </div>
      </div>
    </>
  );
}

function Facts({ report }: { report: ReportPageProps["report"] }) {
  const { code, category, createdAt, dueAt, resolvedAt, unitName, followers, rating, state } = report;
  const facts: [string, string | null][] = [
    [t`Mã phản ánh`, code],
    [t`Loại việc`, categoryOf(category).name[pageLanguage()]],
    [t`Đơn vị xử lý`, unitName],
    [t`Ngày gửi`, formatDate(createdAt)],
    [t`Hạn xử lý`, isOpen(state) && dueAt ? formatDateTime(dueAt) : null],
    [t`Xử lý xong`, resolvedAt ? formatDate(resolvedAt) : null],
    [t`Số người báo`, followers > 0 ? String(followers + 1) : null],
    [t`Người báo đánh giá`, rating ? (t.of(RATINGS[rating]) ?? null) : null],
  ];
  return (
    <section class="card">
      <h2 class="hidden-words">{t`Thông tin`}</h2>
      <dl class="facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div>
              <dt safe>{name}</dt>
              <dd safe>{value}</dd>
            </div>
          ))}
      </dl>
      <p class="buttons facts-buttons">
        <a class="button" href={`/phan-anh/${code}/in`}>
          {t`Mã QR để in`}
        </a>
      </p>
    </section>
  );
}

const KINDS = { told: vi`Ảnh người dân gửi`, before: vi`Trước khi xử lý`, after: vi`Sau khi xử lý` };

function Photos({ code, photos }: { code: string; photos: PublicPhoto[] }) {
  return (
    <section class="card">
      <h2>{t`Hình ảnh`}</h2>
      <div class="photos">
        {photos.map(({ id, kind }) => (
          <figure>
            <a href={`/phan-anh/${code}/anh/${id}`}>
              <img src={`/phan-anh/${code}/anh/${id}?co=nho`} alt={t.of(KINDS[kind])} loading="lazy" />
            </a>
            <figcaption>{t.of(KINDS[kind])}</figcaption>
          </figure>
        ))}
      </div>
    </section>
  );
}

/** One line of the timeline. */
export function stepOf({ kind, state, data }: TimelineEntry, unitName: string): string {
  if (kind === "filed") return t`Tiếp nhận phản ánh`;
  if (kind === "update") return t`Cập nhật từ đơn vị xử lý`;
  if (kind === "merged") return t`Gộp vào phản ánh ${data.mergedInto ?? ""}`;
  if (kind === "category") {
    const name = data.category ? categoryOf(data.category).name[pageLanguage()] : t`khác`;
    return t`Xếp lại vào loại “${name}”, chuyển ${data.unitName ?? unitName}`;
  }
  if (state === "assigned") return t`Chuyển ${data.unitName ?? unitName} xử lý`;
  if (state === "received") return t`Chờ phân công lại`;
  return t.of(STATE_NAMES[state]);
}

/** To print and hang up where the work is done: anybody reads there how it goes. */
export function PosterPage({ report, address }: { report: PublicReport; address: string }) {
  return (
    <section class="card poster">
      <h1 safe>{titleOf(report)}</h1>
      <p lang="vi" safe>
        {placeOf(report)}
      </p>
      <img
        src={`/phan-anh/${report.code}/qr.svg`}
        alt={t`Mã QR mở trang phản ánh`}
        width="256"
        height="256"
      />
      <p class="code" safe>
        {report.code}
      </p>
      <p class="quiet">{t`Quét mã để xem việc này tới đâu rồi`}</p>
      <p class="small" safe>
        {address}
      </p>
      <p class="buttons">
        <a class="button" href={`/phan-anh/${report.code}`}>
          {t`Về trang phản ánh`}
        </a>
      </p>
    </section>
  );
}
