/** How staff call the parts of a procedure. */
import { vi } from "../../../bilingual/index.ts";
import type { Tone } from "../../../console/components/index.ts";
import { foldDiacritics, normalise } from "../../../language/index.ts";
import type { Aspect } from "../aspects.ts";
import type { ProcedureRecord } from "../record.ts";
import type { KeptProcedure, Origin } from "../store.ts";

export const ROOT = "/console/procedures";

export const FIELD_NAMES: Record<keyof ProcedureRecord, string> = {
  code: vi`Mã`,
  name: vi`Tên đầy đủ`,
  shortName: vi`Tên gọi ngắn`,
  category: vi`Lĩnh vực`,
  field: vi`Ngành`,
  ministry: vi`Bộ quản lý`,
  agency: vi`Cơ quan giải quyết`,
  level: vi`Cấp giải quyết`,
  decision: vi`Quyết định công bố`,
  serviceLevel: vi`Mức độ trực tuyến`,
  mode: vi`Hình thức nộp`,
  methods: vi`Thời hạn và lệ phí`,
  documents: vi`Giấy tờ`,
  documentsTruncated: vi`Danh sách giấy tờ bị cắt`,
  notes: vi`Ghi chú`,
  legalBasis: vi`Căn cứ pháp lý`,
  url: vi`Đường dẫn`,
  aliases: vi`Cách gọi khác`,
  flags: vi`Cảnh báo`,
  source: vi`Nguồn từng phần`,
  confidence: vi`Độ tin cậy`,
  asOf: vi`Số liệu tính đến`,
  validFrom: vi`Áp dụng từ`,
};

export const ASPECT_NAMES: Record<Aspect, string> = {
  info: vi`Hỏi chung`,
  documents: vi`Giấy tờ`,
  fee: vi`Lệ phí`,
  time: vi`Thời hạn`,
  where: vi`Nộp ở đâu`,
  online: vi`Nộp trực tuyến`,
  legal: vi`Căn cứ pháp lý`,
  forms: vi`Mẫu đơn`,
  link: vi`Đường dẫn`,
};

export const ORIGIN_NAMES: Record<Origin, string> = {
  sample: vi`dữ liệu mẫu`,
  import: vi`nhập từ tệp`,
  console: vi`sửa ở trang này`,
};

export const STATE_NAMES = {
  unreviewed: vi`Chưa rà soát`,
  reviewed: vi`Đã rà soát`,
  withdrawn: vi`Đã rút`,
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
