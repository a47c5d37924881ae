/** The talk as it went, one entry under the other. */
import { DateTime } from "luxon";
import { t, vi } from "../../../bilingual/index.ts";
import { formatDate, ZONE } from "../../../infra/clock.ts";
import type { InboundAttachment } from "../../../channels/channel.ts";
import { Form, Icon, Submit, type IconName } from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Item, ShownFile } from "./timeline.ts";
import { stepWords } from "./words.ts";

interface TimelineProps {
  items: Item[];
  hasOlder: boolean;
  talkId: bigint;
  staff: SignedIn;
}

export function Timeline({ items, hasOlder, talkId, staff }: TimelineProps) {
  const at = `/console/conversations/${talkId}`;
  return (
    <ol
      class="timeline"
      id="timeline"
      data-part="timeline"
      aria-live="polite"
      aria-label={t`Tin nhắn`}
      tabindex="0"
    >
      {hasOlder && items[0] ? (
        <li class="timeline-older" data-key="older">
          <a href={`${at}?before=${encodeURIComponent(items[0].at.toISOString())}`}>{t`Xem tin cũ hơn`}</a>
        </li>
      ) : null}
      {items.map((item, index) => (
        <>
          {isNewDay(items[index - 1], item) ? (
            <li class="timeline-day" data-key={`day-${formatDate(item.at)}`}>
              <span>{formatDate(item.at) as "safe"}</span>
            </li>
          ) : null}
          <li class={`entry entry-${sideOf(item)}`} data-key={item.key}>
            <Entry item={item} at={at} staff={staff} />
          </li>
        </>
      ))}
    </ol>
  );
}

const isNewDay = (before: Item | undefined, item: Item) =>
  !before || formatDate(before.at) !== formatDate(item.at);

function sideOf(item: Item): string {
  if (item.kind === "said") return item.author === "bot" ? "bot" : "staff";
  if (item.kind === "elsewhere") return "staff";
  return item.kind;
}

function Entry({ item, at, staff }: { item: Item; at: string; staff: SignedIn }) {
  switch (item.kind) {
    case "heard":
      return (
        <div class="bubble">
          <Files files={item.files} at={at} />
          {item.others.map((other) => (
            <Other of={other} />
          ))}
          {item.text ? (
            <p class="bubble-text" safe>
              {item.text}
            </p>
          ) : null}
          <p class="bubble-foot">
            <Clock at={item.at} />
            {item.isEdited ? t` · đã sửa` : ""}
            {item.key.startsWith("in-") && may(staff.role, "reports.work") ? (
              <a class="bubble-deed" href={`${at}/report?message=${item.key.slice("in-".length)}`}>
                {t`Ghi thành phản ánh`}
              </a>
            ) : null}
          </p>
        </div>
      );
    case "elsewhere":
      return (
        <div class="bubble">
          <Files files={item.files} at={at} />
          {item.text ? (
            <p class="bubble-text" safe>
              {item.text}
            </p>
          ) : null}
          <p class="bubble-foot">
            {t`Trả lời trong ứng dụng của nền tảng ·`} <Clock at={item.at} />
          </p>
        </div>
      );
    case "said":
      return <Said item={item} at={at} staff={staff} />;
    case "note":
      return (
        <div class="bubble">
          <p class="bubble-who">
            <Icon name="note" />
            <span safe>{t`${item.staffName} · ghi chú nội bộ`}</span>
          </p>
          <p class="bubble-text" safe>
            {item.text}
          </p>
          <p class="bubble-foot">
            <Clock at={item.at} />
          </p>
        </div>
      );
    case "step":
      return (
        <p class="entry-line">
          <span safe>{stepWords(item.step, item.staffName, item.toName, item.note)}</span>
          {item.step === "filed" && item.note ? (
            <a href={`/console/reports/${item.note}`} safe>
              {item.note}
            </a>
          ) : item.note && !["signed_out", "unanswered"].includes(item.note) ? (
            <q safe>{t.of(item.note)}</q>
          ) : null}
          <Clock at={item.at} />
        </p>
      );
    case "event":
      return (
        <p class="entry-line">
          <span safe>{item.words}</span> <Clock at={item.at} />
        </p>
      );
  }
}

function Said({ item, at, staff }: { item: Extract<Item, { kind: "said" }>; at: string; staff: SignedIn }) {
  return (
    <div class="bubble">
      <p class="bubble-who">
        {item.author === "bot" ? <Icon name="robot" /> : null}
        <span safe>{item.author === "bot" ? t`Trợ lý` : (item.staffName ?? t`Cán bộ`)}</span>
      </p>
      {item.image ? (
        <img class="bubble-photo" src={`${at}/sent/${item.image}`} alt={t`Hình đã gửi`} loading="lazy" />
      ) : null}
      {item.file ? (
        <a class="file-link" href={`${at}/sent/${item.file.hash}`}>
          <Icon name="file" />
          <span safe>{item.file.name}</span>
        </a>
      ) : null}
      {item.text ? (
        <p class="bubble-text" safe>
          {item.text}
        </p>
      ) : null}
      {item.choices.length > 0 ? (
        <p class="bubble-choices">
          {item.choices.map((choice) => (
            <span safe>{choice}</span>
          ))}
        </p>
      ) : null}
      <p class="bubble-foot">
        <Clock at={item.at} /> · <Receipt item={item} />
      </p>
      {item.state === "dead" ? (
        <Form action={`${at}/retry/${item.id}`} staff={staff} class="bubble-retry">
          <Submit tone="plain" small icon="refresh">
            {t`Gửi lại`}
          </Submit>
        </Form>
      ) : null}
    </div>
  );
}

const STATES: Record<string, { words: string; icon: IconName; bad?: boolean }> = {
  pending: { words: vi`đang chờ gửi`, icon: "clock" },
  sending: { words: vi`đang gửi`, icon: "clock" },
  sent: { words: vi`đã gửi`, icon: "check" },
  unknown: { words: vi`chưa rõ đã tới chưa`, icon: "hourglass" },
  dead: { words: vi`không gửi được`, icon: "alert-triangle", bad: true },
  dropped: { words: vi`đã bỏ, không gửi`, icon: "ban" },
};

function Receipt({ item }: { item: Extract<Item, { kind: "said" }> }) {
  const { state, seenAt, deliveredAt, error } = item;
  const known = STATES[state] ?? STATES.pending!;
  const shown =
    state === "sent" && seenAt
      ? { words: t`đã xem`, icon: "checks" as const, bad: false }
      : state === "sent" && deliveredAt
        ? { words: t`đã nhận`, icon: "checks" as const, bad: false }
        : known;
  const why = state === "dead" && error === "window_closed" ? ` (${t`hết thời hạn trả lời`})` : "";
  return (
    <span class={["receipt", shown.bad ? "receipt-bad" : "", seenAt ? "receipt-seen" : ""]}>
      <Icon name={shown.icon} />
      <span safe>{t.of(shown.words) + why}</span>
    </span>
  );
}

/** "09:05", the whole moment on pointing at it. */
function Clock({ at }: { at: Date }) {
  return (
    <time
      datetime={at.toISOString()}
      title={DateTime.fromJSDate(at, { zone: ZONE }).toFormat("dd/MM/yyyy HH:mm:ss")}
    >
      {DateTime.fromJSDate(at, { zone: ZONE }).toFormat("HH:mm") as "safe"}
    </time>
  );
}

function Files({ files, at }: { files: ShownFile[]; at: string }) {
  return (
    <>
      {files.map((file) => (
        <OneFile file={file} address={`${at}/files/${file.id}`} />
      ))}
    </>
  );
}

function OneFile({ file, address }: { file: ShownFile; address: string }) {
  const { state, mime, name, hasThumbnail } = file;
  if (state === "pending") return <p class="file-note">{t`Đang tải tệp…`}</p>;
  if (state !== "stored" || !mime)
    return <p class="file-note">{t.html`Tệp không nhận được (${t.of(REFUSED[state]) ?? t`lỗi`})`}</p>;
  if (mime.startsWith("image/"))
    return (
      <a href={address} target="_blank" rel="noopener">
        <img
          class="bubble-photo"
          src={hasThumbnail ? `${address}?small` : address}
          alt={t`Hình người dân gửi`}
          loading="lazy"
        />
      </a>
    );
  if (mime.startsWith("audio/"))
    return (
      <>
        <audio class="bubble-audio" controls="controls" preload="none" src={address}></audio>
        <a class="file-link" href={address} download={name ?? "tin-thoai"}>
          <Icon name="file" />
          {t`Tải về`}
        </a>
      </>
    );
  if (mime.startsWith("video/")) return <video class="bubble-photo" controls src={address}></video>;
  return (
    <a class="file-link" href={address}>
      <Icon name="file" />
      <span safe>{name ?? t`Tệp đính kèm`}</span>
    </a>
  );
}

const REFUSED: Record<string, string> = { refused: vi`loại tệp không được giữ`, failed: vi`đã hết hạn` };

/** What has no bytes of its own: a place, a sticker, a link, a card. */
function Other({ of }: { of: InboundAttachment }) {
  const { type, latitude, longitude, title, name, phone } = of;
  if (type === "location" && latitude !== undefined && longitude !== undefined) {
    return (
      <div class="place">
        <div
          class="place-map"
          data-map
          data-latitude={String(latitude)}
          data-longitude={String(longitude)}
        ></div>
        <a
          href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          <Icon name="map-pin" />
          <span>{`${latitude.toFixed(5)}, ${longitude.toFixed(5)}` as "safe"}</span>
        </a>
      </div>
    );
  }
  const words = [title ?? name, phone].filter(Boolean).join(" · ");
  const icon: IconName = type === "sticker" ? "sticker" : type === "contact" ? "id" : "link";
  const kind = type === "sticker" ? t`Nhãn dán` : type === "contact" ? t`Danh thiếp` : t`Liên kết`;
  return (
    <p class="file-link">
      <Icon name={icon} />
      <span safe>{words || kind}</span>
    </p>
  );
}
