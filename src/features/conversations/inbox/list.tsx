/** The list of talks: tabs, filters, search, a line each. */
import { t } from "../../../bilingual/index.ts";
import { ChannelMark, Empty, Icon, Submit, type Option } from "../../../console/components/index.ts";
import { SKILL_NAMES, SKILLS, skillName } from "../../../console/skills.ts";
import type { Tab, TalkFilter, TalkRow } from "./talks.ts";
import { TABS } from "./talks.ts";
import { attachedName, reasonName, shownName, since, TAB_NAMES } from "./words.ts";

export interface ListProps {
  rows: TalkRow[];
  counts: Record<Tab, number>;
  filter: TalkFilter;
  units: Option[];
  labels: string[];
  staffId: number;
  /** What the person knows about. */
  skills: string[];
  now: Date;
  /** The talk that is open. */
  current: string;
}

export function TalkList(props: ListProps) {
  const { rows, counts, filter, staffId, skills, now, current } = props;
  return (
    <section
      class="talk-list"
      id="talk-list"
      aria-label={t`Danh sách trò chuyện`}
      data-tab={filter.words ? "search" : filter.tab}
      data-unit={filter.unit}
      data-channel={filter.channel}
      data-label={filter.label}
      data-skills={JSON.stringify(filter.skill === "mine" ? skills : [filter.skill].filter(Boolean))}
      data-open-to-all={filter.skill === "mine" ? "yes" : "no"}
      data-staff={String(staffId)}
      data-query={queryOf(filter)}
    >
      <Filters {...props} />
      <nav class="tabs" aria-label={t`Loại trò chuyện`}>
        {TABS.map((tab) => (
          <a
            href={`/console/conversations?${queryOf({ ...filter, tab, words: "" })}`}
            class={filter.tab === tab && !filter.words ? "active" : ""}
            aria-current={filter.tab === tab && !filter.words ? "page" : undefined}
          >
            <span safe>{t.of(TAB_NAMES[tab])}</span>
            {tab !== "bot" && tab !== "closed" ? (
              <span
                class={`count ${tab === "waiting" || tab === "mentions" ? "" : "count-quiet"}`}
                data-tab-count={tab}
                hidden={!counts[tab]}
              >
                {counts[tab]}
              </span>
            ) : null}
          </a>
        ))}
      </nav>
      <ul class="talk-lines" id="talk-lines">
        {rows.map((row) => (
          <TalkLine row={row} now={now} isOpen={String(row.id) === current} query={queryOf(filter)} />
        ))}
      </ul>
      <div class="talk-lines-empty">
        <NothingHere filter={filter} />
      </div>
    </section>
  );
}

function NothingHere({ filter }: { filter: TalkFilter }) {
  if (filter.words) return <Empty icon="search" title={t`Không tìm thấy trò chuyện nào khớp`} />;
  if (filter.tab === "mentions") {
    return (
      <Empty icon="at" title={t`Chưa ai nhắc tới bạn`}>
        <p>{t`Đồng nghiệp ghi “@” và tên bạn trong ghi chú nội bộ thì trò chuyện hiện ở đây.`}</p>
      </Empty>
    );
  }
  if (filter.tab === "waiting") {
    return (
      <Empty icon="mood-smile" title={t`Không ai đang chờ`}>
        <p>{t`Người dân xin gặp cán bộ sẽ hiện ngay ở đây.`}</p>
      </Empty>
    );
  }
  return <Empty icon="messages" title={t`Chưa có trò chuyện nào`} />;
}

function Filters({ filter, units, labels, skills }: ListProps) {
  return (
    <form class="talk-filters" method="get" action="/console/conversations" role="search">
      <input type="hidden" name="tab" value={filter.tab} />
      <div class="talk-search">
        <Icon name="search" />
        <input
          class="form-control"
          type="search"
          name="q"
          value={filter.words}
          placeholder={t`Tìm tên, số điện thoại, lời nhắn…`}
          aria-label={t`Tìm trong mọi trò chuyện`}
          data-search
        />
      </div>
      <button type="button" class="icon-button bell" id="inbox-bell" aria-pressed="false" hidden>
        <Icon name="bell" label={t`Báo khi có người chờ`} />
      </button>
      <details
        class="talk-more"
        open={Boolean(filter.unit || filter.channel || filter.label || filter.skill)}
      >
        <summary title={t`Lọc`}>
          <Icon name="filter" label={t`Lọc`} />
        </summary>
        <div class="talk-more-fields">
          {units.length > 1 ? (
            <Choice name="unit" label={t`Đơn vị`} value={filter.unit} none={t`Mọi đơn vị`} options={units} />
          ) : null}
          <Choice
            name="channel"
            label={t`Kênh`}
            value={filter.channel}
            none={t`Mọi kênh`}
            options={[
              { value: "zalo", label: "Zalo" },
              { value: "facebook", label: "Facebook" },
            ]}
          />
          <Choice
            name="skill"
            label={t`Lĩnh vực`}
            value={filter.skill}
            none={t`Mọi lĩnh vực`}
            options={[
              ...(skills.length > 0 ? [{ value: "mine", label: t`Lĩnh vực của tôi` }] : []),
              ...SKILL_NAMES.map((skill) => ({ value: skill, label: t.of(SKILLS[skill]) })),
            ]}
          />
          {labels.length > 0 ? (
            <Choice
              name="label"
              label={t`Nhãn`}
              value={filter.label}
              none={t`Mọi nhãn`}
              options={labels.map((label) => ({ value: label, label }))}
            />
          ) : null}
          <Submit tone="plain" small>
            {t`Lọc`}
          </Submit>
        </div>
      </details>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string;
  none: string;
  options: Option[];
}

function Choice({ name, label, value, none, options }: ChoiceProps) {
  return (
    <select class="form-select" name={name} aria-label={label}>
      {[{ value: "", label: none }, ...options].map((option) => (
        <option value={option.value} selected={option.value === value} safe>
          {option.label}
        </option>
      ))}
    </select>
  );
}

interface LineProps {
  row: TalkRow;
  now: Date;
  isOpen?: boolean;
  query?: string;
}

/** What the browser needs to know where a line belongs stands on it as data. */
export function TalkLine({ row, now, isOpen = false, query = "" }: LineProps) {
  const { id, state, waitingSince, waitingReason, staffId, staffName, unread, labels } = row;
  const isWaiting = state === "waiting" || (state === "bot" && waitingSince !== null);
  const at = isWaiting && waitingSince ? waitingSince : row.updatedAt;
  return (
    <li
      class={[
        "talk-line",
        unread > 0 ? "unread" : "",
        waitingReason === "emergency" && isWaiting ? "urgent" : "",
      ]}
      id={`talk-${id}`}
      data-tab={isWaiting ? "waiting" : state === "staff" ? "staff" : state}
      data-staff={staffId === null ? "" : String(staffId)}
      data-unit={row.unitCode}
      data-channel={row.channel}
      data-labels={JSON.stringify(labels)}
      data-skill={row.skill ?? ""}
      data-urgent={waitingReason === "emergency" ? "1" : "0"}
      data-at={at.toISOString()}
    >
      <a
        href={`/console/conversations/${id}${query ? `?${query}` : ""}`}
        aria-current={isOpen ? "true" : undefined}
      >
        <ChannelMark channel={row.channel} />
        <span class="talk-line-words">
          <span class="talk-line-top">
            <span class="talk-line-name" safe>
              {shownName(row)}
            </span>
            <time class="talk-line-time" datetime={at.toISOString()} data-since safe>
              {since(at, now)}
            </time>
          </span>
          <span class="talk-line-preview">
            {row.isOurs ? <Icon name={state === "staff" ? "user" : "robot"} label={t`Ta:`} /> : null}
            <span safe>{(row.attached ? attachedName(row.attached) : row.preview) || "…"}</span>
          </span>
          <span class="talk-line-facts">
            {isWaiting ? (
              <span class={`badge tone-${waitingReason === "emergency" ? "bad" : "warn"}`} safe>
                {reasonName(waitingReason)}
              </span>
            ) : null}
            {state === "staff" ? (
              <span class="badge tone-info" safe>
                {staffName ?? t`Ngoài bảng này`}
              </span>
            ) : null}
            {row.skill ? <span class="badge tone-skill">{skillName(row.skill)}</span> : null}
            {labels.map((label) => (
              <span class="badge tone-quiet" safe>
                {label}
              </span>
            ))}
            <span class="talk-line-unit" safe>
              {row.unitName}
            </span>
          </span>
        </span>
        {unread > 0 ? (
          <span class="count" title={t`Tin chưa đọc`}>
            {unread}
          </span>
        ) : null}
      </a>
    </li>
  );
}

export const queryOf = ({ tab, unit, channel, label, skill, words }: TalkFilter) =>
  new URLSearchParams(
    Object.entries({ tab, unit, channel, label, skill, q: words }).filter(([, value]) => value !== ""),
  ).toString();
