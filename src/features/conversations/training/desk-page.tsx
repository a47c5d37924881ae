/** The desk itself: messages one under the other, each with what the bot took it for. */
import { t } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Empty,
  Form,
  Pagination,
  SelectField,
  Submit,
  Table,
  Tabs,
  Time,
} from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { IntentName } from "./intents.ts";
import type { DeskMessage, DeskState } from "./store.ts";

const HERE = "/console/training";
type Label = (intent: string) => string;
type Counts = Record<DeskState, number>;

export function Ways({ here, counts }: { here: DeskState | "models"; counts: Counts }) {
  const tabs = [
    { href: HERE, label: t`Trên bàn`, active: here === "open", count: counts.open },
    { href: `${HERE}/accepted`, label: t`Đã nhận`, active: here === "accepted", count: counts.accepted },
    { href: `${HERE}/ignored`, label: t`Bỏ qua`, active: here === "ignored", count: counts.ignored },
    { href: `${HERE}/models`, label: t`Mô hình`, active: here === "models" },
  ];
  return <Tabs label={t`Dạy trợ lý`} tabs={tabs} />;
}

interface DeskProps {
  messages: DeskMessage[];
  counts: Counts;
  staff: SignedIn;
  labelOf: Label;
  all: IntentName[];
}

export function Desk({ messages, counts, staff, labelOf, all }: DeskProps) {
  return (
    <>
      <Ways here="open" counts={counts} />
      {messages.length === 0 ? (
        <Card>
          <Empty icon="check" title={t`Bàn trống`}>
            {t`Trợ lý hiểu hết, hoặc chưa có người dân nào đồng ý cho giữ câu của mình để dạy.`}
          </Empty>
        </Card>
      ) : (
        <>
          <p class="quiet desk-keys">
            {t.html`Phím <kbd>1</kbd>–<kbd>5</kbd> nhận câu trên cùng vào chủ đề đó, <kbd>x</kbd> bỏ qua, <kbd>u</kbd> lấy lại câu vừa làm.`}
          </p>
          <ol class="desk" id="desk">
            {messages.map((message) => (
              <Message message={message} staff={staff} labelOf={labelOf} all={all} />
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function Message({
  message,
  staff,
  labelOf,
  all,
}: { message: DeskMessage } & Omit<DeskProps, "messages" | "counts">) {
  const { id, text, readings, chosenIntent, correctedBy, createdAt } = message;
  const guesses = guessesOf(readings, chosenIntent);
  return (
    <li class="card desk-message" data-message={String(id)}>
      <p class="desk-text" safe>
        {text}
      </p>
      <p class="quiet">
        <Time at={createdAt} />
      </p>
      <Form action={`${HERE}/${id}/accept`} staff={staff} class="desk-guesses">
        {guesses.map(({ name, confidence }, at) => (
          <button type="submit" class="btn desk-guess" name="intent" value={name} data-key={String(at + 1)}>
            <kbd>{at + 1}</kbd>
            <span safe>{labelOf(name)}</span>
            {name === chosenIntent ? (
              <Badge tone="good">{correctedBy ? t`cán bộ sửa` : t`người dân chọn`}</Badge>
            ) : null}
            {confidence === null ? null : <span class="quiet">{Math.round(confidence * 100)}%</span>}
          </button>
        ))}
      </Form>
      <div class="desk-others">
        <Form action={`${HERE}/${id}/accept`} staff={staff} class="desk-other">
          <SelectField
            name="intent"
            label={t`Chủ đề khác`}
            options={[
              { value: "", label: t`Chọn chủ đề` },
              ...all.map(({ name, label }) => ({ value: name, label })),
            ]}
          />
          <Submit tone="plain">{t`Nhận`}</Submit>
        </Form>
        <Form action={`${HERE}/${id}/ignore`} staff={staff}>
          <button type="submit" class="btn" data-key="x">
            {t.html`<kbd class="desk-key">x</kbd>Bỏ qua`}
          </button>
        </Form>
      </div>
    </li>
  );
}

/** What the resident said first, then the surest readings: five keys. */
function guessesOf(readings: DeskMessage["readings"], chosen: string | null) {
  const known = readings.find(({ name }) => name === chosen);
  const first = chosen ? [{ name: chosen, confidence: known?.confidence ?? null }] : [];
  return [...first, ...readings.filter(({ name }) => name !== chosen)].slice(0, 5) as {
    name: string;
    confidence: number | null;
  }[];
}

interface DecidedProps {
  messages: DeskMessage[];
  counts: Counts;
  staff: SignedIn;
  state: "accepted" | "ignored";
  page: number;
  pages: number;
  labelOf: Label;
}

export function Decided({ messages, counts, staff, state, page, pages, labelOf }: DecidedProps) {
  const intentColumn = {
    title: t`Chủ đề`,
    cell: ({ intent }: DeskMessage) => (intent ? <span safe>{labelOf(intent)}</span> : <span>–</span>),
  };
  return (
    <>
      <Ways here={state} counts={counts} />
      <Card flush>
        <Table
          caption={state === "accepted" ? t`Câu đã nhận để dạy` : t`Câu đã bỏ qua`}
          rows={messages}
          columns={[
            { title: t`Câu`, cell: ({ text }) => <span safe>{text}</span> },
            ...(state === "accepted" ? [intentColumn] : []),
            { title: t`Lúc`, cell: ({ decidedAt, createdAt }) => <Time at={decidedAt ?? createdAt} /> },
            {
              title: "",
              cell: ({ id }) => (
                <Form action={`${HERE}/${id}/undo`} staff={staff}>
                  <Submit tone="plain" small>
                    {t`Lấy lại`}
                  </Submit>
                </Form>
              ),
            },
          ]}
          empty={<Empty icon="list" title={t`Chưa có câu nào`} />}
        />
        <Pagination page={page} pages={pages} href={(to) => `${HERE}/${state}?page=${to}`} />
      </Card>
    </>
  );
}
