/** How staff call the parts of a procedure. */
import type { Tone } from "../../../console/components/index.ts";
import { foldDiacritics, normalise } from "../../../language/index.ts";
import type { Aspect } from "../aspects.ts";
import type { ProcedureRecord } from "../record.ts";
import type { KeptProcedure, Origin } from "../store.ts";

export const ROOT = "/console/procedures";

export const FIELD_NAMES: Record<keyof ProcedureRecord, string> = {
  code: "Mã",
  name: "Tên đầy đủ",
  shortName: "Tên gọi ngắn",
  category: "Lĩnh vực",
  field: "Ngành",
  ministry: "Bộ quản lý",
  agency: "Cơ quan giải quyết",
  level: "Cấp giải quyết",
  decision: "Quyết định công bố",
  serviceLevel: "Mức độ trực tuyến",
  mode: "Hình thức nộp",
  methods: "Thời hạn và lệ phí",
  documents: "Giấy tờ",
  documentsTruncated: "Danh sách giấy tờ bị cắt",
  notes: "Ghi chú",
  legalBasis: "Căn cứ pháp lý",
  url: "Đường dẫn",
  aliases: "Cách gọi khác",
  flags: "Cảnh báo",
  source: "Nguồn từng phần",
  confidence: "Độ tin cậy",
  asOf: "Số liệu tính đến",
  validFrom: "Áp dụng từ",
};

export const ASPECT_NAMES: Record<Aspect, string> = {
  info: "Hỏi chung",
  documents: "Giấy tờ",
  fee: "Lệ phí",
  time: "Thời hạn",
  where: "Nộp ở đâu",
  online: "Nộp trực tuyến",
  legal: "Căn cứ pháp lý",
  forms: "Mẫu đơn",
  link: "Đường dẫn",
};

export const ORIGIN_NAMES: Record<Origin, string> = {
  sample: "dữ liệu mẫu",
  import: "nhập từ tệp",
  console: "sửa ở trang này",
};

export const STATE_NAMES = {
  unreviewed: "Chưa rà soát",
  reviewed: "Đã rà soát",
  withdrawn: "Đã rút",
} as const;
export type ProcedureState = keyof typeof STATE_NAMES;

export const STATE_TONES: Record<ProcedureState, Tone> = {
  unreviewed: "warn",
  reviewed: "good",
  withdrawn: "quiet",
};

export function stateOf({ reviewedAt, withdrawnAt }: KeptProcedure): ProcedureState {
  if (withdrawnAt) return "withdrawn";
  return reviewedAt ? "reviewed" : "unreviewed";
}

/** As it is compared when staff search: without marks, in small letters. */
export const folded = (text: string) => foldDiacritics(normalise(text)).toLowerCase();
