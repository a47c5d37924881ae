/** How a notice will look and sound everywhere it goes, and what is still to be looked at; drawn anew while it is written. */
import type { Children } from "@kitajs/html";
import { t } from "../../../bilingual/index.ts";
import { Badge, Card } from "../../../console/components/index.ts";
import type { Wording } from "../../../dialogue/types.ts";
import type { Unit } from "../../../infra/generated/client.ts";
import type { Finding } from "../checks.ts";
import { ARTICLE_LIMITS } from "../../../channels/zalo/articles.ts";
import { Body } from "../formatting.tsx";
import { articleOf, paragraphsOf, postOf } from "../reach/content.ts";
import { ledLine, LED_LENGTH } from "../loudspeaker/led.ts";
import { loudspeakerScript } from "../loudspeaker/script.ts";
import { messageOf } from "../message.ts";
import type { Told } from "../notices/store.ts";
import type { Draft } from "./form.ts";
import { ROOT } from "./words.ts";

export interface PreviewProps {
  draft: Draft & Partial<Pick<Told, "state" | "recallReason" | "replaces">>;
  /** Of a new draft that has none yet: "TB-…". */
  code: string;
  unit: Pick<Unit, "name">;
  cover: Picture | null;
  /** null: it is out, nothing is looked for any more. */
  findings: Finding[] | null;
  say: Wording;
  publicUrl: string;
}

/** As staff see it, wherever it is still a draft. */
export interface Picture {
  src: string;
  alt: string;
}

export const pictureOf = (
  kept: { code: string; coverHash: string | null; coverAlt: string } | null | undefined,
): Picture | null =>
  kept?.coverHash
    ? { src: `${ROOT}/${kept.code}/cover?${kept.coverHash.slice(0, 8)}`, alt: kept.coverAlt }
    : null;

/** Zalo takes so much in one message; Messenger so much beside a button. */
const ZALO_MESSAGE = 2000;
const MESSENGER_WITH_BUTTON = 640;
/** Said in the South at an easy pace. */
const WORDS_A_MINUTE = 150;

export function Preview({ draft, code, unit, cover, findings, say, publicUrl }: PreviewProps) {
  const notice = { state: "draft", recallReason: null, replaces: null, ...draft, code, unit };
  const kind = notice.state === "recalled" ? "recall" : "news";
  const { text, link } = messageOf(notice, kind, say, publicUrl);
  const published = { ...notice, coverHash: null };
  const article = articleOf(published, publicUrl);
  const post = postOf(published, publicUrl).message;
  const script = loudspeakerScript(notice);
  const line = ledLine(notice);
  const minutes = Math.max(1, Math.round(script.split(/\s+/).length / WORDS_A_MINUTE));
  return (
    <>
      {findings ? <Findings findings={findings} /> : null}
      <Card title={t`Xem trước`}>
        <Look
          name={t`Bài viết trên Zalo`}
          size={t`tiêu đề ${draft.title.length} / ${ARTICLE_LIMITS.title} chữ`}
          open
        >
          <Cover of={cover} />
          <h3 safe>{article.title || t`(chưa có tiêu đề)`}</h3>
          <Body text={draft.body} />
          <p class="kept-lines" safe>
            {article.paragraphs.slice(paragraphsOf(draft.body).length).join("\n")}
          </p>
        </Look>
        <Look name={t`Tin nhắn Zalo`} size={t`${text.length} / ${ZALO_MESSAGE} chữ`}>
          <Cover of={cover} />
          <p class="kept-lines" safe>
            {`${text}\n${link!.title}: ${link!.url}`}
          </p>
        </Look>
        <Look name={t`Bài đăng Facebook`} size={t`${post.length} chữ`}>
          <p class="kept-lines" safe>
            {post}
          </p>
          <Cover of={cover} />
        </Look>
        <Look
          name={t`Tin nhắn Messenger`}
          size={
            text.length > MESSENGER_WITH_BUTTON ? t`dài, nút thành liên kết` : t`${text.length} chữ, có nút`
          }
        >
          <Cover of={cover} />
          <p class="kept-lines" safe>
            {text}
          </p>
          <Badge tone="info">
            <span safe>{link!.title}</span>
          </Badge>
        </Look>
        <Look name={t`Bài đọc loa`} size={t`đọc chừng ${minutes} phút`}>
          <p class="kept-lines" safe>
            {script}
          </p>
        </Look>
        <Look name={t`Bảng đèn LED`} size={t`${line.length} / ${LED_LENGTH} chữ`}>
          <p class="led-line" safe>
            {line}
          </p>
        </Look>
      </Card>
    </>
  );
}

const Cover = ({ of }: { of: Picture | null }) =>
  of ? <img class="preview-cover" src={of.src} alt={of.alt} loading="lazy" /> : <></>;

interface LookProps {
  name: string;
  size: string;
  open?: boolean;
  children: Children;
}

const Look = ({ name, size, open, children }: LookProps) => (
  <details class="preview" open={open} name="preview">
    <summary>
      <span safe>{name}</span>{" "}
      <span class="quiet" safe>
        {size}
      </span>
    </summary>
    <div lang="vi">{children as "safe"}</div>
  </details>
);

function Findings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0)
    return <p class="notice notice-calm">{t`Không thấy gì phải sửa trước khi trình duyệt.`}</p>;
  return (
    <ul class="findings" aria-label={t`Cần xem lại`}>
      {findings.map(({ stops, text }) => (
        <li class={["notice", stops ? "notice-bad" : ""]}>
          <span safe>{`${stops ? t`Phải sửa:` : t`Xem lại:`} ${text}`}</span>
        </li>
      ))}
    </ul>
  );
}
