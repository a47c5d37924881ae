/** Notices of our own writing for the demo, dated around the day of the first start, each marked as sample data. */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import type { Db } from "../../infra/db.ts";
import { codeOfWard } from "../../places/index.ts";
import { nextAnnouncementCode, searchTextOf } from "./store.ts";
import type { Topic } from "./topics.ts";

interface Sample {
  title: string;
  /** {0}, {1} … are the days that many days from now, as dd/MM/yyyy. */
  body: string;
  unit: string;
  topic: Topic;
  wards?: string[];
  level?: "important" | "emergency";
  number: string;
  /** Published that many days ago. */
  ago: number;
  /** In force for that many days more. */
  days?: number;
}

const SAMPLES: Sample[] = [
  {
    title: "Tạm ngưng cấp nước đường Nguyễn Huệ để sửa ống",
    body: "Để sửa đường ống chính, nước máy tạm ngưng từ 8 giờ đến 16 giờ ngày {2} trên đường Nguyễn Huệ, phường An Hội.\n\nBà con trữ nước trước, và khóa vòi khi ra khỏi nhà. Có nước lại thì xả vài phút cho trong rồi hãy dùng.",
    ...{ unit: "AN-HOI", topic: "water", wards: ["Phường An Hội"], number: "41/TB-UBND", ago: 1, days: 4 },
  },
  {
    title: "Cắt điện bảo trì lưới điện khu phố 3, phường Phú Khương",
    body: "Điện lực cắt điện từ 7 giờ 30 đến 11 giờ 30 ngày {3} tại khu phố 3, phường Phú Khương để bảo trì trạm biến áp.\n\nCơ quan, cửa hàng có máy phát kiểm tra trước khi dùng; nhà có người bệnh dùng máy thở báo khu phố để được giúp.",
    ...{
      unit: "PHU-KHUONG",
      topic: "power",
      wards: ["Phường Phú Khương"],
      number: "87/TB-UBND",
      ago: 2,
      days: 5,
    },
  },
  {
    title: "Tiêm ngừa dại cho chó mèo tại phường Sơn Đông",
    body: "Trạm thú y tiêm ngừa dại cho chó, mèo từ 7 giờ đến 10 giờ ngày {5} tại nhà văn hóa ấp Phú Thành, phường Sơn Đông. Mỗi con đóng 15.000 đồng tiền công tiêm.\n\nBà con xích chó, đeo rọ mõm khi đưa tới điểm tiêm.",
    ...{
      unit: "SON-DONG",
      topic: "health",
      wards: ["Phường Sơn Đông"],
      number: "63/TB-UBND",
      ago: 3,
      days: 8,
    },
  },
  {
    title: "Độ mặn trên sông Hàm Luông lên 2 phần ngàn",
    body: "Độ mặn đo tại trạm An Thuận sáng nay là 2 ‰ và còn lên theo con nước rằm. Bà con trữ nước ngọt, chưa lấy nước sông tưới vườn cho tới khi có thông báo mới.\n\nCống ngăn mặn đóng từ 18 giờ ngày {0}.",
    ...{ unit: "DO-THI", topic: "salinity", level: "important", number: "112/TB-UBND", ago: 0, days: 10 },
  },
  {
    title: "Triều cường vượt báo động 2, nhiều tuyến đường ngập",
    body: "Triều cường đêm {1} dự báo vượt báo động 2. Đường Hùng Vương, bến Cá và các hẻm ven sông có thể ngập từ 17 giờ đến 20 giờ.\n\nBà con kê đồ đạc, ngắt điện ổ cắm thấp, không cho trẻ chơi gần mé sông. Cần giúp gọi 112 hoặc 114.",
    ...{ unit: "DO-THI", topic: "weather", level: "emergency", number: "115/CĐ-UBND", ago: 0, days: 2 },
  },
  {
    title: "Họp dân khu phố 6 bàn việc làm đường hẻm 12",
    body: "Mời bà con khu phố 6, phường Phú Tân dự họp lúc 19 giờ ngày {4} tại nhà văn hóa khu phố, bàn việc góp đất mở rộng hẻm 12.",
    ...{
      unit: "PHU-TAN",
      topic: "meeting",
      wards: ["Phường Phú Tân"],
      number: "29/TM-UBND",
      ago: 1,
      days: 5,
    },
  },
  {
    title: "Cấm xe đường Đồng Khởi để thi công cống",
    body: "Đoạn đường Đồng Khởi từ ngã tư Tân Thành đến cầu Nhà Thương cấm xe từ 21 giờ ngày {1} đến 5 giờ ngày {2} để lắp cống ngang. Xe đi vòng đường Nguyễn Đình Chiểu.",
    ...{
      unit: "PHU-KHUONG",
      topic: "traffic",
      wards: ["Phường Phú Khương"],
      number: "90/TB-UBND",
      ago: 1,
      days: 3,
    },
  },
  {
    title: "Chi trả trợ cấp người cao tuổi tháng này",
    body: "Phường Bến Tre chi trả trợ cấp hằng tháng cho người cao tuổi từ 7 giờ đến 11 giờ ngày {6} tại hội trường phường. Mức 500.000 đồng một người. Ai đã nhận qua tài khoản thì không phải tới.",
    ...{
      unit: "BEN-TRE",
      topic: "welfare",
      wards: ["Phường Bến Tre"],
      number: "54/TB-UBND",
      ago: 2,
      days: 8,
    },
  },
  {
    title: "Cảnh giác kẻ giả danh công an gọi điện đòi cập nhật căn cước",
    body: "Có người tự xưng công an phường gọi điện bảo bà con bấm đường link để cập nhật căn cước, rồi lấy tiền trong tài khoản. Công an không làm việc qua điện thoại. Ai gọi như vậy, bà con cúp máy và báo công an phường.",
    ...{ unit: "DO-THI", topic: "security", level: "important", number: "108/TB-UBND", ago: 4 },
  },
  {
    title: "Phun thuốc diệt muỗi phòng sốt xuất huyết",
    body: "Trạm y tế phường An Hội phun thuốc diệt muỗi từ 6 giờ đến 9 giờ ngày {3} tại khu phố 1 và khu phố 2. Bà con che thức ăn, đậy lu nước, đưa trẻ nhỏ và người già ra ngoài 30 phút.",
    ...{ unit: "AN-HOI", topic: "health", wards: ["Phường An Hội"], number: "44/TB-UBND", ago: 2, days: 5 },
  },
];

/** Where there is not one notice yet. */
export async function ensureSampleAnnouncements(db: Db, now: Date): Promise<void> {
  if ((await db.announcement.count()) > 0) return;
  const today = DateTime.fromJSDate(now, { zone: ZONE });
  await db.$transaction(async (tx) => {
    for (const sample of SAMPLES) {
      const { ago, days, number, wards = [], unit: unitCode, level = "normal", topic, title } = sample;
      const publishedAt = today.minus({ days: ago, minutes: 7 }).toJSDate();
      const body = sample.body.replace(/\{(\d+)\}/g, (_, count) =>
        today.plus({ days: Number(count) }).toFormat("dd/MM/yyyy"),
      );
      const words = { title, body, documentNumber: number };
      await tx.announcement.create({
        data: {
          ...{ ...words, code: await nextAnnouncementCode(tx, publishedAt), unitCode, topic, level },
          ...{ state: "published", publishedAt, sample: true, searchText: searchTextOf(words) },
          wards: wards.flatMap((ward) => codeOfWard(ward) ?? []),
          documentDate: new Date(`${today.minus({ days: ago }).toISODate()}T00:00:00Z`),
          validTo: days ? today.plus({ days }).endOf("day").toJSDate() : null,
          updatedAt: publishedAt,
          steps: { create: [{ kind: "published", at: publishedAt }] },
        },
      });
    }
  });
}
