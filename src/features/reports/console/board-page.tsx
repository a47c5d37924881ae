/** What is open, by state, the most pressing first. */
import { t } from "../../../bilingual/index.ts";
import { Empty } from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { STATE_NAMES } from "../labels.ts";
import { ago } from "../public-site/words.ts";
import type { BoardColumn, ListedReport } from "../store.ts";
import { ProposedReports } from "./proposal.tsx";
import { Due, Priority, ROOT, Sample, Ways } from "./shared.tsx";
import { categoryName } from "./words.ts";

interface BoardPageProps {
  proposed: { code: string; lampPole: string }[];
  columns: BoardColumn[];
  staff: SignedIn;
  now: Date;
}

export function BoardPage({ proposed, columns, staff, now }: BoardPageProps) {
  return (
    <>
      <Ways here="board" staff={staff} />
      <ProposedReports proposed={proposed} />
      <div class="board">
        {columns.map((column) => (
          <Column column={column} now={now} several={staff.units.length > 1} />
        ))}
      </div>
    </>
  );
}

function Column({ column, now, several }: { column: BoardColumn; now: Date; several: boolean }) {
  const { state, count, overdue, reports } = column;
  return (
    <section class="board-column" aria-labelledby={`column-${state}`}>
      <h2 id={`column-${state}`}>
        <span safe>{t.of(STATE_NAMES[state])}</span>
        <span class="count">{count}</span>
        {overdue > 0 ? <span class="board-late">{t.html`${overdue} quá hạn`}</span> : null}
      </h2>
      {reports.length === 0 ? (
        <Empty icon="check" title={t`Không có việc nào`} />
      ) : (
        <ul class="board-cards">
          {reports.map((report) => (
            <Ticket report={report} now={now} several={several} />
          ))}
        </ul>
      )}
      {count > reports.length ? (
        <a class="board-more" href={`${ROOT}/list?state=${state}&sort=due`}>
          {t.html`Xem cả ${count}`}
        </a>
      ) : null}
    </section>
  );
}

function Ticket({ report, now, several }: { report: ListedReport; now: Date; several: boolean }) {
  const { code, category, place, street, unitName, assigneeName, priority, createdAt, sample } = report;
  return (
    <li class={["ticket", priority === 4 ? "ticket-urgent" : ""]}>
      <a class="ticket-title" href={`${ROOT}/${code}`} safe>
        {categoryName(category)}
      </a>
      <p class="quiet" safe>
        {street ?? place}
      </p>
      <p class="ticket-line">
        <Due report={report} now={now} />
        <Priority priority={priority} />
        {sample ? <Sample /> : null}
      </p>
      <p class="ticket-line quiet">
        <span safe>{code}</span>
        <span safe>{ago(createdAt, now)}</span>
      </p>
      <p class="ticket-line quiet">
        {several ? <span safe>{unitName}</span> : null}
        <span safe>{assigneeName ?? t`chưa ai nhận`}</span>
      </p>
    </li>
  );
}
