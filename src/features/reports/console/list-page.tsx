/** All reports, filtered; views one keeps; several given to somebody at once. */
import { pageLocale, t } from "../../../bilingual/index.ts";
import {
  Card,
  Confirm,
  Empty,
  Icon,
  Pagination,
  SearchField,
  SelectField,
  Submit,
  Table,
  Time,
  type Column,
} from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { wardFile } from "../../../places/wards.ts";
import { STATE_NAMES } from "../labels.ts";
import { STATES } from "../states.ts";
import { PAGE, type Colleague, type ListedReport } from "../store.ts";
import { ratingName } from "./words.ts";
import { Due, Priority, ROOT, Sample, State, Ways } from "./shared.tsx";
import { queryWith, type ListQuery } from "./list-query.ts";
import { categoryName, categoryOptions } from "./words.ts";

interface ListPageProps {
  query: ListQuery;
  reports: ListedReport[];
  total: number;
  units: { code: string; name: string }[];
  colleagues: Colleague[];
  views: { id: number; name: string; query: string }[];
  staff: SignedIn;
  now: Date;
}

export function ListPage(props: ListPageProps) {
  const { query, reports, total, units, staff, now } = props;
  const works = may(staff.role, "reports.work");
  const address = `${ROOT}/list?${queryWith(query, {})}`;
  return (
    <>
      <Ways here="list" staff={staff} />
      <Views {...props} />
      <Filters query={query} units={units.filter(({ code }) => staff.units.includes(code))} />
      <form method="post" action={`${ROOT}/bulk`}>
        <input type="hidden" name="_csrf" value={staff.csrf} />
        <input type="hidden" name="back" value={address} />
        <Card flush title={t`${total.toLocaleString(pageLocale())} phản ánh`}>
          <Table
            caption={t`Phản ánh`}
            columns={columns(works, now)}
            rows={reports}
            empty={
              <Empty icon="flag" title={t`Không có phản ánh nào như vậy`}>
                <p>{t`Bớt điều kiện lọc để thấy nhiều hơn.`}</p>
              </Empty>
            }
          />
          <Pagination
            page={query.page}
            pages={Math.ceil(total / PAGE)}
            href={(page) => `${ROOT}/list?${queryWith(query, { page })}`}
          />
        </Card>
        {works && reports.length > 0 ? <Bulk {...props} /> : null}
      </form>
    </>
  );
}

function columns(works: boolean, now: Date): Column<ListedReport>[] {
  const tick: Column<ListedReport> = {
    title: t`Chọn`,
    cell: ({ code }) => (
      <input
        class="form-check-input"
        type="checkbox"
        name="codes"
        value={code}
        aria-label={t`Chọn ${code}`}
      />
    ),
  };
  return [
    ...(works ? [tick] : []),
    {
      title: t`Phản ánh`,
      cell: ({ code, category, priority, sample }) => (
        <>
          <a href={`${ROOT}/${code}`} safe>
            {categoryName(category)}
          </a>
          <span class="list-under">
            <span class="quiet" safe>
              {code}
            </span>
            <Priority priority={priority} />
            {sample ? <Sample /> : null}
          </span>
        </>
      ),
    },
    {
      title: t`Nơi`,
      cell: ({ street, place, ward }) => (
        <span safe>{[street ?? place, street && ward].filter(Boolean).join(", ")}</span>
      ),
    },
    { title: t`Tình trạng`, cell: ({ state }) => <State state={state} /> },
    { title: t`Hạn`, cell: (report) => <Due report={report} now={now} /> },
    {
      title: t`Đơn vị, người nhận`,
      cell: ({ unitName, assigneeName }) => (
        <>
          <span safe>{unitName}</span>
          {assigneeName ? (
            <span class="list-under quiet" safe>
              {assigneeName}
            </span>
          ) : null}
        </>
      ),
    },
    { title: t`Gửi lúc`, cell: ({ createdAt }) => <Time at={createdAt} /> },
  ];
}

function Views({ views, query, staff }: ListPageProps) {
  return (
    <div class="views">
      <nav aria-label={t`Bộ lọc có sẵn`}>
        <a href={`${ROOT}/list?state=open&assignee=me`}>{t`Việc của tôi`}</a>
        <a href={`${ROOT}/list?overdue=on&sort=due`}>{t`Quá hạn`}</a>
        <a href={`${ROOT}/list?escalated=on&state=open`}>{t`Đã báo cấp trên`}</a>
        <a href={`${ROOT}/list?state=open&assignee=nobody`}>{t`Chưa ai nhận`}</a>
        <a href={`${ROOT}/list?rating=1`}>{t`Dân chưa hài lòng`}</a>
        {views.map((view) => (
          <a href={`${ROOT}/list?${view.query}`} class="views-own">
            <Icon name="star" />
            <span safe>{view.name}</span>
          </a>
        ))}
      </nav>
      <Confirm
        id="keep-view"
        action={`${ROOT}/views`}
        staff={staff}
        label={t`Lưu bộ lọc`}
        icon="star"
        small
        title={t`Lưu bộ lọc này`}
        text={t`Bộ lọc đang dùng sẽ nằm sẵn ở đầu danh sách của anh/chị.`}
      >
        <input type="hidden" name="query" value={queryWith(query, { page: 1 })} />
        <div class="field">
          <label class="form-label required" for="view-name">
            {t`Tên`}
          </label>
          <input id="view-name" class="form-control" name="name" required maxlength={40} />
        </div>
      </Confirm>
      {views.length > 0 ? (
        <Confirm
          id="drop-view"
          action={`${ROOT}/views/drop`}
          staff={staff}
          label={t`Bỏ bớt`}
          small
          title={t`Bỏ một bộ lọc đã lưu`}
          text={t`Chỉ bỏ khỏi danh sách của anh/chị.`}
        >
          <select class="form-select" name="id" aria-label={t`Bộ lọc`}>
            {views.map(({ id, name }) => (
              <option value={String(id)} safe>
                {name}
              </option>
            ))}
          </select>
        </Confirm>
      ) : null}
    </div>
  );
}

function Filters({ query, units }: { query: ListQuery; units: { code: string; name: string }[] }) {
  return (
    <form class="filters report-filters" method="get" action={`${ROOT}/list`}>
      <SearchField value={query.q} placeholder={t`Mã, đường, từ trong nội dung`} />
      <SelectField
        name="state"
        label={t`Tình trạng`}
        value={query.state}
        options={[
          { value: "", label: t`Tất cả` },
          { value: "open", label: t`Còn mở` },
          ...STATES.map((state) => ({ value: state, label: t.of(STATE_NAMES[state]) })),
        ]}
      />
      <SelectField
        name="category"
        label={t`Loại việc`}
        value={query.category}
        options={[{ value: "", label: t`Tất cả` }, ...categoryOptions()]}
      />
      <SelectField
        name="ward"
        label={t`Phường`}
        value={query.ward}
        options={[
          { value: "", label: t`Tất cả` },
          ...wardFile.wards.map(({ code, name }) => ({ value: code, label: name })),
        ]}
      />
      {units.length > 1 ? (
        <SelectField
          name="unit"
          label={t`Đơn vị`}
          value={query.unit}
          options={[
            { value: "", label: t`Tất cả` },
            ...units.map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
      ) : null}
      <SelectField
        name="assignee"
        label={t`Người nhận`}
        value={query.assignee}
        options={[
          { value: "", label: t`Ai cũng được` },
          { value: "me", label: t`Tôi` },
          { value: "nobody", label: t`Chưa ai nhận` },
        ]}
      />
      <SelectField
        name="rating"
        label={t`Dân đánh giá`}
        value={query.rating}
        options={[
          { value: "", label: t`Bất kỳ` },
          ...[3, 2, 1].map((rating) => ({ value: String(rating), label: ratingName(rating) })),
        ]}
      />
      <SelectField
        name="sort"
        label={t`Xếp theo`}
        value={query.sort}
        options={[
          { value: "newest", label: t`Mới nhất` },
          { value: "due", label: t`Gần hạn nhất` },
        ]}
      />
      {query.overdue ? <input type="hidden" name="overdue" value="on" /> : null}
      {query.escalated ? <input type="hidden" name="escalated" value="on" /> : null}
      <button class="btn btn-primary" type="submit">
        <Icon name="filter" />
        {t`Lọc`}
      </button>
    </form>
  );
}

/** For the ticked ones. */
function Bulk({ units, colleagues }: ListPageProps) {
  return (
    <section class="card bulk" aria-labelledby="bulk-title">
      <h2 id="bulk-title">{t`Giao các phản ánh đã chọn`}</h2>
      <div class="filters">
        <div class="field">
          <label class="form-label" for="bulk-unit">
            {t`Đơn vị`}
          </label>
          <select id="bulk-unit" class="form-select" name="unit">
            <option value="">{t`Giữ đơn vị đang có`}</option>
            {units.map(({ code, name }) => (
              <option value={code} safe>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label class="form-label" for="bulk-assignee">
            {t`Người nhận`}
          </label>
          <select id="bulk-assignee" class="form-select" name="assignee">
            <option value="">{t`Chưa chọn người`}</option>
            {colleagues.map(({ id, name, unitName }) => (
              <option value={String(id)} safe>
                {`${name} (${unitName})`}
              </option>
            ))}
          </select>
        </div>
        <Submit icon="user-check">{t`Giao`}</Submit>
      </div>
    </section>
  );
}
