import { t } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Confirm,
  Empty,
  Facts,
  Form,
  Icon,
  LinkButton,
  Submit,
  Table,
  Tabs,
  TextArea,
  TextField,
  Time,
} from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { channelName } from "../../../console/words.ts";
import { retention } from "../purge.ts";
import { LONGEST_EXTENSION, mayExtend, type Candidate, type ListedRequest } from "./store.ts";
import { countsInWords, isOpen, KINDS, ORIGINS, STATES, timeLeft } from "./words.ts";

interface ListProps {
  requests: ListedRequest[];
  showsOpen: boolean;
  purges: { at: Date; removed: unknown }[];
  staff: SignedIn;
  now: Date;
}

export function PrivacyPage({ requests, showsOpen, purges, staff, now }: ListProps) {
  return (
    <>
      <Tabs
        label={t`Yêu cầu`}
        tabs={[
          { href: "/console/privacy", label: t`Đang chờ`, active: showsOpen },
          { href: "/console/privacy?state=done", label: t`Đã xong`, active: !showsOpen },
        ]}
      />
      <div class="stack">
        <Card flush>
          <Requests {...{ requests, showsOpen, now }} />
        </Card>
        <div class="columns">
          <Retention staff={staff} />
          <Purges purges={purges} />
          {may(staff.role, "privacy.report") ? <Report /> : null}
        </div>
      </div>
    </>
  );
}

function Requests({ requests, showsOpen, now }: Pick<ListProps, "requests" | "showsOpen" | "now">) {
  return (
    <Table
      caption={t`Yêu cầu về dữ liệu cá nhân`}
      rows={requests}
      empty={
        <Empty
          icon="shield-lock"
          title={showsOpen ? t`Không có yêu cầu nào đang chờ` : t`Chưa có yêu cầu nào`}
        >
          <p>
            {t`Người dân nhắn “dữ liệu của tôi” hoặc “xóa dữ liệu” thì yêu cầu hiện ở đây, kèm hạn theo luật.`}
          </p>
        </Empty>
      }
      columns={[
        {
          title: t`Yêu cầu`,
          cell: ({ code, kind }) => (
            <span class="two-lines">
              <a href={`/console/privacy/${code}`} safe>
                {t.of(KINDS[kind]) ?? kind}
              </a>
              <span class="quiet" safe>
                {code}
              </span>
            </span>
          ),
        },
        {
          title: t`Từ đâu`,
          cell: ({ origin, channel }) => (
            <span safe>{`${t.of(ORIGINS[origin]) ?? origin} · ${channelName(channel)}`}</span>
          ),
        },
        { title: t`Nhận lúc`, cell: ({ requestedAt }) => <Time at={requestedAt} /> },
        showsOpen
          ? { title: t`Hạn theo luật`, cell: ({ dueAt }) => <Due dueAt={dueAt} now={now} /> }
          : { title: t`Xong lúc`, cell: ({ doneAt }) => (doneAt ? <Time at={doneAt} /> : "") },
        { title: t`Tình trạng`, cell: ({ state }) => <State state={state} /> },
      ]}
    />
  );
}

function Due({ dueAt, now }: { dueAt: Date; now: Date }) {
  const { text, tone } = timeLeft(dueAt, now);
  return (
    <span class="two-lines">
      <Time at={dueAt} />
      <Badge tone={tone}>{text as "safe"}</Badge>
    </span>
  );
}

function State({ state }: { state: string }) {
  const { name, tone } = STATES[state] ?? { name: state, tone: "quiet" as const };
  return (
    <Badge tone={tone}>
      <span safe>{t.of(name)}</span>
    </Badge>
  );
}

function Retention({ staff }: { staff: SignedIn }) {
  const change = (
    <LinkButton href="/console/settings#privacy.retention" icon="adjustments">
      {t`Đổi`}
    </LinkButton>
  );
  return (
    <Card title={t`Giữ bao lâu`} actions={may(staff.role, "settings.see") ? change : undefined}>
      <Facts
        of={Object.entries(retention.choices).map(([name, { label, unit }]) => [
          t.of(label),
          <span safe>{`${retention.value[name as keyof typeof retention.value]} ${t.of(unit)}`}</span>,
        ])}
      />
      <p class="quiet">{t`Dữ liệu cũ hơn tự xóa mỗi đêm lúc 2 giờ 10.`}</p>
    </Card>
  );
}

function Purges({ purges }: Pick<ListProps, "purges">) {
  return (
    <Card title={t`Các lần xóa định kỳ`} flush>
      {purges.length === 0 ? (
        <p class="line quiet">{t`Chưa chạy lần nào; lần đầu là đêm nay.`}</p>
      ) : (
        <ul class="lines">
          {purges.map(({ at, removed }) => (
            <li class="line">
              <Icon name="trash" />
              <div class="line-words">
                <Time at={at} />
                <span
                  class="quiet"
                  safe
                >{t`Đã xóa ${countsInWords(removed as Record<string, number>)}`}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Report() {
  return (
    <Card title={t`Báo cáo cho người phụ trách bảo vệ dữ liệu`}>
      <p>
        {t`Đang giữ gì, căn cứ nào, bao nhiêu; đồng ý theo từng phiên bản; các yêu cầu và có đúng hạn không; những gì đã xóa. Chỉ có con số, không có nội dung tin nhắn.`}
      </p>
      <div class="row-actions">
        <LinkButton href="/console/privacy/record.csv" icon="download">
          {t`Tải CSV`}
        </LinkButton>
        <LinkButton href="/console/privacy/record.json" icon="download">
          {t`Tải JSON`}
        </LinkButton>
      </div>
    </Card>
  );
}

interface RequestProps {
  request: ListedRequest;
  settledBy: string | null;
  candidates: Candidate[];
  words: string;
  staff: SignedIn;
  now: Date;
  errors: Errors;
}

/** Of the forms that were sent with something missing, by field. */
export interface Errors {
  refuse?: Record<string, string | undefined>;
  extend?: Record<string, string | undefined>;
}

export function RequestPage(props: RequestProps) {
  const { request, settledBy, now } = props;
  const { code, kind, origin, channel, state, requestedAt, dueAt, doneAt, openedAt, result, reason } =
    request;
  return (
    <div class="columns">
      <Card title={t`Yêu cầu`} actions={<State state={state} />}>
        <Facts
          of={[
            [t`Mã`, <code safe>{code}</code>],
            [t`Nội dung`, <span safe>{t.of(KINDS[kind]) ?? kind}</span>],
            [t`Từ đâu`, <span safe>{`${t.of(ORIGINS[origin]) ?? origin} · ${channelName(channel)}`}</span>],
            [t`Nhận lúc`, <Time at={requestedAt} />],
            [t`Hạn theo luật`, isOpen(state) ? <Due dueAt={dueAt} now={now} /> : <Time at={dueAt} />],
            [t`Đã gia hạn`, request.extendedAt ? <Time at={request.extendedAt} /> : null],
            [t`Lý do gia hạn`, request.extensionReason ? <span safe>{request.extensionReason}</span> : null],
            [t`Đã mở liên kết`, openedAt ? <Time at={openedAt} /> : null],
            [t`Xong lúc`, doneAt ? <Time at={doneAt} /> : null],
            [t`Đã xóa`, result ? <span safe>{countsInWords(result as Record<string, number>)}</span> : null],
            [t`Lý do từ chối`, reason ? <span safe>{reason}</span> : null],
            [t`Người xử lý`, settledBy ? <span safe>{settledBy}</span> : null],
          ]}
        />
        <p class="quiet">
          {kind === "erase"
            ? t`Nghị định 356/2025: ngừng xử lý và xóa trong 15 ngày.`
            : t`Nghị định 356/2025: trả lời trong 2 ngày làm việc.`}
        </p>
      </Card>
      {isOpen(state) ? <Deeds {...props} /> : null}
    </div>
  );
}

function Deeds(props: RequestProps) {
  const { request, staff, errors, now } = props;
  const at = `/console/privacy/${request.code}`;
  return (
    <div class="stack">
      <Card title={t`Làm`}>
        {request.state === "waiting_staff" ? (
          <WhoIsIt {...props} />
        ) : request.kind === "erase" ? (
          <>
            <p>{t`Hệ thống tự xóa trong ít phút. Nếu lâu hơn một ngày, bấm để chạy lại ngay.`}</p>
            <Confirm
              id="erase"
              action={`${at}/erase`}
              staff={staff}
              label={t`Xóa ngay`}
              icon="trash"
              title={t`Xóa dữ liệu của người này?`}
              text={t`Tin nhắn, hình và thông tin bị xóa hẳn; phản ánh được giữ nhưng không còn biết của ai.`}
              danger
            />
          </>
        ) : (
          <>
            <p>
              {t`Người dân đã nhận liên kết mở một lần, dùng trong 24 giờ. Nếu họ chưa kịp mở, gửi liên kết mới.`}
            </p>
            <Form action={`${at}/link`} staff={staff}>
              <Submit icon="send">{t`Gửi liên kết mới`}</Submit>
            </Form>
          </>
        )}
      </Card>
      {mayExtend(request, now) ? <Extension {...props} /> : null}
      <Card title={t`Từ chối`}>
        <Form action={`${at}/refuse`} staff={staff}>
          <TextArea
            name="reason"
            label={t`Lý do`}
            rows={3}
            error={errors.refuse?.reason}
            help={t`Người dân đọc được lý do này. Ví dụ: hồ sơ đang được giải quyết theo luật nên chưa xóa được.`}
            required
          />
          <Submit tone="danger" icon="ban">
            {t`Từ chối`}
          </Submit>
        </Form>
      </Card>
    </div>
  );
}

/** Once, before the time is up, with a reason the person reads. */
function Extension({ request, staff, errors }: RequestProps) {
  return (
    <Card title={t`Gia hạn`}>
      <p class="quiet">
        {t`Nghị định 356/2025 cho gia hạn một lần, nhiều nhất 15 ngày, khi việc phức tạp; người dân phải được báo lý do.`}
      </p>
      <Form action={`/console/privacy/${request.code}/extend`} staff={staff}>
        <TextField
          name="days"
          label={t`Thêm mấy ngày`}
          type="number"
          value={String(LONGEST_EXTENSION)}
          min="1"
          max={String(LONGEST_EXTENSION)}
          error={errors.extend?.days}
        />
        <TextArea
          name="why"
          label={t`Lý do`}
          rows={3}
          error={errors.extend?.why}
          help={t`Người dân đọc được, ai có mã yêu cầu cũng mở được trang: đừng ghi tên hay số của ai.`}
          required
        />
        <Submit tone="plain" icon="clock">{t`Gia hạn và báo người dân`}</Submit>
      </Form>
    </Card>
  );
}

/** Facebook names a person by an id of its own: somebody must say who it is among those who wrote to our Pages. */
function WhoIsIt({ request, candidates, words, staff }: RequestProps) {
  const at = `/console/privacy/${request.code}`;
  return (
    <>
      <p>
        {request.subject
          ? t.html`Facebook chỉ cho mã riêng của ứng dụng (<code>${request.subject}</code>), không phải mã trong Messenger.`
          : t`Facebook chỉ cho mã riêng của ứng dụng, không phải mã trong Messenger.`}{" "}
        {t`Tìm đúng người rồi xóa; không tìm thấy ai thì từ chối với lý do “không có dữ liệu nào của người này”.`}
      </p>
      <form class="filters" method="get" action={at}>
        <div class="field-wide">
          <TextField name="q" label={t`Tên trên Facebook hoặc mã Messenger`} type="search" value={words} />
        </div>
        <Submit tone="plain" icon="search">
          {t`Tìm`}
        </Submit>
      </form>
      {words && candidates.length === 0 ? <p class="quiet">{t`Không có ai khớp.`}</p> : null}
      <ul class="lines">
        {candidates.map((person) => (
          <li class="line">
            <div class="line-words">
              <strong safe>{person.name}</strong>
              <span class="quiet">
                <span safe>{person.accountName}</span>{" "}
                {person.lastInboundAt ? (
                  <>
                    {t`· nhắn`} <Time at={person.lastInboundAt} />
                  </>
                ) : null}
              </span>
            </div>
            <Confirm
              id={`erase-${person.id}`}
              action={`${at}/erase`}
              staff={staff}
              label={t`Xóa người này`}
              icon="trash"
              small
              title={t`Xóa dữ liệu của ${person.name}?`}
              text={t`Tin nhắn, hình và thông tin bị xóa hẳn, không lấy lại được.`}
              danger
            >
              <input type="hidden" name="resident" value={String(person.id)} />
            </Confirm>
          </li>
        ))}
      </ul>
    </>
  );
}
