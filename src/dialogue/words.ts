/** The few fixed words that steer a form, read with and without diacritics. What people want is the classifier's work. */
import { foldDiacritics, normalise } from "../language/index.ts";

const BEFORE =
  "da|vang|u|uh|um|o|a|thi|la|ad oi|em oi|bot oi|chon|lay|toi chon|tui chon|em chon|minh chon|cho toi|cho tui|cho em|cho minh";
const AFTER = "nha|nhe|nghe|nghen|a|di|em|ad|bot|ban|oi|voi|luon|please|pls";
const LEADING = new RegExp(`^(?:${BEFORE}) `);
const TRAILING = new RegExp(` (?:${AFTER})$`);

/** "Dạ số 2 nha em" → "số 2". What is nothing but politeness stays as it is. */
export function withoutPoliteness(text: string): string {
  const plain = normalise(
    text
      .slice(0, 400)
      .normalize("NFKC")
      .replace(/[\uFE0F\u20E3]/g, ""),
  );
  let said = plain.replace(/[^\p{L}\p{N}/#]+/gu, " ").trim();
  for (let shorter = trimOnce(said); shorter && shorter !== said; shorter = trimOnce(said)) said = shorter;
  return said;
}

/** Cuts by places found in the folded text, which has as many words as the text. */
function trimOnce(said: string): string {
  const folded = foldDiacritics(said);
  const words = said.split(" ");
  const leading = LEADING.exec(folded);
  if (leading) return words.slice(leading[0].trim().split(" ").length).join(" ");
  return TRAILING.test(folded) ? words.slice(0, -1).join(" ") : said;
}

const spoken = (text: string) => foldDiacritics(withoutPoliteness(text));
const NO = "(?:khong|ko|k|kg|hong|hok|hem|hk|chua)";

const SKIP = new RegExp(
  `^(?:bo qua|qua|skip|next|none|no|nothing|tiep|tiep tuc|thoi|khoi|thoi khoi|de sau|${NO}|${NO} (?:co|can|biet|ro|nho)(?: (?:hinh|anh|hinh anh|gi|gi het|dau|nua|luon|chac|ro))?|${NO} (?:hinh|anh))$`,
);
/** "bỏ qua", "không có hình", "thôi khỏi": nothing to give here. */
export const isSkip = (text: string) => text.length < 40 && SKIP.test(spoken(text));

const RESTART =
  /^(?:(?:lam|bat dau|viet|ghi|nhap) lai(?: tu dau)?|tu dau|restart|start over|start again|begin again)$/;
export const isRestart = (text: string) => text.length < 40 && RESTART.test(spoken(text));

const RESUME =
  /^(?:(?:lam|bao|ghi|noi|tra loi) tiep|tiep tuc|lam not|bao not|resume|continue|go on)(?: chuyen (?:do|cu|hom bua|dang do))?$/;
/** "làm tiếp": back to what was left unfinished. */
export const isResume = (text: string) => text.length < 40 && RESUME.test(spoken(text));

/** Words nobody says in calm, with their marks; those that fold into everyday words must carry them. */
const ABUSE =
  /(?<!\p{L})(?:đm|dm|đmm|dmm|đcm|dcm|vcl|vkl|vl|cmm|clgt|địt|đụ|đéo|lồn|cặc|buồi|dit me|du ma|đụ má|mẹ mày|me may|con mẹ|đồ ngu|do ngu|ngu như|ngu nhu|ngu vãi|óc chó|oc cho|súc vật|suc vat|khốn nạn|khon nan|mất dạy|mat day|chó má|bot ngu|máy ngu|may ngu|thằng ngu|thang ngu|đồ chó|do cho|fuck|shit|stupid|idiot)(?!\p{L})/gu;
/** An outburst with little else in it. @param most words besides */
export function isAbuse(text: string, most = 4): boolean {
  const said = normalise(text.slice(0, 400));
  const left = said.replace(ABUSE, " ").match(/\p{L}+/gu) ?? [];
  return left.length <= most && said.search(ABUSE) >= 0;
}

const YES =
  /^(?:da|u|uh|um|ok|oke|okay|okie|oki|co|dung|dung roi|phai|phai roi|dong y|chuan|chinh xac|duoc|duoc roi|gui|gui luon|gui di|yes|yeah|yep|sure|correct|right|send|da dung|da phai|da co|vang)$/;
export const isYes = (text: string) => text.length < 30 && YES.test(spoken(text));

const NOT = new RegExp(
  `^(?:${NO}|${NO} (?:phai|dung|co)(?: dau)?|sai|sai roi|chua dung|no|nope|not yet|wrong)$`,
);
export const isNo = (text: string) => text.length < 30 && NOT.test(spoken(text));

const CANCEL = /^(?:huy|huy bo|huy di|dung|dung lai|bo|bo di|cancel|stop|quit|thoat|exit)$/;
/** The command words of a form, whatever the classifier makes of them. */
export const isCancel = (text: string) => {
  if (text.length > 30 || !CANCEL.test(spoken(text))) return false;
  return !/đúng/i.test(text.normalize("NFC")); // "đúng" and "dừng" fold alike
};

const CORRECTION =
  /^(?:(?:a|ah|oi|ui|uy|ua|da|chet|y)[ ,.]+)*(?:khong phai|hong phai|khong ?,|nham|lon roi|noi lon|ghi lon|ghi sai|sai roi|sua|doi lai|cho (?:toi|tui|em|minh) (?:sua|doi)|(?:no|sorry|wait|actually) ?,|change)/;
const AFTER_AH = /^(?:a|ah|y|oi|ui|uy|ua) (?:khong|hong|ko|nham|lon)(?![\p{L}])/u;
/** "à không, ở đường khác": the resident takes something back. */
export function isCorrection(text: string): boolean {
  const folded = foldDiacritics(normalise(text.slice(0, 400)));
  return CORRECTION.test(folded) || AFTER_AH.test(folded);
}

/** Words that say a line of a summary is wrong. */
export function findsFault(text: string): boolean {
  return /(?<!\p{L})(?:sua|doi|sai|nham|lon|khac|khong phai|thay|wrong|change|edit|fix)(?!\p{L})/u.test(
    foldDiacritics(normalise(text.slice(0, 400))),
  );
}

const QUESTION =
  /(?<!\p{L})(?:bao nhieu|bao lau|may gio|may ngay|khi nao|luc nao|o dau|cho nao|lam sao|sao (?:ma )?(?:lau|cham|hoai)|the nao|ra sao|nhu nao|tai sao|vi sao|cho hoi|xin hoi|hoi chut|can gi|gi vay|co phai|co duoc|duoc khong|dc khong|duoc ko|dc ko|phai khong|chua vay|what|where|when|how|why|who|which|can i|do i|is there)(?!\p{L})|\?|(?<!\p{L})(?:gi|sao|dau|khong|ko|hong|chua|ha|nao)$/u;
/** Does it read as a question to us, rather than as an answer? */
export const isQuestion = (text: string) => QUESTION.test(foldDiacritics(normalise(text)));
