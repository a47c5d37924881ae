/** Answers kept ready: written once by a unit, chosen with "/" in the answer box. */
import { t } from "../../../bilingual/index.ts";
import {
  Card,
  Confirm,
  Empty,
  Form,
  SelectField,
  Submit,
  Table,
  TextArea,
  TextField,
} from "../../../console/components/index.ts";
import type { Errors, Option } from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { CannedAnswer } from "./beside.ts";

interface Props {
  answers: CannedAnswer[];
  units: Option[];
  staff: SignedIn;
  values?: Record<string, string>;
  errors?: Errors;
}

export function AnswersPage({ answers, units, staff, values = {}, errors = {} }: Props) {
  const unitName = (code: string) => units.find(({ value }) => value === code)?.label.trim() ?? code;
  return (
    <div class="columns">
      <Card flush>
        <Table
          caption={t`Câu trả lời mẫu`}
          rows={answers}
          empty={
            <Empty icon="note" title={t`Chưa có câu trả lời mẫu`}>
              <p>{t`Những câu hay phải gõ lại, ví dụ giờ làm việc hay nơi nộp hồ sơ, để ở đây.`}</p>
            </Empty>
          }
          columns={[
            { title: t`Gõ`, cell: ({ shortcut }) => <code safe>{`/${shortcut}`}</code> },
            {
              title: t`Câu trả lời`,
              cell: ({ text }) => (
                <span class="pre" safe>
                  {text}
                </span>
              ),
            },
            { title: t`Đơn vị`, cell: ({ unitCode }) => <span safe>{unitName(unitCode)}</span> },
            {
              title: t`Thao tác`,
              align: "actions",
              cell: ({ id, shortcut }) => (
                <Confirm
                  id={`drop-${id}`}
                  action={`/console/conversations/answers/${id}/drop`}
                  staff={staff}
                  label={t`Xóa`}
                  small
                  title={t`Xóa /${shortcut}?`}
                  text={t`Tin đã gửi không đổi.`}
                  danger
                />
              ),
            },
          ]}
        />
      </Card>
      <Card title={t`Thêm hoặc sửa`}>
        <Form action="/console/conversations/answers" staff={staff}>
          <TextField
            name="shortcut"
            label={t`Gõ / rồi`}
            value={values.shortcut}
            error={errors.shortcut}
            help={t`Một từ không dấu, ví dụ giolam. Trùng từ cũ của đơn vị thì thay câu cũ.`}
            required
            maxlength={30}
          />
          <TextArea
            name="text"
            label={t`Câu trả lời`}
            value={values.text}
            error={errors.text}
            rows={5}
            help={t`Điền sẵn: {ten} tên người dân, {don_vi} tên đơn vị, {can_bo} tên người trả lời.`}
            required
          />
          <SelectField
            name="unitCode"
            label={t`Dùng cho`}
            value={values.unitCode ?? staff.unitCode}
            options={units}
            error={errors.unitCode}
            help={t`Cả các đơn vị trực thuộc cũng dùng được.`}
          />
          <Submit>{t`Lưu`}</Submit>
        </Form>
      </Card>
    </div>
  );
}
