/** Loudspeakers and boards of one's units: which, when last heard of, and a key for a new one. */
import { t, vi } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Confirm,
  Empty,
  Form,
  SelectField,
  Submit,
  TextField,
  Time,
  type Errors,
  type Option,
} from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { DeskTabs } from "../console/desk-tabs.tsx";
import { ROOT } from "../console/words.ts";
import type { Device, DeviceKind } from "./store.ts";

export const KINDS: Record<DeviceKind, string> = { loudspeaker: vi`Loa truyền thanh`, led: vi`Bảng chữ LED` };
const HERE = `${ROOT}/devices`;

interface DevicesPageProps {
  devices: Device[];
  units: Option[];
  values: Record<string, string>;
  errors: Errors;
  /** Of the device just made; shown this once. */
  made: { code: string; secret: string } | null;
  staff: SignedIn;
}

export function DevicesPage({ devices, units, values, errors, made, staff }: DevicesPageProps) {
  const kinds = Object.entries(KINDS).map(([value, label]) => ({ value, label: t.of(label) }));
  return (
    <>
      <DeskTabs active="devices" staff={staff} />
      {made ? <NewKey {...made} /> : null}
      <div class="columns">
        <Card title={t`Thiết bị`} flush>
          {devices.length === 0 ? (
            <Empty icon="plug" title={t`Chưa có thiết bị nào`}>
              <p>{t`Loa, bảng đèn có mạng tự lấy thông báo về đọc, chạy chữ; tin thu hồi tự biến mất.`}</p>
            </Empty>
          ) : (
            <ol class="lines">
              {devices.map((device) => (
                <Line device={device} staff={staff} />
              ))}
            </ol>
          )}
        </Card>
        <Card title={t`Thêm thiết bị`}>
          <Form action={HERE} staff={staff}>
            <TextField
              name="name"
              label={t`Tên, nơi đặt`}
              value={values.name}
              error={errors.name}
              placeholder={t`Cụm loa khu phố 3`}
              required
              maxlength={120}
            />
            <SelectField
              name="kind"
              label={t`Loại`}
              value={values.kind}
              options={kinds}
              error={errors.kind}
            />
            <SelectField
              name="unitCode"
              label={t`Đơn vị`}
              value={values.unitCode ?? staff.unitCode}
              options={units}
              error={errors.unitCode}
              help={t`Nhận thông báo của đơn vị này và đơn vị cấp trên.`}
            />
            <Submit icon="plus">{t`Cấp khóa thiết bị`}</Submit>
          </Form>
        </Card>
      </div>
    </>
  );
}

const NewKey = ({ code, secret }: { code: string; secret: string }) => (
  <section class="new-key" aria-label={t`Khóa của thiết bị mới`}>
    <p>
      <strong>{t`Khóa chỉ hiện lần này. Chép vào thiết bị rồi hãy rời trang.`}</strong>
    </p>
    <dl class="facts">
      <div>
        <dt>{t`Mã thiết bị`}</dt>
        <dd>
          <code safe>{code}</code>
        </dd>
      </div>
      <div>
        <dt>{t`Khóa`}</dt>
        <dd>
          <code safe>{secret}</code>
        </dd>
      </div>
    </dl>
  </section>
);

function Line({ device, staff }: { device: Device; staff: SignedIn }) {
  const { id, code, name, kind, unit, lastSeenAt, revokedAt } = device;
  return (
    <li class="line">
      <span class="line-words">
        <strong safe>{name}</strong>
        <span class="quiet" safe>
          {`${t.of(KINDS[kind as DeviceKind])} · ${unit.name} · ${code}`}
        </span>
        <span class="quiet">
          {lastSeenAt ? t`Lần cuối lấy tin` : t`Chưa lấy tin lần nào`}{" "}
          {lastSeenAt ? <Time at={lastSeenAt} /> : null}
        </span>
      </span>
      {revokedAt ? (
        <Badge tone="bad">{t`Đã thu khóa`}</Badge>
      ) : (
        <Confirm
          id={`revoke-${id}`}
          action={`${HERE}/${id}/revoke`}
          staff={staff}
          label={t`Thu khóa`}
          title={t`Thu khóa của thiết bị này?`}
          text={t`Thiết bị không lấy được tin nữa; muốn dùng lại thì cấp khóa mới.`}
          danger
          small
        />
      )}
    </li>
  );
}
