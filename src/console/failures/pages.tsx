import { t, vi } from "../../bilingual/index.ts";
import { errorWords } from "../../channels/delivery-error.ts";
import {
  Badge,
  Card,
  Confirm,
  Empty,
  Form,
  Pagination,
  Submit,
  Table,
  Tabs,
  Time,
} from "../components/index.ts";
import { may } from "../rights.ts";
import { channelName } from "../words.ts";
import type { SignedIn } from "../signed-in.ts";
import { PAGE_SIZE, type FailedMessage } from "./store.ts";

const REASONS: Record<string, string> = {
  permanent: vi`Nền tảng từ chối tin này`,
  window_closed: vi`Hết thời hạn trả lời`,
  later: vi`Thử nhiều lần vẫn không được`,
  unknown: vi`Không rõ đã tới chưa`,
  stop_account: vi`Tài khoản không gửi được`,
  refresh_token: vi`Token hết hạn`,
};

interface ListProps {
  rows: FailedMessage[];
  total: number;
  state: "dead" | "unknown";
  page: number;
  staff: SignedIn;
}

export function FailureTabs({ active, staff }: { active: "dead" | "unknown" | "mail"; staff: SignedIn }) {
  const mail = { href: "/console/failures/mail", label: "E-mail", active: active === "mail" };
  return (
    <Tabs
      label={t`Loại`}
      tabs={[
        { href: "/console/failures", label: t`Cần xử lý`, active: active === "dead" },
        { href: "/console/failures?state=unknown", label: t`Chưa rõ kết quả`, active: active === "unknown" },
        ...(may(staff.role, "mail.settle") ? [mail] : []),
      ]}
    />
  );
}

export function FailureList({ rows, total, state, page, staff }: ListProps) {
  const isDead = state === "dead";
  return (
    <>
      <FailureTabs active={state} staff={staff} />
      {isDead ? null : (
        <p class="quiet">
          {t`Đường truyền đứt giữa chừng, nền tảng chưa nói đã nhận hay chưa. Hệ thống đang chờ dấu hiệu đã tới, rồi tự gửi lại nếu không thấy; không cần làm gì.`}
        </p>
      )}
      <Card
        flush
        {...(isDead && total > 1
          ? {
              title: t`${total} tin chưa gửi được`,
              actions: (
                <Confirm
                  id="resend-all"
                  action="/console/failures/resend-all"
                  staff={staff}
                  label={t`Gửi lại cả ${total} tin`}
                  icon="refresh"
                  title={t`Gửi lại tất cả?`}
                  text={t`Chỉ nên gửi lại khi nguyên nhân đã được khắc phục, ví dụ vừa kết nối lại tài khoản.`}
                />
              ),
            }
          : {})}
      >
        <Table
          caption={t`Tin gửi không được`}
          rows={rows}
          empty={
            <Empty icon="circle-check" title={t`Mọi tin đều đã gửi được`}>
              <p>{t`Tin bị nền tảng từ chối, hoặc thử mãi không được, sẽ hiện ở đây.`}</p>
            </Empty>
          }
          columns={[
            { title: t`Gửi cho`, cell: (row) => <Recipient row={row} /> },
            {
              title: t`Nội dung`,
              cell: ({ text }) => (
                <span class="excerpt" safe>
                  {shorten(text)}
                </span>
              ),
            },
            { title: t`Vì sao`, cell: (row) => <Reason row={row} /> },
            { title: t`Lúc`, cell: ({ createdAt }) => <Time at={createdAt} /> },
            ...(isDead
              ? [
                  {
                    title: t`Thao tác`,
                    align: "actions" as const,
                    cell: (row: FailedMessage) => <Actions row={row} staff={staff} />,
                  },
                ]
              : []),
          ]}
        />
        <Pagination
          page={page}
          pages={Math.ceil(total / PAGE_SIZE)}
          href={(to) => `/console/failures?state=${state}&page=${to}`}
        />
      </Card>
    </>
  );
}

function Recipient({ row }: { row: FailedMessage }) {
  const name = row.residentName ?? t`Người dân`;
  return (
    <span class="two-lines">
      {row.conversationId ? (
        <a href={`/console/conversations/${row.conversationId}`} safe>
          {name}
        </a>
      ) : (
        <span safe>{name}</span>
      )}
      <span class="quiet" safe>{`${channelName(row.channel)} · ${row.accountName}`}</span>
    </span>
  );
}

function Reason({ row }: { row: FailedMessage }) {
  return (
    <span class="two-lines">
      <Badge tone={row.errorClass === "window_closed" ? "warn" : "bad"}>
        {(t.of(REASONS[row.errorClass ?? ""]) ?? t`Không gửi được`) as "safe"}
      </Badge>
      {row.errorText ? (
        <span class="quiet" safe>
          {`${errorWords(row.errorText)} (${row.errorCode ?? "?"})`}
        </span>
      ) : null}
    </span>
  );
}

function Actions({ row, staff }: { row: FailedMessage; staff: SignedIn }) {
  return (
    <div class="row-actions">
      <Form action={`/console/failures/${row.id}/resend`} staff={staff}>
        <Submit tone="plain" small icon="refresh">
          {t`Gửi lại`}
        </Submit>
      </Form>
      <Confirm
        id={`drop-${row.id}`}
        action={`/console/failures/${row.id}/drop`}
        staff={staff}
        label={t`Bỏ`}
        small
        title={t`Bỏ tin này?`}
        text={t`Tin sẽ không gửi nữa. Nội dung vẫn còn trong cuộc trò chuyện, ghi là không gửi.`}
        danger
      />
    </div>
  );
}

const shorten = (text: string) => (text.length > 140 ? `${text.slice(0, 139)}…` : text);
