/** Vietnamese or English: what residents write is Vietnamese unless it plainly is not. */
import { hasDiacritics } from "./diacritics.ts";

export type Tongue = "vi" | "en";

/** Words that English sentences are built with and that no Vietnamese syllable is spelt like. */
const ENGLISH = new Set(
  (
    "the is are was were be been am my your our their his her its this that these those there here what where when how why who " +
    "which can could would should will does did have has had want need please help hello thanks thank you we they not don't " +
    "isn't of for from with about and or but in to at on it i me get got any some broken report street light water power house near " +
    "today tomorrow latest human real person time change cancel name phone number fee cost land tide price new"
  ).split(" "),
);
/** Spelt alike in both: they speak for neither. */
const BOTH = new Set("to me do an in on at it i am he no so a be hat ban".split(" "));
/** At least this share of the words, and two of them, must be English. */
const SHARE = 0.4;

/** How a Vietnamese syllable may be spelt without its marks: “nghieng”, “quoc”, “oai”; or two run together. */
const SYLLABLES =
  /^(?:(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|ye|yeu|iu|oa|oai|oay|oe|oeo|oi|oo|ua|uai|uay|uau|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu)(?:ch|ng|nh|[cmnpt])?){1,2}$/;
/** Shorter ones are as likely short for something. */
const SPELT_OUT = 4;
/** Keys that were to become marks, and letters drawn out: “nayf”, “thaatj”, “roiiii”. */
const TYPED = /[sfrxjw]$|(.)(?=\1)/g;

/**
 * @param talk the language of the talk so far. One in English stays so over numbers, names and single words: only
 *   words that are Vietnamese and no name bring it back.
 */
export function tongueOf(text: string, talk: Tongue = "vi"): Tongue {
  if (talk === "en") return isVietnamese(text) ? "vi" : "en";
  if (hasDiacritics(text)) return "vi";
  const words = text.toLowerCase().match(/[a-z']+/g) ?? [];
  const english = words.filter(isEnglish);
  const plain = english.filter((word) => !BOTH.has(word));
  const own = words.filter((word) => VIETNAMESE.has(word));
  return plain.length >= 2 && plain.length > 2 * own.length && english.length / words.length >= SHARE
    ? "en"
    : "vi";
}

const isEnglish = (word: string) => ENGLISH.has(word) || isForeign(word);

/** Fingers on the keyboard: “sdkfjh”, “asdf”. */
const NOISE = /^[^aeiouy]+$|[^aeiouy']{5}|qwe|asd|sdf|dfg|fgh|ghj|hjk|zxc/;
const isForeign = (word: string) =>
  word.length >= SPELT_OUT &&
  !NOISE.test(word) &&
  !SYLLABLES.test(word) &&
  !SYLLABLES.test(word.replace(TYPED, ""));

/** What Vietnamese sentences are built with, where it is spelt like no English word. */
const VIETNAMESE = new Set(
  (
    "toi tui minh em chi anh cua khong ko hong hok co cai nay kia duoc dc nha nhe roi chua gi dau sao khi nao bao gio lam giay " +
    "duong phuong thi ma cho voi duoi tren truoc sau bi hu hoi muon can phai nua thoi dung gui"
  ).split(" "),
);

/** This many words without one of English are more than a name. */
const A_SENTENCE = 4;

/** Its words of Vietnamese outnumber those of English; names (with a capital) are of no tongue, and two words may be one. */
function isVietnamese(text: string): boolean {
  const words = text.normalize("NFC").match(/[\p{L}']+/gu) ?? [];
  const isName = (at: number) => isCapital(words[at]) && (at > 0 || isCapital(words[1]));
  const said = words.filter((_, at) => !isName(at));
  const own = said.filter((word) => hasDiacritics(word) || VIETNAMESE.has(word.toLowerCase()));
  const foreign = said.filter((word) => !hasDiacritics(word) && isEnglish(word.toLowerCase()));
  if (foreign.length === 0 && said.length >= A_SENTENCE) return true;
  return own.length > foreign.length && (own.length > 2 || own.length === words.length);
}

const isCapital = (word?: string) => word !== undefined && /^\p{Lu}/u.test(word);
