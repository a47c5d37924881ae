/** What staff may do with a report, each a form that works without scripts. */
import { DateTime } from "luxon";
import { t, vi } from "../../../bilingual/index.ts";
import {
  Card,
  CheckField,
  Form,
  SelectField,
  Submit,
  TextArea,
  TextField,
} from "../../../console/components/index.ts";
import { ZONE } from "../../../infra/clock.ts";
import { PRIORITY_NAMES, STATE_NAMES } from "../labels.ts";
import { isOpen, nextStates } from "../states.ts";
import { ago } from "../public-site/words.ts";
import type { ReportPageProps } from "./report-page.tsx";
import { ROOT } from "./shared.tsx";
import { categoryOptions } from "./words.ts";

const DEEDS: Partial<Record<string, string>> = {
  received: vi`Trả lại chờ phân công`,
  assigned: vi`Nhận xử lý`,
  in_progress: vi`Bắt đầu xử lý`,
  resolved: vi`Đã xử lý xong`,
  closed: vi`Đóng hẳn`,
  rejected: vi`Không tiếp nhận`,
  reopened: vi`Mở lại`,
};

export function StateCard({ report, templates, staff }: ReportPageProps) {
  const possible = nextStates(report.state, "staff").filter((state) => state !== "duplicate");
  if (possible.length === 0) return <></>;
  const fitting = templates.filter(
    ({ category, state }) =>
      (category === null || category === report.category) && (possible as string[]).includes(state),
  );
  return (
    <Card title={t`Xử lý`}>
      <Form action={`${ROOT}/${report.code}/state`} staff={staff}>
        <fieldset class="choices">
          <legend>{t`Chuyển thành`}</legend>
          {possible.map((state) => (
            <label class="form-check">
              <input class="form-check-input" type="radio" name="to" value={state} required />
              <span class="form-check-label" safe>
                {t.of(DEEDS[state]) ?? t.of(STATE_NAMES[state])}
              </span>
            </label>
          ))}
        </fieldset>
        {fitting.length > 0 ? (
          <div class="field">
            <label class="form-label" for="template">
              {t`Câu mẫu`}
            </label>
            <select id="template" class="form-select" name="template" data-fills="field-note">
              <option value="">{t`Không dùng`}</option>
              {fitting.map(({ id, title, text, state }) => (
                <option value={String(id)} data-text={text} data-state={state} safe>
                  {`${t.of(STATE_NAMES[state])}: ${title}`}
                </option>
              ))}
            </select>
          </div>
        ) : null}
        <TextArea
          name="note"
          label={t`Trả lời người dân`}
          rows={3}
          help={t`Người báo và người theo dõi nhận được, trang công khai cũng hiện. Đừng ghi tên hay số điện thoại.`}
        />
        <Submit icon="check">{t`Lưu`}</Submit>
      </Form>
    </Card>
  );
}

export function AssignCard({ report, units, colleagues, staff }: ReportPageProps) {
  if (!isOpen(report.state)) return <></>;
  return (
    <Card title={t`Giao việc`}>
      <Form action={`${ROOT}/${report.code}/assign`} staff={staff}>
        <SelectField
          name="unit"
          label={t`Đơn vị`}
          value={report.unitCode}
          options={units.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <SelectField
          name="assignee"
          label={t`Người phụ trách`}
          value={report.assigneeId === null ? "" : String(report.assigneeId)}
          options={[
            { value: "", label: t`Chưa chọn` },
            ...colleagues.map(({ id, name, unitName }) => ({
              value: String(id),
              label: `${name} (${unitName})`,
            })),
          ]}
        />
        <Submit icon="user-check">{t`Giao`}</Submit>
      </Form>
    </Card>
  );
}

export function NoteCard({ report, staff }: ReportPageProps) {
  return (
    <Card title={t`Ghi thêm`}>
      <Form action={`${ROOT}/${report.code}/note`} staff={staff}>
        <TextArea name="text" label={t`Nội dung`} rows={2} required />
        <div class="row-actions">
          <Submit icon="lock" tone="plain" name="to" value="inside">
            {t`Ghi chú nội bộ`}
          </Submit>
          <Submit icon="speakerphone" tone="plain" name="to" value="public">
            {t`Báo người dân`}
          </Submit>
        </div>
      </Form>
    </Card>
  );
}

export function MoreDeeds(props: ReportPageProps) {
  const { report, staff } = props;
  return (
    <Card flush>
      <details class="more-deeds">
        <summary>{t`Hình trước và sau`}</summary>
        <Form action={`${ROOT}/${report.code}/photos`} staff={staff} upload>
          <fieldset class="choices">
            <legend>{t`Chụp lúc nào`}</legend>
            <label class="form-check">
              <input class="form-check-input" type="radio" name="kind" value="after" checked />
              <span class="form-check-label">{t`Sau khi xử lý`}</span>
            </label>
            <label class="form-check">
              <input class="form-check-input" type="radio" name="kind" value="before" />
              <span class="form-check-label">{t`Trước khi xử lý`}</span>
            </label>
          </fieldset>
          <div class="field">
            <label class="form-label" for="photo-files">
              {t`Hình`}
            </label>
            <input
              id="photo-files"
              class="form-control"
              type="file"
              name="files"
              accept="image/*"
              multiple
              required
            />
          </div>
          <Submit icon="photo">{t`Thêm hình`}</Submit>
        </Form>
      </details>
      <Publish {...props} />
      <Correct {...props} />
      <Merge {...props} />
    </Card>
  );
}

/** Faces and plates: nothing is public that nobody looked at. */
function Publish({ report, staff }: ReportPageProps) {
  return (
    <details class="more-deeds">
      <summary>{t`Trang công khai`}</summary>
      <Form action={`${ROOT}/${report.code}/publish`} staff={staff}>
        <CheckField name="isPublic" label={t`Hiện trên trang công khai`} checked={report.isPublic} />
        <TextField name="title" label={t`Tiêu đề`} value={report.publicTitle ?? ""} maxlength={120} />
        <TextArea
          name="description"
          label={t`Nội dung cho mọi người đọc`}
          rows={3}
          value={report.publicDescription ?? ""}
          help={t`Lời người báo không tự hiện; viết lại, bỏ tên, số nhà, điện thoại.`}
        />
        <CheckField
          name="exact"
          label={t`Cho thấy đúng vị trí và số nhà`}
          help={t`Chỉ khi đó không phải nhà của người dân.`}
          checked={report.publicExact}
        />
        {report.photos.some(({ hash }) => hash) ? (
          <fieldset class="choices">
            <legend>{t`Hình cho mọi người xem (không có mặt người, biển số)`}</legend>
            {report.photos
              .filter(({ hash }) => hash)
              .map(({ id, isPublic }, at) => (
                <label class="form-check">
                  <input
                    class="form-check-input"
                    type="checkbox"
                    name="photos"
                    value={String(id)}
                    checked={isPublic}
                  />
                  <span class="form-check-label">{t.html`Hình ${at + 1}`}</span>
                </label>
              ))}
          </fieldset>
        ) : null}
        <Submit icon="eye">{t`Lưu phần công khai`}</Submit>
      </Form>
    </details>
  );
}

function Correct({ report, staff }: ReportPageProps) {
  const dueAt = report.dueAt
    ? DateTime.fromJSDate(report.dueAt, { zone: ZONE }).toFormat("yyyy-MM-dd'T'HH:mm")
    : "";
  return (
    <details class="more-deeds">
      <summary>{t`Loại, mức gấp, hạn`}</summary>
      <div>
        <Form action={`${ROOT}/${report.code}/category`} staff={staff}>
          <SelectField
            name="category"
            label={t`Loại việc`}
            value={report.category}
            options={categoryOptions()}
            help={t`Đổi loại thì đơn vị và hạn cũng đổi theo, người báo được biết.`}
          />
          <Submit tone="plain">{t`Đổi loại`}</Submit>
        </Form>
        <Form action={`${ROOT}/${report.code}/priority`} staff={staff}>
          <SelectField
            name="priority"
            label={t`Mức gấp`}
            value={String(report.priority)}
            options={Object.entries(PRIORITY_NAMES).map(([value, label]) => ({ value, label }))}
          />
          <Submit tone="plain">{t`Đổi mức gấp`}</Submit>
        </Form>
        <Form action={`${ROOT}/${report.code}/deadline`} staff={staff}>
          <div class="field">
            <label class="form-label" for="field-dueAt">
              {t`Hạn xử lý`}
            </label>
            <input
              id="field-dueAt"
              class="form-control"
              type="datetime-local"
              name="dueAt"
              value={dueAt}
              required
            />
          </div>
          <TextField name="reason" label={t`Vì sao đổi hạn`} maxlength={300} />
          <Submit tone="plain">{t`Đổi hạn`}</Submit>
        </Form>
      </div>
    </details>
  );
}

function Merge({ report, near, staff, now }: ReportPageProps) {
  const others = near.filter(({ id }) => id !== report.id);
  if (!nextStates(report.state, "staff").includes("duplicate")) return <></>;
  return (
    <details class="more-deeds">
      <summary>{t`Gộp vào phản ánh khác`}</summary>
      <Form action={`${ROOT}/${report.code}/merge`} staff={staff}>
        {others.length > 0 ? (
          <ul>
            {others.map(({ code, distance, createdAt }) => (
              <li>
                <a href={`${ROOT}/${code}`} safe>
                  {code}
                </a>
                <span safe>{t`, cách ${distance ?? 0} m, ${ago(createdAt, now)}`}</span>
              </li>
            ))}
          </ul>
        ) : null}
        <TextField
          name="into"
          label={t`Mã phản ánh chính`}
          value={others[0]?.code ?? ""}
          required
          help={t`Người báo của phản ánh này sẽ theo dõi phản ánh chính.`}
        />
        <Submit tone="plain" icon="copy">
          {t`Gộp`}
        </Submit>
      </Form>
    </details>
  );
}
