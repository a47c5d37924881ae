/** A sentence as both phones show it, cut where each platform cuts it. */
import { t } from "../../bilingual/index.ts";
import { shortTitle } from "../../channels/facebook/render.ts";
import { splitText } from "../../channels/split-text.ts";
import { LONGEST_MESSAGE, isLabel } from "./check.ts";

interface PreviewProps {
  shipped: string;
  text: string;
  /** What is wrong with it, or null. */
  problem: string | null;
}

/** What might stand in a place; others keep their name. */
const EXAMPLES: Record<string, string> = {
  code: "PA-2611-00042",
  unit: "UBND Phường Phú Khương",
  ward: "Phường Phú Khương",
  date: "26/11/2026",
  due: "28/11/2026",
  day: "thứ Năm",
  days: "180",
  time: "7 giờ 30",
  when: "7 giờ 30 sáng mai",
  hour: "7",
  minute: "30",
  count: "3",
  sheet: "12",
  phone: "0275 3822 123",
  address: "số 12 đường Đồng Khởi",
  street: "Đồng Khởi",
  procedure: "Đăng ký khai sinh",
  category: "Đèn đường hỏng",
  place: "trước số 12 đường Đồng Khởi",
  title: "Lịch cắt nước ngày 28/11",
  number: "125/TB-UBND",
};

export function Preview({ shipped, text, problem }: PreviewProps) {
  const label = isLabel(shipped);
  return (
    <>
      {problem ? (
        <p class="notice notice-bad" role="status" safe>
          {problem}
        </p>
      ) : null}
      <div class="phones">
        <Phone name="Zalo" look="zalo">
          {label ? <ListedLabel text={text} /> : <Bubbles text={text} />}
        </Phone>
        <Phone name="Messenger" look="messenger">
          {label ? <QuickReply text={text} /> : <Bubbles text={text} />}
        </Phone>
      </div>
    </>
  );
}

function Phone({ name, look, children }: { name: string; look: string; children: JSX.Element }) {
  return (
    <figure class={`phone phone-${look}`}>
      <figcaption class="phone-head">
        <span class="phone-face" aria-hidden="true">
          HP
        </span>
        <span>
          <strong>Hỏi Phường</strong>
          <span class="phone-name" safe>
            {name}
          </span>
        </span>
      </figcaption>
      <div class="phone-talk">{children as "safe"}</div>
    </figure>
  );
}

/** More than one message when it is too long for one. */
function Bubbles({ text }: { text: string }) {
  return (
    <>
      {splitText(text, LONGEST_MESSAGE).map((part) => (
        <p class="bubble">
          <Filled text={part} />
        </p>
      ))}
    </>
  );
}

/** Zalo shows choices as numbered lines. */
function ListedLabel({ text }: { text: string }) {
  return (
    <p class="bubble">
      <span class="bubble-before">Anh/chị chọn giúp em:</span>
      {"\n1. "}
      <Filled text={text} />
    </p>
  );
}

function QuickReply({ text }: { text: string }) {
  const shown = shortTitle(text);
  return (
    <>
      <p class="bubble">
        <span class="bubble-before">Anh/chị chọn giúp em:</span>
        {"\n1. "}
        <Filled text={text} />
      </p>
      <p class="chip">
        <Filled text={shown} />
      </p>
      {shown === text ? null : (
        <p class="phone-note">{t`Nút của Messenger chỉ hiện 20 ký tự; dòng đánh số phía trên vẫn đủ.`}</p>
      )}
    </>
  );
}

/** Places are filled with an example, and marked so that nobody takes it for the text. */
function Filled({ text }: { text: string }) {
  return (
    <>
      {text.split(/(\{\w+\})/).map((part) => {
        const name = /^\{(\w+)\}$/.exec(part)?.[1];
        return name ? <mark safe>{EXAMPLES[name] ?? name}</mark> : <span safe>{part}</span>;
      })}
    </>
  );
}
