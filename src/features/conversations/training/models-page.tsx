/** Models: teach one, see it beside the one in use, take it or leave it. */
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
      <Card title="Mô hình đang dùng">
        <p>
          {isShipped ? (
            <>Trợ lý đang hiểu theo mô hình gốc, đi kèm bản cài đặt.</>
          ) : (
            <>Trợ lý đang hiểu theo mô hình đã dạy ở đây.</>
          )}{" "}
          <code safe>{inUse}</code>
        </p>
        <div class="row-actions">
          {isBusy ? null : (
            <Form action={`${HERE}/models`} staff={staff}>
              <Submit icon="school">Dạy mô hình mới</Submit>
            </Form>
          )}
          {maySwitch && !isShipped ? (
            <Confirm
              id="use-shipped"
              action={`${HERE}/shipped`}
              staff={staff}
              label="Dùng lại mô hình gốc"
              icon="arrow-back-up"
              title="Dùng lại mô hình gốc?"
              text="Trợ lý thôi dùng những câu đã dạy ở đây. Các mô hình đã dạy vẫn còn để chọn lại."
            />
          ) : null}
        </div>
      </Card>
      {models.length === 0 ? (
        <Card>
          <Empty icon="school" title="Chưa dạy lần nào">
            Nhận vài câu trên bàn, rồi dạy một mô hình mới để so với mô hình đang dùng.
          </Empty>
        </Card>
      ) : (
        models.map((model) => <Model model={model} {...props} />)
      )}
    </div>
  );
}

const STATES: Record<string, { name: string; tone: Tone }> = {
  waiting: { name: "Đang chờ", tone: "quiet" },
  teaching: { name: "Đang dạy", tone: "quiet" },
  ready: { name: "Chờ anh/chị chọn", tone: "warn" },
  in_use: { name: "Đang dùng", tone: "good" },
  former: { name: "Từng dùng", tone: "quiet" },
  refused: { name: "Không dùng", tone: "bad" },
  failed: { name: "Dạy không xong", tone: "bad" },
};

function Model({ model, shipped, staff, maySwitch, labelOf }: { model: TaughtModel } & ListProps) {
  const { id, state, progress, comparison, sentences, askedAt } = model;
  const look = STATES[state]!;
  const isOld = model.shipped !== shipped;
  return (
    <Card
      title={`Lần dạy ${id}`}
      actions={
        <Badge tone={isOld ? "quiet" : look.tone}>
          <span safe>{isOld ? "Của bản cài đặt trước" : look.name}</span>
        </Badge>
      }
    >
      <p class="quiet">
        <Time at={askedAt} /> · {sentences} câu đã nhận
        {comparison && comparison.known > 0 ? <>, trong đó {comparison.known} câu đã có sẵn</> : null}
      </p>
      {state === "waiting" || state === "teaching" ? (
        <div class="teaching" role="status">
          <progress />
          <span safe>{progress || "Đang chờ tới lượt"}</span>
        </div>
      ) : null}
      {state === "failed" ? (
        <p class="notice notice-bad" safe>
          {progress}
        </p>
      ) : null}
      {comparison ? <Beside comparison={comparison} labelOf={labelOf} /> : null}
      {state === "refused" && comparison && !model.decidedAt ? (
        <p class="notice notice-bad">Mô hình này kém hơn mô hình đang dùng nên không được dùng.</p>
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
        label="Dùng mô hình này"
        icon="check"
        title="Dùng mô hình này?"
        text="Vài giây sau, trợ lý ở mọi tài khoản hiểu theo mô hình này. Lúc nào cũng đổi lại được."
      />
      {state === "ready" ? (
        <Form action={`${HERE}/models/${id}/refuse`} staff={staff}>
          <Submit tone="plain">Không dùng</Submit>
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
          ["Hiểu đúng", <Change before={current.accuracy} after={fresh.accuracy} />],
          ["Viết không dấu", <Change before={current.bare} after={fresh.bare} />],
          ["Đều giữa các chủ đề (F1)", <Change before={current.macroF1} after={fresh.macroF1} />],
        ]}
      />
      <p class="quiet">Đo trên những câu để riêng, không mô hình nào được học. Trước → sau.</p>
      {changes.length > 0 ? (
        <details>
          <summary>{changes.length} chủ đề thay đổi</summary>
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
  const signed = `${difference > 0 ? "+" : ""}${difference.toLocaleString("vi")}`;
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
  `${(share * 100).toLocaleString("vi", { minimumFractionDigits: 1, maximumFractionDigits: 1 })}%`;
