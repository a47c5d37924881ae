/** One notice, where anybody can check that it is real: code, number, unit, who approved it, its history, a QR to print. */
import { pageLanguage, t, vi } from "../../bilingual/index.ts";
import { formatDate, formatDateTime } from "../../infra/clock.ts";
import { wardOfCode } from "../../places/index.ts";
import { sizeOf } from "./files/card.tsx";
import { coverPath, filePath } from "./files/public.ts";
import type { SignedFile } from "./signatures/index.ts";
import { SignatureLines } from "./signatures/lines.tsx";
import { Body } from "./formatting.tsx";
import { LevelMark } from "./list-page.tsx";
import type { Step } from "./history/store.ts";
import type { Published } from "./store.ts";
import { topicName } from "./topics.ts";

interface NoticeProps {
  notice: Published;
  steps: Step[];
  files: SignedFile[];
  url: string;
  qr: string;
  now: Date;
}

export function NoticePage({ notice, steps, files, url, qr, now }: NoticeProps) {
  const { code, title, body, level } = notice;
  return (
    <article>
      <p class="crumbs">
        <a href="/thong-bao">{t`Mọi thông báo`}</a>
      </p>
      <header class="report-head">
        <h1 safe>{title}</h1>
        <p class="report-line">
          <LevelMark level={level} />
          <span safe>{notice.unit.name}</span>
          <span safe>{formatDate(notice.publishedAt!)}</span>
          <span class="code" safe>
            {code}
          </span>
        </p>
      </header>
      <Standing notice={notice} now={now} />
      <div class="split split-even">
        <section class="card notice-body">
          {notice.coverHash ? <img class="notice-cover" src={coverPath(code)} alt={notice.coverAlt} /> : null}
          <Body text={body} />
          <Files code={code} files={files} />
        </section>
        <div>
          <section class="card">
            <h2>{t`Nguồn gốc`}</h2>
            <Origin notice={notice} steps={steps} />
          </section>
          <section class="card">
            <h2>{t`Kiểm tra thông báo này`}</h2>
            <p>{t`Quét mã bằng điện thoại, hoặc nhắn mã cho trợ lý trên Zalo, Messenger.`}</p>
            <img src={qr} alt={t`Mã QR dẫn tới ${url}`} width="164" height="164" />
          </section>
        </div>
      </div>
    </article>
  );
}

function Files({ code, files }: { code: string; files: SignedFile[] }) {
  if (files.length === 0) return null;
  return (
    <>
      <h2>{t`Văn bản, hình kèm theo`}</h2>
      <ul class="notice-files">
        {files.map(({ id, name, media, signatures }) => (
          <li>
            <a href={filePath(code, id)} safe>
              {name}
            </a>{" "}
            <span class="quiet" safe>
              {sizeOf(media.bytes)}
            </span>
            {signatures ? <SignatureLines signatures={signatures} /> : null}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What must be read before the text: it no longer holds, or only in another version. */
function Standing({ notice, now }: Pick<NoticeProps, "notice" | "now">) {
  const { state, recalledAt, recallReason, replaced, replaces, validTo } = notice;
  return (
    <>
      {state === "recalled" ? (
        <p class="card notice-urgent">
          <strong>{t`Đã thu hồi`}</strong>{" "}
          <span safe>{t`ngày ${formatDateTime(recalledAt!)}. ${recallReason ?? ""}`}</span>
        </p>
      ) : null}
      {replaced ? (
        <p class="card">
          {t.html`Thông báo này đã được đính chính. Xem bản mới: <a href="${`/thong-bao/${replaced.code}`}">${replaced.code}</a>`}
        </p>
      ) : null}
      {replaces ? (
        <p class="card">
          {t.html`Bản này đính chính cho <a href="${`/thong-bao/${replaces.code}`}">${replaces.code}</a>`}
        </p>
      ) : null}
      {validTo && validTo < now && state !== "recalled" ? (
        <p class="card" safe>
          {t`Đã hết hiệu lực từ ${formatDateTime(validTo)}.`}
        </p>
      ) : null}
    </>
  );
}

const STEPS: Record<string, string> = {
  ...{
    approved: vi`Duyệt^step`,
    published: vi`Đăng^step`,
    recalled: vi`Thu hồi^step`,
    corrected: vi`Đính chính^step`,
  },
};
const APPROVER_TITLES: Record<string, string> = {
  ...{ admin: vi`Quản trị^role`, unit_admin: vi`Lãnh đạo đơn vị`, approver: vi`Người duyệt tin` },
};

function Origin({ notice, steps }: Pick<NoticeProps, "notice" | "steps">) {
  const facts: [string, string | null][] = [
    [t`Đơn vị`, notice.unit.name],
    [t`Số, ký hiệu`, notice.documentNumber],
    [t`Ngày văn bản`, notice.documentDate ? formatDate(notice.documentDate) : null],
    [t`Người ký`, notice.signer],
    [t`Loại tin`, topicName(notice.topic, pageLanguage())],
    [t`Nơi áp dụng`, notice.wards.map((code) => wardOfCode(code) ?? code).join(", ") || t`Mọi phường`],
    [t`Hiệu lực đến`, notice.validTo ? formatDateTime(notice.validTo) : null],
  ];
  const known = facts.flatMap(([name, value]) => (value ? [{ name, value }] : []));
  const shown = steps.filter(({ kind }) => kind in STEPS);
  return (
    <>
      <dl class="facts">
        {known.map(({ name, value }) => (
          <div>
            <dt safe>{name}</dt>
            <dd safe>{value}</dd>
          </div>
        ))}
      </dl>
      {notice.archived ? <p>{t`Đưa vào từ kho lưu trữ của đơn vị.`}</p> : null}
      <ol class="timeline">
        {shown.map(({ kind, at, staff }) => (
          <li>
            <time datetime={at.toISOString()} safe>
              {formatDateTime(at)}
            </time>
            <span
              safe
            >{`${t.of(STEPS[kind])}${staff ? `: ${t.of(APPROVER_TITLES[staff.role]) ?? t`Cán bộ`}` : ""}`}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
