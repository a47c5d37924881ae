/** Models: teach one, see it beside the one in use, take it or leave it. */
import { pageLocale, t, vi } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Confirm,
  Empty,
  Facts,
  Form,
  Submit,
  Time,
  type Tone,
} from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { Ways } from "./desk-page.tsx";
import type { Comparison, DeskState, TaughtModel } from "./store.ts";

const HERE = "/console/training";
const CHANGES_SHOWN = 8;

interface ListProps {
  models: TaughtModel[];
  /** Versions: of the model the service came with, and of the one residents are understood by. */
  shipped: string;
  inUse: string;
  staff: SignedIn;
  maySwitch: boolean;
  labelOf(this: void, intent: string): string;
}

export function Models({ counts, ...list }: ListProps & { counts: Record<DeskState, number> }) {
  return (
    <>
      <Ways here="models" counts={counts} />
      <ModelList {...list} />
    </>
  );
}

/** Asks for itself again while a model is under way. */
export function ModelList(props: ListProps) {
  const { models, shipped, inUse, staff, maySwitch } = props;
  const isBusy = models.some(({ state }) => state === "waiting" || state === "teaching");
  const isShipped = shipped === inUse;
  const again = isBusy
    ? { "hx-get": `${HERE}/models/list`, "hx-trigger": "every 1500ms", "hx-swap": "outerHTML" }
    : {};
  return (
    <div class="stack models" id="models" {...again}>
      <Card title={t`Mô hình đang dùng`}>
        <p>
          {isShipped ? (
            <>{t`Trợ lý đang hiểu theo mô hình gốc, đi kèm bản cài đặt.`}</>
          ) : (
            <>{t`Trợ lý đang hiểu theo mô hình đã dạy ở đây.`}</>
          )}{" "}
          <code safe>{inUse}</code>
        </p>
        <div class="row-actions">
          {isBusy ? null : (
            <Form action={`${HERE}/models`} staff={staff}>
              <Submit icon="school">{t`Dạy mô hình mới`}</Submit>
            </Form>
          )}
          {maySwitch && !isShipped ? (
            <Confirm
              id="use-shipped"
              action={`${HERE}/shipped`}
              staff={staff}
              label={t`Dùng lại mô hình gốc`}
              icon="arrow-back-up"
              title={t`Dùng lại mô hình gốc?`}
              text={t`Trợ lý thôi dùng những câu đã dạy ở đây. Các mô hình đã dạy vẫn còn để chọn lại.`}
            />
          ) : null}
        </div>
      </Card>
      {models.length === 0 ? (
        <Card>
          <Empty icon="school" title={t`Chưa dạy lần nào`}>
            {t`Nhận vài câu trên bàn, rồi dạy một mô hình mới để so với mô hình đang dùng.`}
          </Empty>
        </Card>
      ) : (
        models.map((model) => <Model model={model} {...props} />)
      )}
    </div>
  );
}

const STATES: Record<string, { name: string; tone: Tone }> = {
  waiting: { name: vi`Đang chờ`, tone: "quiet" },
  teaching: { name: vi`Đang dạy`, tone: "quiet" },
  ready: { name: vi`Chờ anh/chị chọn`, tone: "warn" },
  in_use: { name: vi`Đang dùng`, tone: "good" },
  former: { name: vi`Từng dùng`, tone: "quiet" },
  refused: { name: vi`Không dùng`, tone: "bad" },
  failed: { name: vi`Dạy không xong`, tone: "bad" },
};

function Model({ model, shipped, staff, maySwitch, labelOf }: { model: TaughtModel } & ListProps) {
  const { id, state, progress, comparison, sentences, askedAt } = model;
  const look = STATES[state]!;
  const isOld = model.shipped !== shipped;
  return (
    <Card
      title={t`Lần dạy ${id}`}
      actions={
        <Badge tone={isOld ? "quiet" : look.tone}>
          <span safe>{isOld ? t`Của bản cài đặt trước` : t.of(look.name)}</span>
        </Badge>
      }
    >
      <p class="quiet">
        <Time at={askedAt} /> · {t.html`${sentences} câu đã nhận`}
        {comparison && comparison.known > 0 ? (
          <>{t.html`, trong đó ${comparison.known} câu đã có sẵn`}</>
        ) : null}
      </p>
      {state === "waiting" || state === "teaching" ? (
        <div class="teaching" role="status">
          <progress />
          <span safe>{t.of(progress) || t`Đang chờ tới lượt`}</span>
        </div>
      ) : null}
      {state === "failed" ? (
        <p class="notice notice-bad" safe>
          {progress}
        </p>
      ) : null}
      {comparison ? <Beside comparison={comparison} labelOf={labelOf} /> : null}
      {state === "refused" && comparison && !model.decidedAt ? (
        <p class="notice notice-bad">{t`Mô hình này kém hơn mô hình đang dùng nên không được dùng.`}</p>
      ) : null}
      {maySwitch && !isOld ? <Choice state={state} id={id} staff={staff} /> : null}
    </Card>
  );
}

function Choice({ state, id, staff }: { state: string; id: number; staff: SignedIn }) {
  if (state !== "ready" && state !== "former") return <></>;
  return (
    <div class="row-actions">
      <Confirm
        id={`use-${id}`}
        action={`${HERE}/models/${id}/use`}
        staff={staff}
        label={t`Dùng mô hình này`}
        icon="check"
        title={t`Dùng mô hình này?`}
        text={t`Vài giây sau, trợ lý ở mọi tài khoản hiểu theo mô hình này. Lúc nào cũng đổi lại được.`}
      />
      {state === "ready" ? (
        <Form action={`${HERE}/models/${id}/refuse`} staff={staff}>
          <Submit tone="plain">{t`Không dùng`}</Submit>
        </Form>
      ) : null}
    </div>
  );
}

function Beside({ comparison, labelOf }: { comparison: Comparison } & Pick<ListProps, "labelOf">) {
  const { current, fresh, changes } = comparison;
  return (
    <>
      <Facts
        of={[
          [t`Hiểu đúng`, <Change before={current.accuracy} after={fresh.accuracy} />],
          [t`Viết không dấu`, <Change before={current.bare} after={fresh.bare} />],
          [t`Đều giữa các chủ đề (F1)`, <Change before={current.macroF1} after={fresh.macroF1} />],
        ]}
      />
      <p class="quiet">{t`Đo trên những câu để riêng, không mô hình nào được học. Trước → sau.`}</p>
      {changes.length > 0 ? (
        <details>
          <summary>{t.html`${changes.length} chủ đề thay đổi`}</summary>
          <Facts
            of={changes
              .slice(0, CHANGES_SHOWN)
              .map(({ intent, before, after }) => [
                labelOf(intent),
                <Change before={before} after={after} />,
              ])}
          />
        </details>
      ) : null}
    </>
  );
}

function Change({ before, after }: { before: number; after: number }) {
  const difference = Math.round((after - before) * 1000) / 10;
  const tone = difference > 0 ? "good" : difference < 0 ? "bad" : "quiet";
  const signed = `${difference > 0 ? "+" : ""}${difference.toLocaleString(pageLocale())}`;
  return (
    <span class="change">
      <span safe>{`${percent(before)} → ${percent(after)}`}</span>{" "}
      <Badge tone={tone}>
        <span safe>{signed}</span>
      </Badge>
    </span>
  );
}

const percent = (share: number) =>
  `${(share * 100).toLocaleString(pageLocale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })}%`;
