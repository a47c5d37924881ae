/** One talk: who it is with, what may be done, what was said, the answer box, and what is known beside it. */
import {
  Badge,
  ChannelMark,
  Confirm,
  Form,
  Icon,
  LinkButton,
  Submit,
  TextField,
  Time,
  type Option,
} from "../../../console/components/index.ts";
import { t, vi } from "../../../bilingual/index.ts";
import { may } from "../../../console/rights.ts";
import { channelName } from "../../../console/words.ts";
import { SKILL_NAMES, SKILLS } from "../../../console/skills.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Understood } from "../understood.ts";
import { Timeline } from "./messages.tsx";
import type { Talk } from "./talks.ts";
import type { Item } from "./timeline.ts";
import type { ReplyWindow } from "./window.ts";
import { reasonName, shownName, since } from "./words.ts";

export interface TalkProps {
  talk: Talk;
  items: Item[];
  hasOlder: boolean;
  staff: SignedIn;
  window: ReplyWindow;
  /** Colleagues who have it open too. */
  others: string[];
  colleagues: (Option & { name: string })[];
  canned: { shortcut: string; text: string }[];
  labels: string[];
  /** What may be put into an answer. */
  inserts: { kind: string; label: string; hint: string }[];
  understood: Understood;
  /** The resident agreed that their messages teach the bot: the last one, and what it may mean. */
  teachable: { message: bigint; intents: { name: string; label: string }[] } | null;
  now: Date;
  /** The list one came from. */
  back: string;
}

export function TalkPane(props: TalkProps) {
  const { talk, items, hasOlder, staff } = props;
  return (
    <section
      class="talk"
      id="talk"
      aria-label={t`Trò chuyện với ${shownName(talk)}`}
      data-talk={String(talk.id)}
    >
      <TalkHead {...props} />
      <Timeline items={items} hasOlder={hasOlder} talkId={talk.id} staff={staff} />
      <Composer {...props} />
    </section>
  );
}

/** The parts that change while one looks on. */
export function TalkParts(props: TalkProps) {
  return (
    <>
      <TalkHead {...props} />
      <Timeline items={props.items} hasOlder={props.hasOlder} talkId={props.talk.id} staff={props.staff} />
      <Holder {...props} />
      <Known {...props} />
    </>
  );
}

const holdsIt = ({ talk, staff }: TalkProps) => talk.state === "staff" && talk.staffId === staff.id;
const heldByOther = ({ talk, staff }: TalkProps) =>
  talk.state === "staff" && talk.staffId !== null && talk.staffId !== staff.id;

/** In Zalo's or Facebook's own tool, by somebody we do not know. */
const isElsewhere = ({ talk }: TalkProps) => talk.state === "staff" && talk.staffId === null;

function TalkHead(props: TalkProps) {
  const { talk, others, back, window } = props;
  return (
    <header class="talk-head" data-part="head">
      <a class="talk-back icon-button" href={`/console/conversations${back ? `?${back}` : ""}`}>
        <Icon name="arrow-left" label={t`Về danh sách`} />
      </a>
      <ChannelMark channel={talk.channel} />
      <div class="talk-head-words">
        <h2 safe>{shownName(talk)}</h2>
        <p class="quiet" safe>
          {talk.accountName === talk.unitName
            ? `${channelName(talk.channel)} · ${talk.unitName}`
            : `${channelName(talk.channel)} ${talk.accountName} · ${talk.unitName}`}
        </p>
      </div>
      <a class="talk-more icon-button" href="#talk-side">
        <Icon name="user" label={t`Thông tin người dân`} />
      </a>
      <div class="talk-head-state">
        <StateBadge talk={talk} now={props.now} />
        <WindowBadge window={window} now={props.now} />
        {others.length > 0 ? (
          <span class="badge tone-info others">
            <Icon name="eye" />
            <span safe>{t`${others.join(", ")} cũng đang xem`}</span>
          </span>
        ) : null}
      </div>
    </header>
  );
}

function StateBadge({ talk, now }: { talk: Talk; now: Date }) {
  if (talk.state === "staff")
    return (
      <Badge tone="info">
        <span safe>{talk.staffName ?? reasonName(talk.waitingReason)}</span>
      </Badge>
    );
  if (talk.state === "closed") return <Badge>{t`Đã đóng`}</Badge>;
  if (talk.state === "waiting" || talk.waitingSince) {
    const waited = talk.waitingSince ? ` · ${since(talk.waitingSince, now)}` : "";
    return (
      <Badge tone={talk.waitingReason === "emergency" ? "bad" : "warn"}>
        <span safe>{reasonName(talk.waitingReason) + waited}</span>
      </Badge>
    );
  }
  return <Badge tone="good">{t`Trợ lý đang trả lời`}</Badge>;
}

function WindowBadge({ window, now }: { window: ReplyWindow; now: Date }) {
  const tone = {
    ...{ free: "tone-quiet", special: "tone-warn", template: "tone-warn", closed: "tone-bad" },
  }[window.state];
  return (
    <span class={`badge ${tone}`} title={window.after}>
      <Icon name="clock" />
      <span safe>{window.now}</span>
      {window.until ? (
        <time datetime={window.until.toISOString()} data-until safe>
          {t`còn ${since(now, window.until)}`}
        </time>
      ) : null}
    </span>
  );
}

function Composer(props: TalkProps) {
  const { talk, staff, canned } = props;
  const at = `/console/conversations/${talk.id}`;
  return (
    <footer class="composer">
      <Holder {...props} />
      <Form action={`${at}/reply`} staff={staff} upload class="composer-form" id="reply-form">
        <textarea
          class="form-control"
          name="text"
          rows="2"
          maxlength="8000"
          aria-label={t`Trả lời`}
          placeholder={t`Trả lời người dân… gõ / để chọn câu mẫu, @ để nhắc đồng nghiệp trong ghi chú`}
          data-reply
        ></textarea>
        <ul class="canned" id="canned" role="listbox" aria-label={t`Câu trả lời mẫu`} hidden>
          {canned.map(({ shortcut, text }) => (
            <li role="option" data-shortcut={shortcut} data-text={text} aria-selected="false">
              <strong safe>{`/${shortcut}`}</strong>
              <span safe>{text}</span>
            </li>
          ))}
          {props.colleagues.map(({ name, label }) => (
            <li role="option" data-mention={name} aria-selected="false" hidden>
              <strong safe>{`@${name}`}</strong>
              <span safe>{label}</span>
            </li>
          ))}
          <li class="canned-none" role="option" aria-selected="false" aria-disabled="true">
            {t`Không có câu mẫu nào khớp`}
          </li>
        </ul>
        <div class="composer-row">
          <label class="btn btn-icon" title={t`Đính kèm hình hoặc tệp`}>
            <Icon name="paperclip" label={t`Đính kèm hình hoặc tệp`} />
            <input
              class="visually-hidden"
              type="file"
              name="files"
              accept="image/jpeg,image/png,image/webp,image/gif,.pdf,.doc,.docx,.xls,.xlsx"
              multiple
              data-files
            />
          </label>
          {props.inserts.length > 0 ? (
            <button type="button" class="btn btn-icon" popovertarget="insert" title={t`Chèn vào trả lời`}>
              <Icon name="file-plus" label={t`Chèn thủ tục, phản ánh, thửa đất`} />
            </button>
          ) : null}
          <span class="composer-files" data-file-names></span>
          <span class="composer-inserts" data-inserts></span>
          <a class="quiet composer-link" href="/console/conversations/answers">
            {t`Câu mẫu`}
          </a>
          <button type="submit" class="btn" formaction={`${at}/note`} data-note title={t`Chỉ cán bộ thấy`}>
            <Icon name="note" />
            {t`Ghi chú nội bộ`}
          </button>
          <Submit icon="send">{t`Gửi`}</Submit>
        </div>
      </Form>
      {props.inserts.length > 0 ? <InsertBox inserts={props.inserts} at={at} /> : null}
    </footer>
  );
}

/** Found here, put into the answer at the cursor (public/inbox.js). */
function InsertBox({ inserts, at }: Pick<TalkProps, "inserts"> & { at: string }) {
  return (
    <div
      class="insert"
      id="insert"
      popover="auto"
      data-insert-at={`${at}/insert`}
      aria-label={t`Chèn vào trả lời`}
    >
      <div class="insert-kinds" role="tablist">
        {inserts.map(({ kind, label, hint }, index) => (
          <button
            type="button"
            class={["btn btn-sm", index === 0 ? "active" : ""]}
            role="tab"
            aria-selected={index === 0 ? "true" : "false"}
            data-insert-kind={kind}
            data-hint={hint}
            safe
          >
            {label}
          </button>
        ))}
      </div>
      <input
        class="form-control"
        type="search"
        data-insert-words
        aria-label={t`Tìm để chèn`}
        autocomplete="off"
      />
      <div class="insert-found" data-insert-found aria-live="polite"></div>
    </div>
  );
}

/** Who has it, and what one may do about that. */
function Holder(props: TalkProps) {
  const { talk, staff, window } = props;
  const at = `/console/conversations/${talk.id}`;
  return (
    <div class="holder" data-part="holder" data-locked={heldByOther(props) ? "yes" : "no"}>
      {window.state === "closed" || window.state === "template" ? (
        <p class="holder-line">
          <Icon name={window.state === "closed" ? "lock" : "alert-triangle"} />
          <span safe>{`${window.now}. ${window.after}`}</span>
        </p>
      ) : null}
      {heldByOther(props) ? (
        <div class="holder-line">
          <Icon name="user" />
          <span safe>{t`${talk.staffName ?? t`Đồng nghiệp`} đang giữ trò chuyện này.`}</span>
          {may(staff.role, "talks.take_over") ? (
            <Form action={`${at}/take-over`} staff={staff}>
              <Submit tone="plain" small>
                {t`Nhận thay`}
              </Submit>
            </Form>
          ) : null}
        </div>
      ) : holdsIt(props) ? (
        <HeldActions {...props} />
      ) : (
        <div class="holder-line">
          <Icon name={talk.state === "bot" ? "robot" : isElsewhere(props) ? "user" : "hand-grab"} />
          <span>
            {talk.state === "bot"
              ? t`Trợ lý đang trả lời. Nhận trò chuyện thì trợ lý im lặng.`
              : talk.state === "closed"
                ? t`Trò chuyện đã đóng. Trả lời thì mở lại.`
                : isElsewhere(props)
                  ? t`Có người trả lời bằng ứng dụng của nền tảng; trợ lý im lặng.`
                  : t`Chưa ai nhận.`}
          </span>
          <Form action={`${at}/claim`} staff={staff}>
            <Submit small icon="hand-grab">
              {t`Nhận^talk`}
            </Submit>
          </Form>
          {talk.state === "bot" && talk.waitingSince ? (
            <Form action={`${at}/hand-back`} staff={staff}>
              <Submit small tone="plain">
                {t`Đã xem`}
              </Submit>
            </Form>
          ) : null}
          {isElsewhere(props) ? <HandBack {...props} /> : null}
        </div>
      )}
    </div>
  );
}

function HandBack({ talk, staff }: TalkProps) {
  return (
    <Confirm
      id="hand-back"
      action={`/console/conversations/${talk.id}/hand-back`}
      staff={staff}
      label={t`Giao lại trợ lý`}
      icon="robot"
      small
      title={t`Giao lại cho trợ lý?`}
      text={t`Trợ lý trả lời tiếp; việc đang ghi dở được hỏi tiếp từ chỗ dừng.`}
    />
  );
}

function HeldActions(props: TalkProps) {
  const { talk, staff, colleagues } = props;
  const at = `/console/conversations/${talk.id}`;
  return (
    <div class="holder-line">
      <span class="quiet">{t`Bạn đang giữ.`}</span>
      <HandBack {...props} />
      <Confirm
        id="hand-on"
        action={`${at}/hand-on`}
        staff={staff}
        label={t`Chuyển`}
        icon="user-plus"
        small
        title={t`Chuyển cho ai?`}
        text={t`Người nhận thấy ghi chú này; người dân thì không.`}
      >
        <div class="field">
          <label class="form-label" for="hand-on-to">
            {t`Người nhận`}
          </label>
          <select class="form-select" name="to" id="hand-on-to">
            <option value="queue">{t`Trả lại hàng chờ, ai cũng nhận được`}</option>
            {colleagues.map(({ value, label }) => (
              <option value={value} safe>
                {label}
              </option>
            ))}
          </select>
        </div>
        <TextField name="note" label={t`Ghi chú cho người nhận`} maxlength={500} />
      </Confirm>
      <Confirm
        id="close-talk"
        action={`${at}/close`}
        staff={staff}
        label={t`Đóng`}
        icon="check"
        small
        title={t`Đóng trò chuyện?`}
        text={t`Người dân nhắn lại thì trợ lý trả lời như thường.`}
      >
        <div class="field">
          <label class="form-label" for="close-reason">
            {t`Lý do`}
          </label>
          <select class="form-select" name="reason" id="close-reason">
            {CLOSE_REASONS.map((reason) => (
              <option value={reason} safe>
                {t.of(reason)}
              </option>
            ))}
          </select>
        </div>
      </Confirm>
    </div>
  );
}

/** Kept with the talk as they stand here, and shown in the language of the page. */
export const CLOSE_REASONS: string[] = [
  vi`Đã giải quyết xong`,
  vi`Đã hướng dẫn nơi khác`,
  vi`Người dân không trả lời nữa`,
  vi`Không thuộc thẩm quyền`,
  vi`Tin rác`,
];

export function TalkSide(props: TalkProps) {
  const { talk, staff, labels } = props;
  const at = `/console/conversations/${talk.id}`;
  return (
    <aside class="talk-side" id="talk-side" aria-label={t`Thông tin`}>
      <a class="talk-side-close icon-button" href="#talk">
        <Icon name="x" label={t`Đóng`} />
      </a>
      <Known {...props} />
      <section data-part="skill">
        <h3>{t`Lĩnh vực`}</h3>
        <Form action={`${at}/skill`} staff={staff} class="label-form">
          <select class="form-select form-select-sm" name="skill" aria-label={t`Lĩnh vực`}>
            <option value="">{t`Ai cũng trả lời được`}</option>
            {SKILL_NAMES.map((skill) => (
              <option value={skill} selected={skill === talk.skill}>
                {t.of(SKILLS[skill])}
              </option>
            ))}
          </select>
          <button type="submit" class="icon-button" title={t`Lưu lĩnh vực`}>
            <Icon name="check" label={t`Lưu lĩnh vực`} />
          </button>
        </Form>
      </section>
      <section>
        <h3>{t`Nhãn`}</h3>
        <div class="labels">
          {talk.labels.map((label) => (
            <Form action={`${at}/unlabel`} staff={staff} class="label">
              <input type="hidden" name="label" value={label} />
              <span safe>{label}</span>
              <button type="submit" aria-label={t`Bỏ nhãn ${label}`}>
                <Icon name="x" />
              </button>
            </Form>
          ))}
        </div>
        <Form action={`${at}/label`} staff={staff} class="label-form">
          <input
            class="form-control form-control-sm"
            name="label"
            list="labels-known"
            maxlength="30"
            placeholder={t`Thêm nhãn`}
            aria-label={t`Thêm nhãn`}
            autocomplete="off"
          />
          <datalist id="labels-known">
            {labels.map((label) => (
              <option value={label}></option>
            ))}
          </datalist>
          <button type="submit" class="icon-button" title={t`Thêm nhãn`}>
            <Icon name="plus" label={t`Thêm nhãn`} />
          </button>
        </Form>
      </section>
      <section class="shortcuts">
        <h3>{t`Phím tắt`}</h3>
        <p class="quiet">
          {t.html`<kbd>j</kbd> <kbd>k</kbd> trò chuyện sau, trước · <kbd>c</kbd> nhận · <kbd>r</kbd> trả lời · <kbd>/</kbd> tìm · <kbd>Ctrl</kbd> <kbd>Enter</kbd> gửi`}
        </p>
      </section>
    </aside>
  );
}

function Known({ talk, staff, understood, teachable, window }: TalkProps) {
  const { readings, entities, form } = understood;
  return (
    <div data-part="known">
      <section>
        <h3>{t`Người dân`}</h3>
        <dl class="known">
          {talk.phone ? (
            <>
              <dt>{t`Điện thoại`}</dt>
              <dd>
                <a href={`tel:${talk.phone}`} safe>
                  {talk.phone}
                </a>
              </dd>
            </>
          ) : null}
          {talk.address ? (
            <>
              <dt>{t`Địa chỉ`}</dt>
              <dd safe>{talk.address}</dd>
            </>
          ) : null}
          <dt>{t`Nhắn lần đầu`}</dt>
          <dd>
            <Time at={talk.firstSeen} />
          </dd>
          <dt>{t`Thời hạn trả lời`}</dt>
          <dd>
            <span safe>{window.now}</span>
            {window.until ? (
              <>
                {" "}
                {t`tới`} <Time at={window.until} />
              </>
            ) : null}
            <span class="quiet known-after" safe>
              {window.after}
            </span>
          </dd>
        </dl>
      </section>
      {readings.length > 0 || form ? (
        <section>
          <h3>{t`Trợ lý hiểu tin cuối là`}</h3>
          <ul class="readings">
            {readings.map(({ label, percent }) => (
              <li>
                <span safe>{label}</span>
                <meter min="0" max="100" value={String(percent)}></meter>
                <span class="quiet">{percent}%</span>
              </li>
            ))}
          </ul>
          {entities.length > 0 ? (
            <p class="labels">
              {entities.map((entity) => (
                <span class="badge tone-quiet" safe>
                  {entity}
                </span>
              ))}
            </p>
          ) : null}
          {teachable ? (
            <Form action={`/console/conversations/${talk.id}/meant`} staff={staff} class="label-form">
              <input type="hidden" name="message" value={String(teachable.message)} />
              <select class="form-select form-select-sm" name="intent" aria-label={t`Thật ra người dân muốn`}>
                <option value="">{t`Thật ra người dân muốn…`}</option>
                {teachable.intents.map(({ name, label }) => (
                  <option value={name} safe>
                    {label}
                  </option>
                ))}
              </select>
              <button type="submit" class="icon-button" title={t`Đưa vào bàn dạy trợ lý`}>
                <Icon name="check" label={t`Đưa vào bàn dạy trợ lý`} />
              </button>
            </Form>
          ) : null}
          {form ? (
            <>
              <h3>{t`Đang ghi dở`}</h3>
              <p class="draft" safe>
                {form}
              </p>
            </>
          ) : null}
        </section>
      ) : null}
    </div>
  );
}

export function NoTalk() {
  return (
    <section class="talk talk-none" id="talk">
      <div class="empty-state">
        <Icon name="message-circle" />
        <p class="empty-state-title">{t`Chọn một trò chuyện`}</p>
        <p class="empty-state-text">
          {t.html`Phím <kbd>j</kbd> và <kbd>k</kbd> đi qua từng trò chuyện; <kbd>/</kbd> để tìm.`}
        </p>
        <LinkButton href="/console/conversations/answers" icon="note">
          {t`Câu trả lời mẫu`}
        </LinkButton>
      </div>
    </section>
  );
}
