/** Lists of rows. On a phone each row becomes a small card, every cell under the name of its column. */
import type { Children } from "@kitajs/html";
import { t } from "../../bilingual/index.ts";
import { Icon } from "./icons.tsx";

export interface Column<Row> {
  /** May wait in Vietnamese, as vi`…`. */
  title: string;
  cell(row: Row): Children;
  /** Numbers stand right; a column of buttons stays narrow. */
  align?: "right" | "actions";
}

interface TableProps<Row> {
  /** Said to who cannot see the page. */
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  /** Shown instead when there are none: an `<Empty>`. */
  empty: Children;
}

export function Table<Row>({ caption, columns, rows, empty }: TableProps<Row>) {
  if (rows.length === 0) return <>{empty as "safe"}</>;
  return (
    <table class="table table-vcenter rows">
      <caption class="visually-hidden" safe>
        {caption}
      </caption>
      <thead>
        <tr>
          {columns.map(({ title, align }) => (
            <th scope="col" class={align ? `align-${align}` : ""} safe>
              {t.of(title)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {columns.map(({ title, cell, align }) => (
              <td data-label={t.of(title)} class={align ? `align-${align}` : ""}>
                {cell(row) as "safe"}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PaginationProps {
  page: number;
  pages: number;
  /** The address of a page; keep the filters in it. */
  href(this: void, page: number): string;
}

export function Pagination({ page, pages, href }: PaginationProps) {
  if (pages <= 1) return <></>;
  return (
    <nav class="pages" aria-label={t`Các trang`}>
      {page > 1 ? (
        <a class="btn btn-sm" rel="prev" href={href(page - 1)}>
          <Icon name="chevron-left" />
          {t`Trước`}
        </a>
      ) : (
        <span />
      )}
      <span>{t.html`Trang ${page} / ${pages}`}</span>
      {page < pages ? (
        <a class="btn btn-sm" rel="next" href={href(page + 1)}>
          {t`Sau`}
          <Icon name="chevron-right" />
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
