/** The form of one procedure. Works without a script: there is an empty row to add one, an emptied row goes. */
import { t, vi } from "../../../bilingual/index.ts";
import {
  Card,
  Form,
  LinkButton,
  SelectField,
  Submit,
  TextArea,
  TextField,
  type Errors,
  type Option,
} from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { FEE_NAMES } from "../facts.ts";
import { CHANNELS, FEE_STATUSES } from "../record.ts";
import { CHANNEL_NAMES } from "../difference.ts";
import { rowsOf, type Values } from "./edit-form.ts";
import { FIELD_NAMES, ROOT } from "./words.ts";

interface EditPageProps {
  code: string;
  /** The version the form was opened on. */
  version: number;
  values: Values;
  errors: Errors;
  categories: Record<string, string>;
  staff: SignedIn;
}

export function EditPage(props: EditPageProps) {
  const { code, version, values, errors, staff } = props;
  const wrong = Object.keys(errors).length;
  return (
    <Form action={`${ROOT}/${code}/edit`} staff={staff} class="procedure stack">
      <input type="hidden" name="version" value={String(version)} />
      {wrong > 0 ? (
        <p class="notice notice-bad" role="alert">
          {t.html`Chưa lưu: còn ${wrong} ô ghi chưa đúng, xem dòng chữ đỏ dưới ô.`}
        </p>
      ) : null}
      <Names {...props} />
      <Methods values={values} errors={errors} />
      <Documents values={values} errors={errors} />
      <Sources values={values} errors={errors} />
      <Card title={t`Lưu`}>
        <TextField
          name="note"
          label={t`Lý do sửa`}
          value={values.note}
          maxlength={300}
          help={t`Ghi cùng phiên bản mới, chỉ cán bộ thấy: văn bản nào, ai báo sai.`}
        />
        <div class="row-actions">
          <Submit icon="check">{t`Lưu phiên bản mới`}</Submit>
          <LinkButton href={`${ROOT}/${code}`}>{t`Thôi`}</LinkButton>
        </div>
      </Card>
    </Form>
  );
}

const SERVICE_LEVELS: Option[] = [
  { value: "", label: vi`Không rõ` },
  { value: "toan_trinh", label: vi`Toàn trình` },
  { value: "mot_phan", label: vi`Một phần` },
];

function Names({ values, errors, categories }: EditPageProps) {
  const field = (
    name: "name" | "shortName" | "category" | "agency" | "level" | "serviceLevel" | "aliases",
  ) => ({
    ...{ name, label: t.of(FIELD_NAMES[name]), value: values[name], error: errors[name] },
  });
  const known = Object.entries(categories).map(([value, label]) => ({ value, label }));
  const other = values.category && !(values.category in categories) ? [values.category] : [];
  return (
    <Card title={t`Tên và nơi giải quyết`}>
      <TextArea {...field("name")} required rows={2} />
      <div class="procedure-pair">
        <TextField {...field("shortName")} help={t`Cách người dân gọi; bot dùng tên này.`} />
        <SelectField
          {...field("category")}
          options={[
            { value: "", label: t`Chưa xếp` },
            ...known,
            ...other.map((value) => ({ value, label: value })),
          ]}
        />
        <TextArea {...field("agency")} rows={2} />
        <TextArea {...field("level")} rows={2} help={t`Mỗi dòng một cấp: Cấp xã, Cấp tỉnh …`} />
        <SelectField {...field("serviceLevel")} options={SERVICE_LEVELS} />
        <TextArea {...field("aliases")} rows={3} help={t`Mỗi dòng một cách gọi; bot nhận ra theo đó.`} />
      </div>
    </Card>
  );
}

const channels: Option[] = [
  { value: "", label: vi`— không có —` },
  ...CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[value] })),
];
const units: Option[] = [
  { value: "", label: vi`không ghi đơn vị` },
  { value: "hour", label: vi`giờ` },
  { value: "day", label: vi`ngày` },
  { value: "working_day", label: vi`ngày làm việc` },
  { value: "month", label: vi`tháng` },
];
const feeStatuses: Option[] = [
  { value: "", label: vi`— chọn —` },
  ...FEE_STATUSES.map((value) => ({ value, label: FEE_NAMES[value] })),
];

interface RowsProps {
  values: Values;
  errors: Errors;
}

/** A field of a row, by the form's own name of it. */
const fieldOf =
  ({ values, errors }: RowsProps, key: string) =>
  (name: string, label: string) => ({
    ...{ name: `${key}.${name}`, label, value: values[`${key}.${name}`], error: errors[`${key}.${name}`] },
  });

function Methods(props: RowsProps) {
  return (
    <Card title={t.of(FIELD_NAMES.methods)}>
      <p class="quiet">
        {t`Mỗi khung một cách nộp. Chọn “không có” để bỏ; khung cuối để thêm. Chỉ chọn “miễn” khi có văn bản ghi rõ.`}
      </p>
      {rowsOf(props.values, "methods", "channel").map((at) => {
        const field = fieldOf(props, `methods.${at}`);
        return (
          <fieldset class="procedure-row">
            <legend class="visually-hidden">{t.html`Cách nộp ${at + 1}`}</legend>
            <SelectField {...field("channel", t`Cách nộp`)} options={channels} />
            <TextField {...field("time", t`Thời hạn`)} inputmode="decimal" />
            <SelectField {...field("unit", t`Đơn vị`)} options={units} />
            <SelectField {...field("feeStatus", t`Lệ phí`)} options={feeStatuses} />
            <TextField {...field("fee", t`Số tiền`)} inputmode="decimal" />
            <div class="wide">
              <TextArea {...field("note", t`Ghi chú`)} rows={2} />
            </div>
          </fieldset>
        );
      })}
    </Card>
  );
}

function Documents(props: RowsProps) {
  return (
    <Card title={t.of(FIELD_NAMES.documents)}>
      <p class="quiet">
        {t`Xếp theo trường hợp; để trống tên trường hợp là ai cũng cần. Xóa tên giấy tờ để bỏ; ô trống để thêm.`}
      </p>
      {rowsOf(props.values, "cases", "name").map((at) => (
        <fieldset class="procedure-case">
          <legend class="visually-hidden">{t.html`Trường hợp ${at + 1}`}</legend>
          <TextArea {...fieldOf(props, `cases.${at}`)("name", t`Trường hợp`)} rows={1} />
          {rowsOf(props.values, `cases.${at}.documents`, "name").map((row) => {
            const field = fieldOf(props, `cases.${at}.documents.${row}`);
            return (
              <div class="procedure-row">
                <div class="wide">
                  <TextArea {...field("name", t`Giấy tờ`)} rows={2} />
                </div>
                <TextField {...field("originals", t`Bản chính`)} inputmode="numeric" />
                <TextField {...field("copies", t`Bản sao`)} inputmode="numeric" />
                <TextField {...field("template", t`Mẫu (tên tệp hoặc đường dẫn)`)} />
              </div>
            );
          })}
        </fieldset>
      ))}
    </Card>
  );
}

function Sources({ values, errors }: RowsProps) {
  const field = (name: "legalBasis" | "url" | "asOf") => ({
    ...{ name, label: t.of(FIELD_NAMES[name]), value: values[name], error: errors[name] },
  });
  return (
    <Card title={t`Căn cứ và nguồn`}>
      <TextArea {...field("legalBasis")} rows={4} help={t`Mỗi dòng một văn bản.`} />
      <div class="procedure-pair">
        <TextField {...field("url")} type="url" />
        <TextField {...field("asOf")} placeholder="11/2026" help={t`Tháng hoặc ngày, như bot nói với dân.`} />
      </div>
    </Card>
  );
}
