/** “Vậy chừng nào tới dọn?”, “xong chưa”: asked of a report that is not named, since it was spoken of, or is the only thing waited for. */
import type { Topic, Turn } from "../../dialogue/types.ts";
import { mentions } from "../../language/index.ts";
import type { TurnContext } from "../feature.ts";
import { isOpen } from "./states.ts";
import { reportsOf } from "./store.ts";

/** A question after progress is short; a long message tells something of its own. */
const MOST_WORDS = 12;

const WHEN = [
  ...["chừng nào", "khi nào", "bao giờ", "bao lâu", "hồi nào", "lúc nào", "ngày nào", "bữa nào", "hôm nào"],
  ...["mấy ngày", "mấy bữa", "mấy hôm", "mấy tuần", "mấy giờ"],
];
const DEEDS = [
  ...[
    "tới",
    "đến",
    "xuống",
    "qua",
    "ra",
    "dọn",
    "sửa",
    "làm",
    "xử lý",
    "xử lí",
    "hốt",
    "gom",
    "xong",
    "thay",
    "vá",
  ],
  ...[
    "lấp",
    "trám",
    "thông",
    "nạo vét",
    "cắt",
    "tỉa",
    "kiểm tra",
    "coi",
    "xem",
    "khắc phục",
    "giải quyết",
    "sáng lại",
  ],
  ...["có người", "có ai", "có thợ", "có kết quả", "có điện lại", "có nước lại", "có đèn lại", "có đèn"],
];
/** “… chưa?” at the end of what should have been done. */
const DONE = DEEDS.map((deed) => `${deed} chưa`);
const IMPATIENT = [
  ...[
    "tới đâu rồi",
    "đến đâu rồi",
    "sao lâu",
    "lâu quá vậy",
    "lâu dữ",
    "có ai tới",
    "có người tới",
    "có ai xuống",
  ],
  ...[
    "chưa thấy ai",
    "chưa thấy người",
    "không thấy ai",
    "hổng thấy ai",
    "hông thấy ai",
    "ko thấy ai",
    "chưa ai tới",
  ],
  ...["sao chưa", "vẫn chưa", "còn chưa", "có tin gì chưa", "có gì mới"],
];
/** Words of other matters that are waited for. */
const OTHER = [
  ...[
    "hồ sơ",
    "thủ tục",
    "giấy",
    "lệ phí",
    "sổ đỏ",
    "sổ hồng",
    "căn cước",
    "khai sinh",
    "đăng ký",
    "cúp",
    "cắt điện",
  ],
  ...[
    "cắt nước",
    "thông báo",
    "họp",
    "tiêm",
    "chích ngừa",
    "mở cửa",
    "làm việc",
    "nghỉ lễ",
    "độ mặn",
    "lĩnh",
    "trả kết quả",
  ],
];
const ENGLISH =
  /\b(?:when will|when (?:is|are) (?:it|they|you|someone)|how (?:long|soon)|is it (?:done|fixed|repaired)|has (?:anyone|somebody|someone)|any (?:news|update|progress))\b/i;
/** What says that a message speaks of a matter of its own. */
const NAMES_A_MATTER = new Set([
  "street",
  "house_number",
  "hamlet",
  "parcel",
  "dossier_code",
  "lamp_pole",
  "coordinates",
]);

export function asksHowItGoes({ text, attachments, understanding }: Turn): boolean {
  if (!text || attachments.length > 0 || text.split(/\s+/).length > MOST_WORDS) return false;
  if (understanding.entities.some(({ type }) => NAMES_A_MATTER.has(type)) || mentions(text, OTHER))
    return false;
  return (
    (mentions(text, WHEN) && mentions(text, DEEDS)) ||
    mentions(text, [...DONE, ...IMPATIENT]) ||
    ENGLISH.test(text)
  );
}

/** Right after a report was spoken of, whatever it reads like by itself. */
export function followsUp(turn: Turn, { name }: Topic): string | null {
  return name === "report" && asksHowItGoes(turn) ? "report.status" : null;
}

/** Out of the blue, where nothing else was understood: whoever waits for a report means that one. */
export async function recognises(turn: Turn, { tx, residentId }: TurnContext): Promise<string | null> {
  if (!asksHowItGoes(turn)) return null;
  const reports = await reportsOf(tx, residentId, RECENT);
  return reports.some(({ state }) => isOpen(state)) ? "report.status" : null;
}

const RECENT = 5;
