import { t, vi } from "../../bilingual/index.ts";
import type { Finding } from "../../infra/findings.ts";
import {
  Badge,
  Card,
  ChannelMark,
  CheckField,
  Confirm,
  Empty,
  Facts,
  Form,
  Icon,
  LinkButton,
  SelectField,
  Submit,
  Table,
  TextArea,
  TextField,
  Time,
  type Errors,
  type Option,
} from "../components/index.ts";
import { may } from "../rights.ts";
import type { SignedIn } from "../signed-in.ts";
import { channelName } from "../words.ts";
import { contacts, labelOf, whoMends } from "./findings.ts";
import type { ListedAccount, SendError } from "./store.ts";

export function AccountList({ accounts, mayConnect }: { accounts: ListedAccount[]; mayConnect: boolean }) {
  return (
    <Card flush>
      <Table
        caption={t`Tài khoản`}
        rows={accounts}
        empty={
          <Empty icon="plug" title={t`Chưa có tài khoản nào`}>
            <p>{t`Kết nối Zalo OA hoặc trang Facebook của đơn vị để bắt đầu trả lời người dân.`}</p>
            {mayConnect ? (
              <LinkButton href="/console/accounts/new/zalo" tone="primary" icon="plus">
                {t`Thêm Zalo OA`}
              </LinkButton>
            ) : null}
          </Empty>
        }
        columns={[
          { title: t`Tài khoản`, cell: (account) => <Name account={account} /> },
          { title: t`Đơn vị`, cell: ({ unitName }) => <span safe>{unitName}</span> },
          { title: t`Tình trạng`, cell: (account) => <Health account={account} /> },
          {
            title: t`Webhook gần nhất`,
            cell: ({ webhookSeenAt }) =>
              webhookSeenAt ? <Time at={webhookSeenAt} /> : <span class="quiet">{t`chưa có`}</span>,
          },
          {
            title: t`Gửi 24 giờ`,
            align: "right",
            cell: ({ sent, failed }) =>
              failed > 0 ? (
                <span>
                  {sent} <Badge tone="bad">{t.html`${failed} lỗi`}</Badge>
                </span>
              ) : (
                <span>{sent}</span>
              ),
          },
        ]}
      />
    </Card>
  );
}

function Name({ account }: { account: ListedAccount }) {
  return (
    <span class="with-face">
      <ChannelMark channel={account.channel} />
      <span class="two-lines">
        <a href={`/console/accounts/${account.id}`} safe>
          {account.name}
        </a>
        <span class="quiet">
          <span safe>{channelName(account.channel)}</span>
          {account.sample ? t` · dữ liệu mẫu` : ""}
        </span>
      </span>
    </span>
  );
}

export function Health({ account }: { account: ListedAccount }) {
  const { status, hasToken, openIncidents, pausedUntil } = account;
  if (status === "needs_reauth") return <Badge tone="bad">{t`Cần kết nối lại`}</Badge>;
  if (status !== "active") return <Badge tone="bad">{t`Bị dừng`}</Badge>;
  if (!hasToken) return <Badge tone="warn">{t`Chưa kết nối`}</Badge>;
  if (openIncidents > 0) return <Badge tone="warn">{t.html`${openIncidents} sự cố`}</Badge>;
  if (pausedUntil && pausedUntil > new Date()) return <Badge tone="warn">{t`Đang chờ hạn mức`}</Badge>;
  return <Badge tone="good">{t`Hoạt động tốt`}</Badge>;
}

interface AccountPageProps {
  account: ListedAccount;
  staff: SignedIn;
  /** What our own books say. */
  books: Finding[];
  /** What the platform says; null: not asked for. */
  findings: Finding[] | null;
  lastErrors: SendError[];
  owners: { name: string; email: string }[];
  publicUrl: string;
  units: Option[];
  errors?: Errors;
}

export function AccountPage(props: AccountPageProps) {
  const { account, staff, findings, publicUrl } = props;
  const mayConnect = may(staff.role, "accounts.connect");
  return (
    <div class="columns">
      <div class="stack">
        {account.status !== "active" ? <Stopped account={account} /> : null}
        <Card title={t`Thông tin`} actions={<Health account={account} />}>
          <Facts
            of={[
              [t`Đơn vị`, <span safe>{account.unitName}</span>],
              [account.channel === "zalo" ? "OA ID" : "Page ID", <code safe>{account.externalId}</code>],
              ["App ID", account.appId ? <code safe>{account.appId}</code> : null],
              [t`Token lấy lúc`, account.tokenObtainedAt ? <Age since={account.tokenObtainedAt} /> : null],
              [t`Gửi trong 24 giờ`, <span>{t.html`${account.sent} tin`}</span>],
              [t`Chờ hạn mức tới`, isPaused(account) ? <Time at={account.pausedUntil!} /> : null],
              [t`Địa chỉ webhook`, <code safe>{`${publicUrl}/webhooks/${account.channel}`}</code>],
            ]}
          />
        </Card>
        <Card title={t`Sức khỏe`} flush>
          <Lines findings={props.books} owners={props.owners} />
        </Card>
        <Findings {...{ account, findings }} owners={props.owners} />
        <LastErrors errors={props.lastErrors} />
      </div>
      {mayConnect ? (
        <div class="stack">
          <SettingsCard {...props} />
          <ConnectionCard {...props} />
        </div>
      ) : null}
    </div>
  );
}

function Stopped({ account }: { account: ListedAccount }) {
  return (
    <div class="notice notice-bad">
      <Icon name="alert-triangle" />
      <div>
        <strong>
          {account.status === "needs_reauth"
            ? t`Tài khoản không gửi được tin: cần kết nối lại.`
            : t`Tài khoản đang bị dừng.`}
        </strong>
        <p>{t`Tin của người dân vẫn được nhận và giữ; câu trả lời chờ gửi sẽ đi ngay khi kết nối xong.`}</p>
        {account.statusReason ? (
          <p class="small" safe>
            {account.statusReason}
          </p>
        ) : null}
      </div>
    </div>
  );
}

const isPaused = ({ pausedUntil }: ListedAccount) => pausedUntil !== null && pausedUntil > new Date();

const HOUR = 3_600_000;

/** "24/11/2026 09:05 · 26 giờ trước" */
function Age({ since }: { since: Date }) {
  const hours = Math.max(0, Math.floor((Date.now() - since.getTime()) / HOUR));
  const age = hours < 48 ? t`${hours} giờ` : t`${Math.floor(hours / 24)} ngày`;
  return (
    <span>
      <Time at={since} /> · {t.html`${age} trước`}
    </span>
  );
}

/** Why messages did not go lately, whatever became of them. */
function LastErrors({ errors }: { errors: SendError[] }) {
  return (
    <Card title={t`Lỗi gửi 7 ngày qua`} flush>
      {errors.length === 0 ? (
        <p class="line quiet">{t`Không có lỗi nào.`}</p>
      ) : (
        <ul class="lines">
          {errors.map(({ code, text, count, lastAt }) => (
            <li class="line">
              <div class="line-words">
                <span safe>{text}</span>
                <span class="quiet">
                  {t.html`mã <code>${code}</code> · ${count} lần, gần nhất`} <Time at={lastAt} />
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Lines({ findings, owners }: { findings: Finding[]; owners: AccountPageProps["owners"] }) {
  return (
    <ul class="lines">
      {findings.map((finding) => (
        <li class="line">
          <Icon
            name={finding.state === "ok" ? "circle-check" : "alert-triangle"}
            class={`mark-${finding.state}`}
          />
          <div class="line-words">
            <strong safe>{labelOf(finding.what)}</strong>
            <span class="quiet" safe>
              {finding.found}
            </span>
            {finding.mend && finding.state !== "ok" ? <span safe>{finding.mend}</span> : null}
            {finding.state === "ok" ? null : (
              <span class="quiet small">
                <Icon name="phone" /> {t.html`Gọi: ${callWhom(finding, owners)}`}
              </span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function callWhom(finding: Finding, owners: AccountPageProps["owners"]): string {
  if (whoMends(finding) === "technical" || owners.length === 0) return contacts.value.technical;
  return owners.map(({ name, email }) => (name === email ? email : `${name} (${email})`)).join(", ");
}

function Findings({ account, findings, owners }: Pick<AccountPageProps, "account" | "findings" | "owners">) {
  const check = (
    <LinkButton href={`/console/accounts/${account.id}?check`} icon="refresh">
      {t`Kiểm tra`}
    </LinkButton>
  );
  return (
    <Card title={t`Kiểm tra kết nối`} actions={check} flush={findings !== null}>
      {findings === null ? (
        <p class="quiet">
          {t`Hỏi thẳng nền tảng: token, quyền, gói, hạn mức, webhook, đồng hồ; kèm cách khắc phục.`}
        </p>
      ) : (
        <Lines findings={findings} owners={owners} />
      )}
    </Card>
  );
}

const COMMENTS: Option[] = [
  { value: "public_and_private", label: vi`Trả lời một dòng dưới bình luận và nhắn riêng` },
  { value: "private", label: vi`Chỉ nhắn riêng` },
  { value: "off", label: vi`Để yên bình luận` },
];

function SettingsCard({ account, staff, errors = {} }: AccountPageProps) {
  const { settings, channel } = account;
  return (
    <Card title={t`Cách trả lời`}>
      <Form action={`/console/accounts/${account.id}/settings`} staff={staff}>
        {channel === "facebook" ? (
          <>
            <SelectField
              name="comments"
              label={t`Bình luận hỏi hoặc phản ánh dưới bài viết`}
              value={settings.comments}
              options={COMMENTS}
            />
            <TextArea
              name="quietPosts"
              label={t`Bài viết để yên`}
              value={settings.quietPosts.join("\n")}
              rows={2}
              help={t`Mã bài viết, mỗi dòng một mã: dưới các bài này không trả lời bình luận.`}
            />
            <CheckField
              name="humanAgent"
              label={t`Trang có quyền HUMAN_AGENT`}
              checked={settings.humanAgent}
              help={t`Cán bộ được trả lời tới 7 ngày sau tin cuối của người dân, thay vì 24 giờ.`}
            />
          </>
        ) : (
          <CheckField
            name="buttons"
            label={t`Gửi nút bấm kèm lựa chọn đánh số`}
            checked={settings.buttons}
            help={t`Chỉ bật khi đã thử trên OA thật: có gói không nhận tin có nút.`}
          />
        )}
        <TextField
          name="sendsPerSecond"
          label={t`Gửi tối đa mỗi giây`}
          type="number"
          min="0.1"
          step="0.1"
          value={settings.sendsPerSecond === undefined ? "" : String(settings.sendsPerSecond)}
          error={errors.sendsPerSecond}
          help={t`Để trống: theo hạn mức của nền tảng.`}
        />
        <CheckField
          name="secretProof"
          label={t`Ký cuộc gọi API bằng appsecret_proof`}
          checked={settings.secretProof}
          help={t`Bật nếu ứng dụng bắt buộc.`}
        />
        <Submit>{t`Lưu cách trả lời`}</Submit>
      </Form>
    </Card>
  );
}

function ConnectionCard({ account, staff, units, errors = {} }: AccountPageProps) {
  const isZalo = account.channel === "zalo";
  const at = `/console/accounts/${account.id}`;
  return (
    <Card title={t`Kết nối`}>
      {isZalo ? (
        <>
          <p>{t`Người quản trị OA mở trang đồng ý của Zalo; token mới được nhận và giữ tự động.`}</p>
          <p>
            <LinkButton href={`${at}/zalo`} tone="primary" icon="plug">
              {account.hasToken ? t`Kết nối lại với Zalo` : t`Kết nối với Zalo`}
            </LinkButton>
          </p>
        </>
      ) : null}
      <details open={Object.keys(errors).length > 0}>
        <summary>{isZalo ? t`Dán token hoặc đổi khóa` : t`Đổi token hoặc khóa`}</summary>
        <Form action={at} staff={staff} class="in-details">
          <ConnectionFields channel={account.channel} isNew={false} errors={errors} values={{}} />
          <SelectField name="unitCode" label={t`Đơn vị`} value={account.unitCode} options={units} />
          <Submit>{t`Lưu`}</Submit>
        </Form>
      </details>
      <hr />
      <Confirm
        id="remove-account"
        action={`${at}/remove`}
        staff={staff}
        label={t`Gỡ tài khoản`}
        icon="trash"
        title={t`Gỡ ${account.name}?`}
        text={t`Token và khóa bị xóa ngay; tin đang chờ gửi sẽ không gửi được. Cuộc trò chuyện và phản ánh cũ vẫn còn.`}
        danger
      />
    </Card>
  );
}

interface FieldsProps {
  channel: string;
  isNew: boolean;
  errors: Errors;
  values: Record<string, string>;
}

/** Secrets are never shown again: an empty field leaves what is there. */
export function ConnectionFields({ channel, isNew, errors, values }: FieldsProps) {
  const isZalo = channel === "zalo";
  const keep = isNew ? {} : { help: t`Để trống: giữ như cũ.` };
  return (
    <>
      {isNew ? (
        <TextField
          name="externalId"
          label={isZalo ? "OA ID" : "Page ID"}
          value={values.externalId}
          error={errors.externalId}
          inputmode="numeric"
          required
        />
      ) : null}
      {isZalo ? (
        <TextField
          name="appId"
          label="App ID"
          value={values.appId}
          error={errors.appId}
          required={isNew}
          {...keep}
        />
      ) : null}
      <Secret name="appSecret" label="App secret" error={errors.appSecret} required={isNew} {...keep} />
      <Secret
        name="webhookSecret"
        label={isZalo ? t`OA secret key (ký webhook)` : t`Verify token (tự đặt)`}
        error={errors.webhookSecret}
        required={isNew}
        {...keep}
      />
      <Secret
        name="accessToken"
        label={isZalo ? "Access token" : "Page access token"}
        error={errors.accessToken}
        {...(isNew && isZalo ? { help: t`Có thể bỏ trống và kết nối bằng trang đồng ý của Zalo.` } : keep)}
      />
      {isZalo ? (
        <Secret name="refreshToken" label="Refresh token" error={errors.refreshToken} {...keep} />
      ) : null}
    </>
  );
}

function Secret(props: {
  name: string;
  label: string;
  error?: string | undefined;
  help?: string;
  required?: boolean;
}) {
  return <TextField {...props} type="password" autocomplete="off" />;
}

interface NewAccountProps {
  channel: "zalo" | "facebook";
  staff: SignedIn;
  units: Option[];
  values: Record<string, string>;
  errors: Errors;
  publicUrl: string;
}

export function NewAccount({ channel, staff, units, values, errors, publicUrl }: NewAccountProps) {
  return (
    <Card>
      <p class="quiet">
        {t.html`Địa chỉ webhook khai trong trang nhà phát triển: <code>${`${publicUrl}/webhooks/${channel}`}</code>`}
        {channel === "zalo" ? (
          <>
            {t.html`· địa chỉ gọi lại (callback): <code>${`${publicUrl}/console/accounts/zalo/callback`}</code>`}
          </>
        ) : null}
      </p>
      <Form action={`/console/accounts/new/${channel}`} staff={staff}>
        <SelectField
          name="unitCode"
          label={t`Đơn vị`}
          value={values.unitCode ?? staff.unitCode}
          options={units}
          error={errors.unitCode}
        />
        <ConnectionFields channel={channel} isNew errors={errors} values={values} />
        <Submit>{t`Thêm`}</Submit>
      </Form>
    </Card>
  );
}
