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
        <SearchField label="Tìm trong câu" value={query.words} placeholder="Có dấu hay không dấu đều được" />
        <SelectField
          name="group"
          label="Chủ đề"
          value={query.group}
          options={[{ value: "", label: "Tất cả" }, ...options]}
        />
        <CheckField name="changed" label="Chỉ câu đã sửa" checked={query.changedOnly} />
        <Submit tone="plain" icon="search">
          Tìm
        </Submit>
      </form>
      <Card flush>
        <p class="list-count quiet">
          {total} câu{query.words ? <span safe>{` khớp “${query.words}”`}</span> : null}
        </p>
        <Table
          caption="Lời của trợ lý"
          rows={sentences}
          empty={
            <Empty icon="message-2" title="Không có câu nào khớp">
              <p>Thử ít chữ hơn, hoặc chọn “Tất cả” chủ đề.</p>
            </Empty>
          }
          columns={[
            {
              title: "Câu người dân đọc",
              cell: ({ key, vi, isChanged }) => (
                <span class="two-lines">
                  <a class="excerpt wording-link" href={`/console/wording/${key}`} safe>
                    {vi}
                  </a>
                  <span class="row-actions">
                    <code class="key" safe>
                      {key}
                    </code>
                    {isChanged ? <Badge tone="info">Đã sửa</Badge> : null}
                  </span>
                </span>
              ),
            },
            {
              title: "Tiếng Anh",
              cell: ({ en }) => (
                <span class="excerpt quiet" lang="en" safe>
                  {en}
                </span>
              ),
            },
            { title: "Chủ đề", cell: ({ key }) => <span safe>{groupName(groupOf(key))}</span> },
          ]}
        />
        <Pagination page={page} pages={pages} href={address} />
      </Card>
    </>
  );
}
