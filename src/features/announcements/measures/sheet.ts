/** The same figures as on the pages, for spreadsheets, and nothing more. */
import { t } from "../../../bilingual/index.ts";
import { LEAST, inFives, percentOf, type Measures } from "./figures.ts";
import type { Month } from "./month.ts";
import { channelName } from "./words.ts";

type Cell = string | number | null;
export interface Sheet {
  head: string[];
  rows: Cell[][];
}

const people = (count: number): Cell => (count < LEAST ? t`dưới ${LEAST}` : inFives(count));

export function measuresSheet({ channels }: Measures): Sheet {
  const rows = channels.flatMap((of): Cell[][] => {
    const line = (name: string, value: Cell): Cell[] => [channelName(of.channel), name, value];
    return [
      line(t`Người nhận`, of.all),
      line(t`Đã gửi`, of.sent),
      line(t`Đã nhận tới máy`, of.delivered),
      line(t`Đã xem`, of.seen),
      line(t`Đang chờ tới lượt`, of.waiting),
      line(t`Gửi khi họ nhắn lại`, of.later),
      line(t`Đã báo khi họ nhắn lại`, of.told),
      line(t`Chưa rõ kết quả, đang giữ`, of.unknown),
      line(t`Không gửi vì đã hủy`, of.cancelled),
      ...of.reasons.map(({ reason, count }) => line(t`Không gửi được: ${reason}`, count)),
      line(t`Người nhắn lại`, people(of.cameBack.people)),
      line(t`Tin có câu hỏi`, people(of.cameBack.questions)),
      line(t`Ngừng nhận tin sau đó`, people(of.cameBack.unsubscribed)),
    ];
  });
  return { head: [t`Kênh`, t`Mục`, t`Số`], rows };
}

export const monthSheet = ({ units }: Month): Sheet => ({
  head: [
    ...[t`Đơn vị`, t`Thông báo`, t`Khẩn cấp`, t`Lượt nhận`, t`Đã xem (%)`, t`Ngừng nhận tin`],
    t`Cán bộ trả lời, trung vị (giờ làm việc)`,
  ],
  rows: units.map((unit) => [
    ...[unit.name, unit.announcements, unit.emergencies, people(unit.reached)],
    ...[percentOf(unit.seen, unit.sent), people(unit.unsubscribed)],
    unit.answered === null ? null : Math.round(unit.answered * 10) / 10,
  ]),
});
