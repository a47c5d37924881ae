/** Who did what, when: searchable, exportable, never changed. */
import type { Request, Router } from "express";
import { DateTime } from "luxon";
import { t } from "../../bilingual/index.ts";
import { formatDateTime, ZONE } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import {
  Card,
  Empty,
  Icon,
  LinkButton,
  Pagination,
  SearchField,
  Submit,
  Table,
  TextField,
  Time,
} from "../components/index.ts";
import { toCsv } from "../csv.ts";
import { showPage } from "../page.tsx";
import { one } from "../read-form.ts";
import { consoleRoutes } from "../routes.ts";
import { audit } from "./audit.ts";
import { findAudit, type AuditQuery, type AuditRow } from "./store.ts";

const PAGE_SIZE = 50;
/** Rows of one export; a longer time is exported in parts. */
const LARGEST_EXPORT = 50_000;

export function auditRoutes(db: Db): Router {
  const routes = consoleRoutes();

  routes.get("/", "audit.see", async (request, response) => {
    const page = Math.min(2000, Math.max(1, Number(one(request.query.page)) || 1));
    const rows = await findAudit(db, readQuery(request), PAGE_SIZE + 1, (page - 1) * PAGE_SIZE);
    const search = new URLSearchParams({
      q: one(request.query.q),
      from: one(request.query.from),
      to: one(request.query.to),
    });
    await showPage(
      request,
      response,
      {
        title: t`Nhật ký thao tác`,
        actions: (
          <LinkButton href={`/console/audit/export.csv?${search}`} icon="download">
            {t`Tải CSV`}
          </LinkButton>
        ),
      },
      <AuditList rows={rows} page={page} search={search} />,
    );
  });

  routes.get("/export.csv", "audit.see", async (request, response, staff) => {
    const rows = await findAudit(db, readQuery(request), LARGEST_EXPORT, 0);
    await audit(db, staff, "audit.export", "audit", { rows: rows.length });
    const csv = toCsv(
      [t`Lúc`, "Ai", t`Việc`, t`Đối tượng`, t`Chi tiết`],
      rows.map((row) => [
        formatDateTime(row.at),
        row.email ?? t`hệ thống`,
        row.action,
        row.subject,
        detailsOf(row),
      ]),
    );
    response.attachment("nhat-ky-thao-tac.csv").type("text/csv; charset=utf-8").send(csv);
  });

  return routes.router;
}

function readQuery(request: Request): AuditQuery {
  const day = (value: unknown) => {
    const date = DateTime.fromISO(one(value), { zone: ZONE });
    return date.isValid ? date : null;
  };
  return {
    words: one(request.query.q).slice(0, 100),
    from: day(request.query.from)?.toJSDate() ?? null,
    until: day(request.query.to)?.plus({ days: 1 }).toJSDate() ?? null,
  };
}

const detailsOf = ({ details }: AuditRow) =>
  Object.entries(details ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join(" · ");

function AuditList({ rows, page, search }: { rows: AuditRow[]; page: number; search: URLSearchParams }) {
  const shown = rows.slice(0, PAGE_SIZE);
  const address = (to: number) => `/console/audit?${new URLSearchParams([...search, ["page", String(to)]])}`;
  return (
    <>
      <form class="filters" method="get" action="/console/audit">
        <SearchField value={search.get("q") ?? ""} placeholder={t`Việc, đối tượng, e-mail cán bộ`} />
        <TextField name="from" label={t`Từ ngày`} type="date" value={search.get("from") ?? ""} />
        <TextField name="to" label={t`Đến ngày`} type="date" value={search.get("to") ?? ""} />
        <Submit tone="plain" icon="search">
          {t`Tìm`}
        </Submit>
      </form>
      <Card flush>
        <Table
          caption={t`Nhật ký thao tác`}
          rows={shown}
          empty={<Empty icon="history" title={t`Không có thao tác nào khớp`} />}
          columns={[
            { title: t`Lúc`, cell: ({ at }) => <Time at={at} /> },
            {
              title: t`Ai`,
              cell: ({ email, name }) =>
                email ? (
                  <span class="two-lines">
                    <span safe>{name || email}</span>
                    {name ? (
                      <span class="quiet" safe>
                        {email}
                      </span>
                    ) : null}
                  </span>
                ) : (
                  <span class="quiet">
                    <Icon name="robot" /> {t`hệ thống`}
                  </span>
                ),
            },
            { title: t`Việc`, cell: ({ action }) => <code safe>{action}</code> },
            { title: t`Đối tượng`, cell: ({ subject }) => <span safe>{subject}</span> },
            {
              title: t`Chi tiết`,
              cell: (row) => (
                <span class="quiet" safe>
                  {detailsOf(row)}
                </span>
              ),
            },
          ]}
        />
        <Pagination page={page} pages={rows.length > PAGE_SIZE ? page + 1 : page} href={address} />
      </Card>
    </>
  );
}
