/** Letters that were refused, or that may or may not have arrived: a person sends them again or lets them be. */
import { t, vi } from "../../bilingual/index.ts";
import type { Db } from "../../infra/db.ts";
import { dropMail, LOST, resendMail } from "../../infra/mail.ts";
import { audit } from "../audit/audit.ts";
import { Card, Empty, Form, Submit, Table, Time } from "../components/index.ts";
import { done, showPage } from "../page.tsx";
import { notFound } from "../problems.ts";
import { idOf } from "../read-form.ts";
import type { ConsoleRoutes } from "../routes.ts";
import type { SignedIn } from "../signed-in.ts";
import { FailureTabs } from "./pages.tsx";

const HERE = "/console/failures/mail";
const MOST = 200;

export function mailRoutes(routes: ConsoleRoutes, db: Db): void {
  routes.get("/mail", "mail.settle", async (request, response, staff) => {
    const letters = await db.mail.findMany({
      where: LOST,
      select: { id: true, recipient: true, subject: true, state: true, problem: true, createdAt: true },
      orderBy: { id: "desc" },
      take: MOST,
    });
    await showPage(request, response, { title: t`Gửi lỗi` }, <LetterList {...{ letters, staff }} />);
  });

  routes.post("/mail/:id/resend", "mail.settle", async (request, response, staff) => {
    const id = idOf(request.params.id);
    await db.$transaction(async (tx) => {
      if (!(await resendMail(tx, id))) throw notFound();
      await audit(tx, staff, "mail.resend", `mail:${id}`);
    });
    done(request, response, HERE, t`Đang gửi lại.`);
  });

  routes.post("/mail/:id/drop", "mail.settle", async (request, response, staff) => {
    const id = idOf(request.params.id);
    await db.$transaction(async (tx) => {
      if (!(await dropMail(tx, id))) throw notFound();
      await audit(tx, staff, "mail.drop", `mail:${id}`);
    });
    done(request, response, HERE, t`Đã bỏ thư này.`);
  });
}

interface Letter {
  id: bigint;
  recipient: string;
  subject: string;
  state: string;
  problem: string | null;
  createdAt: Date;
}

const STATES: Record<string, string> = {
  dead: vi`Máy chủ không nhận`,
  unknown: vi`Không rõ đã tới chưa: gửi lại thì có thể thành hai thư`,
};

function LetterList({ letters, staff }: { letters: Letter[]; staff: SignedIn }) {
  return (
    <>
      <FailureTabs active="mail" staff={staff} />
      <Card flush>
        <Table
          caption={t`E-mail gửi không được`}
          rows={letters}
          empty={
            <Empty icon="circle-check" title={t`Không có thư nào chờ xử lý`}>
              <p>{t`Thư cho cán bộ và báo đài mà máy chủ không nhận, hoặc chưa rõ đã tới chưa, sẽ hiện ở đây.`}</p>
            </Empty>
          }
          columns={[
            { title: t`Gửi cho`, cell: ({ recipient }) => <span safe>{recipient}</span> },
            { title: t`Tiêu đề thư`, cell: ({ subject }) => <span safe>{subject}</span> },
            {
              title: t`Vì sao`,
              cell: ({ state, problem }) => (
                <span class="two-lines">
                  <span safe>{t.of(STATES[state] ?? state)}</span>
                  <code safe>{problem ?? ""}</code>
                </span>
              ),
            },
            { title: t`Lúc`, cell: ({ createdAt }) => <Time at={createdAt} /> },
            { title: t`Thao tác`, align: "actions", cell: ({ id }) => <Actions id={id} staff={staff} /> },
          ]}
        />
      </Card>
    </>
  );
}

function Actions({ id, staff }: { id: bigint; staff: SignedIn }) {
  return (
    <div class="row-actions">
      <Form action={`${HERE}/${id}/resend`} staff={staff}>
        <Submit icon="refresh" tone="plain">
          {t`Gửi lại`}
        </Submit>
      </Form>
      <Form action={`${HERE}/${id}/drop`} staff={staff}>
        <Submit tone="plain">{t`Bỏ`}</Submit>
      </Form>
    </div>
  );
}
