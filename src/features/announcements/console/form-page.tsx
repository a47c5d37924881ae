/** Writing an announcement. */
import {
  Card,
  Form,
  SelectField,
  Submit,
  TextArea,
  TextField,
  type Errors,
} from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { wardFile } from "../../../places/wards.ts";
import { TOPICS } from "../topics.ts";
import { LEVELS } from "./form.ts";

interface FormPageProps {
  action: string;
  values: Record<string, string>;
  wards: string[];
  errors: Errors;
  units: { code: string; name: string }[];
  staff: SignedIn;
}

const TOPIC_OPTIONS = Object.entries(TOPICS).map(([value, { vi }]) => ({ value, label: vi }));
const LEVEL_OPTIONS = Object.entries(LEVELS).map(([value, label]) => ({ value, label }));

export function FormPage({ action, values, wards, errors, units, staff }: FormPageProps) {
  const field = (name: string) => ({ name, value: values[name], error: errors[name] });
  return (
    <Card>
      <Form action={action} staff={staff}>
        <TextField {...field("title")} label="Tiêu đề" required maxlength={200} />
        <TextArea
          {...field("body")}
          label="Nội dung"
          required
          rows={10}
          help="Cách một dòng để sang đoạn mới; dòng bắt đầu bằng “- ” thành danh sách."
        />
        <SelectField {...field("topic")} label="Loại tin" required options={TOPIC_OPTIONS} />
        <SelectField {...field("level")} label="Mức độ" required options={LEVEL_OPTIONS} />
        <SelectField
          {...field("unitCode")}
          label="Đơn vị ban hành"
          required
          options={units.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <fieldset class="field">
          <legend class="form-label">Phường liên quan (không chọn: mọi phường)</legend>
          {wardFile.wards.map(({ code, name }) => (
            <label class="form-check">
              <input
                class="form-check-input"
                type="checkbox"
                name="wards"
                value={code}
                checked={wards.includes(code)}
              />
              <span class="form-check-label" safe>
                {name}
              </span>
            </label>
          ))}
        </fieldset>
        <TextField
          {...field("documentNumber")}
          label="Số, ký hiệu văn bản"
          maxlength={100}
          placeholder="41/TB-UBND"
        />
        <TextField {...field("documentDate")} label="Ngày văn bản" type="date" />
        <TextField {...field("signer")} label="Người ký" maxlength={120} />
        <TextField {...field("validFrom")} label="Hiệu lực từ" type="date" />
        <TextField {...field("validTo")} label="Hiệu lực đến" type="date" />
        <Submit icon="check">Lưu nháp</Submit>
      </Form>
    </Card>
  );
}
