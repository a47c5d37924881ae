/** Filing for somebody at the counter or on the phone. */
import { pageLanguage, t } from "../../../bilingual/index.ts";
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
import { categories } from "../categories.ts";
import { ROOT } from "./shared.tsx";

interface NewPageProps {
  values: Record<string, string>;
  errors: Errors;
  staff: SignedIn;
}

/** What must not be filed in the open is not offered. */
const options = () =>
  categories
    .filter(({ handling }) => handling === "file")
    .map(({ code, name }) => ({ value: code, label: name[pageLanguage()] }));

export function NewPage({ values, errors, staff }: NewPageProps) {
  const field = (name: string) => ({ name, value: values[name], error: errors[name] });
  return (
    <Card>
      <Form action={`${ROOT}/new`} staff={staff} upload>
        <SelectField
          {...field("category")}
          label={t`Loại việc`}
          required
          options={[{ value: "", label: t`Chọn loại việc` }, ...options()]}
        />
        <TextArea {...field("description")} label={t`Nội dung, theo lời người báo`} required rows={4} />
        <SelectField
          {...field("ward")}
          label={t`Phường`}
          required
          options={[
            { value: "", label: t`Chọn phường` },
            ...wardFile.wards.map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
        <TextField {...field("street")} label={t`Đường`} maxlength={120} />
        <TextField {...field("houseNumber")} label={t`Số nhà`} maxlength={40} />
        <TextField {...field("hamlet")} label={t`Khu phố, ấp, hẻm`} maxlength={120} />
        <TextField {...field("lampPole")} label={t`Mã trụ đèn`} maxlength={40} placeholder="NH-045" />
        <TextField
          {...field("point")}
          label={t`Tọa độ`}
          placeholder="10.2402, 106.3789"
          help={t`Nếu có: bấm giữ trên bản đồ điện thoại để lấy.`}
        />
        <TextField
          {...field("name")}
          label={t`Người báo`}
          maxlength={120}
          help={t`Không bao giờ hiện công khai.`}
        />
        <TextField {...field("phone")} label={t`Điện thoại`} type="tel" maxlength={20} />
        <div class="field">
          <label class="form-label" for="new-photos">
            {t`Hình`}
          </label>
          <input id="new-photos" class="form-control" type="file" name="files" accept="image/*" multiple />
        </div>
        <Submit icon="check">{t`Ghi nhận`}</Submit>
      </Form>
    </Card>
  );
}
