/** Rumours several people asked about: how many, since when, what was said; nobody's name. */
import { t } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Confirm,
  Empty,
  Form,
  Icon,
  LinkButton,
  Submit,
  Tabs,
  TextArea,
  TextField,
  Time,
} from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { DeskTabs } from "../console/desk-tabs.tsx";
import { ROOT } from "../console/words.ts";
import type { RumourLine, RumourState } from "./store.ts";

const HERE = `${ROOT}/rumours`;

interface RumoursPageProps {
  state: RumourState;
  rumours: RumourLine[];
  open: number;
  staff: SignedIn;
}

export function RumoursPage({ state, rumours, open, staff }: RumoursPageProps) {
  const tab = (to: RumourState, label: string, count = 0) => ({
    ...{ href: to === "open" ? HERE : `${HERE}?state=${to}`, label, active: state === to, count },
  });
  return (
    <>
      <DeskTabs active="rumours" rumours={open} staff={staff} />
      <Tabs
        label={t`Tin đồn theo tình trạng`}
        tabs={[
          tab("open", t`Chưa có thông báo`, open),
          tab("answered", t`Đã có thông báo`),
          tab("dismissed", t`Đã bỏ qua`),
        ]}
      />
      <div class="stack">
        {rumours.map((rumour) => (
          <Rumour rumour={rumour} staff={staff} />
        ))}
        {rumours.length === 0 ? (
          <Card>
            <Empty icon="mood-smile" title={t`Không có tin đồn nào ở đây`}>
              <p>{t`Khi từ hai người trở lên hỏi một tin mà chưa có thông báo chính thức, tin đó hiện ở đây.`}</p>
            </Empty>
          </Card>
        ) : null}
      </div>
    </>
  );
}

function Rumour({ rumour, staff }: { rumour: RumourLine; staff: SignedIn }) {
  const { id, text, askers, follows, firstAt, lastAt, state } = rumour;
  return (
    <Card>
      <article class="rumour">
        <p class="rumour-head">
          <Badge tone={askers >= 5 ? "bad" : "warn"}>
            {(<span safe>{t`${askers} người hỏi`}</span>) as "safe"}
          </Badge>
          {follows > 0 ? <span class="quiet" safe>{t`${follows} người muốn được báo lại`}</span> : null}
          <span class="quiet">
            {t`Lần đầu`} <Time at={firstAt} /> · {t`gần nhất`} <Time at={lastAt} />
          </span>
        </p>
        <blockquote class="kept-lines" safe>
          {text}
        </blockquote>
        {state === "open" ? (
          <Deeds {...{ rumour, staff, path: `${HERE}/${id}` }} />
        ) : (
          <Settled rumour={rumour} />
        )}
      </article>
    </Card>
  );
}

function Deeds({ rumour, staff, path }: { rumour: RumourLine; staff: SignedIn; path: string }) {
  const { id, code } = rumour;
  return (
    <div class="row-actions">
      {code ? (
        <LinkButton href={`${ROOT}/${code}`} icon="pencil">
          <span safe>{t`Xem bản nháp ${code}`}</span>
        </LinkButton>
      ) : (
        <Form action={`${path}/draft`} staff={staff}>
          <Submit icon="pencil">{t`Soạn đính chính`}</Submit>
        </Form>
      )}
      <Confirm
        id={`answered-${id}`}
        action={`${path}/answered`}
        staff={staff}
        label={t`Đã có thông báo`}
        title={t`Thông báo nào nói về tin này?`}
        text={t`Ai hỏi tin này và muốn được báo lại sẽ nhận thông báo đó.`}
      >
        {(<TextField name="code" label={t`Mã thông báo`} placeholder="TB-2611-00001" required />) as "safe"}
      </Confirm>
      <Confirm
        id={`dismiss-${id}`}
        action={`${path}/dismiss`}
        staff={staff}
        label={t`Bỏ tin này`}
        title={t`Bỏ qua tin này?`}
        text={t`Tin không còn trong danh sách; lý do ở lại.`}
      >
        {(<TextArea name="reason" label={t`Lý do`} rows={2} required />) as "safe"}
      </Confirm>
    </div>
  );
}

function Settled({ rumour: { code, reason, settledBy } }: { rumour: RumourLine }) {
  return (
    <p class="quiet rumour-head">
      <Icon name="circle-check" />
      {code && !reason ? (
        <a href={`${ROOT}/${code}`} safe>
          {code}
        </a>
      ) : null}
      {reason ? <span safe>{reason}</span> : null}
      {settledBy ? <span safe>{`· ${settledBy}`}</span> : null}
    </p>
  );
}
