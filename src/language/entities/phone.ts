import { createRequire } from "node:module";
import type * as Phones from "libphonenumber-js/max";
import type { Passage } from "./passage.ts";

type PhoneLibrary = typeof Phones;

const CANDIDATE =
  /(?<![\p{L}\p{N}.,/-])(?:\(?\+?\s?84\)?|\(?0)(?:[\s.\-–()]{0,2}\d){8,11}(?![\p{L}\p{N}]|[.,/-]\d)/gu;

/** Numbers of ten digits that are something else: bank accounts, identity papers. */
const SOMETHING_ELSE =
  /(?:stk|so tai khoan|tai khoan|so tk|tk|cccd|cmnd|can cuoc(?: cong dan)?|dinh danh|ma so thue|mst|so the|bhyt|bhxh)(?: (?:so|la|cua (?:toi|tui|em)))*\s*[:.]?\s*$/u;

let library: PhoneLibrary | undefined;

/** Vietnamese numbers by Google’s numbering plan. The library is fetched at the first number, not at the start. */
export function findPhones(passage: Passage): void {
  for (const match of passage.matches(CANDIDATE)) {
    if (SOMETHING_ELSE.test(passage.before(match.index, 40))) continue;
    library ??= createRequire(import.meta.url)("libphonenumber-js/max") as PhoneLibrary;
    const number = library.parsePhoneNumberFromString(match[0], "VN");
    if (number?.country !== "VN" || !number.isValid()) continue;
    passage.add("phone", `0${number.nationalNumber}`, match.index, match.index + match[0].length);
  }
}
