/** One report, to read and to work on. */
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
  Reporter,
  StaffPhoto,
  StaffReport,
  Template,
} from "../store.ts";
import { AssignCard, MoreDeeds, NoteCard, StateCard } from "./deeds.tsx";
import { Due, Priority, ROOT, Sample, State } from "./shared.tsx";
import { categoryName, eventWords, ratingName } from "./words.ts";

export interface ReportPageProps {
  report: StaffReport;
  /** Shown once it was asked for; written down each time. */
  reporter: Reporter | null;
  near: NearbyReport[];
  units: { code: string; name: string }[];
  colleagues: Colleague[];
  templates: Template[];
  map: MapSettings;
  staff: SignedIn;
  now: Date;
}

export function ReportPage(props: ReportPageProps) {
  const { report, staff, now, map } = props;
  const works = may(staff.role, "reports.work");
  return (
    <>
      <p class="report-badges">
        <State state={report.state} />
        <Due report={report} now={now} />
        <Priority priority={report.priority} />
        {report.escalated ? <Badge tone="bad">đã báo cấp trên</Badge> : null}
        {report.isPublic ? null : <Badge>không công khai</Badge>}
        {report.sample ? <Sample /> : null}
      </p>
      <div class="report-columns">
        <div class="stack">
          <Card title="Lời người báo">
            <p class="report-words" safe>
              {report.description || "(chỉ gửi hình)"}
            </p>
          </Card>
          {report.photos.length > 0 ? <Photos report={report} /> : null}
          {report.rating ? <Rating report={report} /> : null}
          <Card title="Quá trình">
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
    <Card title="Nơi">
      {point ? <MapPlace map={map} query="" point={point} /> : null}
      <Facts
        of={[
          ["Người báo ghi", <span safe>{place}</span>],
          [
            "Đường",
            <span safe>{[houseNumber && `số ${houseNumber}`, street].filter(Boolean).join(" ")}</span>,
          ],
          ["Khu phố, ấp", hamlet ? <span safe>{hamlet}</span> : null],
          ["Phường", <span safe>{wardName(wardCode) ?? ward ?? "chưa rõ"}</span>],
          ["Trụ đèn", lampPole ? <span safe>{lampPole}</span> : null],
          ["Ranh giới", onBoundary ? "Sát ranh hai phường" : null],
        ]}
      />
    </Card>
  );
}

const KINDS: Record<string, string> = {
  resident: "Người dân nhắn tin",
  counter: "Cán bộ ghi hộ",
  open311: "Phần mềm khác (Open311)",
};

function Who({ report, reporter, staff }: ReportPageProps) {
  const { code, reporterKind, followers, conversationId, createdAt, category, unitName } = report;
  return (
    <Card title="Thông tin">
      <Facts
        of={[
          ["Loại việc", <span safe>{categoryName(category)}</span>],
          ["Đơn vị", <span safe>{unitName}</span>],
          ["Gửi lúc", <Time at={createdAt} />],
          ["Hạn", report.dueAt ? <Time at={report.dueAt} /> : null],
          ["Báo qua", <span safe>{KINDS[reporterKind] ?? reporterKind}</span>],
          ["Người cùng theo dõi", followers > 0 ? String(followers) : null],
          ["Người báo", reporter ? <span safe>{reporter.name ?? "không ghi tên"}</span> : null],
          ["Điện thoại", reporter?.phone ? <span safe>{reporter.phone}</span> : null],
          ["E-mail", reporter?.email ? <span safe>{reporter.email}</span> : null],
        ]}
      />
      <div class="row-actions">
        {reporter ? null : (
          <Confirm
            id="see-reporter"
            action={`${ROOT}/${code}/reporter`}
            staff={staff}
            label="Xem người báo"
            icon="eye"
            small
            title="Xem người báo là ai?"
            text="Thông tin cá nhân, chỉ xem khi cần liên hệ. Lần xem được ghi vào nhật ký."
          />
        )}
        {conversationId !== null && may(staff.role, "talks.see") ? (
          <LinkButton href={`/console/conversations/${conversationId}`} icon="messages">
            Trò chuyện
          </LinkButton>
        ) : null}
        {report.isPublic ? (
          <LinkButton href={`/phan-anh/${code}`} icon="external-link">
            Trang công khai
          </LinkButton>
        ) : null}
      </div>
    </Card>
  );
}

const PHOTO_KINDS: Record<StaffPhoto["kind"], string> = {
  told: "người báo gửi",
  before: "trước khi xử lý",
  after: "sau khi xử lý",
};

function Photos({ report }: { report: StaffReport }) {
  return (
    <Card title="Hình">
      <div class="photo-grid">
        {report.photos.map(({ id, kind, isPublic, hash }) => (
          <figure>
            {hash ? (
              <a href={`${ROOT}/${report.code}/photos/${id}`}>
                <img
                  src={`${ROOT}/${report.code}/photos/${id}?small=on`}
                  alt={`Hình ${PHOTO_KINDS[kind]}`}
                  loading="lazy"
                />
              </a>
            ) : (
              <span class="photo-missing">Hình chưa tải được</span>
            )}
            <figcaption>
              <span safe>{PHOTO_KINDS[kind]}</span>
              {isPublic ? ", công khai" : ""}
            </figcaption>
          </figure>
        ))}
      </div>
    </Card>
  );
}

function Rating({ report }: { report: StaffReport }) {
  return (
    <Card title="Người dân đánh giá">
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
  const who = staffName ?? (byResident ? "người dân" : kind === "filed" ? "" : "hệ thống");
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
          {isPublic ? null : <Icon name="lock" label="Chỉ cán bộ đọc" />}
          <span safe>{note}</span>
        </div>
      ) : null}
    </li>
  );
}
