/**
 * The record of processing for the data protection officer: what is kept, why, on what basis, for how long, how much
 * of it there is; consents by version; requests and whether they were met in time; what was purged. Counts only.
 */
import { formatDateTime } from "../../infra/clock.ts";
import { toCsv } from "../../console/csv.ts";
import type { Db } from "../../infra/db.ts";
import { readSetting } from "../../infra/settings.ts";
import type { PersonalData, ProcessingActivity } from "../feature.ts";
import { retention } from "./purge.ts";
import { allRequests, consentCounts, coreCounts, noticeCounts, purgesSince } from "./store.ts";

export interface ProcessingRecord {
  madeAt: Date;
  activities: ProcessingActivity[];
  notices: { version: string; residents: number }[];
  consents: { purpose: string; version: string; given: number; withdrawn: number }[];
  requests: {
    code: string;
    kind: string;
    origin: string;
    channel: string;
    state: string;
    requestedAt: Date;
    dueAt: Date;
    doneAt: Date | null;
    inTime: boolean | null;
  }[];
  purges: { at: Date; removed: Record<string, number> }[];
}

const CONSENT = "Sự đồng ý của người dân (Luật 91/2025/QH15)";
const TASK = "Nhiệm vụ thông tin cơ sở của cơ quan (Nghị định 49/2024/NĐ-CP)";

export async function processingRecord(db: Db, others: PersonalData[], now: Date): Promise<ProcessingRecord> {
  const days = await readSetting(db, retention.key, retention.shape);
  const counts = await coreCounts(db);
  const talks = `${days.talks} ngày`;
  const core: ProcessingActivity[] = [
    {
      ...{ what: "Người nhắn tin: mã và tên công khai trên nền tảng, điện thoại và địa chỉ nếu tự cho" },
      ...{ purpose: "Trả lời đúng người, báo kết quả", basis: CONSENT },
      ...{ kept: "Tới khi người dân yêu cầu xóa", count: counts.residents },
    },
    {
      ...{ what: "Tin nhắn đến và đi", purpose: "Trả lời, xử lý việc người dân nhờ" },
      ...{ basis: `${CONSENT}; ${TASK}`, kept: talks, count: counts.messages },
    },
    {
      ...{ what: "Hình, tệp, vị trí người dân gửi", purpose: "Làm rõ phản ánh và câu hỏi" },
      ...{ basis: CONSENT, kept: `${talks}; hình của phản ánh giữ theo phản ánh`, count: counts.files },
    },
    {
      ...{ what: "Tin chưa hiểu rõ, đã che tên và số", purpose: "Dạy trợ lý hiểu tốt hơn" },
      ...{ basis: `${CONSENT}, riêng cho việc này`, kept: "Tới khi rút đồng ý", count: counts.candidates },
    },
    {
      ...{ what: "Sổ yêu cầu về dữ liệu cá nhân", purpose: "Chứng minh đã làm đúng hạn" },
      ...{
        basis: "Nghĩa vụ theo Nghị định 356/2025/NĐ-CP",
        kept: `${days.requests} ngày`,
        count: counts.requests,
      },
    },
    {
      ...{ what: "Cán bộ: tên, e-mail; nhật ký thao tác", purpose: "An toàn, truy trách nhiệm" },
      ...{ basis: "Nhiệm vụ được giao", kept: "Không tự xóa", count: counts.staff },
    },
  ];
  const more = await Promise.all(others.flatMap(({ activity }) => activity?.(db) ?? []));
  const requests = (await allRequests(db)).map((request) => ({
    ...request,
    inTime: request.doneAt ? request.doneAt <= request.dueAt : null,
  }));
  const [notices, consents, purges] = [
    await noticeCounts(db),
    await consentCounts(db),
    await purgesSince(db, new Date(now.getTime() - 366 * 86_400_000)),
  ];
  return { madeAt: now, activities: [...core, ...more], notices, consents, requests, purges };
}

/** One table, the part in its first column. */
export function recordAsCsv({ activities, notices, consents, requests, purges }: ProcessingRecord): string {
  const at = (date: Date | null) => (date ? formatDateTime(date) : "");
  return toCsv(
    ["Phần", "Mục", "Mục đích hoặc loại", "Căn cứ hoặc nguồn", "Giữ bao lâu hoặc hạn", "Xong lúc", "Số"],
    [
      ...activities.map(({ what, purpose, basis, kept, count }) => [
        ...["Dữ liệu đang giữ", what, purpose, basis, kept, ""],
        count,
      ]),
      ...notices.map(({ version, residents }) => [
        ...["Thông báo lần đầu", version, "", "", "", ""],
        residents,
      ]),
      ...consents.flatMap(({ purpose, version, given, withdrawn }) => [
        ["Đồng ý", purpose, "đang đồng ý", version, "", "", given],
        ["Đồng ý", purpose, "đã rút", version, "", "", withdrawn],
      ]),
      ...requests.map(({ code, kind, origin, requestedAt, dueAt, doneAt, state }) => [
        ...["Yêu cầu", code, `${kind}, ${state}, nhận ${at(requestedAt)}`, origin, at(dueAt), at(doneAt)],
        1,
      ]),
      ...purges.flatMap((purge) =>
        Object.entries(purge.removed).map(([name, count]) => [
          "Xóa định kỳ",
          name,
          "",
          "",
          "",
          at(purge.at),
          count,
        ]),
      ),
    ],
  );
}
