import { t } from "../../bilingual/index.ts";
import { Avatar } from "../layout.tsx";
import {
  Badge,
  Card,
  Confirm,
  Empty,
  Facts,
  Form,
  Icon,
  LinkButton,
  SearchField,
  SelectField,
  Submit,
  Table,
  TextField,
  Time,
  type Errors,
  type Option,
} from "../components/index.ts";
import { SessionsCard } from "../me/pages.tsx";
import type { OpenSession } from "../me/store.ts";
import { ROLES, roleName } from "../rights.ts";
import { SKILL_NAMES, SKILLS } from "../skills.ts";
import type { SignedIn } from "../signed-in.ts";
import type { ListedStaff } from "./store.ts";

export function StaffList({ people, words }: { people: ListedStaff[]; words: string }) {
  return (
    <>
      <form class="filters" method="get" action="/console/staff">
        <SearchField label={t`Tìm cán bộ`} value={words} placeholder={t`Tên, e-mail, đơn vị`} />
        <Submit tone="plain" icon="search">
          {t`Tìm`}
        </Submit>
      </form>
      <Card flush>
        <Table
          caption={t`Cán bộ`}
          rows={people}
          empty={<Empty icon="users" title={t`Không có cán bộ nào khớp`} />}
          columns={[
            { title: t`Họ tên`, cell: (person) => <Name person={person} /> },
            { title: t`Vai trò`, cell: ({ role }) => <span safe>{roleName(role)}</span> },
            { title: t`Đơn vị`, cell: ({ unitName }) => <span safe>{unitName}</span> },
            { title: t`Trạng thái`, cell: (person) => <State person={person} /> },
            {
              title: t`Đăng nhập gần nhất`,
              cell: ({ lastSignInAt }) =>
                lastSignInAt ? <Time at={lastSignInAt} /> : <span class="quiet">{t`chưa lần nào`}</span>,
            },
          ]}
        />
      </Card>
    </>
  );
}

function Name({ person }: { person: ListedStaff }) {
  return (
    <span class="with-face">
      <Avatar name={person.name || person.email} />
      <span class="two-lines">
        <a href={`/console/staff/${person.id}`} safe>
          {person.name || person.email}
        </a>
        <span class="quiet" safe>
          {person.email}
        </span>
      </span>
    </span>
  );
}

function State({ person }: { person: ListedStaff }) {
  const { disabledAt, mustChange, hasSecondStep } = person;
  return (
    <span class="row-actions">
      {disabledAt ? (
        <Badge>{t`Đã khóa`}</Badge>
      ) : mustChange ? (
        <Badge tone="warn">{t`Chưa đổi mật khẩu`}</Badge>
      ) : (
        <Badge tone="good">{t`Đang dùng`}</Badge>
      )}
      {hasSecondStep ? <Badge tone="info">{t`Hai bước`}</Badge> : null}
    </span>
  );
}

interface StaffFormProps {
  action: string;
  values: Record<string, string>;
  skills: string[];
  errors: Errors;
  units: Option[];
  staff: SignedIn;
}

export function StaffForm({ action, values, skills, errors, units, staff }: StaffFormProps) {
  const roles = ROLES.map((role) => ({ value: role, label: roleName(role) }));
  return (
    <Form action={action} staff={staff}>
      <TextField name="name" label={t`Họ tên`} value={values.name} error={errors.name} required />
      <TextField
        name="email"
        label="E-mail"
        type="email"
        value={values.email}
        error={errors.email}
        required
      />
      <SelectField
        name="role"
        label={t`Vai trò`}
        value={values.role ?? "agent"}
        options={roles}
        error={errors.role}
        help={t`Quản lý đơn vị và các vai trò dưới chỉ thấy đơn vị của mình và đơn vị trực thuộc.`}
      />
      <SelectField
        name="unitCode"
        label={t`Đơn vị`}
        value={values.unitCode}
        options={units}
        error={errors.unitCode}
      />
      <fieldset class="field">
        <legend class="form-label">{t`Lĩnh vực`}</legend>
        {SKILL_NAMES.map((skill) => (
          <label class="form-check">
            <input
              class="form-check-input"
              type="checkbox"
              name="skills"
              value={skill}
              checked={skills.includes(skill)}
            />
            <span class="form-check-label">{t.of(SKILLS[skill])}</span>
          </label>
        ))}
        <p class="field-help">{t`Không chọn gì: trả lời mọi lĩnh vực.`}</p>
      </fieldset>
      <Submit>{t`Lưu`}</Submit>
    </Form>
  );
}

export function NewPassword({
  person,
  password,
}: {
  person: { id: number; email: string };
  password: string;
}) {
  return (
    <Card>
      <p class="notice">
        <Icon name="key" />
        <span>
          {t.html`Đưa tận tay mật khẩu này cho <strong>${person.email}</strong>. Nó chỉ hiện một lần, và phải đổi ngay ở lần đăng nhập đầu.`}
        </span>
      </p>
      <p class="big-code">
        <code safe>{password}</code>
      </p>
      <LinkButton href={`/console/staff/${person.id}`}>{t`Xong`}</LinkButton>
    </Card>
  );
}

interface PersonPageProps extends StaffFormProps {
  person: ListedStaff;
  isLockedOut: boolean;
  sessions: OpenSession[];
}

export function PersonPage(props: PersonPageProps) {
  const { person, isLockedOut, sessions, staff } = props;
  const at = `/console/staff/${person.id}`;
  const isMe = person.id === staff.id;
  return (
    <div class="columns">
      <Card title={t`Thông tin`}>
        <StaffForm {...props} />
      </Card>
      <div class="stack">
        <Card title={t`Đăng nhập`}>
          {isLockedOut ? (
            <p class="notice">
              <Icon name="lock" />
              <span>{t`Đang tạm khóa vì nhập sai mật khẩu nhiều lần. Tự mở sau 15 phút.`}</span>
            </p>
          ) : null}
          <Facts
            of={[
              [t`Trạng thái`, <State person={person} />],
              [
                t`Gần nhất`,
                person.lastSignInAt ? <Time at={person.lastSignInAt} /> : <span>{t`chưa lần nào`}</span>,
              ],
            ]}
          />
          <div class="row-actions">
            {isLockedOut ? (
              <Form action={`${at}/unlock`} staff={staff}>
                <Submit icon="lock-open">{t`Mở khóa ngay`}</Submit>
              </Form>
            ) : null}
            <Confirm
              id="reset-password"
              action={`${at}/reset-password`}
              staff={staff}
              label={t`Đặt lại mật khẩu`}
              icon="key"
              title={t`Đặt lại mật khẩu?`}
              text={t`Người này bị đăng xuất khỏi mọi thiết bị và nhận một mật khẩu dùng một lần.`}
            />
            {person.hasSecondStep ? (
              <Confirm
                id="drop-second-step"
                action={`${at}/second-step/off`}
                staff={staff}
                label={t`Tắt xác thực hai bước`}
                icon="device-mobile"
                title={t`Tắt xác thực hai bước?`}
                text={t`Chỉ làm khi người này mất điện thoại và hết mã dự phòng; nhớ xác minh đúng người.`}
              />
            ) : null}
            {isMe ? null : person.disabledAt ? (
              <Form action={`${at}/enable`} staff={staff}>
                <Submit tone="plain" icon="user-check">
                  {t`Cho dùng lại`}
                </Submit>
              </Form>
            ) : (
              <Confirm
                id="disable"
                action={`${at}/disable`}
                staff={staff}
                label={t`Khóa tài khoản`}
                icon="ban"
                title={t`Khóa tài khoản này?`}
                text={t`Người này bị đăng xuất ngay và không vào được nữa. Việc đã làm vẫn còn trong nhật ký.`}
                danger
              />
            )}
          </div>
        </Card>
        <SessionsCard
          sessions={sessions}
          staff={staff}
          current=""
          endAction={(handle) => `${at}/sessions/${handle}/end`}
        />
      </div>
    </div>
  );
}
