/** The form of a station. */
import { t } from "../../../bilingual/index.ts";
import {
  Card,
  Form,
  LinkButton,
  SelectField,
  Submit,
  TextField,
  type Errors,
  type Option,
} from "../../../console/components/index.ts";
import { PinField, type MapParts } from "../../../console/components/pin.tsx";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Values } from "./form.ts";
import { KIND_NAMES, ROOT } from "./words.ts";

interface EditPageProps {
  /** null: a new one. */
  code: string | null;
  values: Values;
  errors: Errors;
  units: Option[];
  map: MapParts;
  staff: SignedIn;
}

export function EditPage({ code, values, errors, units, map, staff }: EditPageProps) {
  const field = (name: string, label: string) => ({ name, label, value: values[name], error: errors[name] });
  return (
    <Form action={code ? `${ROOT}/${code}/edit` : `${ROOT}/new`} staff={staff} class="stack">
      <div class="columns">
        <Card title={t`Trạm`}>
          {code ? (
            <input type="hidden" name="code" value={code} />
          ) : (
            <TextField
              {...field("code", t`Mã`)}
              required
              maxlength={40}
              help={t`Đúng mã máy đo ghi khi gửi số về; đặt rồi không đổi.`}
            />
          )}
          <TextField {...field("name", t`Tên`)} required maxlength={80} help={t`Người dân nghe tên này.`} />
          <SelectField
            {...field("kind", t`Loại`)}
            options={Object.entries(KIND_NAMES).map(([value, label]) => ({ value, label: t.of(label) }))}
          />
          <TextField {...field("unit", t`Đơn vị đo`)} required maxlength={12} placeholder="‰, m, mm, AQI" />
          <TextField
            {...field("source", t`Nguồn`)}
            required
            maxlength={120}
            help={t`Ai đo; người dân được nghe.`}
          />
        </Card>
        <Card title={t`Cảnh báo`}>
          <SelectField
            {...field("warns", t`Cảnh báo khi`)}
            options={[
              { value: "high", label: t`lên cao` },
              { value: "low", label: t`xuống thấp` },
            ]}
          />
          <TextField
            {...field("warnFrom", t`Mức cảnh báo`)}
            inputmode="decimal"
            help={t`Để trống thì không cảnh báo.`}
          />
          <TextField
            {...field("clearFrom", t`Hết cảnh báo khi qua mức`)}
            inputmode="decimal"
            help={t`Để trống là cách mức cảnh báo một phần mười.`}
          />
          <SelectField {...field("unitCode", t`Soạn tin cho`)} options={units} />
          <PinField label={t`Nơi đặt`} value={values.point} error={errors.point} required map={map} />
        </Card>
      </div>
      <div class="row-actions">
        <Submit icon="check">{t`Lưu`}</Submit>
        <LinkButton href={code ? `${ROOT}/${code}` : ROOT}>{t`Thôi`}</LinkButton>
      </div>
    </Form>
  );
}
