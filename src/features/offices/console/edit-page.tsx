/** The form of an office. */
import { t, vi, type Ours } from "../../../bilingual/index.ts";
import {
  Card,
  Form,
  LinkButton,
  SelectField,
  Submit,
  TextArea,
  TextField,
  type Errors,
} from "../../../console/components/index.ts";
import { PinField, type MapParts } from "../../../console/components/pin.tsx";
import type { SignedIn } from "../../../console/signed-in.ts";
import { TIMES, timeName, type Time, type Values } from "./form.ts";
import { ALL_WARDS, KIND_NAMES, ROOT, WEEKDAYS } from "./words.ts";

interface EditPageProps {
  /** null: a new one. */
  code: string | null;
  values: Values;
  errors: Errors;
  /** Those this person may choose; "" for all. */
  wards: string[];
  map: MapParts;
  staff: SignedIn;
}

export function EditPage({ code, values, errors, wards, map, staff }: EditPageProps) {
  const field = (name: string, label: string) => ({ name, label, value: values[name], error: errors[name] });
  const wrong = Object.keys(errors).length;
  const here = code ? `${ROOT}/${code}` : ROOT;
  return (
    <Form action={code ? `${here}/edit` : `${ROOT}/new`} staff={staff} class="stack">
      {wrong > 0 ? (
        <p class="notice notice-bad" role="alert">
          {t.html`Chưa lưu: còn ${wrong} ô ghi chưa đúng, xem dòng chữ đỏ dưới ô.`}
        </p>
      ) : null}
      <div class="columns">
        <Card title={t`Tên và nơi phục vụ`}>
          <TextField {...field("name", t`Tên`)} required maxlength={160} />
          <SelectField
            {...field("kind", t`Loại`)}
            options={Object.entries(KIND_NAMES).map(([value, label]) => ({ value, label: t.of(label) }))}
          />
          <SelectField
            {...field("ward", t`Phục vụ`)}
            options={wards.map((ward) => ({ value: ward, label: ward || t.of(ALL_WARDS) }))}
          />
          <TextArea
            {...field("aliases", t`Tên gọi khác`)}
            rows={3}
            help={t`Mỗi dòng một cách gọi của người dân.`}
          />
          <TextArea
            {...field("note", t`Ghi chú cho người dân`)}
            rows={2}
            help={t`Đọc cùng giờ làm việc, ví dụ: Nhận hồ sơ cả sáng thứ Bảy.`}
          />
          <TextField
            {...field("source", t`Nguồn`)}
            required
            maxlength={200}
            help={t`Người dân nghe cùng câu trả lời; tháng ghi theo lúc lưu.`}
          />
        </Card>
        <Card title={t`Liên hệ và vị trí`}>
          <TextField {...field("phone", t`Điện thoại`)} type="tel" maxlength={30} />
          <TextField {...field("address", t`Địa chỉ`)} maxlength={200} />
          <TextField
            {...field("addressNote", t`Lưu ý về địa chỉ`)}
            maxlength={200}
            help={t`Ví dụ: ghi theo phường 5 cũ. Trợ lý dặn hỏi lại trước khi đi.`}
          />
          <PinField label={t`Ghim trên bản đồ`} value={values.point} error={errors.point} map={map} />
        </Card>
      </div>
      <Card title={t`Giờ làm việc`}>
        <p class="quiet">
          {t`Để trống một ngày là nghỉ ngày đó. Để trống hết thì trợ lý nói giờ hành chính chung. Không nghỉ trưa: chỉ ghi giờ mở và giờ đóng.`}
        </p>
        <div class="office-week">
          {WEEKDAYS.map((label, at) => (
            <TimeFields day={at + 1} label={t.of(label)} values={values} errors={errors} />
          ))}
        </div>
      </Card>
      <div class="row-actions">
        <Submit icon="check">{t`Lưu`}</Submit>
        <LinkButton href={here}>{t`Thôi`}</LinkButton>
      </div>
    </Form>
  );
}

const TIME_NAMES: Record<Time, Ours> = {
  from: vi`mở cửa`,
  noon: vi`nghỉ trưa từ`,
  again: vi`nghỉ trưa tới`,
  to: vi`đóng cửa`,
};

interface TimeFieldsProps {
  day: number | "day";
  label: string;
  values: Values;
  errors: Errors;
}

/** The four times of a day in one line. */
export function TimeFields({ day, label, values, errors }: TimeFieldsProps) {
  const error = errors[`hours.${day}`];
  return (
    <fieldset class="office-times">
      <legend safe>{label}</legend>
      {TIMES.map((time) => (
        <label>
          <span class="quiet">{t.of(TIME_NAMES[time])}</span>
          <input
            class={["form-control", error ? "is-invalid" : ""]}
            type="time"
            name={timeName(day, time)}
            value={values[timeName(day, time)]}
          />
        </label>
      ))}
      {error ? (
        <p class="field-error" safe>
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
