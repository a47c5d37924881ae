/** When an announcement goes out: appointed, moved, cancelled; and what a missed time asks. */
import {
  Badge,
  Card,
  Confirm,
  Empty,
  Facts,
  Form,
  LinkButton,
  SelectField,
  Submit,
  Table,
  TextField,
  Time,
  type Column,
  type Errors,
} from "../../../console/components/index.ts";
import { t } from "../../../bilingual/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { formatDateTime } from "../../../infra/clock.ts";
import type { AnnouncementSchedule } from "../../../infra/generated/client.ts";
import { ROOT, STATES } from "../console/words.ts";
import type { State } from "../workflow.ts";
import type { comingOf, runsOf, Schedule } from "./store.ts";
import { timeOf } from "./times.ts";
import { REPEATS, timetableInWords, WHYS } from "./words.ts";

interface SchedulePageProps {
  code: string;
  state: State;
  level: string;
  schedule: Schedule | null;
  values: Record<string, string>;
  errors: Errors;
  runs: Awaited<ReturnType<typeof runsOf>>;
  /** In which hours messages wait, for the hint. */
  quiet: { from: number; to: number };
  staff: SignedIn;
}

const isOpen = (schedule: Schedule | null): schedule is Schedule =>
  schedule?.state === "waiting" || schedule?.state === "asking";

export function SchedulePage(props: SchedulePageProps) {
  const { code, schedule, staff, runs, state } = props;
  const mayWrite = may(staff.role, "announcements.write");
  const isBefore = ["draft", "pending", "approved"].includes(state);
  return (
    <div class="columns">
      <div class="stack">
        {isOpen(schedule) ? <Appointed {...props} schedule={schedule} /> : null}
        {mayWrite && isBefore ? <Appointing {...props} /> : null}
        {!isBefore && !isOpen(schedule) ? (
          <p class="notice">{t`Thông báo đã đăng, không hẹn giờ nữa.`}</p>
        ) : null}
      </div>
      <div class="stack">
        <Card title={t`Hẹn giờ thế nào`}>
          <ul class="plan-chosen">
            <li>{t`Tới giờ, thông báo đã duyệt tự đăng và gửi đi như khi bấm Đăng.`}</li>
            <li>{t`Một loạt lặp lại được duyệt một lần cho mọi lần gửi; mỗi lần gửi có mã riêng, thu hồi riêng được.`}</li>
            <li>{t`Trễ quá lâu, chưa duyệt, hay bài còn chỗ phải sửa: máy không tự gửi mà hỏi lại ở đây.`}</li>
            <li safe>
              {t`Từ ${props.quiet.from} giờ tới ${props.quiet.to} giờ chỉ tin khẩn cấp được nhắn ngay; bài viết Zalo gửi tới người quan tâm không đi từ 22 giờ tới 6 giờ.`}
            </li>
          </ul>
          <LinkButton href={`${ROOT}/${code}`}>{t`Về thông báo`}</LinkButton>
        </Card>
        {runs.length > 0 ? <Runs runs={runs} /> : null}
      </div>
    </div>
  );
}

function Appointed({ code, schedule, staff }: SchedulePageProps & { schedule: Schedule }) {
  const { nextAt, state, why, repeat, runs } = schedule;
  const path = `${ROOT}/${code}/schedule`;
  const mayWrite = may(staff.role, "announcements.write");
  const asks = state === "asking";
  const after = repeat === "once" ? null : timeOf(schedule, runs + 1);
  return (
    <Card title={t`Đã hẹn`} actions={<ScheduleMark state={state} />}>
      {asks && why ? <p class="notice notice-bad">{t.of(WHYS[why]) as "safe"}</p> : null}
      <Facts
        of={[
          [t`Giờ hẹn`, <span safe>{timetableInWords(schedule)}</span>],
          [
            asks ? t`Lần bị lỡ` : t`Lần tới`,
            nextAt && (asks || repeat !== "once") ? <Time at={nextAt} /> : null,
          ],
          [t`Lần sau nữa`, after ? <Time at={after} /> : null],
          [t`Đã gửi`, repeat === "once" ? null : <span safe>{t`${runs} lần`}</span>],
        ]}
      />
      {mayWrite ? (
        <div class="row-actions under-facts">
          {asks ? (
            <Form action={`${path}/now`} staff={staff}>
              <Submit icon="send">{t`Gửi bây giờ`}</Submit>
            </Form>
          ) : null}
          {asks && repeat !== "once" ? (
            <Form action={`${path}/skip`} staff={staff}>
              <Submit tone="plain">{t`Bỏ lần này`}</Submit>
            </Form>
          ) : null}
          <Confirm
            id="cancel-schedule"
            action={`${path}/cancel`}
            staff={staff}
            label={t`Hủy hẹn`}
            title={t`Hủy giờ hẹn này?`}
            text={t`Thông báo vẫn còn, chưa gửi cho ai. Những lần đã gửi không đổi.`}
            danger
          />
        </div>
      ) : null}
    </Card>
  );
}

function Appointing({ code, state, schedule, values, errors, staff }: SchedulePageProps) {
  const field = (name: string) => ({ name, value: values[name], error: errors[name] });
  const isFixed = state !== "draft";
  const isSeries = isFixed && isOpen(schedule) && schedule.repeat !== "once";
  return (
    <Card title={isOpen(schedule) ? t`Đổi giờ` : t`Hẹn giờ gửi`}>
      <Form action={`${ROOT}/${code}/schedule`} staff={staff}>
        <div class="field-row">
          <TextField
            {...field("day")}
            label={isSeries ? t`Lần tới vào ngày` : t`Ngày`}
            type="date"
            required
          />
          <TextField {...field("time")} label={t`Giờ`} type="time" required />
        </div>
        {isFixed ? (
          <>
            <input type="hidden" name="repeat" value={isSeries ? schedule.repeat : "once"} />
            <p class="quiet">
              {isSeries
                ? t`Số lần và ngày cuối đã duyệt; muốn đổi thì trả lại bản nháp rồi trình duyệt lại.`
                : t`Muốn lặp lại thì hẹn khi còn là bản nháp, để người duyệt duyệt cho cả loạt.`}
            </p>
          </>
        ) : (
          <div class="field-row">
            <SelectField
              {...field("repeat")}
              label={t`Lặp lại`}
              required
              options={Object.entries(REPEATS).map(([value, label]) => ({ value, label: t.of(label) }))}
            />
            <TextField
              {...field("until")}
              label={t`Lặp tới hết ngày`}
              type="date"
              help={t`Chỉ khi lặp lại. Để trống: tới khi hủy.`}
            />
          </div>
        )}
        <Submit icon="calendar">{t`Hẹn giờ này`}</Submit>
      </Form>
    </Card>
  );
}

export function ScheduleMark({ state }: { state: string }) {
  return state === "asking" ? (
    <Badge tone="bad">{t`Cần quyết định`}</Badge>
  ) : (
    <Badge tone="info">{t`Chờ tới giờ`}</Badge>
  );
}

function Runs({ runs }: Pick<SchedulePageProps, "runs">) {
  return (
    <Card title={t`Những lần đã gửi`} flush>
      <ol class="lines">
        {runs.map(({ code, state, publishedAt }) => (
          <li class="line">
            <span class="line-words">
              <a href={`${ROOT}/${code}`} safe>
                {code}
              </a>
              <span class="quiet">
                {publishedAt ? <Time at={publishedAt} /> : null}{" "}
                <span safe>{STATES[state as State].name}</span>
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

interface ScheduleLineProps {
  notice: {
    code: string;
    state: string;
    archived: boolean;
    schedule: AnnouncementSchedule | null;
    series: { code: string } | null;
  };
}

/** In short, for the page of the announcement; the approver of a series reads that it is one. */
export function ScheduleLine({
  notice: { code, state, archived, schedule: kept, series },
}: ScheduleLineProps) {
  const schedule = kept as Schedule | null;
  if (series)
    return (
      <p class="quiet">
        {t`Một lần của loạt`}{" "}
        <a href={`${ROOT}/${series.code}`} safe>
          {series.code}
        </a>
      </p>
    );
  if (archived || !["draft", "pending", "approved"].includes(state)) return <></>;
  if (!isOpen(schedule))
    return (
      <p>
        <LinkButton href={`${ROOT}/${code}/schedule`} icon="calendar">{t`Hẹn giờ`}</LinkButton>
      </p>
    );
  const asks = schedule.state === "asking";
  return (
    <p class={["notice", asks ? "notice-bad" : "notice-calm"]}>
      <a href={`${ROOT}/${code}/schedule`} safe>
        {asks ? t.of(WHYS[schedule.why ?? "changed"]) : t`Hẹn giờ: ${timetableInWords(schedule)}`}
      </a>
      {!asks && schedule.repeat !== "once" && schedule.nextAt ? (
        <span
          safe
        >{` ${t`Lần tới ${formatDateTime(schedule.nextAt)}.`} ${t`Duyệt một lần cho cả loạt.`}`}</span>
      ) : null}
    </p>
  );
}

type Coming = Awaited<ReturnType<typeof comingOf>>[number];

/** Everything that is to come. */
export function ComingPage({ rows }: { rows: Coming[] }) {
  return (
    <Card flush>
      <Table
        caption={t`Hẹn giờ`}
        columns={columns()}
        rows={rows}
        empty={
          <Empty icon="calendar" title={t`Chưa hẹn thông báo nào`}>
            <p>{t`Hẹn giờ ở trang của từng thông báo: một lần, hay lặp lại mỗi ngày, mỗi tuần, mỗi tháng.`}</p>
          </Empty>
        }
      />
    </Card>
  );
}

const columns = (): Column<Coming>[] => [
  {
    title: t`Lần tới`,
    cell: ({ nextAt, state }) => (
      <span class="two-lines">
        {nextAt ? <Time at={nextAt} /> : <span>–</span>}
        <span>
          <ScheduleMark state={state} />
        </span>
      </span>
    ),
  },
  {
    title: t`Thông báo`,
    cell: ({ announcement: { code, title, unit } }) => (
      <span class="two-lines">
        <a href={`${ROOT}/${code}/schedule`} safe>
          {title}
        </a>
        <span class="quiet" safe>
          {`${code} · ${unit.name}`}
        </span>
      </span>
    ),
  },
  { title: t`Giờ hẹn`, cell: (row) => <Often of={row as unknown as Schedule} /> },
  { title: t`Tình trạng`, cell: ({ announcement }) => <StateName state={announcement.state as State} /> },
  { title: t`Người hẹn`, cell: ({ staff }) => <span safe>{staff.name}</span> },
];

const Often = ({ of }: { of: Schedule }) => (
  <span safe>{of.repeat === "once" ? t`Một lần` : timetableInWords(of)}</span>
);

const StateName = ({ state }: { state: State }) => (
  <Badge tone={STATES[state].tone}>
    <span safe>{STATES[state].name}</span>
  </Badge>
);
