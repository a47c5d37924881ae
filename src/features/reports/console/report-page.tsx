/** One report, to read and to work on. */
import { t, vi } from "../../../bilingual/index.ts";
import { Badge, Card, Confirm, Facts, Icon, LinkButton, Time } from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { formatDateTime } from "../../../infra/clock.ts";
import { MapPlace } from "../public-site/list-page.tsx";
import type { MapSettings } from "../public-site/map.ts";
import { wardName } from "../public-site/words.ts";
import type {
  Colleague,
  HistoryEntry,
  NearbyReport,
  Proposal,
  Reporter,
  StaffPhoto,
  StaffReport,
  Template,
} from "../store.ts";
import { AssignCard, MoreDeeds, NoteCard, StateCard } from "./deeds.tsx";
import { ProposalCard } from "./proposal.tsx";
import { Due, Priority, ROOT, Sample, State } from "./shared.tsx";
import { categoryName, eventWords, ratingName } from "./words.ts";

export interface ReportPageProps {
  report: StaffReport;
  /** Shown once it was asked for; written down each time. */
  reporter: Reporter | null;
  proposal: Proposal | null;
  near: NearbyReport[];
  units: { code: string; name: string }[];
  colleagues: Colleague[];
  templates: Template[];
  map: MapSettings;
  staff: SignedIn;
  now: Date;
}

export function ReportPage(props: ReportPageProps) {
  const { report, proposal, staff, now, map } = props;
  const works = may(staff.role, "reports.work");
  return (
    <>
      <p class="report-badges">
        <State state={report.state} />
        <Due report={report} now={now} />
        <Priority priority={report.priority} />
        {report.escalated ? <Badge tone="bad">{t`đã báo cấp trên`}</Badge> : null}
        {report.isPublic ? null : <Badge>{t`không công khai`}</Badge>}
        {report.sample ? <Sample /> : null}
      </p>
      {proposal ? (
        <ProposalCard code={report.code} createdAt={report.createdAt} proposal={proposal} staff={staff} />
      ) : null}
      <div class="report-columns">
        <div class="stack">
          <Card title={t`Lời người báo`}>
            <p class="report-words" safe>
              {report.description || t`(chỉ gửi hình)`}
            </p>
          </Card>
          {report.photos.length > 0 ? <Photos report={report} /> : null}
          {report.rating ? <Rating report={report} /> : null}
          <Card title={t`Quá trình`}>
            <ol class="history">
              {report.history.map((entry) => (
                <Entry entry={entry} />
              ))}
            </ol>
          </Card>
        </div>
        <div class="stack">
          {works ? <StateCard {...props} /> : null}
          {works ? <AssignCard {...props} /> : null}
          {works ? <NoteCard {...props} /> : null}
          <Where report={report} map={map} />
          <Who {...props} />
          {works ? <MoreDeeds {...props} /> : null}
        </div>
      </div>
    </>
  );
}

function Where({ report, map }: { report: StaffReport; map: MapSettings }) {
  const { point, place, street, houseNumber, hamlet, ward, wardCode, lampPole, onBoundary } = report;
  return (
    <Card title={t`Nơi`}>
      {point ? <MapPlace map={map} query="" point={point} /> : null}
      <Facts
        of={[
          [t`Người báo ghi`, <span safe>{place}</span>],
          [
            t`Đường`,
            <span safe>{[houseNumber && t`số ${houseNumber}`, street].filter(Boolean).join(" ")}</span>,
          ],
          [t`Khu phố, ấp`, hamlet ? <span safe>{hamlet}</span> : null],
          [t`Phường`, <span safe>{wardName(wardCode) ?? ward ?? t`chưa rõ`}</span>],
          [t`Trụ đèn`, lampPole ? <span safe>{lampPole}</span> : null],
          [t`Ranh giới`, onBoundary ? t`Sát ranh hai phường` : null],
        ]}
      />
    </Card>
  );
}

const KINDS: Record<string, string> = {
  resident: vi`Người dân nhắn tin`,
  counter: vi`Cán bộ ghi hộ`,
  open311: vi`Phần mềm khác (Open311)`,
};

function Who({ report, reporter, staff }: ReportPageProps) {
  const { code, reporterKind, followers, conversationId, createdAt, category, unitName } = report;
  return (
    <Card title={t`Thông tin`}>
      <Facts
        of={[
          [t`Loại việc`, <span safe>{categoryName(category)}</span>],
          [t`Đơn vị`, <span safe>{unitName}</span>],
          [t`Gửi lúc`, <Time at={createdAt} />],
          [t`Hạn`, report.dueAt ? <Time at={report.dueAt} /> : null],
          [t`Báo qua`, <span safe>{t.of(KINDS[reporterKind]) ?? reporterKind}</span>],
          [t`Người cùng theo dõi`, followers > 0 ? String(followers) : null],
          [t`Người báo`, reporter ? <span safe>{reporter.name ?? t`không ghi tên`}</span> : null],
          [t`Điện thoại`, reporter?.phone ? <span safe>{reporter.phone}</span> : null],
          ["E-mail", reporter?.email ? <span safe>{reporter.email}</span> : null],
        ]}
      />
      <div class="row-actions">
        {reporter ? null : (
          <Confirm
            id="see-reporter"
            action={`${ROOT}/${code}/reporter`}
            staff={staff}
            label={t`Xem người báo`}
            icon="eye"
            small
            title={t`Xem người báo là ai?`}
            text={t`Thông tin cá nhân, chỉ xem khi cần liên hệ. Lần xem được ghi vào nhật ký.`}
          />
        )}
        {conversationId !== null && may(staff.role, "talks.see") ? (
          <LinkButton href={`/console/conversations/${conversationId}`} icon="messages">
            {t`Trò chuyện`}
          </LinkButton>
        ) : null}
        {report.isPublic ? (
          <LinkButton href={`/phan-anh/${code}`} icon="external-link">
            {t`Trang công khai`}
          </LinkButton>
        ) : null}
      </div>
    </Card>
  );
}

const PHOTO_KINDS: Record<StaffPhoto["kind"], string> = {
  told: vi`người báo gửi`,
  before: vi`trước khi xử lý`,
  after: vi`sau khi xử lý`,
};

function Photos({ report }: { report: StaffReport }) {
  return (
    <Card title={t`Hình`}>
      <div class="photo-grid">
        {report.photos.map(({ id, kind, isPublic, hash }) => (
          <figure>
            {hash ? (
              <a href={`${ROOT}/${report.code}/photos/${id}`}>
                <img
                  src={`${ROOT}/${report.code}/photos/${id}?small=on`}
                  alt={t`Hình ${t.of(PHOTO_KINDS[kind])}`}
                  loading="lazy"
                />
              </a>
            ) : (
              <span class="photo-missing">{t`Hình chưa tải được`}</span>
            )}
            <figcaption>
              <span safe>{t.of(PHOTO_KINDS[kind])}</span>
              {isPublic ? t`, công khai` : ""}
            </figcaption>
          </figure>
        ))}
      </div>
    </Card>
  );
}

function Rating({ report }: { report: StaffReport }) {
  return (
    <Card title={t`Người dân đánh giá`}>
      <p>
        <strong safe>{ratingName(report.rating!)}</strong>
      </p>
      {report.ratingComment ? (
        <p class="report-words" safe>
          {report.ratingComment}
        </p>
      ) : null}
    </Card>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const { at, note, isPublic, staffName, byResident, kind } = entry;
  const who = staffName ?? (byResident ? t`người dân` : kind === "filed" ? "" : t`hệ thống`);
  return (
    <li class={note && !isPublic ? "inside" : ""}>
      <p>
        <strong safe>{eventWords(entry)}</strong>
      </p>
      <p class="quiet" safe>
        {[formatDateTime(at), who].filter(Boolean).join(" · ")}
      </p>
      {note ? (
        <div class="history-note">
          {isPublic ? null : <Icon name="lock" label={t`Chỉ cán bộ đọc`} />}
          <span safe>{note}</span>
        </div>
      ) : null}
    </li>
  );
}
