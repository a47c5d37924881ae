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
  LinkButton,
  Submit,
  Time,
} from "../../../console/components/index.ts";
import type { Tone } from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Held } from "../delivery/held.ts";
import type { Counts, Progress } from "../delivery/progress.ts";
import type { SendingState } from "../notices/store.ts";
import { HeldCard } from "./held-card.tsx";
import { ROOT } from "./words.ts";

const STATES: Record<SendingState, { name: string; tone: Tone }> = {
  expanding: { name: vi`Đang lập danh sách người nhận`, tone: "info" },
  running: { name: vi`Đang gửi`, tone: "info" },
  paused: { name: vi`Tạm dừng^state`, tone: "warn" },
  cancelled: { name: vi`Đã hủy gửi`, tone: "bad" },
  finished: { name: vi`Đã gửi xong`, tone: "good" },
};
const ACCOUNTS_SHOWN = 50;
/** The page counts the rows anew each time it is asked: of a million less often than of a hundred. */
const secondsBetween = ({ all }: Counts) => 2 + Math.round(all / 100_000);

interface DeliveryPageProps {
  code: string;
  news: Progress;
  held: Held[];
  publications: Children;
  staff: SignedIn;
}

export function DeliveryPage({ code, news, held, publications, staff }: DeliveryPageProps) {
  const isOpen = news.state === "expanding" || news.state === "running";
  // the part asks for itself again while there is something to see; without scripts a reload does the same
  const trigger = `load delay:${secondsBetween(news)}s`;
  const again = isOpen ? { "hx-get": `${ROOT}/${code}/delivery`, "hx-trigger": trigger } : {};
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
        <div class="stack">
          <Totals of={news} />
          <Deeds {...{ code, news, staff }} />
        </div>
      </Card>
      <HeldCard {...{ code, held, count: news.unknown, staff }} />
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
          [t`Chưa rõ kết quả, đang giữ`, some(of.unknown)],
          [t`Không gửi vì đã hủy`, some(of.cancelled)],
          [t`Bắt đầu`, moment(of.startedAt)],
          [t`Kết thúc`, moment(of.finishedAt)],
        ]}
      />
    </>
  );
}

function Deeds({ code, news, staff }: Pick<DeliveryPageProps, "code" | "news" | "staff">) {
  if (!news.state) return <></>;
  const measures = <LinkButton href={`${ROOT}/${code}/measures`}>{t`Số liệu`}</LinkButton>;
  if (!may(staff.role, "announcements.write")) return <div class="row-actions">{measures as "safe"}</div>;
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
      {measures as "safe"}
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
            <progress
              max={String(account.all)}
              value={String(account.all - account.open - account.queued)}
              aria-label={t`Phần đã xong`}
            />
          </li>
        ))}
      </ol>
      {of.length > ACCOUNTS_SHOWN ? (
        <p class="more quiet" safe>
          {t`Và ${figure(of.length - ACCOUNTS_SHOWN)} tài khoản nữa.`}
        </p>
      ) : null}
    </Card>
  );
}

function inWords(of: Counts): string {
  const parts: [number, string][] = [
    [of.open + of.queued, t`${figure(of.open + of.queued)} đang chờ`],
    [of.later, t`${figure(of.later)} gửi khi họ nhắn lại`],
    [of.failed, t`${figure(of.failed)} không gửi được`],
    [of.unknown, t`${figure(of.unknown)} chưa rõ kết quả`],
  ];
  const rest = parts.flatMap(([count, words]) => (count > 0 ? [words] : []));
  return [t`đã gửi ${figure(of.sent)} trên ${figure(of.all)}`, ...rest].join(" · ");
}
