/** The frame around every console page. */
import type { Children } from "@kitajs/html";
import { pageLanguage, t } from "../bilingual/index.ts";
import { asset } from "./assets.ts";
import { Icon, type IconName } from "./components/index.ts";
import type { Counts } from "./counts.ts";
import { activeEntry, type Entry, type Menu } from "./navigation.ts";
import { may, roleName } from "./rights.ts";
import type { Flash } from "./session.ts";
import type { SignedIn } from "./signed-in.ts";

interface DocumentProps {
  title: string;
  /** Scripts a page needs besides the console's own. */
  scripts?: string[];
  styles?: string[];
  /** Sent with every request that a part of the page makes by itself. */
  csrf?: string;
  class?: string;
  children: Children;
}

/** Scripts and styles only from our own address, as the content security policy asks. */
const HTMX = JSON.stringify({ includeIndicatorStyles: false, allowEval: false, selfRequestsOnly: true });

export function Document({ title, scripts = [], styles = [], csrf, class: look, children }: DocumentProps) {
  const headers = csrf ? JSON.stringify({ "x-csrf-token": csrf }) : undefined;
  return (
    <>
      {"<!doctype html>"}
      <html lang={pageLanguage()}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <meta name="htmx-config" content={HTMX} />
          <title safe>{`${title} · Hỏi Phường`}</title>
          <link rel="icon" href={asset("icon.svg")} type="image/svg+xml" />
          <link rel="stylesheet" href={asset("tabler.css")} />
          <link rel="stylesheet" href={asset("console.css")} />
          {styles.map((address) => (
            <link rel="stylesheet" href={address} />
          ))}
          <script src={asset("htmx.js")} defer></script>
          <script src={asset("console.js")} defer></script>
          {scripts.map((address) => (
            <script src={address} defer></script>
          ))}
        </head>
        <body class={look} hx-headers={headers}>
          {children as "safe"}
        </body>
      </html>
    </>
  );
}

export interface PageProps {
  title: string;
  /** The way here, without the page itself; labels may wait in Vietnamese, as vi`…`. */
  breadcrumbs?: { label: string; href: string }[];
  /** One line under the title. */
  subtitle?: string;
  /** Buttons beside the title. */
  actions?: Children;
  scripts?: string[];
  styles?: string[];
  /** "full": the page fills the window and scrolls inside itself, as the inbox does. */
  width?: "text" | "wide" | "full";
}

interface FrameProps extends PageProps {
  staff: SignedIn;
  menu: Menu;
  counts: Counts;
  /** The address asked for, without its query. */
  address: string;
  flash: Flash[];
  children: Children;
}

export function Frame(props: FrameProps) {
  const { staff, menu, counts, address, flash, children, width = "wide" } = props;
  const active = activeEntry(menu, address);
  return (
    <Document {...props} csrf={staff.csrf} class={`console page-${width}`}>
      <a class="skip" href="#content">
        {t`Tới nội dung`}
      </a>
      <aside class="side">
        <Brand staff={staff} />
        <Navigation menu={menu} counts={counts} active={active} />
        <Me staff={staff} />
      </aside>
      <PhoneBar staff={staff} menu={menu} counts={counts} active={active} />
      <main class="content" id="content" tabindex="-1">
        <PageHead {...props} />
        <Urgent staff={staff} menu={menu} />
        <div class="flashes" id="flashes" role="status">
          {flash.map(({ kind, text }) => (
            <div class={`flash flash-${kind}`}>
              <Icon name={kind === "done" ? "circle-check" : "alert-triangle"} />
              <span safe>{text}</span>
            </div>
          ))}
        </div>
        {children as "safe"}
      </main>
      <BottomBar menu={menu} counts={counts} active={active} />
    </Document>
  );
}

/** Emergencies that wait for approval are seen wherever one is; without scripts the count in the menu tells. */
function Urgent({ staff, menu }: Pick<FrameProps, "staff" | "menu">) {
  const path = "/console/announcements";
  const isThere = menu.some(({ entries }) => entries.some((entry) => entry.path === path));
  if (!isThere || !may(staff.role, "announcements.approve")) return <></>;
  return <div role="status" hx-get={`${path}/urgent`} hx-trigger="load, every 15s" />;
}

function PageHead({ title, subtitle, breadcrumbs = [], actions, width }: PageProps) {
  return (
    <header class={["page-head", width === "full" ? "visually-hidden" : ""]}>
      <div class="page-head-words">
        {breadcrumbs.length > 0 ? (
          <nav class="crumbs" aria-label={t`Đường dẫn`}>
            {breadcrumbs.map(({ label, href }) => (
              <>
                <a href={href} safe>
                  {t.of(label)}
                </a>
                <Icon name="chevron-right" />
              </>
            ))}
          </nav>
        ) : null}
        <h1 safe>{title}</h1>
        {subtitle ? (
          <p class="page-subtitle" safe>
            {subtitle}
          </p>
        ) : null}
      </div>
      {actions ? <div class="page-actions">{actions as "safe"}</div> : null}
    </header>
  );
}

function Brand({ staff }: { staff: SignedIn }) {
  return (
    <a class="brand" href="/console">
      <img src={asset("icon.svg")} alt="" width="36" height="36" />
      <span class="brand-words">
        <strong>Hỏi Phường</strong>
        <span class="brand-unit" safe>
          {staff.unitName}
        </span>
      </span>
    </a>
  );
}

interface NavigationProps {
  menu: Menu;
  counts: Counts;
  active: Entry | undefined;
}

function Navigation({ menu, counts, active }: NavigationProps) {
  return (
    <nav class="menu" aria-label={t`Danh mục`}>
      {menu.map(({ title, entries }) => (
        <div class="menu-group">
          <p class="menu-title" safe>
            {t.of(title)}
          </p>
          {entries.map((entry) => (
            <MenuLink entry={entry} counts={counts} isActive={entry === active} />
          ))}
        </div>
      ))}
    </nav>
  );
}

function MenuLink({ entry, counts, isActive }: { entry: Entry; counts: Counts; isActive: boolean }) {
  const waiting = entry.count ? counts[entry.count] : 0;
  return (
    <a
      class={["menu-link", isActive ? "active" : ""]}
      href={entry.path}
      aria-current={isActive ? "page" : undefined}
    >
      <Icon name={entry.icon} />
      <span class="menu-label" safe>
        {t.of(entry.label)}
      </span>
      {entry.count ? (
        <span class="count" data-count={entry.count} hidden={waiting === 0}>
          {waiting}
        </span>
      ) : null}
    </a>
  );
}

function Me({ staff }: { staff: SignedIn }) {
  return (
    <div class="me">
      <a class="me-link" href="/console/me">
        <Avatar name={staff.name || staff.email} />
        <span class="me-words">
          <span class="me-name" safe>
            {staff.name || staff.email}
          </span>
          <span class="me-role" safe>
            {roleName(staff.role)}
          </span>
        </span>
      </a>
      <form method="post" action="/console/sign-out">
        <input type="hidden" name="_csrf" value={staff.csrf} />
        <button type="submit" class="icon-button" title={t`Đăng xuất`}>
          <Icon name="logout" label={t`Đăng xuất`} />
        </button>
      </form>
    </div>
  );
}

/** The last word of a Vietnamese name is the given name. */
export function Avatar({ name, icon }: { name: string; icon?: IconName }) {
  const initial = name.trim().split(/\s+/).at(-1)?.charAt(0).toUpperCase() ?? "?";
  return (
    <span class="face" aria-hidden="true">
      {icon ? <Icon name={icon} /> : <span safe>{initial}</span>}
    </span>
  );
}

function PhoneBar({ staff, menu, counts, active }: NavigationProps & { staff: SignedIn }) {
  return (
    <div class="phone-bar">
      <details class="phone-menu">
        <summary>
          <Icon name="menu-2" label={t`Danh mục`} />
        </summary>
        <div class="phone-sheet">
          <Brand staff={staff} />
          <Navigation menu={menu} counts={counts} active={active} />
          <Me staff={staff} />
        </div>
      </details>
      <span class="phone-title" safe>
        {staff.unitName}
      </span>
    </div>
  );
}

/** The first few entries, under the thumb. */
function BottomBar({ menu, counts, active }: NavigationProps) {
  const entries = menu.flatMap((group) => group.entries).slice(0, 4);
  return (
    <nav class="bottom-bar" aria-label={t`Lối tắt`}>
      {entries.map((entry) => (
        <MenuLink entry={entry} counts={counts} isActive={entry === active} />
      ))}
    </nav>
  );
}
