/** One announcement for the office: how it will look, what is still to be looked at, its history, and what can be done. */
import type { Children } from "@kitajs/html";
import {
  Card,
  Confirm,
  Facts,
  Form,
  LinkButton,
  Submit,
  TextArea,
  Time,
} from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { formatDate } from "../../../infra/clock.ts";
import { wardOfCode } from "../../../places/index.ts";
import { ApprovalLines, CommentsCard, Release } from "../approval/cards.tsx";
import type { Approval, Comment } from "../approval/store.ts";
import { PressMark } from "../press/page.tsx";
import type { Finding } from "../checks.ts";
import type { Step } from "../history/store.ts";
import { FilesCard } from "../files/card.tsx";
import { pageLanguage, t } from "../../../bilingual/index.ts";
import { Ways } from "../audience/page.tsx";
import type { SignedFile } from "../signatures/index.ts";
import { ScheduleLine } from "../schedule/page.tsx";
import { topicName } from "../topics.ts";
import type { State } from "../workflow.ts";
import { Level, StateMark } from "./list-page.tsx";
import type { Kept } from "./store.ts";
import { ROOT, STEPS } from "./words.ts";

interface NoticePageProps {
  notice: Kept;
  steps: Step[];
  files: SignedFile[];
  approval: Approval;
  /** Theirs, and so not theirs to approve. */
  isOwn: boolean;
  comments: Comment[];
  /** Addresses on the press list of its unit. */
  readers: number;
  findings: Finding[];
  preview: Children;
  /** Before it is published: who would be told. */
  coming: { now: number; later: number } | null;
  /** After: how it went. */
  reach: { told: number; waiting: number; sent: number; seen: number; failed: number } | null;
  staff: SignedIn;
}

export function NoticePage(props: NoticePageProps) {
  const { notice, preview, files, approval, isOwn, comments, readers, coming, staff } = props;
  const isDraft = notice.state === "draft";
  const mayRelease =
    notice.state === "pending" && notice.level === "emergency" && may(staff.role, "announcements.approve");
  return (
    <>
      {mayRelease && !isOwn ? (
        <Release {...{ code: notice.code, updatedAt: notice.updatedAt, now: coming?.now ?? 0, staff }} />
      ) : null}
      <div class="columns">
        <div class="stack">
          {preview as "safe"}
          <Card title={t`Cho loa và bảng đèn`}>
            <div class="row-actions">
              <LinkButton href={`${ROOT}/${notice.code}/loudspeaker.txt`} icon="download">
                {t`Bài đọc loa`}
              </LinkButton>
              <LinkButton href={`${ROOT}/${notice.code}/led.txt`} icon="download">
                {t`Dòng chữ LED`}
              </LinkButton>
            </div>
          </Card>
        </div>
        <div class="stack">
          <Card title={t`Việc tiếp theo`}>
            {notice.state === "draft" || notice.archived ? null : (
              <ApprovalLines writers={writersOf(props)} approval={approval} />
            )}
            <ScheduleLine notice={notice} />
            <Actions {...props} />
          </Card>
          {notice.coverHash || files.length > 0 || isDraft ? (
            <FilesCard
              {...{
                code: notice.code,
                cover: { hash: notice.coverHash, alt: notice.coverAlt },
                files,
                staff,
              }}
              mayChange={isDraft && may(staff.role, "announcements.write")}
            />
          ) : null}
          <Card title={t`Thông tin`}>
            <About notice={notice} />
          </Card>
          {notice.archived ? null : (
            <PressMark
              {...{ code: notice.code, forPress: notice.forPress, readers, staff }}
              mayChange={isDraft && may(staff.role, "announcements.write")}
            />
          )}
          <CommentsCard {...{ code: notice.code, comments, staff }} />
          <Reach {...props} />
          <Card title={t`Lịch sử`} flush>
            <History {...props} />
          </Card>
        </div>
      </div>
    </>
  );
}

/** Whoever wrote it or sent it for approval, each once. */
const writersOf = ({ steps }: NoticePageProps) => [
  ...new Set(
    steps.flatMap(({ kind, staff }) =>
      (kind === "written" || kind === "submitted") && staff ? [staff.name] : [],
    ),
  ),
];

function Actions({ notice, coming, staff, findings, approval, isOwn }: NoticePageProps) {
  const { code, updatedAt } = notice;
  const state = notice.state as State;
  const path = `${ROOT}/${code}`;
  const writes = may(staff.role, "announcements.write");
  const approves = may(staff.role, "announcements.approve");
  const reason = <TextArea name="comment" label={t`Lý do`} required rows={3} />;
  const sum = coming ? t`Nhắn ngay cho ${coming.now} người; ${coming.later} người nhận khi họ nhắn lại.` : "";
  return (
    <div class="row-actions">
      {writes && state === "draft" ? (
        <>
          <LinkButton href={`${path}/edit`} icon="pencil">
            {t`Sửa`}
          </LinkButton>
          {findings.some(({ stops }) => stops) ? null : (
            <Form action={`${path}/submit`} staff={staff}>
              <Submit icon="send">{t`Trình duyệt`}</Submit>
            </Form>
          )}
        </>
      ) : null}
      {approves && state === "pending" && isOwn ? (
        <p class="quiet">{t`Anh/chị đã soạn bài này: chờ một người khác duyệt.`}</p>
      ) : null}
      {approves && state === "pending" && !isOwn && !approval.by.some(({ id }) => id === staff.id) ? (
        <Form action={`${path}/approve`} staff={staff}>
          <input type="hidden" name="seen" value={updatedAt.toISOString()} />
          <Submit icon="check">{t`Duyệt`}</Submit>
        </Form>
      ) : null}
      {writes && state === "approved" ? (
        <Confirm
          id="publish"
          action={`${path}/publish`}
          staff={staff}
          icon="send"
          label={t`Đăng`}
          title={t`Đăng thông báo này?`}
          text={sum}
        />
      ) : null}
      {approves && (state === "pending" || state === "approved") ? (
        <Confirm
          id="reject"
          action={`${path}/reject`}
          staff={staff}
          label={t`Trả lại`}
          title={t`Trả lại cho người soạn?`}
          text={t`Người soạn sửa rồi trình duyệt lại.`}
        >
          {reason as "safe"}
        </Confirm>
      ) : null}
      {state === "published" ? (
        <>
          <LinkButton href={`/thong-bao/${code}`} icon="external-link">
            {t`Xem trang`}
          </LinkButton>
          {writes ? (
            <Form action={`${path}/correct`} staff={staff}>
              <Submit icon="pencil" tone="plain">
                {t`Đính chính`}
              </Submit>
            </Form>
          ) : null}
        </>
      ) : null}
      {approves && state === "published" ? (
        <Confirm
          id="recall"
          action={`${path}/recall`}
          staff={staff}
          label={t`Thu hồi^news`}
          title={t`Thu hồi thông báo này?`}
          text={t`Trang công khai ghi là đã thu hồi; người đã nhận được báo lại.`}
          danger
        >
          {reason as "safe"}
        </Confirm>
      ) : null}
    </div>
  );
}

function About({ notice }: { notice: Kept }) {
  const { unit, documentNumber, documentDate, signer, topic, wards, level, validTo, author } = notice;
  const { replaces, replaced, recallReason } = notice;
  const text = (value: string | null | undefined) => (value ? <span safe>{value}</span> : null);
  const link = (other: { code: string } | null) =>
    other ? (
      <a href={`${ROOT}/${other.code}`} safe>
        {other.code}
      </a>
    ) : null;
  return (
    <Facts
      of={[
        [t`Tình trạng`, <StateMark state={notice.state as State} />],
        [t`Mức độ`, level === "normal" ? null : <Level level={level} />],
        [t`Đơn vị`, text(unit.name)],
        [t`Số, ký hiệu`, text(documentNumber)],
        [t`Ngày văn bản`, text(documentDate && formatDate(documentDate))],
        [t`Người ký`, text(signer)],
        [t`Loại tin`, text(topicName(topic, pageLanguage()))],
        [t`Nơi áp dụng`, text(wards.map((code) => wardOfCode(code) ?? code).join(", ") || t`Mọi phường`)],
        [t`Hiệu lực đến`, text(validTo && formatDate(validTo))],
        [t`Người soạn`, text(author?.name)],
        [t`Đính chính cho`, link(replaces)],
        [t`Bản đính chính`, link(replaced)],
        [t`Lý do thu hồi`, text(recallReason)],
      ]}
    />
  );
}

function Reach({ coming, reach, notice }: NoticePageProps) {
  if (coming) {
    return (
      <Card
        title={t`Nơi đăng và người nhận`}
        actions={<LinkButton href={`${ROOT}/${notice.code}/reach`}>{t`Xem và chọn`}</LinkButton>}
      >
        <Ways plan={notice.plan} />
        <Facts
          of={[
            [t`Nhắn ngay`, String(coming.now)],
            [t`Khi họ nhắn lại`, String(coming.later)],
          ]}
        />
        <p class="quiet">
          {t`Từ 22 giờ đến 7 giờ chỉ tin khẩn cấp được nhắn; mỗi người nhận tối đa ba tin một ngày.`}
        </p>
      </Card>
    );
  }
  if (!reach) return <></>;
  return (
    <Card
      title={t`Người đã nhận`}
      actions={
        <>
          <LinkButton href={`${ROOT}/${notice.code}/delivery`}>{t`Tiến độ gửi`}</LinkButton>
          <LinkButton href={`${ROOT}/${notice.code}/measures`}>{t`Số liệu`}</LinkButton>
        </>
      }
    >
      <Facts
        of={[
          [t`Đã nhắn`, String(reach.told)],
          [t`Chờ họ nhắn lại`, String(reach.waiting)],
          [t`Nền tảng đã nhận`, String(reach.sent)],
          [t`Đã xem`, String(reach.seen)],
          [t`Không gửi được`, String(reach.failed)],
        ]}
      />
    </Card>
  );
}

function History({ steps }: NoticePageProps) {
  return (
    <ol class="lines">
      {steps.map(({ kind, at, staff, comment }) => (
        <li class="line">
          <span class="line-words">
            <strong safe>{t.of(STEPS[kind]) ?? kind}</strong>
            {comment ? <span safe>{comment}</span> : null}
            <span class="quiet">
              <Time at={at} /> <span safe>{staff?.name ?? ""}</span>
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
