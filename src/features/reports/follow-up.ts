/** “Vậy chừng nào tới dọn?”, “xong chưa”: asked of a report that is not named, since it was spoken of, or is the only thing waited for. */
import { askFor } from "../../dialogue/choices.ts";
import type { Topic, Turn } from "../../dialogue/types.ts";
import { withoutPoliteness } from "../../dialogue/words.ts";
import { foldDiacritics, mentions } from "../../language/index.ts";
import type { TurnContext } from "../feature.ts";
import { besidePlace, placeIn } from "./place.ts";
import { isOpen } from "./states.ts";
import { ADD, CORRECT } from "./status.ts";
import { reportsOf } from "./store.ts";

/** So many of one's reports are looked at. */
const RECENT = 5;
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

/** “thêm hình”, “gửi bổ sung hình nè”: said of the report, not of what is to be sent. */
const ADDS =
  /^(?:(?:cho|toi|tui|em|minh|muon|can|xin|gui|duoc|de) )*(?:(?:gui|chup|dua|noi|bao) )?(?:them|bo sung)(?: (?:vai|may|mot|1|2|it))? ?(?:hinh|anh|hinh anh|tam hinh|loi|thong tin|chi tiet|video|y)(?! \p{L}+ \p{L}+ \p{L})/u;
const CORRECTS =
  /^(?:(?:cho|toi|tui|em|minh|muon|xin) )*(?:(?:sua|doi)(?: lai)? (?:loai|muc)|(?:sai|nham|lon) loai)/u;

/** Right after a report was spoken of, whatever it reads like by itself: as if its button had been tapped. */
export function followsUp(turn: Turn, { name, about }: Topic): string | null {
  if (name !== "report" || typeof about.code !== "string") return null;
  if (asksHowItGoes(turn)) return askFor("report.status", about.code);
  if (!turn.text || turn.attachments.length > 0) return null;
  const said = foldDiacritics(withoutPoliteness(turn.text));
  if (ADDS.test(said)) return askFor(ADD, about.code);
  return CORRECTS.test(said) ? askFor(CORRECT, about.code) : null;
}

/**
 * Out of the blue, where nothing else was understood: an address alone begins a report, and who asks after something means
 * the report they wait for.
 */
export async function recognises(turn: Turn, { tx, residentId }: TurnContext): Promise<string | null> {
  if (isOnlyPlace(turn)) return "report.other";
  if (!asksHowItGoes(turn)) return null;
  const reports = await reportsOf(tx, residentId, RECENT);
  return reports.some(({ state }) => isOpen(state)) ? "report.status" : null;
}

function isOnlyPlace(turn: Turn): boolean {
  const { street, hamlet, houseNumber } = placeIn(turn);
  return Boolean(street ?? hamlet ?? houseNumber) && !/\p{L}/u.test(besidePlace(turn));
}
