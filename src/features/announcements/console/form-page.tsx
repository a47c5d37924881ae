/** Writing an announcement: the form on one side, on the other how it will look everywhere; kept as it is typed. */
import type { Children } from "@kitajs/html";
import { pageLanguage, t } from "../../../bilingual/index.ts";
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
import type { SignedIn } from "../../../console/signed-in.ts";
import { wardFile } from "../../../places/wards.ts";
import { templates } from "../templates.ts";
import { TOPICS } from "../topics.ts";
import { LEVELS } from "./form.ts";
import { ROOT } from "./words.ts";

interface FormPageProps {
  action: string;
  values: Record<string, string>;
  wards: string[];
  errors: Errors;
  units: { code: string; name: string }[];
  staff: SignedIn;
  kept: Kept;
  preview: Children;
  /** Its cover and files, or when they can be brought. */
  files: Children;
}

/** Which draft this is, and which state of it was last seen. */
export interface Kept {
  code: string;
  version: string;
}

const topicOptions = () =>
  Object.entries(TOPICS).map(([value, name]) => ({ value, label: name[pageLanguage()] }));
const LEVEL_OPTIONS = Object.entries(LEVELS).map(([value, label]) => ({ value, label }));

export function FormPage(props: FormPageProps) {
  const { action, values, wards, errors, units, staff, kept, preview, files } = props;
  const field = (name: string) => ({ name, value: values[name], error: errors[name] });
  return (
    <>
      {kept.code ? null : <Templates />}
      <div class="columns">
        <div class="stack">
          <Card>
            <Form action={action} staff={staff} id="compose">
              <div
                hx-post={`${ROOT}/compose`}
                hx-include="#compose"
                hx-trigger="input from:#compose delay:800ms, change from:#compose delay:100ms"
                hx-sync="this:queue last"
                hx-target="#preview"
              />
              <KeptFields {...kept} />
              <TextField {...field("title")} label={t`Tiêu đề`} required maxlength={200} />
              <TextArea
                {...field("body")}
                label={t`Nội dung`}
                required
                rows={12}
                help={t`Cách một dòng để sang đoạn mới; dòng bắt đầu bằng “- ” thành danh sách; **chữ đậm**.`}
              />
              <div class="field-row">
                <SelectField {...field("topic")} label={t`Loại tin`} required options={topicOptions()} />
                <SelectField {...field("level")} label={t`Mức độ`} required options={LEVEL_OPTIONS} />
              </div>
              <SelectField
                {...field("unitCode")}
                label={t`Đơn vị ban hành`}
                required
                options={units.map(({ code, name }) => ({ value: code, label: name }))}
              />
              <Wards chosen={wards} />
              <div class="field-row">
                <TextField
                  {...field("documentNumber")}
                  label={t`Số, ký hiệu văn bản`}
                  maxlength={100}
                  placeholder="41/TB-UBND"
                />
                <TextField {...field("documentDate")} label={t`Ngày văn bản`} type="date" />
              </div>
              <TextField {...field("signer")} label={t`Người ký`} maxlength={120} />
              <div class="field-row">
                <TextField {...field("validFrom")} label={t`Hiệu lực từ`} type="date" />
                <TextField {...field("validTo")} label={t`Hiệu lực đến`} type="date" />
              </div>
              <div class="row-actions">
                <Submit icon="check">{t`Lưu nháp`}</Submit>
                <SavedMark text="" />
              </div>
            </Form>
          </Card>
          {files as "safe"}
        </div>
        <div class="stack" id="preview" aria-live="off">
          {preview as "safe"}
        </div>
      </div>
    </>
  );
}

const Templates = () => (
  <nav class="templates" aria-label={t`Mẫu thông báo`}>
    <span class="quiet">{t`Bắt đầu từ mẫu:`}</span>
    {Object.entries(templates).map(([key, { name }]) => (
      <LinkButton href={`${ROOT}/new?template=${key}`}>
        <span lang="vi" safe>
          {name}
        </span>
      </LinkButton>
    ))}
  </nav>
);

const Wards = ({ chosen }: { chosen: string[] }) => (
  <fieldset class="field">
    <legend class="form-label">{t`Phường liên quan (không chọn: mọi phường)`}</legend>
    <div class="ward-checks">
      {wardFile.wards.map(({ code, name }) => (
        <label class="form-check">
          <input
            class="form-check-input"
            type="checkbox"
            name="wards"
            value={code}
            checked={chosen.includes(code)}
          />
          <span class="form-check-label" safe>
            {name}
          </span>
        </label>
      ))}
    </div>
  </fieldset>
);

/** Replaced with each keeping, so that the next one goes on from there. */
export const KeptFields = ({ code, version, anew }: Kept & { anew?: boolean }) => (
  <div id="kept" hx-swap-oob={anew ? "true" : undefined}>
    <input type="hidden" name="code" value={code} />
    <input type="hidden" name="version" value={version} />
  </div>
);

export const SavedMark = ({ text, bad, anew }: { text: string; bad?: boolean; anew?: boolean }) => (
  <span
    id="saved"
    class={bad ? "field-error" : "quiet"}
    role="status"
    hx-swap-oob={anew ? "true" : undefined}
    safe
  >
    {text}
  </span>
);
