/** Why a copy was refused, in the words of the office. */
import { GRAPH_ERRORS } from "../../../channels/facebook/errors.ts";
import { ZALO_ERRORS } from "../../../channels/zalo/errors.ts";
import { t, vi } from "../../../bilingual/index.ts";
import type { Failure } from "./store.ts";

const BY_CLASS: Record<string, string> = {
  window_closed: vi`đã quá giờ nền tảng cho nhắn`,
  later: vi`đã thử nhiều lần, nền tảng vẫn chưa nhận`,
  stop_account: vi`tài khoản không gửi được`,
};

/** @returns a sentence that begins small: it stands in a table. */
export function reasonOf({ channel, errorClass, errorCode }: Failure): string {
  const known = BY_CLASS[errorClass ?? ""];
  if (known) return t.of(known);
  if (errorCode === "no_account") return t`tài khoản đã gỡ khỏi hệ thống`;
  const meaning = channel === "zalo" ? ZALO_ERRORS[errorCode ?? ""]?.meaning : graphMeaning(errorCode ?? "");
  return meaning ? t.of(meaning) : t`nền tảng từ chối (mã ${errorCode ?? "?"})`;
}

function graphMeaning(name: string): string | undefined {
  const [code, subcode] = name.split("/").map(Number);
  return GRAPH_ERRORS.find((row) => row.code === code && (row.subcode ?? subcode) === subcode)?.meaning;
}
