/** One office: what residents are told of it, and the days it does not keep its usual hours. */
import { t, vi, type Ours } from "../../../bilingual/index.ts";
import {
  Card,
  Facts,
  Form,
  LinkButton,
  OutOfUse,
  Submit,
  TextField,
  type Errors,
} from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Wording } from "../../../dialogue/types.ts";
import { officeReply, type Asked, type Day } from "../answer.ts";
import { dayInWords, stretchesInWords } from "../open.ts";

import { TimeFields } from "./edit-page.tsx";
import type { Values } from "./form.ts";
import type { KeptOffice, OfficeDay } from "./store.ts";
import { ALL_WARDS, KIND_NAMES, ROOT } from "./words.ts";

export interface OfficePageProps {
  office: KeptOffice;
  /** From today on. */
  days: OfficeDay[];
  today: Day;
  now: Date;
  /** Of a form that was refused. */
  values: Values;
  errors: Errors;
  say: Wording;
  staff: SignedIn;
}

export function OfficePage(props: OfficePageProps) {
  return (
    <div class="stack">
      {props.office.withdrawnAt ? (
        <p class="notice">{t`Cơ quan này đã rút: trợ lý không nhắc tới nữa.`}</p>
      ) : null}
      <div class="columns">
        <About {...props} />
        <Told {...props} />
      </div>
      <Days {...props} />
    </div>
  );
}

function About({ office, staff }: OfficePageProps) {
  const { code, kind, ward, aliases, latitude, longitude } = office;
  return (
    <Card
      title={t`Cơ quan`}
      actions={may(staff.role, "offices.edit") ? <Deeds office={office} staff={staff} /> : null}
    >
      <Facts
        of={[
          [t`Loại`, t.of(KIND_NAMES[kind])],
          [t`Phục vụ`, <span safe>{ward ?? t.of(ALL_WARDS)}</span>],
          [t`Mã`, <span safe>{code}</span>],
          [t`Tên gọi khác`, aliases.length > 0 ? <span safe>{aliases.join(", ")}</span> : null],
          [t`Ghim`, latitude === null ? t`chưa có` : <span safe>{`${latitude}, ${longitude}`}</span>],
          [t`Nguồn`, <span safe>{`${office.source}, ${office.asOf}`}</span>],
        ]}
      />
    </Card>
  );
}

function Deeds({ office, staff }: Pick<OfficePageProps, "office" | "staff">) {
  const here = `${ROOT}/${office.code}`;
  return (
    <div class="row-actions">
      <LinkButton href={`${here}/edit`} icon="pencil" tone="primary">
        {t`Sửa`}
      </LinkButton>
      <OutOfUse
        here={here}
        isOut={office.withdrawnAt !== null}
        staff={staff}
        out={{
          deed: "withdraw",
          label: t`Rút`,
          title: t`Rút cơ quan này?`,
          text: t`Trợ lý sẽ không nhắc tới nữa. Dữ liệu vẫn giữ, có thể dùng lại.`,
        }}
        back={{
          deed: "bring-back",
          label: t`Dùng lại`,
          title: t`Dùng lại cơ quan này?`,
          text: t`Trợ lý sẽ lại chỉ người dân tới đây.`,
        }}
      />
    </div>
  );
}

const QUESTIONS: [Asked, Ours][] = [
  ["location", vi`Ở đâu?`],
  ["contact", vi`Số điện thoại?`],
  ["hours", vi`Mấy giờ làm?`],
];

function Told({ office, today, now, say }: OfficePageProps) {
  return (
    <Card title={t`Người dân hỏi, trợ lý trả lời`}>
      {QUESTIONS.map(([asked, question]) => (
        <section>
          <h3 class="office-question">{t.of(question)}</h3>
          <p class="office-bubble" safe>
            {officeReply(office, asked, today, null, now, say).text.replace(/\n1\. [^]*$/, "")}
          </p>
        </section>
      ))}
    </Card>
  );
}

function Days({ office, days, values, errors, say, staff }: OfficePageProps) {
  const here = `${ROOT}/${office.code}`;
  const mayEdit = may(staff.role, "offices.edit");
  return (
    <Card title={t`Ngày nghỉ, ngày làm khác giờ`}>
      <p class="quiet">
        {t`Chỉ của cơ quan này. Lễ theo luật đã có sẵn; ngày nghỉ bù, làm bù chung ghi ở Phản ánh → Cài đặt.`}
      </p>
      {days.length === 0 ? <p>{t`Chưa ghi ngày nào.`}</p> : null}
      <ul class="lines">
        {days.map(({ day, name, hours }) => (
          <li class="line">
            <span class="line-words">
              <strong safe>{dayInWords(day, say)}</strong>
              <span safe>{`${hours.length > 0 ? t`làm ${stretchesInWords(hours)}` : t`nghỉ`}: ${name}`}</span>
            </span>
            {mayEdit ? (
              <Form action={`${here}/days/${day}/drop`} staff={staff}>
                <Submit tone="plain" small icon="trash">
                  {t`Bỏ`}
                </Submit>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
      {mayEdit ? (
        <Form action={`${here}/days`} staff={staff} class="office-day">
          <TextField name="day" label={t`Ngày`} type="date" value={values.day} error={errors.day} required />
          <TextField
            name="reason"
            label={t`Lý do`}
            value={values.reason}
            error={errors.reason}
            maxlength={120}
            placeholder={t`Dời trụ sở`}
            required
          />
          <TimeFields
            day="day"
            label={t`Giờ làm ngày đó; để trống là nghỉ`}
            values={values}
            errors={errors}
          />
          <Submit icon="check">{t`Ghi ngày này`}</Submit>
        </Form>
      ) : null}
    </Card>
  );
}
