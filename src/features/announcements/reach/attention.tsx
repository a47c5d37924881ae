/** What waits for a person, at the head of the list: what could not be published, and times that were missed. */
import { t } from "../../../bilingual/index.ts";
import { ROOT } from "../console/words.ts";
import type { Waiting } from "./store.ts";

export function Attention({ waiting }: { waiting: Waiting[] }) {
  if (waiting.length === 0) return <></>;
  return (
    <ul class="findings" aria-label={t`Cần quyết định`}>
      {waiting.map(({ code, title, kind, count }) => (
        <li class="notice notice-bad">
          <a href={`${ROOT}/${code}/${kind === "missed" ? "schedule" : "delivery"}`} safe>
            {title}
          </a>
          <span safe>{wordsOf(kind, count)}</span>
        </li>
      ))}
    </ul>
  );
}

function wordsOf(kind: Waiting["kind"], count: number): string {
  if (kind === "missed") return t`lỡ giờ hẹn`;
  return kind === "held" ? t`${count} bài chưa rõ kết quả` : t`${count} bài không đăng được`;
}
