/** How an announcement is going out: live, account by account, with what can be done about it. */
import type { Children } from "@kitajs/html";
import { pageLocale, t, vi } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  ChannelMark,
  Confirm,
  Facts,
  Form,
  Submit,
  Time,
} from "../../../console/components/index.ts";
import type { Tone } from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Counts, Progress } from "../delivery/progress.ts";
import type { SendingState } from "../notices/store.ts";
import { ROOT } from "./words.ts";

const STATES: Record<SendingState, { name: string; tone: Tone }> = {
  expanding: { name: vi`Đang lập danh sách người nhận`, tone: "info" },
  running: { name: vi`Đang gửi`, tone: "info" },
  paused: { name: vi`Tạm dừng^state`, tone: "warn" },
  cancelled: { name: vi`Đã hủy gửi`, tone: "bad" },
  finished: { name: vi`Đã gửi xong`, tone: "good" },
};
const ACCOUNTS_SHOWN = 50;

interface DeliveryPageProps {
  code: string;
  news: Progress;
  publications: Children;
  staff: SignedIn;
}

export function DeliveryPage({ code, news, publications, staff }: DeliveryPageProps) {
  const isOpen = news.state === "expanding" || news.state === "running";
  // the part asks for itself again while there is something to see; without scripts a reload does the same
  const again = isOpen ? { "hx-get": `${ROOT}/${code}/delivery`, "hx-trigger": "load delay:2s" } : {};
  return (
    <div
      class="stack"
      id="delivery"
      hx-select="#delivery"
      hx-target="#delivery"
      hx-swap="outerHTML"
      {...again}
    >
      <Card title={t`Tiến độ`} actions={<State state={news.state} />}>
        <Totals of={news} />
        <Deeds {...{ code, news, staff }} />
      </Card>
      {publications as "safe"}
      <Accounts of={news.accounts} />
    </div>
  );
}

function State({ state }: { state: SendingState | null }) {
  if (!state) return <Badge>{t`Chưa gửi`}</Badge>;
  const { name, tone } = STATES[state];
  return (
    <Badge tone={tone}>
      <span safe>{t.of(name)}</span>
    </Badge>
  );
}

const figure = (count: number) => count.toLocaleString(pageLocale());
/** Only what there is some of. */
const some = (count: number) => (count > 0 ? figure(count) : null);

function Totals({ of }: { of: Progress }) {
  const share = of.all > 0 ? Math.round((100 * (of.all - of.open - of.queued)) / of.all) : 0;
  const moment = (at: Date | null) => (at ? <Time at={at} /> : null);
  return (
    <>
      <progress max="100" value={String(share)} aria-label={t`Phần đã xong`} safe>
        {`${share} %`}
      </progress>
      <Facts
        of={[
          [t`Người nhận`, figure(of.all)],
          [t`Đã gửi`, figure(of.sent)],
          [t`Đang chờ tới lượt`, some(of.open + of.queued)],
          [t`Đã nhận tới máy`, some(of.delivered)],
          [t`Đã xem`, some(of.seen)],
          [t`Gửi khi họ nhắn lại`, some(of.later)],
          [t`Đã báo khi họ nhắn lại`, some(of.told)],
          [t`Không gửi được`, some(of.failed)],
          [t`Chưa rõ kết quả, không gửi lại`, some(of.unknown)],
          [t`Không gửi vì đã hủy`, some(of.cancelled)],
          [t`Bắt đầu`, moment(of.startedAt)],
          [t`Kết thúc`, moment(of.finishedAt)],
        ]}
      />
    </>
  );
}

function Deeds({ code, news, staff }: Omit<DeliveryPageProps, "publications">) {
  if (!may(staff.role, "announcements.write") || !news.state) return <></>;
  const path = `${ROOT}/${code}/delivery`;
  const isOpen = news.state === "expanding" || news.state === "running";
  const deed = (name: string, label: Children) => (
    <Form action={`${path}/${name}`} staff={staff}>
      <Submit tone="plain">{label as "safe"}</Submit>
    </Form>
  );
  return (
    <div class="row-actions">
      {isOpen ? deed("pause", t`Tạm dừng`) : null}
      {news.state === "paused" ? deed("resume", t`Gửi tiếp`) : null}
      {isOpen || news.state === "paused" ? (
        <Confirm
          id="cancel"
          action={`${path}/cancel`}
          staff={staff}
          label={t`Hủy gửi`}
          title={t`Hủy gửi thông báo này?`}
          text={t`Người chưa nhận sẽ không nhận nữa. Trang công khai vẫn còn; muốn rút tin thì thu hồi.`}
          danger
        />
      ) : null}
    </div>
  );
}

function Accounts({ of }: { of: (Counts & { id: number; name: string; channel: string })[] }) {
  if (of.length === 0) return <></>;
  return (
    <Card title={t`Theo tài khoản`} flush>
      <ol class="lines">
        {of.slice(0, ACCOUNTS_SHOWN).map((account) => (
          <li class="line">
            <ChannelMark channel={account.channel} />
            <span class="line-words">
              <strong safe>{account.name}</strong>
              <span class="quiet" safe>
                {inWords(account)}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function inWords(of: Counts): string {
  const parts: [number, string][] = [
    [of.open + of.queued, t`đang chờ`],
    [of.later, t`gửi khi họ nhắn lại`],
    [of.failed, t`không gửi được`],
    [of.unknown, t`chưa rõ kết quả`],
  ];
  const rest = parts.flatMap(([count, words]) => (count > 0 ? [`${figure(count)} ${words}`] : []));
  return [t`đã gửi ${figure(of.sent)} trên ${figure(of.all)}`, ...rest].join(" · ");
}
