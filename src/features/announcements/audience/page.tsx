/** Where an announcement goes and who gets it: chosen on one side, counted on the other. */
import {
  Badge,
  Card,
  ChannelMark,
  Facts,
  Form,
  LinkButton,
  Submit,
  Table,
  type Column,
} from "../../../console/components/index.ts";
import { t } from "../../../bilingual/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { formatDateTime } from "../../../infra/clock.ts";
import { ROOT } from "../console/words.ts";
import type { Fates, Reach } from "./count.ts";
import type { Fate, unitTree } from "./store.ts";
import type { Plan, Way } from "./wanted.ts";
import { FATE_NAMES, WAY_NAMES, waysInWords } from "./words.ts";

interface AudiencePageProps {
  code: string;
  plan: Plan;
  units: Awaited<ReturnType<typeof unitTree>>;
  /** null: it takes its time, and is asked for once the page stands. */
  reach: Reach | null;
  /** Only a draft's plan changes. */
  mayChange: boolean;
  staff: SignedIn;
}

export function AudiencePage(props: AudiencePageProps) {
  const { code, reach, plan, mayChange } = props;
  return (
    <div class="columns">
      {mayChange ? <Choices {...props} /> : <Chosen {...props} />}
      {reach ? <Count code={code} reach={reach} plan={plan} /> : <CountLater code={code} />}
      {reach ? <ByAccount reach={reach} plan={plan} /> : <div id="by-account" class="reach-wide" />}
    </div>
  );
}

function CountLater({ code }: { code: string }) {
  const counted = `${ROOT}/${code}/reach?counted=1`;
  return (
    <div
      class="stack"
      id="count"
      aria-live="polite"
      hx-get={counted}
      hx-trigger="load"
      hx-select="#count"
      hx-select-oob="#by-account"
      hx-swap="outerHTML"
    >
      <Card title={t`Nếu gửi bây giờ`}>
        <p class="quiet">
          <a href={counted}>{t`Đang đếm người nhận…`}</a>
        </p>
      </Card>
    </div>
  );
}

function Choices({ code, plan, units, staff }: AudiencePageProps) {
  const path = `${ROOT}/${code}/reach`;
  return (
    <Form action={path} staff={staff} id="plan" class="stack">
      <div
        hidden
        hx-post={path}
        hx-include="#plan"
        hx-trigger="change from:#plan delay:150ms"
        hx-sync="this:queue last"
        hx-target="#count"
        hx-swap="outerHTML"
      />
      <Card title={t`Nhắn tin`}>
        <WayField way="message" plan={plan} />
        <div class="plan-under">
          <fieldset class="plan-row">
            <legend class="visually-hidden">{t`Nền tảng`}</legend>
            <Tick name="channels" value="zalo" label="Zalo" checked={plan.channels.includes("zalo")} />
            <Tick
              name="channels"
              value="facebook"
              label="Messenger"
              checked={plan.channels.includes("facebook")}
            />
          </fieldset>
          <Tick
            name="ownAccountsOnly"
            value="on"
            label={t`Chỉ người theo dõi các đơn vị chọn bên dưới`}
            checked={plan.ownAccountsOnly}
          />
        </div>
        <WayField way="template" plan={plan} />
      </Card>
      <Card title={t`Đăng lên tài khoản`}>
        <WayField way="article" plan={plan} />
        <WayField way="broadcast" plan={plan} />
        <WayField way="post" plan={plan} />
        <div class="plan-under">
          <Tick
            name="heldByPlatform"
            value="on"
            label={t`Khi hẹn giờ: Facebook giữ bài và tự đăng (hẹn trước từ 15 phút tới 29 ngày)`}
            checked={plan.heldByPlatform}
          />
        </div>
        <fieldset class="field">
          <legend class="form-label">{t`Của các đơn vị, kể cả đơn vị trực thuộc`}</legend>
          <div class="unit-tree">
            {units.map((unit) => (
              <label class={`form-check depth-${Math.min(unit.depth, 4)}`}>
                <input
                  class="form-check-input"
                  type="checkbox"
                  name="units"
                  value={unit.code}
                  checked={plan.units.includes(unit.code)}
                />
                <span class="form-check-label">
                  <span safe>{unit.name}</span>{" "}
                  <span class="quiet" safe>
                    {accountsInWords(unit)}
                  </span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="row-actions">
          <Submit icon="check">{t`Lưu lựa chọn`}</Submit>
          <LinkButton href={`${ROOT}/${code}`}>{t`Về thông báo`}</LinkButton>
        </div>
      </Card>
    </Form>
  );
}

const accountsInWords = ({ zalo, facebook }: { zalo: number; facebook: number }) =>
  [zalo > 0 ? `${zalo} Zalo` : "", facebook > 0 ? `${facebook} Facebook` : ""].filter(Boolean).join(" · ");

function WayField({ way, plan }: { way: Way; plan: Plan }) {
  const { name, about } = WAY_NAMES[way];
  return (
    <label class="form-check plan-way">
      <input
        class="form-check-input"
        type="checkbox"
        name="ways"
        value={way}
        checked={plan.ways.includes(way)}
      />
      <span class="form-check-label" safe>
        {t.of(name)}
      </span>
      <span class="form-check-description" safe>
        {t.of(about)}
      </span>
    </label>
  );
}

interface TickProps {
  name: string;
  value: string;
  label: string;
  checked: boolean;
}

const Tick = ({ name, value, label, checked }: TickProps) => (
  <label class="form-check">
    <input class="form-check-input" type="checkbox" name={name} value={value} checked={checked} />
    <span class="form-check-label" safe>
      {label}
    </span>
  </label>
);

/** What was approved. */
export function Chosen({ plan, units }: Pick<AudiencePageProps, "plan" | "units">) {
  const names = units.filter(({ code }) => plan.units.includes(code)).map(({ name }) => name);
  const channels = plan.channels.map((channel) => (channel === "zalo" ? "Zalo" : "Messenger"));
  return (
    <Card title={t`Đã chọn`}>
      <ul class="plan-chosen">
        {waysInWords(plan).map((way) => (
          <li safe>{way}</li>
        ))}
      </ul>
      <Facts
        of={[
          [t`Nhắn trên`, <span safe>{channels.join(", ")}</span>],
          [t`Đơn vị`, names.length > 0 ? <span safe>{names.join(", ")}</span> : null],
          [t`Người theo dõi`, plan.ownAccountsOnly ? t`Chỉ của các đơn vị này` : t`Ở mọi tài khoản`],
          [t`Hẹn giờ`, plan.heldByPlatform ? t`Facebook giữ bài và tự đăng` : null],
        ]}
      />
    </Card>
  );
}

/** In short, for the page of the announcement. */
export function Ways({ plan }: { plan: Plan | null }) {
  if (!plan) return <p class="quiet">{t`Chưa chọn nơi đăng: chỉ nhắn cho người đăng ký.`}</p>;
  return (
    <ul>
      {waysInWords(plan).map((way) => (
        <li safe>{way}</li>
      ))}
    </ul>
  );
}

const figure = (count: number) => count.toLocaleString("vi-VN");

export function Count({ code, reach, plan }: { code: string; reach: Reach; plan: Plan }) {
  const { total } = reach;
  const fates = Object.keys(FATE_NAMES) as Fate[];
  const lines = (gets: boolean) => fates.filter((fate) => total[fate] && FATE_NAMES[fate].gets === gets);
  // quotas are being asked for: the part looks once more by itself
  const again = reach.isAsking ? { "hx-get": `${ROOT}/${code}/reach`, "hx-trigger": "load delay:4s" } : {};
  return (
    <div
      class="stack"
      id="count"
      aria-live="polite"
      hx-select="#count"
      hx-select-oob="#by-account"
      hx-target="#count"
      hx-swap="outerHTML"
      {...again}
    >
      <Card title={t`Nếu gửi bây giờ`}>
        <Tiles total={total} reach={reach} plan={plan} />
        <Hours reach={reach} plan={plan} />
        <Lines title={t`Sẽ nhận`} fates={lines(true)} total={total} />
        <Lines title={t`Sẽ không nhận`} fates={lines(false)} total={total} />
        {Object.keys(total).length === 0 ? <p class="quiet">{t`Chưa ai đăng ký loại tin này.`}</p> : null}
      </Card>
    </div>
  );
}

/** Beside the count: as wide as the page. @param anew it goes into its place when the count is drawn again. */
export function ByAccount({ reach, plan, anew }: { reach: Reach; plan: Plan; anew?: boolean }) {
  return (
    <div id="by-account" class="reach-wide" hx-swap-oob={anew ? "true" : undefined}>
      <Card title={t`Theo tài khoản`} flush>
        <Table
          caption={t`Theo tài khoản`}
          columns={columnsFor(plan)}
          rows={rowsOf(reach)}
          empty={<NoAccounts />}
        />
      </Card>
    </div>
  );
}

const NoAccounts = () => <p class="card-body quiet">{t`Chưa có tài khoản nào trong lựa chọn này.`}</p>;

function Tiles({ total, reach, plan }: { total: Fates; reach: Reach; plan: Plan }) {
  const carrying = reach.accounts.filter(({ carries }) => carries);
  const of = (channel: string) => carrying.filter((account) => account.channel === channel);
  const followers = of("zalo").reduce((sum, account) => sum + account.followers, 0);
  const later = (["later", "capped", "busy", "stopped"] as const).reduce(
    (sum, fate) => sum + (total[fate] ?? 0),
    0,
  );
  const tiles: [boolean, number, string][] = [
    [plan.ways.includes("message"), total.now ?? 0, t`nhận ngay`],
    [plan.ways.includes("template"), total.template ?? 0, t`bằng mẫu tin`],
    [plan.ways.includes("message"), later, t`khi họ nhắn lại`],
    [plan.ways.includes("broadcast"), followers, t`người quan tâm nhận bài viết`],
    [plan.ways.includes("article"), of("zalo").length, t`OA có bài viết`],
    [plan.ways.includes("post"), of("facebook").length, t`trang có bài đăng`],
  ];
  return (
    <div class="reach-tiles">
      {tiles
        .filter(([shown]) => shown)
        .map(([, count, words]) => (
          <div class="reach-tile">
            <strong safe>{figure(count)}</strong>
            <span safe>{words}</span>
          </div>
        ))}
    </div>
  );
}

function Hours({ reach, plan }: { reach: Reach; plan: Plan }) {
  const messages = reach.messagesFrom > reach.at && plan.ways.includes("message");
  const broadcasts = reach.broadcastsFrom > reach.at && plan.ways.includes("broadcast");
  return (
    <>
      {messages ? (
        <p class="notice notice-calm" safe>
          {t`Đang giờ yên tĩnh: tin nhắn bắt đầu đi lúc ${formatDateTime(reach.messagesFrom)}.`}
        </p>
      ) : null}
      {broadcasts ? (
        <p class="notice notice-calm" safe>
          {t`Bài viết gửi tới người quan tâm đi lúc ${formatDateTime(reach.broadcastsFrom)}.`}
        </p>
      ) : null}
    </>
  );
}

function Lines({ title, fates, total }: { title: string; fates: Fate[]; total: Fates }) {
  if (fates.length === 0) return <></>;
  return (
    <>
      <h3 class="reach-title" safe>
        {title}
      </h3>
      <ul class="reach-lines">
        {fates.map((fate) => (
          <li>
            <span safe>{t.of(FATE_NAMES[fate].name)}</span>
            <strong safe>{figure(total[fate] ?? 0)}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}

type Row = Partial<Reach["accounts"][number]> & { fates: Fates };

function rowsOf({ accounts, others }: Reach): Row[] {
  return Object.keys(others).length > 0 ? [...accounts, { fates: others }] : accounts;
}

function columnsFor(plan: Plan): Column<Row>[] {
  const some = (count: number | undefined) => <span>{count ? figure(count) : "–"}</span>;
  const columns: Column<Row>[] = [
    {
      title: t`Tài khoản`,
      cell: ({ name, channel, status }) => <AccountName {...{ name, channel, status }} />,
    },
    { title: t`Nhận ngay`, cell: ({ fates }) => some(fates.now) },
  ];
  if (plan.ways.includes("template"))
    columns.push({ title: t`Mẫu tin`, cell: ({ fates }) => some(fates.template) });
  columns.push(
    {
      title: t`Khi nhắn lại`,
      cell: ({ fates }) =>
        some((fates.later ?? 0) + (fates.capped ?? 0) + (fates.busy ?? 0) + (fates.stopped ?? 0)),
    },
    { title: t`Đăng lên`, cell: (row) => <Published row={row} plan={plan} /> },
  );
  if (plan.ways.includes("broadcast"))
    columns.push({ title: t`Lượt gửi còn lại`, cell: (row) => <QuotaLeft row={row} /> });
  return columns;
}

function AccountName({ name, channel, status }: Pick<Row, "name" | "channel" | "status">) {
  if (!name || !channel) return <span class="quiet">{t`Tài khoản của đơn vị khác`}</span>;
  return (
    <span class="account-name">
      <ChannelMark channel={channel} /> <span safe>{name}</span>
      {status === "active" ? null : <Badge tone="bad">{t`mất kết nối`}</Badge>}
    </span>
  );
}

function Published({ row: { carries, channel, followers = 0 }, plan }: { row: Row; plan: Plan }) {
  const { ways } = plan;
  const parts = [
    channel === "zalo" && (ways.includes("article") || ways.includes("broadcast")) ? t`bài viết` : "",
    channel === "zalo" && ways.includes("broadcast") ? t`gửi tới ${figure(followers)} người` : "",
    channel === "facebook" && ways.includes("post") ? t`bài đăng` : "",
  ].filter(Boolean);
  return <span>{carries && parts.length > 0 ? parts.join(", ") : "–"}</span>;
}

/** After this one. */
function QuotaLeft({ row: { carries, channel, quota } }: { row: Row }) {
  if (!carries || channel !== "zalo") return <>–</>;
  if (!quota) return <span class="quiet">{t`đang hỏi Zalo`}</span>;
  const { left, total, problem } = quota;
  if (problem)
    return (
      <span class="quiet" title={problem}>
        {t`Zalo chưa cho biết`}
      </span>
    );
  if (left === null) return <span class="quiet">{t`Zalo chưa cho biết`}</span>;
  if (left === 0) return <Badge tone="bad">{t`đã hết`}</Badge>;
  return <span safe>{total === null ? figure(left - 1) : `${figure(left - 1)} / ${figure(total)}`}</span>;
}
