/** One's own page: password, second step, open sessions. */
import qrcode from "qrcode-generator";
import { LANGUAGES, pageLanguage, t } from "../../bilingual/index.ts";
import {
  Badge,
  Card,
  CheckField,
  Confirm,
  Facts,
  Form,
  Icon,
  LinkButton,
  Submit,
  TextField,
  Time,
} from "../components/index.ts";
import type { Errors } from "../components/index.ts";
import { may, roleName } from "../rights.ts";
import type { SignedIn } from "../signed-in.ts";
import { MAIL_KINDS, MAILS } from "../staff-mail.ts";
import type { OpenSession } from "./store.ts";

interface MePageProps {
  staff: SignedIn;
  secondStep: { since: Date | null; codesLeft: number };
  sessions: OpenSession[];
  current: string;
  /** What they want to be told of. */
  mails: string[];
  isMailOn: boolean;
}

export function MePage({ staff, secondStep, sessions, current, mails, isMailOn }: MePageProps) {
  return (
    <div class="columns">
      <div class="stack">
        <Card title={t`Tài khoản của tôi`}>
          <Facts
            of={[
              [t`Họ tên`, <span safe>{staff.name || t`(chưa ghi)`}</span>],
              ["E-mail", <span safe>{staff.email}</span>],
              [t`Vai trò`, <span safe>{roleName(staff.role)}</span>],
              [t`Đơn vị`, <span safe>{staff.unitName}</span>],
            ]}
          />
        </Card>
        <Card title={t`Mật khẩu`}>
          <p class="quiet">{t`Đổi mật khẩu sẽ đăng xuất mọi thiết bị khác.`}</p>
          <LinkButton href="/console/password" icon="key">
            {t`Đổi mật khẩu`}
          </LinkButton>
        </Card>
        <SecondStepCard staff={staff} secondStep={secondStep} />
        <MailCard staff={staff} mails={mails} isMailOn={isMailOn} />
        <LanguageCard staff={staff} />
      </div>
      <SessionsCard
        sessions={sessions}
        staff={staff}
        current={current}
        endAction={(handle) => `/console/me/sessions/${handle}/end`}
      />
    </div>
  );
}

function SecondStepCard({ staff, secondStep }: Pick<MePageProps, "staff" | "secondStep">) {
  const { since, codesLeft } = secondStep;
  return (
    <Card
      title={t`Xác thực hai bước`}
      actions={since ? <Badge tone="good">{t`Đang bật`}</Badge> : <Badge>{t`Chưa bật`}</Badge>}
    >
      <p class="quiet">
        {t`Sau mật khẩu còn hỏi mã 6 số trên điện thoại: có lộ mật khẩu, người khác cũng không vào được.`}
      </p>
      {since ? (
        <>
          <p>{t.html`Còn <strong>${codesLeft}</strong> mã dự phòng.`}</p>
          <Confirm
            id="drop-second-step"
            action="/console/me/second-step/off"
            staff={staff}
            label={t`Tắt`}
            icon="lock-open"
            title={t`Tắt xác thực hai bước?`}
            text={t`Nhập mật khẩu để xác nhận. Mã trên điện thoại và mã dự phòng sẽ hết tác dụng.`}
            danger
          >
            <TextField
              name="password"
              label={t`Mật khẩu`}
              type="password"
              autocomplete="current-password"
              required
            />
          </Confirm>
        </>
      ) : (
        <LinkButton href="/console/me/second-step" icon="shield-lock" tone="primary">
          {t`Bật`}
        </LinkButton>
      )}
    </Card>
  );
}

/** Only what one may deal with is offered. */
function MailCard({ staff, mails, isMailOn }: Pick<MePageProps, "staff" | "mails" | "isMailOn">) {
  const kinds = MAIL_KINDS.filter((kind) => may(staff.role, MAILS[kind].right));
  if (kinds.length === 0) return null;
  return (
    <Card title={t`E-mail báo việc`}>
      {isMailOn ? null : (
        <p class="notice">
          <Icon name="alert-triangle" />
          <span>{t`Máy chủ e-mail chưa được cài đặt (SMTP_URL): lựa chọn được giữ, thư chưa gửi được.`}</span>
        </p>
      )}
      <p class="quiet">{t`Gửi tới e-mail của bạn, chỉ có đường dẫn: không có tên hay lời của người dân.`}</p>
      <Form action="/console/me/mails" staff={staff}>
        {kinds.map((kind) => (
          <CheckField name={kind} label={t.of(MAILS[kind].label)} checked={mails.includes(kind)} />
        ))}
        <Submit tone="plain">{t`Lưu`}</Submit>
      </Form>
    </Card>
  );
}

function LanguageCard({ staff }: { staff: SignedIn }) {
  const other = pageLanguage() === "vi" ? "en" : "vi";
  return (
    <Card title={t`Ngôn ngữ`}>
      <p class="quiet">{t`Trang làm việc đang hiện bằng tiếng Việt. Lời gửi người dân không đổi theo.`}</p>
      <Form action="/console/me/language" staff={staff}>
        <Submit tone="plain" name="language" value={other}>
          <span lang={other} safe>
            {LANGUAGES[other]}
          </span>
        </Submit>
      </Form>
    </Card>
  );
}

interface SessionsCardProps {
  sessions: OpenSession[];
  staff: SignedIn;
  current: string;
  endAction(handle: string): string;
}

export function SessionsCard({ sessions, staff, current, endAction }: SessionsCardProps) {
  return (
    <Card title={t`Phiên đăng nhập`} flush>
      <ul class="lines">
        {sessions.map(({ handle, startedAt, address, agent }) => (
          <li class="line">
            <Icon name={/Mobi|Android|iPhone/.test(agent) ? "device-mobile" : "building"} />
            <div class="line-words">
              <strong safe>{browserName(agent)}</strong>
              <span class="quiet">
                {t`từ`} <Time at={startedAt} /> · <span safe>{address}</span>
              </span>
            </div>
            {handle === current ? (
              <Badge tone="good">{t`Phiên này`}</Badge>
            ) : (
              <Form action={endAction(handle)} staff={staff}>
                <Submit tone="plain" small>
                  {t`Đăng xuất`}
                </Submit>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length === 0 ? <p class="card-body quiet">{t`Không có phiên nào đang mở.`}</p> : null}
    </Card>
  );
}

/** "Chrome · Windows": enough for a person to know their own device. */
export function browserName(agent: string): string {
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find((name) => agent.includes(name));
  const system = ["Android", "iPhone", "Windows", "Mac OS", "Linux"].find((name) => agent.includes(name));
  const name = browser === "Edg" ? "Edge" : browser;
  return [name ?? t`Trình duyệt`, system].filter(Boolean).join(" · ");
}

export function PasswordPage({ staff, errors = {} }: { staff: SignedIn; errors?: Errors }) {
  return (
    <Card>
      {staff.mustChange ? (
        <p class="notice">
          <Icon name="key" />
          <span>{t`Đây là mật khẩu dùng một lần. Anh/chị đặt mật khẩu của riêng mình để bắt đầu làm việc.`}</span>
        </p>
      ) : null}
      <Form action="/console/password" staff={staff}>
        <TextField
          name="current"
          label={t`Mật khẩu hiện tại`}
          type="password"
          autocomplete="current-password"
          required
          error={errors.current}
        />
        <TextField
          name="password"
          label={t`Mật khẩu mới`}
          type="password"
          autocomplete="new-password"
          required
          error={errors.password}
          help={t`Ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt nhất.`}
        />
        <TextField
          name="again"
          label={t`Nhập lại mật khẩu mới`}
          type="password"
          autocomplete="new-password"
          required
          error={errors.again}
        />
        <Submit>{t`Đổi mật khẩu`}</Submit>
      </Form>
    </Card>
  );
}

interface SetupProps {
  staff: SignedIn;
  uri: string;
  secret: string;
  error?: string;
}

export function SecondStepPage({ staff, uri, secret, error }: SetupProps) {
  return (
    <Card>
      <ol class="steps">
        <li>
          {t`Cài một ứng dụng xác thực trên điện thoại: Google Authenticator, Microsoft Authenticator, Aegis…`}
        </li>
        <li>
          <p>{t`Quét mã này bằng ứng dụng:`}</p>
          <div class="qr">{qrSvg(uri) as "safe"}</div>
          <p class="quiet">
            {t.html`Không quét được thì nhập tay: <code>${secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>`}
          </p>
        </li>
        <li>
          <Form action="/console/me/second-step" staff={staff}>
            <TextField
              name="code"
              label={t`Nhập mã 6 số ứng dụng đang hiện`}
              inputmode="numeric"
              autocomplete="one-time-code"
              required
              error={error}
              maxlength={7}
            />
            <Submit>{t`Bật xác thực hai bước`}</Submit>
          </Form>
        </li>
      </ol>
    </Card>
  );
}

export function RecoveryCodesPage({ codes }: { codes: string[] }) {
  return (
    <Card>
      <p class="notice">
        <Icon name="shield-lock" />
        <span>
          {t`Đã bật. Chép hoặc in các mã dự phòng này và cất nơi an toàn: mất điện thoại thì mỗi mã thay được một lần. Chúng chỉ hiện lần này.`}
        </span>
      </p>
      <ul class="codes">
        {codes.map((code) => (
          <li>
            <code safe>{code}</code>
          </li>
        ))}
      </ul>
      <LinkButton href="/console/me" tone="primary" icon="check">
        {t`Tôi đã cất các mã`}
      </LinkButton>
    </Card>
  );
}

function qrSvg(text: string): string {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  return code.createSvgTag({ cellSize: 4, margin: 8, scalable: true });
}
