/** The press list, and the mark on an announcement that goes to it. */
import { t } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Confirm,
  Empty,
  Form,
  SelectField,
  Submit,
  TextField,
  type Errors,
  type Option,
} from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { DeskTabs } from "../console/desk-tabs.tsx";
import { ROOT } from "../console/words.ts";
import type { Contact } from "./store.ts";

const HERE = `${ROOT}/press`;

interface PressPageProps {
  contacts: Contact[];
  units: Option[];
  values: Record<string, string>;
  errors: Errors;
  /** Is there a mail server? */
  isOn: boolean;
  staff: SignedIn;
}

export function PressPage({ contacts, units, values, errors, isOn, staff }: PressPageProps) {
  return (
    <>
      <DeskTabs active="press" staff={staff} />
      {isOn ? null : (
        <p class="notice notice-bad">{t`Chưa đặt máy chủ thư (SMTP_URL): chưa gửi được cho báo chí.`}</p>
      )}
      <div class="columns">
        <Card title={t`Danh sách báo chí`} flush>
          {contacts.length === 0 ? (
            <Empty icon="message-2" title={t`Chưa có địa chỉ nào`}>
              <p>{t`Thông báo có đánh dấu gửi báo chí được gửi thư một lần tới mỗi địa chỉ khi đăng.`}</p>
            </Empty>
          ) : (
            <ol class="lines">
              {contacts.map((contact) => (
                <Line contact={contact} staff={staff} />
              ))}
            </ol>
          )}
        </Card>
        <Card title={t`Thêm địa chỉ`}>
          <Form action={HERE} staff={staff}>
            <TextField
              name="name"
              label={t`Báo, đài`}
              value={values.name}
              error={errors.name}
              required
              maxlength={120}
            />
            <TextField
              name="email"
              label="E-mail"
              type="email"
              value={values.email}
              error={errors.email}
              help={t`Chỉ thêm nơi đã đồng ý nhận; mỗi thư có đường ngưng nhận.`}
              required
              maxlength={200}
            />
            <SelectField
              name="unitCode"
              label={t`Đơn vị`}
              value={values.unitCode ?? staff.unitCode}
              options={units}
              error={errors.unitCode}
            />
            <Submit icon="plus">{t`Thêm địa chỉ`}</Submit>
          </Form>
        </Card>
      </div>
    </>
  );
}

function Line({ contact, staff }: { contact: Contact; staff: SignedIn }) {
  const { id, name, email, unit, stoppedAt } = contact;
  return (
    <li class="line">
      <span class="line-words">
        <strong safe>{name}</strong>
        <span class="quiet" safe>
          {`${email} · ${unit.name}`}
        </span>
      </span>
      {stoppedAt ? <Badge>{t`Đã ngưng nhận`}</Badge> : null}
      <Confirm
        id={`remove-${id}`}
        action={`${HERE}/${id}/remove`}
        staff={staff}
        label={t`Xóa`}
        title={t`Xóa địa chỉ này?`}
        text={email}
        danger
        small
      />
    </li>
  );
}

interface PressMarkProps {
  code: string;
  forPress: boolean;
  /** Addresses of its unit. */
  readers: number;
  mayChange: boolean;
  staff: SignedIn;
}

export function PressMark({ code, forPress, readers, mayChange, staff }: PressMarkProps) {
  return (
    <Card title={t`Báo chí`}>
      {forPress ? (
        <p safe>{t`Gửi thư cho ${readers} địa chỉ báo chí khi đăng.`}</p>
      ) : (
        <p>{t`Không gửi thư cho báo chí.`}</p>
      )}
      {mayChange ? (
        <Form action={`${ROOT}/${code}/for-press`} staff={staff}>
          <input type="hidden" name="forPress" value={forPress ? "no" : "yes"} />
          <Submit tone="plain" small>
            {forPress ? t`Thôi gửi báo chí` : t`Gửi cả báo chí`}
          </Submit>
        </Form>
      ) : null}
    </Card>
  );
}
