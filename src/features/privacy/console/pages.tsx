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
import type { Candidate, ListedRequest } from "./store.ts";
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
        label="Yêu cầu"
        tabs={[
          { href: "/console/privacy", label: "Đang chờ", active: showsOpen },
          { href: "/console/privacy?state=done", label: "Đã xong", active: !showsOpen },
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
      caption="Yêu cầu về dữ liệu cá nhân"
      rows={requests}
      empty={
        <Empty icon="shield-lock" title={showsOpen ? "Không có yêu cầu nào đang chờ" : "Chưa có yêu cầu nào"}>
          <p>
            Người dân nhắn “dữ liệu của tôi” hoặc “xóa dữ liệu” thì yêu cầu hiện ở đây, kèm hạn theo luật.
          </p>
        </Empty>
      }
      columns={[
        {
          title: "Yêu cầu",
          cell: ({ code, kind }) => (
            <span class="two-lines">
              <a href={`/console/privacy/${code}`} safe>
                {KINDS[kind] ?? kind}
              </a>
              <span class="quiet" safe>
                {code}
              </span>
            </span>
          ),
        },
        {
          title: "Từ đâu",
          cell: ({ origin, channel }) => (
            <span safe>{`${ORIGINS[origin] ?? origin} · ${channelName(channel)}`}</span>
          ),
        },
        { title: "Nhận lúc", cell: ({ requestedAt }) => <Time at={requestedAt} /> },
        showsOpen
          ? { title: "Hạn theo luật", cell: ({ dueAt }) => <Due dueAt={dueAt} now={now} /> }
          : { title: "Xong lúc", cell: ({ doneAt }) => (doneAt ? <Time at={doneAt} /> : "") },
        { title: "Tình trạng", cell: ({ state }) => <State state={state} /> },
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
      <span safe>{name}</span>
    </Badge>
  );
}

function Retention({ staff }: { staff: SignedIn }) {
  const change = (
    <LinkButton href="/console/settings#privacy.retention" icon="adjustments">
      Đổi
    </LinkButton>
  );
  return (
    <Card title="Giữ bao lâu" actions={may(staff.role, "settings.see") ? change : undefined}>
      <Facts
        of={Object.entries(retention.choices).map(([name, { label, unit }]) => [
          label,
          <span safe>{`${retention.value[name as keyof typeof retention.value]} ${unit}`}</span>,
        ])}
      />
      <p class="quiet">Dữ liệu cũ hơn tự xóa mỗi đêm lúc 2 giờ 10.</p>
    </Card>
  );
}

function Purges({ purges }: Pick<ListProps, "purges">) {
  return (
    <Card title="Các lần xóa định kỳ" flush>
      {purges.length === 0 ? (
        <p class="line quiet">Chưa chạy lần nào; lần đầu là đêm nay.</p>
      ) : (
        <ul class="lines">
          {purges.map(({ at, removed }) => (
            <li class="line">
              <Icon name="trash" />
              <div class="line-words">
                <Time at={at} />
                <span class="quiet" safe>{`Đã xóa ${countsInWords(removed as Record<string, number>)}`}</span>
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
    <Card title="Báo cáo cho người phụ trách bảo vệ dữ liệu">
      <p>
        Đang giữ gì, căn cứ nào, bao nhiêu; đồng ý theo từng phiên bản; các yêu cầu và có đúng hạn không;
        những gì đã xóa. Chỉ có con số, không có nội dung tin nhắn.
      </p>
      <div class="row-actions">
        <LinkButton href="/console/privacy/record.csv" icon="download">
          Tải CSV
        </LinkButton>
        <LinkButton href="/console/privacy/record.json" icon="download">
          Tải JSON
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
  error?: string;
}

export function RequestPage(props: RequestProps) {
  const { request, settledBy, now } = props;
  const { code, kind, origin, channel, state, requestedAt, dueAt, doneAt, openedAt, result, reason } =
    request;
  return (
    <div class="columns">
      <Card title="Yêu cầu" actions={<State state={state} />}>
        <Facts
          of={[
            ["Mã", <code safe>{code}</code>],
            ["Nội dung", <span safe>{KINDS[kind] ?? kind}</span>],
            ["Từ đâu", <span safe>{`${ORIGINS[origin] ?? origin} · ${channelName(channel)}`}</span>],
            ["Nhận lúc", <Time at={requestedAt} />],
            ["Hạn theo luật", isOpen(state) ? <Due dueAt={dueAt} now={now} /> : <Time at={dueAt} />],
            ["Đã mở liên kết", openedAt ? <Time at={openedAt} /> : null],
            ["Xong lúc", doneAt ? <Time at={doneAt} /> : null],
            ["Đã xóa", result ? <span safe>{countsInWords(result as Record<string, number>)}</span> : null],
            ["Lý do từ chối", reason ? <span safe>{reason}</span> : null],
            ["Người xử lý", settledBy ? <span safe>{settledBy}</span> : null],
          ]}
        />
        <p class="quiet">
          {kind === "erase"
            ? "Nghị định 356/2025: ngừng xử lý và xóa trong 15 ngày."
            : "Nghị định 356/2025: trả lời trong 2 ngày làm việc."}
        </p>
      </Card>
      {isOpen(state) ? <Deeds {...props} /> : null}
    </div>
  );
}

function Deeds(props: RequestProps) {
  const { request, staff, error } = props;
  const at = `/console/privacy/${request.code}`;
  return (
    <div class="stack">
      <Card title="Làm">
        {request.state === "waiting_staff" ? (
          <WhoIsIt {...props} />
        ) : request.kind === "erase" ? (
          <>
            <p>Hệ thống tự xóa trong ít phút. Nếu lâu hơn một ngày, bấm để chạy lại ngay.</p>
            <Confirm
              id="erase"
              action={`${at}/erase`}
              staff={staff}
              label="Xóa ngay"
              icon="trash"
              title="Xóa dữ liệu của người này?"
              text="Tin nhắn, hình và thông tin bị xóa hẳn; phản ánh được giữ nhưng không còn biết của ai."
              danger
            />
          </>
        ) : (
          <>
            <p>
              Người dân đã nhận liên kết mở một lần, dùng trong 24 giờ. Nếu họ chưa kịp mở, gửi liên kết mới.
            </p>
            <Form action={`${at}/link`} staff={staff}>
              <Submit icon="send">Gửi liên kết mới</Submit>
            </Form>
          </>
        )}
      </Card>
      <Card title="Từ chối">
        <Form action={`${at}/refuse`} staff={staff}>
          <TextArea
            name="reason"
            label="Lý do"
            rows={3}
            error={error}
            help="Người dân đọc được lý do này. Ví dụ: hồ sơ đang được giải quyết theo luật nên chưa xóa được."
            required
          />
          <Submit tone="danger" icon="ban">
            Từ chối
          </Submit>
        </Form>
      </Card>
    </div>
  );
}

/** Facebook names a person by an id of its own: somebody must say who it is among those who wrote to our Pages. */
function WhoIsIt({ request, candidates, words, staff }: RequestProps) {
  const at = `/console/privacy/${request.code}`;
  return (
    <>
      <p>
        Facebook chỉ cho mã riêng của ứng dụng
        {request.subject ? (
          <>
            {" "}
            (<code safe>{request.subject}</code>)
          </>
        ) : null}
        , không phải mã trong Messenger. Tìm đúng người rồi xóa; không tìm thấy ai thì từ chối với lý do
        “không có dữ liệu nào của người này”.
      </p>
      <form class="filters" method="get" action={at}>
        <div class="field-wide">
          <TextField name="q" label="Tên trên Facebook hoặc mã Messenger" type="search" value={words} />
        </div>
        <Submit tone="plain" icon="search">
          Tìm
        </Submit>
      </form>
      {words && candidates.length === 0 ? <p class="quiet">Không có ai khớp.</p> : null}
      <ul class="lines">
        {candidates.map((person) => (
          <li class="line">
            <div class="line-words">
              <strong safe>{person.name}</strong>
              <span class="quiet">
                <span safe>{person.accountName}</span>
                {person.lastInboundAt ? (
                  <>
                    {" "}
                    · nhắn <Time at={person.lastInboundAt} />
                  </>
                ) : null}
              </span>
            </div>
            <Confirm
              id={`erase-${person.id}`}
              action={`${at}/erase`}
              staff={staff}
              label="Xóa người này"
              icon="trash"
              small
              title={`Xóa dữ liệu của ${person.name}?`}
              text="Tin nhắn, hình và thông tin bị xóa hẳn, không lấy lại được."
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
