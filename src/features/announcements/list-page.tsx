/** Every notice, newest first, by kind, ward and words. */
import { pageLanguage, t } from "../../bilingual/index.ts";
import { formatDate } from "../../infra/clock.ts";
import { wardCodes, wardOfCode } from "../../places/index.ts";
import type { Published } from "./store.ts";
import { topicName, TOPICS } from "./topics.ts";

export interface Chosen {
  topic: string;
  ward: string;
  words: string;
}

interface ListProps {
  notices: Published[];
  total: number;
  page: number;
  perPage: number;
  chosen: Chosen;
  now: Date;
}

export function ListPage({ notices, total, page, perPage, chosen, now }: ListProps) {
  return (
    <>
      <h1>{t`Thông báo chính thức`}</h1>
      <p class="lead">
        {t`Thông báo nào thật cũng có mặt ở đây. Nhập mã TB-… hoặc vài chữ để tìm; có dấu hay không dấu đều được.`}
      </p>
      <Filters chosen={chosen} />
      {notices.length === 0 ? (
        <p class="card empty">{t`Không có thông báo nào khớp. Anh/chị thử bớt điều kiện tìm nha.`}</p>
      ) : (
        <ul class="reports">
          {notices.map((notice) => (
            <NoticeLine notice={notice} now={now} />
          ))}
        </ul>
      )}
      <Pages page={page} pages={Math.max(1, Math.ceil(total / perPage))} chosen={chosen} />
    </>
  );
}

const Filters = ({ chosen }: { chosen: Chosen }) => (
  <form method="get" action="/thong-bao" class="filters" role="search">
    <div class="field">
      <label for="words">{t`Mã hoặc từ cần tìm`}</label>
      <input id="words" type="search" name="tim" value={chosen.words} maxlength="100" />
    </div>
    <div class="field">
      <label for="topic">{t`Loại tin`}</label>
      <select id="topic" name="loai">
        <option value="">{t`Mọi loại`}</option>
        {Object.entries(TOPICS).map(([key, name]) => (
          <option value={key} selected={key === chosen.topic}>
            {name[pageLanguage()]}
          </option>
        ))}
      </select>
    </div>
    <div class="field">
      <label for="ward">{t`Phường`}</label>
      <select id="ward" name="phuong">
        <option value="">{t`Mọi phường`}</option>
        {wardCodes.map((code) => (
          <option value={code} selected={code === chosen.ward} safe>
            {wardOfCode(code) ?? code}
          </option>
        ))}
      </select>
    </div>
    <button class="button button-main" type="submit">
      {t`Tìm`}
    </button>
  </form>
);

const NoticeLine = ({ notice, now }: { notice: Published; now: Date }) => (
  <li class={notice.level === "emergency" ? "report notice-urgent" : "report"}>
    <div class="report-words">
      <h3>
        <a href={`/thong-bao/${notice.code}`} safe>
          {notice.title}
        </a>
      </h3>
      <p class="report-line">
        <LevelMark level={notice.level} />
        <span safe>{notice.unit.name}</span>
        <time datetime={notice.publishedAt!.toISOString()} safe>
          {formatDate(notice.publishedAt!)}
        </time>
        <span safe>{topicName(notice.topic, pageLanguage())}</span>
        {notice.validTo && notice.validTo < now ? <span>{t`Đã hết hiệu lực`}</span> : null}
        {notice.replaced ? <span>{t`Đã được đính chính`}</span> : null}
        <span class="code" safe>
          {notice.code}
        </span>
      </p>
    </div>
  </li>
);

export function LevelMark({ level }: { level: string }) {
  if (level === "emergency") return <span class="state state-red">{t`Khẩn cấp`}</span>;
  return level === "important" ? <span class="state state-orange">{t`Quan trọng`}</span> : null;
}

function Pages({ page, pages, chosen }: { page: number; pages: number; chosen: Chosen }) {
  if (pages <= 1) return null;
  const address = (to: number) =>
    `/thong-bao?${new URLSearchParams({ loai: chosen.topic, phuong: chosen.ward, tim: chosen.words, trang: String(to) })}`;
  return (
    <nav class="buttons more-pages" aria-label={t`Trang`}>
      {page > 1 ? (
        <a class="button" href={address(page - 1)} rel="prev">
          {t`Mới hơn`}
        </a>
      ) : null}
      <span>{t.html`Trang ${page} / ${pages}`}</span>
      {page < pages ? (
        <a class="button" href={address(page + 1)} rel="next">
          {t`Cũ hơn`}
        </a>
      ) : null}
    </nav>
  );
}
