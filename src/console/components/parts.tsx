/** Small things every page is made of. Colours carry meaning only beside words. */
import type { Children } from "@kitajs/html";
import { formatDateTime } from "../../infra/clock.ts";
import { Icon, type IconName } from "./icons.tsx";

export type Tone = "good" | "bad" | "warn" | "info" | "quiet";

export function Badge({ tone = "quiet", children }: { tone?: Tone; children: Children }) {
  return <span class={`badge tone-${tone}`}>{children as "safe"}</span>;
}

interface CardProps {
  title?: string;
  /** Buttons beside the title. */
  actions?: Children;
  /** No padding: a table or a list fills the card. */
  flush?: boolean;
  children: Children;
  class?: string;
  id?: string;
}

export function Card({ title, actions, flush, children, class: extra, id }: CardProps) {
  return (
    <section class={["card", extra]} id={id}>
      {title || actions ? (
        <div class="card-header">
          {title ? (
            <h2 class="card-title" safe>
              {title}
            </h2>
          ) : null}
          {actions ? <div class="card-actions">{actions as "safe"}</div> : null}
        </div>
      ) : null}
      {flush ? (children as "safe") : <div class="card-body">{children as "safe"}</div>}
    </section>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  children?: Children;
}

/** What stands where nothing is yet, and what to do about it. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div class="empty-state">
      <Icon name={icon} />
      <p class="empty-state-title" safe>
        {title}
      </p>
      {children ? <div class="empty-state-text">{children as "safe"}</div> : null}
    </div>
  );
}

/** Name and value, line by line; empty values are left out. */
export function Facts({ of }: { of: [name: string, value: Children | null | undefined][] }) {
  const known = of.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return (
    <dl class="facts">
      {known.map(([name, value]) => (
        <div>
          <dt safe>{name}</dt>
          <dd>{value as "safe"}</dd>
        </div>
      ))}
    </dl>
  );
}

/** "24/11/2026 09:05", with the exact moment for machines. */
export function Time({ at }: { at: Date }) {
  return <time datetime={at.toISOString()}>{formatDateTime(at) as "safe"}</time>;
}

interface ButtonProps {
  href: string;
  icon?: IconName;
  tone?: "primary" | "plain";
  children: Children;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ href, icon, tone = "plain", children }: ButtonProps) {
  return (
    <a class={`btn ${tone === "primary" ? "btn-primary" : ""}`} href={href}>
      {icon ? <Icon name={icon} /> : null}
      {children as "safe"}
    </a>
  );
}

interface TabsProps {
  tabs: { href: string; label: string; active: boolean; count?: number }[];
  label: string;
}

export function Tabs({ tabs, label }: TabsProps) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a href={tab.href} class={tab.active ? "active" : ""} aria-current={tab.active ? "page" : undefined}>
          <span safe>{tab.label}</span>
          {tab.count ? <span class="count">{tab.count}</span> : null}
        </a>
      ))}
    </nav>
  );
}

/** Z or f in the platform's colour. */
export function ChannelMark({ channel }: { channel: string }) {
  return (
    <span class={`channel channel-${channel === "zalo" ? "zalo" : "facebook"}`} aria-hidden="true">
      {channel === "zalo" ? "Z" : "f"}
    </span>
  );
}
