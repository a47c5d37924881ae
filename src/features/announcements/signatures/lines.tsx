/** What a paper's digital signatures say, in words for anybody; no more than was checked. */
import { t } from "../../../bilingual/index.ts";
import { formatDateTime } from "../../../infra/clock.ts";
import type { Signature } from "./index.ts";

export function SignatureLines({ signatures }: { signatures: Signature[] }) {
  if (signatures.length === 0) return <p class="signature">{t`Không có chữ ký số.`}</p>;
  return (
    <>
      {signatures.map((signature) => (
        <p class={`signature signature-${toneOf(signature)}`} safe>
          {inWords(signature)}
        </p>
      ))}
    </>
  );
}

function toneOf({ state, isTrusted }: Signature): "good" | "warn" | "bad" {
  if (state === "broken") return "bad";
  return state === "extended" || isTrusted === false ? "warn" : "good";
}

function inWords({ signer, organisation, at, state, isTrusted }: Signature): string {
  if (state === "broken") return t`Chữ ký số không hợp lệ: văn bản đã bị sửa, hoặc chữ ký hỏng.`;
  const who = organisation && organisation !== signer ? `${signer} (${organisation})` : signer;
  const when = at ? formatDateTime(at) : t`không ghi giờ`;
  if (state === "extended")
    return t`Ký số bởi ${who}, ${when}. Phần đã ký còn nguyên, nhưng tệp có phần thêm vào sau khi ký.`;
  if (isTrusted === false)
    return t`Ký số bởi ${who}, ${when}. Văn bản còn nguyên vẹn, nhưng chưa xác nhận được chứng thư của người ký.`;
  if (isTrusted === null)
    return t`Đã ký số bởi ${who} lúc ${when}, còn nguyên vẹn. Chứng thư của người ký chưa được đối chiếu ở đây.`;
  return t`Đã ký số bởi ${who} lúc ${when}, còn nguyên vẹn.`;
}
