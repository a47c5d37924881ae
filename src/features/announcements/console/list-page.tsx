/** Every announcement of one's units, by state. */
import { pageLanguage, pageLocale, t, vi } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Empty,
  Pagination,
  SearchField,
  Submit,
  Table,
  Tabs,
  Time,
  type Column,
} from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { topicName } from "../topics.ts";
import type { State } from "../workflow.ts";
import { DeskTabs } from "./desk-tabs.tsx";
import { PAGE, type Kept } from "./store.ts";
import { ROOT, STATES } from "./words.ts";

export interface Query {
  state: State | "";
  q: string;
  page: number;
}

interface ListPageProps {
  query: Query;
  rows: Kept[];
  total: number;
  counts: Map<string, number>;
  staff: SignedIn;
}

export function ListPage({ query, rows, total, counts, staff }: ListPageProps) {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const tabs = [
    { href: address(query, { state: "", page: 1 }), label: t`Tất cả`, active: !query.state, count: all },
    ...(Object.keys(STATES) as State[]).map((state) => ({
      href: address(query, { state, page: 1 }),
      label: t.of(STATES[state].name),
      active: query.state === state,
      count: counts.get(state) ?? 0,
    })),
  ];
  return (
    <>
      <DeskTabs active="announcements" staff={staff} />
      <Tabs label={t`Tình trạng`} tabs={tabs} />
      <form class="filters" method="get" action={ROOT}>
        <input type="hidden" name="state" value={query.state} />
        <SearchField value={query.q} placeholder={t`Mã, số văn bản, từ trong bài`} />
        <Submit icon="search" tone="plain">
          {t`Tìm`}
        </Submit>
      </form>
      <Card flush title={t`${total.toLocaleString(pageLocale())} thông báo`}>
        <Table
          caption={t`Thông báo`}
          columns={COLUMNS}
          rows={rows}
          empty={
            <Empty icon="note" title={t`Chưa có thông báo nào như vậy`}>
              <p>{t`Thông báo soạn một lần, duyệt xong thì đăng và nhắn cho người đã đăng ký.`}</p>
            </Empty>
          }
        />
        <Pagination
          page={query.page}
          pages={Math.ceil(total / PAGE)}
          href={(page) => address(query, { page })}
        />
      </Card>
    </>
  );
}

function address(query: Query, changes: Partial<Query>): string {
  const { state, q, page } = { ...query, ...changes };
  const written = new URLSearchParams();
  if (state) written.set("state", state);
  if (q) written.set("q", q);
  if (page > 1) written.set("page", String(page));
  return written.size > 0 ? `${ROOT}?${written}` : ROOT;
}

const COLUMNS: Column<Kept>[] = [
  {
    title: vi`Thông báo`,
    cell: ({ code, title, level, sample }) => (
      <span class="two-lines">
        <a href={`${ROOT}/${code}`} safe>
          {title}
        </a>
        <span>
          <span class="quiet" safe>
            {code}
          </span>{" "}
          <Level level={level} /> {sample ? <Badge>{t`mẫu`}</Badge> : null}
        </span>
      </span>
    ),
  },
  { title: vi`Tình trạng`, cell: ({ state }) => <StateMark state={state as State} /> },
  {
    title: vi`Đơn vị, loại tin`,
    cell: ({ unit, topic }) => (
      <span class="two-lines">
        <span safe>{unit.name}</span>
        <span class="quiet" safe>
          {topicName(topic, pageLanguage())}
        </span>
      </span>
    ),
  },
  { title: vi`Số văn bản`, cell: ({ documentNumber }) => <span safe>{documentNumber ?? "—"}</span> },
  { title: vi`Lúc`, cell: ({ publishedAt, updatedAt }) => <Time at={publishedAt ?? updatedAt} /> },
];

export function StateMark({ state }: { state: State }) {
  const { name, tone } = STATES[state];
  return (
    <Badge tone={tone}>
      <span safe>{t.of(name)}</span>
    </Badge>
  );
}

export function Level({ level }: { level: string }) {
  if (level === "emergency") return <Badge tone="bad">{t`Khẩn cấp`}</Badge>;
  return level === "important" ? <Badge tone="warn">{t`Quan trọng`}</Badge> : <></>;
}
