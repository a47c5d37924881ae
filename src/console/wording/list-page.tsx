import { t } from "../../bilingual/index.ts";
import {
  Badge,
  Card,
  CheckField,
  Empty,
  Pagination,
  SearchField,
  SelectField,
  Submit,
  Table,
} from "../components/index.ts";
import { groupName, groupOf, type ListedSentence, type WordingQuery } from "./groups.ts";

interface Props {
  sentences: ListedSentence[];
  query: WordingQuery;
  groups: string[];
  page: number;
  pages: number;
  total: number;
}

export function WordingList({ sentences, query, groups, page, pages, total }: Props) {
  const address = (to: number) => {
    const { words, group, changedOnly } = query;
    const search = new URLSearchParams({ q: words, group, page: String(to) });
    if (changedOnly) search.set("changed", "on");
    return `/console/wording?${search}`;
  };
  const options = groups.map((group) => ({ value: group, label: groupName(group) }));
  return (
    <>
      <form class="filters" method="get" action="/console/wording">
        <SearchField
          label={t`Tìm trong câu`}
          value={query.words}
          placeholder={t`Có dấu hay không dấu đều được`}
        />
        <SelectField
          name="group"
          label={t`Chủ đề`}
          value={query.group}
          options={[{ value: "", label: t`Tất cả` }, ...options]}
        />
        <CheckField name="changed" label={t`Chỉ câu đã sửa`} checked={query.changedOnly} />
        <Submit tone="plain" icon="search">
          {t`Tìm`}
        </Submit>
      </form>
      <Card flush>
        <p class="list-count quiet" safe>
          {query.words ? t`${total} câu khớp “${query.words}”` : t`${total} câu`}
        </p>
        <Table
          caption={t`Lời của trợ lý`}
          rows={sentences}
          empty={
            <Empty icon="message-2" title={t`Không có câu nào khớp`}>
              <p>{t`Thử ít chữ hơn, hoặc chọn “Tất cả” chủ đề.`}</p>
            </Empty>
          }
          columns={[
            {
              title: t`Câu người dân đọc`,
              cell: ({ key, vi, isChanged }) => (
                <span class="two-lines">
                  <a class="excerpt wording-link" href={`/console/wording/${key}`} safe>
                    {vi}
                  </a>
                  <span class="row-actions">
                    <code class="key" safe>
                      {key}
                    </code>
                    {isChanged ? <Badge tone="info">{t`Đã sửa`}</Badge> : null}
                  </span>
                </span>
              ),
            },
            {
              title: t`Tiếng Anh`,
              cell: ({ en }) => (
                <span class="excerpt quiet" lang="en" safe>
                  {en}
                </span>
              ),
            },
            { title: t`Chủ đề`, cell: ({ key }) => <span safe>{groupName(groupOf(key))}</span> },
          ]}
        />
        <Pagination page={page} pages={pages} href={address} />
      </Card>
    </>
  );
}
