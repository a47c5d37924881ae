/** Who handles what, in how long, with which words; days off; programs. */
import { t, vi } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Confirm,
  Empty,
  Form,
  SelectField,
  Submit,
  Table,
  TextArea,
  TextField,
  CheckField,
  Time,
} from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { formatDate } from "../../../infra/clock.ts";
import { wardFile } from "../../../places/wards.ts";
import { wardName } from "../public-site/words.ts";
import { categories } from "../categories.ts";
import { STATE_NAMES } from "../labels.ts";
import type { readCategorySettings, readPrograms, readRules, readSpecialDays, Template } from "../store.ts";
import { ROOT, Ways } from "./shared.tsx";
import { categoryName, categoryOptions } from "./words.ts";

type Rows<Read extends (...args: never[]) => Promise<unknown[]>> = Awaited<ReturnType<Read>>;

export interface SettingsPageProps {
  rules: Rows<typeof readRules>;
  settings: Rows<typeof readCategorySettings>;
  templates: Template[];
  days: Rows<typeof readSpecialDays>;
  programs: Rows<typeof readPrograms>;
  /** Made just now, shown this once. */
  newKey: string | null;
  units: { code: string; name: string }[];
  staff: SignedIn;
}

const everyCategory = { value: "", label: vi`Mọi loại` };
const everyWard = { value: "", label: vi`Mọi phường` };
const wardOptions = wardFile.wards.map(({ code, name }) => ({ value: code, label: name }));

export function SettingsPage(props: SettingsPageProps) {
  return (
    <>
      <Ways here="settings" staff={props.staff} />
      <div class="settings stack">
        <Rules {...props} />
        <Targets {...props} />
        <Templates {...props} />
        <Days {...props} />
        <Programs {...props} />
      </div>
    </>
  );
}

function Rules({ rules, units, staff }: SettingsPageProps) {
  return (
    <Card flush title={t`Phân công tự động`}>
      <Table
        caption={t`Quy tắc phân công`}
        rows={rules}
        columns={[
          {
            title: t`Loại việc`,
            cell: ({ category }) => <span>{category ? categoryName(category) : t`Mọi loại`}</span>,
          },
          {
            title: t`Phường`,
            cell: ({ wardCode }) => <span safe>{wardName(wardCode) ?? t`Mọi phường`}</span>,
          },
          { title: t`Đơn vị`, cell: ({ unit }) => <span safe>{unit.name}</span> },
          {
            title: "",
            align: "actions",
            cell: ({ id }) => (
              <Confirm
                id={`drop-rule-${id}`}
                action={`${ROOT}/settings/rules/${id}/drop`}
                staff={staff}
                label={t`Bỏ`}
                small
                danger
                title={t`Bỏ quy tắc này?`}
                text={t`Phản ánh mới sẽ về phường nơi xảy ra, hoặc theo quy tắc khác. Phản ánh cũ giữ nguyên.`}
              />
            ),
          },
        ]}
        empty={
          <Empty icon="list" title={t`Chưa có quy tắc nào`}>
            <p>{t`Phản ánh về thẳng phường nơi xảy ra việc.`}</p>
          </Empty>
        }
      />
      <Form action={`${ROOT}/settings/rules`} staff={staff} class="filters">
        <SelectField name="category" label={t`Loại việc`} options={[everyCategory, ...categoryOptions()]} />
        <SelectField name="ward" label={t`Phường`} options={[everyWard, ...wardOptions]} />
        <SelectField
          name="unit"
          label={t`Giao cho`}
          options={units.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <Submit icon="plus">{t`Thêm quy tắc`}</Submit>
      </Form>
    </Card>
  );
}

function Targets({ settings, staff }: SettingsPageProps) {
  const changed = new Map(settings.map((setting) => [setting.category, setting]));
  const rows = categories.map(({ code, targetHours, duplicateRadius }) => ({
    code,
    hours: changed.get(code)?.targetHours ?? targetHours,
    radius: changed.get(code)?.radius ?? duplicateRadius,
    isChanged: changed.has(code),
  }));
  return (
    <Card flush title={t`Hạn xử lý và bán kính trùng`}>
      <details class="more-deeds">
        <summary>{t.html`Xem ${rows.length} loại việc`}</summary>
        <Table
          caption={t`Hạn xử lý`}
          rows={rows}
          columns={[
            { title: t`Loại việc`, cell: ({ code }) => <span safe>{categoryName(code)}</span> },
            {
              title: t`Hạn (giờ, 24 = một ngày làm việc)`,
              align: "right",
              cell: ({ hours }) => (hours > 0 ? String(hours) : t`không đặt`),
            },
            {
              title: t`Coi là trùng trong (m)`,
              align: "right",
              cell: ({ radius }) => (radius > 0 ? String(radius) : t`tắt`),
            },
            { title: "", cell: ({ isChanged }) => (isChanged ? <Badge tone="info">{t`đã sửa`}</Badge> : "") },
          ]}
          empty=""
        />
      </details>
      <Form action={`${ROOT}/settings/categories`} staff={staff} class="filters">
        <SelectField name="category" label={t`Sửa loại việc`} options={categoryOptions()} />
        <TextField
          name="targetHours"
          label={t`Hạn (giờ)`}
          type="number"
          min="0"
          max="2000"
          help={t`Trống: theo mặc định. 0: không đặt hạn.`}
        />
        <TextField
          name="radius"
          label={t`Bán kính (m)`}
          type="number"
          min="0"
          max="2000"
          help={t`Trống: theo mặc định. 0: không hỏi trùng.`}
        />
        <Submit icon="check">{t`Lưu`}</Submit>
      </Form>
    </Card>
  );
}

const TEMPLATE_STATES = ["in_progress", "resolved", "rejected"] as const;

function Templates({ templates, staff }: SettingsPageProps) {
  return (
    <Card flush title={t`Câu trả lời mẫu`}>
      <Table
        caption={t`Câu trả lời mẫu`}
        rows={templates}
        columns={[
          { title: t`Khi`, cell: ({ state }) => <span safe>{t.of(STATE_NAMES[state])}</span> },
          {
            title: t`Loại việc`,
            cell: ({ category }) => <span>{category ? categoryName(category) : t`Mọi loại`}</span>,
          },
          { title: t`Tên`, cell: ({ title }) => <span safe>{title}</span> },
          { title: t`Câu`, cell: ({ text }) => <span safe>{text}</span> },
          {
            title: "",
            align: "actions",
            cell: ({ id, title }) => (
              <Confirm
                id={`drop-template-${id}`}
                action={`${ROOT}/settings/templates/${id}/drop`}
                staff={staff}
                label={t`Bỏ`}
                small
                danger
                title={t`Bỏ mẫu “${title}”?`}
                text={t`Các câu đã gửi không đổi.`}
              />
            ),
          },
        ]}
        empty={<Empty icon="note" title={t`Chưa có câu mẫu nào`} />}
      />
      <Form action={`${ROOT}/settings/templates`} staff={staff} class="filters">
        <SelectField
          name="state"
          label={t`Khi chuyển thành`}
          options={TEMPLATE_STATES.map((state) => ({ value: state, label: t.of(STATE_NAMES[state]) }))}
        />
        <SelectField name="category" label={t`Loại việc`} options={[everyCategory, ...categoryOptions()]} />
        <TextField name="title" label={t`Tên mẫu`} required maxlength={60} />
        <div class="field-wide field">
          <TextArea name="text" label={t`Câu`} required rows={2} />
        </div>
        <Submit icon="plus">{t`Thêm mẫu`}</Submit>
      </Form>
    </Card>
  );
}

function Days({ days, staff }: SettingsPageProps) {
  return (
    <Card flush title={t`Ngày nghỉ bù, ngày làm bù`}>
      <Table
        caption={t`Ngày đặc biệt`}
        rows={days}
        columns={[
          { title: t`Ngày`, cell: ({ day }) => <span safe>{formatDate(day)}</span> },
          { title: t`Lý do`, cell: ({ name }) => <span safe>{name}</span> },
          {
            title: "",
            cell: ({ isWorking }) =>
              isWorking ? <Badge tone="info">{t`làm việc`}</Badge> : <Badge>{t`nghỉ`}</Badge>,
          },
          {
            title: "",
            align: "actions",
            cell: ({ day }) => {
              const iso = day.toISOString().slice(0, 10);
              return (
                <Confirm
                  id={`drop-day-${iso}`}
                  action={`${ROOT}/settings/days/${iso}/drop`}
                  staff={staff}
                  label={t`Bỏ`}
                  small
                  danger
                  title={t`Bỏ ngày này?`}
                  text={t`Hạn của các phản ánh đã nhận không đổi.`}
                />
              );
            },
          },
        ]}
        empty={
          <Empty icon="calendar" title={t`Không có ngày nào ngoài lịch`}>
            <p>
              {t`Cuối tuần, lễ và Tết theo luật đã tính sẵn; ngày hoán đổi do Chính phủ quyết định thì ghi ở đây.`}
            </p>
          </Empty>
        }
      />
      <Form action={`${ROOT}/settings/days`} staff={staff} class="filters">
        <TextField name="day" label={t`Ngày`} type="date" required />
        <TextField name="name" label={t`Lý do`} required maxlength={80} placeholder={t`Nghỉ bù Quốc khánh`} />
        <SelectField
          name="kind"
          label={t`Là ngày`}
          options={[
            { value: "off", label: t`Nghỉ` },
            { value: "work", label: t`Làm việc` },
          ]}
        />
        <Submit icon="plus">{t`Thêm ngày`}</Submit>
      </Form>
    </Card>
  );
}

function Programs({ programs, newKey, staff }: SettingsPageProps) {
  return (
    <Card flush title={t`Khóa Open311 cho phần mềm khác`}>
      {newKey ? (
        <p class="notice notice-calm settings-key" role="status">
          <span>{t.html`Khóa mới, chỉ hiện lần này: <code>${newKey}</code>`}</span>
        </p>
      ) : null}
      <Table
        caption={t`Khóa Open311`}
        rows={programs}
        columns={[
          { title: t`Phần mềm`, cell: ({ name }) => <span safe>{name}</span> },
          { title: t`Công khai`, cell: ({ moderated }) => (moderated ? t`sau khi cán bộ xem` : t`ngay`) },
          { title: t`Cấp lúc`, cell: ({ createdAt }) => <Time at={createdAt} /> },
          {
            title: "",
            align: "actions",
            cell: ({ id, name, revokedAt }) =>
              revokedAt ? (
                <Badge>{t`đã thu hồi`}</Badge>
              ) : (
                <Confirm
                  id={`revoke-${id}`}
                  action={`${ROOT}/settings/programs/${id}/revoke`}
                  staff={staff}
                  label={t`Thu hồi`}
                  small
                  danger
                  title={t`Thu hồi khóa của “${name}”?`}
                  text={t`Phần mềm này không gửi phản ánh được nữa.`}
                />
              ),
          },
        ]}
        empty={<Empty icon="key" title={t`Chưa cấp khóa nào`} />}
      />
      <Form action={`${ROOT}/settings/programs`} staff={staff} class="filters">
        <TextField name="name" label={t`Phần mềm`} required maxlength={80} />
        <CheckField name="moderated" label={t`Cán bộ xem trước khi hiện công khai`} checked />
        <Submit icon="key">{t`Cấp khóa`}</Submit>
      </Form>
    </Card>
  );
}
