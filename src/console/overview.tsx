/** The first page: what waits for me, and where to go. */
import type { Request, Router } from "express";
import { t } from "../bilingual/index.ts";
import { Card, Empty, Icon, type IconName } from "./components/index.ts";
import type { Counts } from "./counts.ts";
import { showPage, type Shell } from "./page.tsx";
import { may, type Right } from "./rights.ts";
import { consoleRoutes } from "./routes.ts";
import type { SignedIn } from "./signed-in.ts";

/** A part of the first page that a feature brings. */
export interface Home {
  right: Right;
  styles(): string[];
  show(request: Request, staff: SignedIn): Promise<string>;
}

export function overviewRoutes(home?: Home): Router {
  const routes = consoleRoutes();
  routes.get("/", "overview.see", async (request, response, staff) => {
    const counts = await (response.locals.shell as Shell).counts(staff);
    const title = staff.name ? t`Xin chào, ${staff.name}` : t`Tổng quan`;
    const isShown = home && may(staff.role, home.right);
    const more = isShown ? await home.show(request, staff) : null;
    const page = { title, subtitle: staff.unitName, styles: isShown ? home.styles() : [] };
    await showPage(
      request,
      response,
      page,
      <div class="stack">
        <Overview counts={counts} />
        {more as "safe"}
      </div>,
    );
  });
  return routes.router;
}

function Overview({ counts }: { counts: Counts }) {
  const { waiting, approvals, failures, incidents } = counts;
  if (waiting + approvals + failures + incidents === 0) {
    return (
      <Card>
        <Empty icon="mood-smile" title={t`Không có gì đang chờ`}>
          <p>{t`Người dân nhắn cần cán bộ, tin gửi không được, hay tài khoản gặp sự cố sẽ hiện ở đây.`}</p>
        </Empty>
      </Card>
    );
  }
  return (
    <div class="tiles">
      <Tile
        href="/console/conversations"
        icon="messages"
        count={waiting}
        words={t`người dân đang chờ cán bộ`}
      />
      <Tile
        href="/console/announcements?state=pending"
        icon="note"
        count={approvals}
        words={t`thông báo chờ duyệt`}
      />
      <Tile href="/console/failures" icon="mail-x" count={failures} words={t`tin gửi không được`} />
      <Tile href="/console/incidents" icon="alert-triangle" count={incidents} words={t`sự cố đang mở`} />
    </div>
  );
}

function Tile({ href, icon, count, words }: { href: string; icon: IconName; count: number; words: string }) {
  if (count === 0) return <></>;
  return (
    <a class="card tile" href={href}>
      <Icon name={icon} />
      <strong>{count}</strong>
      <span safe>{words}</span>
    </a>
  );
}
