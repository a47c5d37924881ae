import { t } from "../../bilingual/index.ts";
import type { Language } from "../../dialogue/types.ts";
import { placeholdersOf } from "../../dialogue/wording.ts";
import {
  Badge,
  Card,
  Confirm,
  Empty,
  Form,
  Submit,
  Tabs,
  TextArea,
  Time,
  type Errors,
} from "../components/index.ts";
import type { SignedIn } from "../signed-in.ts";
import { isLabel, LONGEST_LABEL } from "./check.ts";
import { Preview } from "./preview.tsx";
import type { WordingVersion } from "./store.ts";

export const LANGUAGES: { code: Language; name: string }[] = [
  { code: "vi", name: "Tiếng Việt" },
  { code: "en", name: "English" },
];

interface Props {
  name: string;
  language: Language;
  /** As shipped, in this language. */
  shipped: string;
  /** Said today. */
  current: string;
  /** In the field: what is said today, or what was just typed. */
  text: string;
  problem: string | null;
  errors: Errors;
  /** Of this language, newest first. */
  history: WordingVersion[];
  staff: SignedIn;
  mayEdit: boolean;
}

export function SentencePage(props: Props) {
  const { name, language, shipped, text, problem } = props;
  const at = `/console/wording/${name}`;
  return (
    <div class="stack">
      <Tabs
        label={t`Ngôn ngữ`}
        tabs={LANGUAGES.map((tab) => ({
          href: `${at}?lang=${tab.code}`,
          label: tab.name,
          active: tab.code === language,
        }))}
      />
      <div class="columns">
        <div class="stack">
          {props.mayEdit ? <Editor {...props} /> : <ReadOnly {...props} />}
          <Shipped {...props} />
        </div>
        <div class="stack">
          <Card title={t`Người dân sẽ thấy`}>
            <div id="preview" aria-live="polite">
              <Preview shipped={shipped} text={text} problem={problem} />
            </div>
          </Card>
        </div>
      </div>
      <History {...props} />
    </div>
  );
}

function Editor({ name, language, shipped, text, errors, history, staff }: Props) {
  const places = placeholdersOf(shipped);
  const limit = isLabel(shipped)
    ? t`Chữ trên nút: một dòng, dài nhất ${LONGEST_LABEL} ký tự; Messenger chỉ hiện 20 ký tự trên nút.`
    : t`Dài nhất 2.000 ký tự. Xuống dòng được.`;
  return (
    <Card title={t`Câu đang dùng`}>
      <Form action={`/console/wording/${name}`} staff={staff}>
        <input type="hidden" name="language" value={language} />
        <input type="hidden" name="seen" value={String(history[0]?.version ?? 0)} />
        <div
          hx-post={`/console/wording/${name}/preview`}
          hx-trigger="input delay:250ms"
          hx-target="#preview"
          hx-swap="innerHTML"
        >
          <TextArea
            name="text"
            label={language === "vi" ? t`Câu tiếng Việt` : t`Câu tiếng Anh`}
            value={text}
            error={errors.text}
            rows={isLabel(shipped) ? 2 : 8}
            help={limit}
            required
          />
        </div>
        {places.length > 0 ? (
          <p class="places">
            {t`Chỗ điền phải giữ nguyên:`}{" "}
            {places.map((place) => (
              <code safe>{`{${place}}`}</code>
            ))}
          </p>
        ) : null}
        <div class="row-actions">
          <Submit icon="check">{t`Lưu`}</Submit>
          <Submit tone="plain" icon="eye" name="deed" value="preview">
            {t`Xem trước`}
          </Submit>
        </div>
      </Form>
    </Card>
  );
}

function ReadOnly({ current }: Props) {
  return (
    <Card title={t`Câu đang dùng`}>
      <p class="pre" safe>
        {current}
      </p>
      <p class="quiet">{t`Chỉ quản trị hệ thống sửa được, vì câu này mọi đơn vị cùng dùng.`}</p>
    </Card>
  );
}

function Shipped({ name, language, shipped, current, history, staff, mayEdit }: Props) {
  if (current === shipped) return <p class="quiet">{t`Đang dùng câu gốc.`}</p>;
  return (
    <Card title={t`Câu gốc`}>
      <p class="pre quiet" safe>
        {shipped}
      </p>
      {mayEdit ? (
        <Confirm
          id="reset"
          action={`/console/wording/${name}/reset`}
          staff={staff}
          label={t`Dùng lại câu gốc`}
          icon="arrow-back-up"
          title={t`Dùng lại câu gốc?`}
          text={t`Câu đang dùng vẫn nằm trong các lần sửa, lấy lại được.`}
        >
          <input type="hidden" name="language" value={language} />
          <input type="hidden" name="seen" value={String(history[0]?.version ?? 0)} />
        </Confirm>
      ) : null}
    </Card>
  );
}

function History({ history }: Props) {
  return (
    <Card title={t`Các lần sửa`} flush>
      {history.length === 0 ? (
        <Empty icon="history" title={t`Chưa ai sửa câu này`} />
      ) : (
        <ol class="lines">
          {history.map(({ version, text, at, who }, index) => (
            <li class="line line-top">
              <span class="version">{version}</span>
              <div class="line-words">
                <span class="quiet">
                  <span safe>{who ?? t`hệ thống`}</span> · <Time at={at} />
                  {index === 0 ? (
                    <>
                      {" "}
                      <Badge tone="good">{t`đang dùng`}</Badge>
                    </>
                  ) : null}
                </span>
                {text === null ? (
                  <em>{t`Dùng lại câu gốc`}</em>
                ) : (
                  <span class="pre" safe>
                    {text}
                  </span>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
