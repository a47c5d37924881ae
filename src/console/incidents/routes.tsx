/** Trouble with accounts and with the service itself, in a list that people see and close. */
import type { Router } from "express";
import { t, vi } from "../../bilingual/index.ts";
import { HEALTH } from "../../channels/account-watch.ts";
import type { Db } from "../../infra/db.ts";
import { labelOf } from "../accounts/findings.ts";
import { audit } from "../audit/audit.ts";
import { Badge, Card, Empty, Form, LinkButton, Submit, Table, Tabs, Time } from "../components/index.ts";
import { done, showPage } from "../page.tsx";
import { notFound } from "../problems.ts";
import { one } from "../read-form.ts";
import { may } from "../rights.ts";
import { consoleRoutes } from "../routes.ts";
import type { SignedIn } from "../signed-in.ts";
import { closeIncident, findIncidents, type ListedIncident } from "./store.ts";

const KINDS: Record<string, string> = {
  needs_reauth: vi`Cần kết nối lại`,
  policy: vi`Vi phạm chính sách`,
  quota: vi`Hạn mức gửi`,
  event_failed: vi`Tin không xử lý được`,
  "readings.broker": vi`Máy chủ số đo`,
  "mail.server": vi`Máy chủ e-mail`,
  "mail.lost": vi`E-mail chưa chắc tới nơi`,
};

export function incidentRoutes(db: Db): Router {
  const routes = consoleRoutes();

  routes.get("/", "incidents.see", async (request, response, staff) => {
    const isClosed = one(request.query.state) === "closed";
    const incidents = await findIncidents(db, staff, isClosed);
    const body = <IncidentList incidents={incidents} isClosed={isClosed} staff={staff} />;
    await showPage(request, response, { title: t`Sự cố` }, body);
  });

  routes.post("/:id/close", "incidents.close", async (request, response, staff) => {
    const id = Number(request.params.id);
    await db.$transaction(async (tx) => {
      if (!(await closeIncident(tx, staff, id))) throw notFound();
      await audit(tx, staff, "incident.close", `incident:${id}`);
    });
    done(request, response, "/console/incidents", t`Đã đóng sự cố.`);
  });

  return routes.router;
}

interface ListProps {
  incidents: ListedIncident[];
  isClosed: boolean;
  staff: SignedIn;
}

function IncidentList({ incidents, isClosed, staff }: ListProps) {
  return (
    <>
      <Tabs
        label={t`Trạng thái`}
        tabs={[
          { href: "/console/incidents", label: t`Đang mở`, active: !isClosed },
          { href: "/console/incidents?state=closed", label: t`Đã đóng`, active: isClosed },
        ]}
      />
      <Card flush>
        <Table
          caption={t`Sự cố`}
          rows={incidents}
          empty={
            <Empty
              icon="circle-check"
              title={isClosed ? t`Chưa có sự cố nào` : t`Không có sự cố nào đang mở`}
            >
              <p>{t`Token hết hạn, trang bị khóa, hạn mức gửi đổi… sẽ hiện ở đây để có người xem.`}</p>
            </Empty>
          }
          columns={[
            { title: t`Loại`, cell: ({ kind }) => <Badge tone="bad">{kindName(kind) as "safe"}</Badge> },
            { title: t`Việc gì`, cell: ({ message }) => <span safe>{message}</span> },
            { title: t`Từ lúc`, cell: ({ openedAt }) => <Time at={openedAt} /> },
            isClosed
              ? { title: t`Đóng lúc`, cell: ({ closedAt }) => (closedAt ? <Time at={closedAt} /> : "") }
              : {
                  title: t`Thao tác`,
                  align: "actions",
                  cell: (incident) => <Actions incident={incident} staff={staff} />,
                },
          ]}
        />
      </Card>
    </>
  );
}

function Actions({ incident, staff }: { incident: ListedIncident; staff: SignedIn }) {
  return (
    <div class="row-actions">
      {incident.accountId ? (
        <LinkButton href={`/console/accounts/${incident.accountId}`}>{t`Xem tài khoản`}</LinkButton>
      ) : null}
      {may(staff.role, "incidents.close") ? (
        <Form action={`/console/incidents/${incident.id}/close`} staff={staff}>
          <Submit tone="plain" icon="check">
            {t`Đóng`}
          </Submit>
        </Form>
      ) : null}
    </div>
  );
}

function kindName(kind: string): string {
  if (kind.startsWith(HEALTH)) return labelOf(kind.slice(HEALTH.length));
  return t.of(KINDS[kind]) ?? (kind.startsWith("template_") ? t`Mẫu tin` : t`Khác`);
}
