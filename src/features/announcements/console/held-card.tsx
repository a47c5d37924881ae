/** What is held: each copy, or all of them, goes again or does not. */
import { Card, ChannelMark, Confirm, Time } from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { t } from "../../../bilingual/index.ts";
import type { Held } from "../delivery/held.ts";
import { ROOT } from "./words.ts";

interface HeldCardProps {
  code: string;
  held: Held[];
  /** All there are; the list may show fewer. */
  count: number;
  staff: SignedIn;
}

export function HeldCard({ code, held, count, staff }: HeldCardProps) {
  if (held.length === 0) return <></>;
  const path = `${ROOT}/${code}/delivery/held`;
  const mayDecide = may(staff.role, "announcements.write");
  const all = count.toLocaleString("vi-VN");
  return (
    <Card title={t`Chưa rõ kết quả`} id="held" flush>
      <div class="card-body">
        <p safe>
          {t`Nền tảng không trả lời lúc gửi ${all} bản này, nên có thể người nhận đã có hoặc chưa có. Hệ thống không tự gửi lại.`}
        </p>
        {mayDecide ? (
          <div class="row-actions">
            <Confirm
              id="resend-all"
              action={`${path}/all/resend`}
              staff={staff}
              label={t`Gửi lại tất cả`}
              title={t`Gửi lại ${all} bản?`}
              text={t`Ai đã nhận rồi sẽ nhận thêm một lần nữa.`}
            />
            <Confirm
              id="drop-all"
              action={`${path}/all/drop`}
              staff={staff}
              label={t`Bỏ tất cả`}
              title={t`Bỏ ${all} bản?`}
              text={t`Ai chưa nhận sẽ không nhận thông báo này nữa.`}
              danger
            />
          </div>
        ) : null}
      </div>
      <ol class="lines">
        {held.map(({ id, accountName, channel, residentName, at }) => (
          <li class="line">
            <ChannelMark channel={channel} />
            <span class="line-words">
              <strong safe>{residentName ?? t`Người nhận chưa rõ tên`}</strong>
              <span class="quiet">
                <span safe>{accountName}</span> · <Time at={at} />
              </span>
            </span>
            {mayDecide ? (
              <span class="row-actions">
                <Confirm
                  {...{ id: `resend-${id}`, action: `${path}/${id}/resend`, staff, small: true }}
                  label={t`Gửi lại`}
                  title={t`Gửi lại bản này?`}
                  text={t`Ai đã nhận rồi sẽ nhận thêm một lần nữa.`}
                />
                <Confirm
                  {...{ id: `drop-${id}`, action: `${path}/${id}/drop`, staff, small: true, danger: true }}
                  label={t`Bỏ`}
                  title={t`Bỏ bản này?`}
                  text={t`Ai chưa nhận sẽ không nhận thông báo này nữa.`}
                />
              </span>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
