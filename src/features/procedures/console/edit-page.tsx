/** The form of one procedure. Works without a script: there is an empty row to add one, an emptied row goes. */
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
          Chưa lưu: còn {wrong} ô ghi chưa đúng, xem dòng chữ đỏ dưới ô.
        </p>
      ) : null}
      <Names {...props} />
      <Methods values={values} errors={errors} />
      <Documents values={values} errors={errors} />
      <Sources values={values} errors={errors} />
      <Card title="Lưu">
        <TextField
          name="note"
          label="Lý do sửa"
          value={values.note}
          maxlength={300}
          help="Ghi cùng phiên bản mới, chỉ cán bộ thấy: văn bản nào, ai báo sai."
        />
        <div class="row-actions">
          <Submit icon="check">Lưu phiên bản mới</Submit>
          <LinkButton href={`${ROOT}/${code}`}>Thôi</LinkButton>
        </div>
      </Card>
    </Form>
  );
}

const SERVICE_LEVELS: Option[] = [
  { value: "", label: "Không rõ" },
  { value: "toan_trinh", label: "Toàn trình" },
  { value: "mot_phan", label: "Một phần" },
];

function Names({ values, errors, categories }: EditPageProps) {
  const field = (
    name: "name" | "shortName" | "category" | "agency" | "level" | "serviceLevel" | "aliases",
  ) => ({
    ...{ name, label: FIELD_NAMES[name], value: values[name], error: errors[name] },
  });
  const known = Object.entries(categories).map(([value, label]) => ({ value, label }));
  const other = values.category && !(values.category in categories) ? [values.category] : [];
  return (
    <Card title="Tên và nơi giải quyết">
      <TextArea {...field("name")} required rows={2} />
      <div class="procedure-pair">
        <TextField {...field("shortName")} help="Cách người dân gọi; bot dùng tên này." />
        <SelectField
          {...field("category")}
          options={[
            { value: "", label: "Chưa xếp" },
            ...known,
            ...other.map((value) => ({ value, label: value })),
          ]}
        />
        <TextArea {...field("agency")} rows={2} />
        <TextArea {...field("level")} rows={2} help="Mỗi dòng một cấp: Cấp xã, Cấp tỉnh …" />
        <SelectField {...field("serviceLevel")} options={SERVICE_LEVELS} />
        <TextArea {...field("aliases")} rows={3} help="Mỗi dòng một cách gọi; bot nhận ra theo đó." />
      </div>
    </Card>
  );
}

const channels: Option[] = [
  { value: "", label: "— không có —" },
  ...CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[value] })),
];
const units: Option[] = [
  { value: "", label: "không ghi đơn vị" },
  { value: "hour", label: "giờ" },
  { value: "day", label: "ngày" },
  { value: "working_day", label: "ngày làm việc" },
  { value: "month", label: "tháng" },
];
const feeStatuses: Option[] = [
  { value: "", label: "— chọn —" },
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
    <Card title={FIELD_NAMES.methods}>
      <p class="quiet">
        Mỗi khung một cách nộp. Chọn “không có” để bỏ; khung cuối để thêm. Chỉ chọn “miễn” khi có văn bản ghi
        rõ.
      </p>
      {rowsOf(props.values, "methods", "channel").map((at) => {
        const field = fieldOf(props, `methods.${at}`);
        return (
          <fieldset class="procedure-row">
            <legend class="visually-hidden">Cách nộp {at + 1}</legend>
            <SelectField {...field("channel", "Cách nộp")} options={channels} />
            <TextField {...field("time", "Thời hạn")} inputmode="decimal" />
            <SelectField {...field("unit", "Đơn vị")} options={units} />
            <SelectField {...field("feeStatus", "Lệ phí")} options={feeStatuses} />
            <TextField {...field("fee", "Số tiền")} inputmode="decimal" />
            <div class="wide">
              <TextArea {...field("note", "Ghi chú")} rows={2} />
            </div>
          </fieldset>
        );
      })}
    </Card>
  );
}

function Documents(props: RowsProps) {
  return (
    <Card title={FIELD_NAMES.documents}>
      <p class="quiet">
        Xếp theo trường hợp; để trống tên trường hợp là ai cũng cần. Xóa tên giấy tờ để bỏ; ô trống để thêm.
      </p>
      {rowsOf(props.values, "cases", "name").map((at) => (
        <fieldset class="procedure-case">
          <legend class="visually-hidden">Trường hợp {at + 1}</legend>
          <TextArea {...fieldOf(props, `cases.${at}`)("name", "Trường hợp")} rows={1} />
          {rowsOf(props.values, `cases.${at}.documents`, "name").map((row) => {
            const field = fieldOf(props, `cases.${at}.documents.${row}`);
            return (
              <div class="procedure-row">
                <div class="wide">
                  <TextArea {...field("name", "Giấy tờ")} rows={2} />
                </div>
                <TextField {...field("originals", "Bản chính")} inputmode="numeric" />
                <TextField {...field("copies", "Bản sao")} inputmode="numeric" />
                <TextField {...field("template", "Mẫu (tên tệp hoặc đường dẫn)")} />
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
    ...{ name, label: FIELD_NAMES[name], value: values[name], error: errors[name] },
  });
  return (
    <Card title="Căn cứ và nguồn">
      <TextArea {...field("legalBasis")} rows={4} help="Mỗi dòng một văn bản." />
      <div class="procedure-pair">
        <TextField {...field("url")} type="url" />
        <TextField {...field("asOf")} placeholder="11/2026" help="Tháng hoặc ngày, như bot nói với dân." />
      </div>
    </Card>
  );
}
