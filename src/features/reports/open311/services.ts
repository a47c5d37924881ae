/** What can be reported through Open311: the categories that are filed in the open, with what to ask besides. */
import { wardFile } from "../../../places/wards.ts";
import { categories, groups, type Category } from "../categories.ts";
import type { Value } from "./answer.ts";

/** Whatever goes to a number first, is guided instead of filed, or is never public, is not offered to programs. */
const offered = categories.filter(
  (category) => category.public && category.handling === "file" && category.targetHours > 0,
);

export const serviceOf = (code: string): Category | undefined =>
  offered.find((service) => service.code === code);

export const serviceList = (): Value[] =>
  offered.map(({ code, name, group, words }) => ({
    service_code: code,
    service_name: name.vi,
    description: name.en,
    metadata: true,
    type: "realtime",
    keywords: words.slice(0, 8).join(", "),
    group: groups[group]!.vi,
  }));

export const WARD = "WARD";
export const POLE = "LAMP_POLE";

export function serviceDefinition(service: Category): Value {
  const ward = {
    ...{ variable: true, code: WARD, datatype: "singlevaluelist", required: false },
    datatype_description: "Chọn một phường",
    order: 1,
    description: "Phường, khi chỉ ghi địa chỉ mà không có tọa độ",
    values: wardFile.wards.map(({ code, name }) => ({ key: code, name })),
  };
  const pole = {
    ...{ variable: true, code: POLE, datatype: "string", required: false },
    datatype_description: "Ví dụ NH-045",
    order: 2,
    description: "Mã ghi trên trụ đèn",
    values: [],
  };
  return { service_code: service.code, attributes: service.pole ? [ward, pole] : [ward] };
}
