/** All procedures, found by words, field and state. */
import { pageLocale, t } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Empty,
  Pagination,
  SearchField,
  SelectField,
  Submit,
  Table,
  Time,
  type Column,
  type Option,
} from "../../../console/components/index.ts";
import { titleOf } from "../record.ts";
import type { KeptProcedure } from "../store.ts";
import { PAGE, queryWith, type ListQuery } from "./list.ts";
import { ROOT, STATE_NAMES, STATE_TONES, stateOf } from "./words.ts";

interface ListPageProps {
  query: ListQuery;
  /** All that pass the filters. */
  found: KeptProcedure[];
  categories: Record<string, string>;
}

export function ListPage({ query, found, categories }: ListPageProps) {
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const page = Math.min(query.page, pages);
  return (
    <>
      <Filters query={query} categories={categories} />
      <Card flush title={t`${found.length.toLocaleString(pageLocale())} thủ tục`}>
        <Table
          caption={t`Thủ tục`}
          columns={columns(categories)}
          rows={found.slice((page - 1) * PAGE, page * PAGE)}
          empty={
            <Empty icon="file-text" title={t`Không có thủ tục nào như vậy`}>
              <p>{t`Bớt điều kiện lọc, hoặc tìm bằng mã.`}</p>
            </Empty>
          }
        />
        <Pagination
          page={page}
          pages={pages}
          href={(number) => `${ROOT}?${queryWith(query, { page: number })}`}
        />
      </Card>
    </>
  );
}

function columns(categories: Record<string, string>): Column<KeptProcedure>[] {
  return [
    {
      title: t`Thủ tục`,
      cell: ({ code, data }) => (
        <>
          <a href={`${ROOT}/${code}`} safe>
            {titleOf(data)}
          </a>
          <div class="quiet" safe>
            {code}
          </div>
        </>
      ),
    },
    {
      title: t`Lĩnh vực`,
      cell: ({ data }) => <span safe>{categoryName(data.category, categories)}</span>,
    },
    { title: t`Tình trạng`, cell: (procedure) => <State procedure={procedure} /> },
    { title: t`Số liệu`, cell: ({ data }) => <span safe>{data.asOf ?? ""}</span> },
    { title: t`Rà soát lúc`, cell: ({ reviewedAt }) => (reviewedAt ? <Time at={reviewedAt} /> : "") },
  ];
}

export function State({ procedure }: { procedure: KeptProcedure }) {
  const state = stateOf(procedure);
  return (
    <span class="procedure-states">
      <Badge tone={STATE_TONES[state]}>
        <span>{t.of(STATE_NAMES[state])}</span>
      </Badge>
      {procedure.sample ? <Badge>{t`mẫu`}</Badge> : null}
    </span>
  );
}

function Filters({ query, categories }: Pick<ListPageProps, "query" | "categories">) {
  const fields = Object.entries(categories).sort(([, one], [, other]) => one.localeCompare(other, "vi"));
  return (
    <form class="filters" method="get" action={ROOT}>
      <SearchField value={query.q} placeholder={t`Tên, cách gọi hoặc mã; có dấu hay không đều được`} />
      <SelectField name="category" label={t`Lĩnh vực`} value={query.category} options={orAll(fields)} />
      <SelectField
        name="state"
        label={t`Tình trạng`}
        value={query.state}
        options={orAll(Object.entries(STATE_NAMES))}
      />
      <Submit icon="search" tone="plain">
        {t`Lọc`}
      </Submit>
    </form>
  );
}

const orAll = (options: [value: string, label: string][]): Option[] => [
  { value: "", label: t`Tất cả` },
  ...options.map(([value, label]) => ({ value, label })),
];

function categoryName(category: string | null | undefined, names: Record<string, string>): string {
  return category ? (names[category] ?? category) : "";
}
