/** Articles, broadcasts and posts of an announcement on the page of its delivery, with what a person may decide. */
import {
  Badge,
  Card,
  ChannelMark,
  Confirm,
  Form,
  LinkButton,
  Submit,
  Time,
  type Tone,
} from "../../../console/components/index.ts";
import { t, vi } from "../../../bilingual/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { ROOT } from "../console/words.ts";
import type { Kind, PublicationState, publicationsOf } from "./store.ts";

const KINDS: Record<Kind, string> = {
  article: vi`Bài viết`,
  broadcast: vi`Gửi tới người quan tâm`,
  post: vi`Bài đăng`,
};

const STATES: Record<PublicationState, { name: string; tone: Tone }> = {
  open: { name: vi`Chờ`, tone: "info" },
  calling: { name: vi`Đang đăng`, tone: "info" },
  processing: { name: vi`Zalo đang xử lý`, tone: "info" },
  unknown: { name: vi`Đang đối chiếu`, tone: "warn" },
  held: { name: vi`Chưa rõ kết quả`, tone: "warn" },
  scheduled: { name: vi`Facebook giữ, chờ tới giờ`, tone: "info" },
  done: { name: vi`Đã đăng`, tone: "good" },
  failed: { name: vi`Không đăng được`, tone: "bad" },
  cancelled: { name: vi`Đã hủy`, tone: "quiet" },
  replaced: { name: vi`Đã thay bằng bản đính chính`, tone: "quiet" },
  removed: { name: vi`Đã gỡ`, tone: "quiet" },
};
const SHOWN = 100;

type Row = Awaited<ReturnType<typeof publicationsOf>>[number];

/** Those a person must look at stand first. */
export function Publications({ code, rows, staff }: { code: string; rows: Row[]; staff: SignedIn }) {
  if (rows.length === 0) return <></>;
  const rank = ({ state }: Row) => (["held", "failed"].includes(state) ? 0 : state === "done" ? 2 : 1);
  const sorted = [...rows].sort((one, other) => rank(one) - rank(other));
  const done = rows.filter(({ state }) => state === "done").length;
  return (
    <Card title={t`Đăng lên tài khoản`} actions={<Done done={done} of={rows.length} />} flush>
      <ol class="lines">
        {sorted.slice(0, SHOWN).map((row) => (
          <Line code={code} row={row} staff={staff} />
        ))}
      </ol>
    </Card>
  );
}

const Done = ({ done, of }: { done: number; of: number }) => (
  <Badge>
    <span safe>{`${done} / ${of}`}</span>
  </Badge>
);

function Line({ code, row, staff }: { code: string; row: Row; staff: SignedIn }) {
  const { account, kind, state, note, link, doneAt } = row;
  const { name, tone } = STATES[state as PublicationState];
  return (
    <li class="line">
      <ChannelMark channel={account.channel} />
      <span class="line-words">
        <strong safe>{account.name}</strong>
        <span>
          <span safe>{t.of(KINDS[kind as Kind])}</span>{" "}
          <Badge tone={tone}>
            <span safe>{t.of(name)}</span>
          </Badge>{" "}
          {doneAt ? <Time at={doneAt} /> : null}
        </span>
        {note ? (
          <span class="quiet" safe>
            {t.of(note)}
          </span>
        ) : null}
        <Decisions {...{ code, row, staff }} />
      </span>
      {link && state === "done" ? (
        <LinkButton href={link} icon="external-link">{t`Mở bài`}</LinkButton>
      ) : null}
    </li>
  );
}

function Decisions({ code, row, staff }: { code: string; row: Row; staff: SignedIn }) {
  if (!may(staff.role, "announcements.write") || !["held", "failed"].includes(row.state)) return <></>;
  const path = `${ROOT}/${code}/delivery/publications/${row.id}`;
  return (
    <span class="row-actions">
      {row.state === "held" ? (
        <>
          <Form action={`${path}/there`} staff={staff}>
            <Submit tone="plain" small>{t`Đã thấy trên nền tảng`}</Submit>
          </Form>
          <Confirm
            id={`again-${row.id}`}
            action={`${path}/again`}
            staff={staff}
            label={t`Đăng lại`}
            title={t`Chắc là chưa có trên nền tảng?`}
            text={t`Nền tảng không trả lời lần đăng trước. Mở trang của tài khoản xem kỹ: nếu bài đã có mà đăng lại, người dân sẽ thấy hai lần.`}
            small
          />
        </>
      ) : (
        <Form action={`${path}/again`} staff={staff}>
          <Submit tone="plain" small>{t`Thử lại`}</Submit>
        </Form>
      )}
      <Form action={`${path}/drop`} staff={staff}>
        <Submit tone="plain" small>{t`Bỏ`}</Submit>
      </Form>
    </span>
  );
}
