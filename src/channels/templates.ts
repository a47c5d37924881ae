/**
 * Templates the platforms approved beforehand: the one thing that may reach a resident past the reply window
 * (zalo-oa.md §5.3, facebook.md §3.1). What each is used for, and what fills its parameters, is a setting of the account;
 * none is used until somebody chose it there.
 */
import { z } from "zod";
import { t, vi } from "../bilingual/index.ts";
import type { ChannelName, ConnectedAccount, TemplateMessage } from "./channel.ts";

/** What a template may be used for, and what can fill its parameters: the names an admin types, each with its meaning. */
export const TEMPLATE_PURPOSES = {
  report_news: {
    label: vi`Tin mới về phản ánh`,
    values: {
      ma: vi`mã phản ánh`,
      viec: vi`loại việc và tên đường`,
      tinh_trang: vi`tin mới`,
      don_vi: vi`đơn vị xử lý`,
      duong_dan: vi`địa chỉ trang của phản ánh`,
    },
    needs: [],
  },
  staff_reply: {
    label: vi`Câu trả lời của cán bộ`,
    values: { loi_nhan: vi`lời cán bộ viết`, don_vi: vi`đơn vị trả lời` },
    needs: ["loi_nhan"],
  },
  announcement: {
    label: vi`Thông báo`,
    values: {
      tieu_de: vi`tiêu đề`,
      so: vi`số, ký hiệu`,
      ngay: vi`ngày ban hành`,
      don_vi: vi`đơn vị ban hành`,
      duong_dan: vi`địa chỉ trang của thông báo`,
    },
    needs: [],
  },
} satisfies Record<string, { label: string; values: Record<string, string>; needs: string[] }>;

export type TemplatePurpose = keyof typeof TEMPLATE_PURPOSES;
export type TemplateValues<Purpose extends TemplatePurpose> = Record<
  keyof (typeof TEMPLATE_PURPOSES)[Purpose]["values"],
  string
>;

/** One template of an account. */
export const templateChoice = z.object({
  /** Zalo: the template's number. Facebook: its name. */
  id: z.string(),
  /** Facebook: of the template. */
  language: z.string().default("vi"),
  /** In the template's order; Zalo goes by the names, Facebook by the order. */
  parameters: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Letters of one parameter at most: what the template was approved with. */
  longest: z.number().int().positive(),
});
export type TemplateChoice = z.infer<typeof templateChoice>;

export const templateChoices = z
  .partialRecord(z.enum(Object.keys(TEMPLATE_PURPOSES) as [TemplatePurpose]), templateChoice)
  .default({});
export type TemplateChoices = Partial<Record<TemplatePurpose, TemplateChoice>>;

/**
 * The template this account uses for a purpose, filled in; undefined: none was chosen. Put it beside the words of a `Reply`
 * (`{ text, template }`) and queue that like any other: inside the window the words go, past it the template. A value is one
 * line of the template's length, cut at a word.
 */
export function templateFor<Purpose extends TemplatePurpose>(
  { settings }: Pick<ConnectedAccount, "settings">,
  purpose: Purpose,
  values: TemplateValues<Purpose>,
): TemplateMessage | undefined {
  const choice = settings.templates[purpose];
  if (!choice) return undefined;
  const { id, language, longest } = choice;
  const parameters = choice.parameters.map(({ name, value }) => ({
    name,
    value: oneLine((values as Record<string, string>)[value] ?? "", longest),
  }));
  return { id, language, parameters };
}

/** Neither platform takes an empty parameter, or one of several lines. */
export function oneLine(text: string, longest: number): string {
  const letters = [...text.normalize("NFC").replace(/\s+/g, " ").trim()];
  if (letters.length === 0) return "–";
  if (letters.length <= longest) return letters.join("");
  const head = letters.slice(0, longest - 1).join("");
  const cut = head.lastIndexOf(" ");
  return `${cut > longest / 2 ? head.slice(0, cut) : head}…`;
}

const IDS: Record<ChannelName, { shape: RegExp; words: string }> = {
  zalo: { shape: /^\d{3,20}$/, words: vi`Mã mẫu tin của Zalo là một dãy số.` },
  facebook: {
    shape: /^[a-z0-9_]{1,512}$/,
    words: vi`Tên mẫu tin của Facebook chỉ có chữ thường, số và gạch dưới.`,
  },
};

/**
 * Reads what an admin typed of a template: a line for each parameter, on Zalo "ma_don = ma", on Facebook "ma" in the order of
 * {{1}}, {{2}} …
 * @returns what is wrong, in words, or the choice.
 */
export function readTemplate(
  channel: ChannelName,
  purpose: TemplatePurpose,
  { id, lines, language, longest }: { id: string; lines: string; language: string; longest: number },
): { choice: TemplateChoice } | { wrongId: string } | { wrongLines: string } {
  const { values, needs } = TEMPLATE_PURPOSES[purpose];
  if (!IDS[channel].shape.test(id)) return { wrongId: t.of(IDS[channel].words) };
  const typed = lines.split("\n").map((line) => line.trim());
  const parameters = typed.filter(Boolean).map((line, index) => {
    const [left = "", right] = line.split("=").map((side) => side.trim());
    return right === undefined
      ? { name: channel === "zalo" ? left : `${index + 1}`, value: left }
      : { name: left, value: right };
  });
  if (parameters.length === 0) return { wrongLines: t`Ghi các tham số của mẫu tin, mỗi dòng một tham số.` };
  const unknown = parameters.find(({ value }) => !Object.hasOwn(values, value));
  if (unknown)
    return { wrongLines: t`Không có “${unknown.value}”. Dùng được: ${Object.keys(values).join(", ")}.` };
  if (parameters.some(({ name }) => !/^\w{1,36}$/.test(name)))
    return { wrongLines: t`Tên tham số chỉ có chữ không dấu, số và gạch dưới.` };
  if (new Set(parameters.map(({ name }) => name)).size < parameters.length)
    return { wrongLines: t`Có hai tham số cùng tên.` };
  const missing = (needs as string[]).find((name) => !parameters.some(({ value }) => value === name));
  if (missing) return { wrongLines: t`Mẫu tin này phải có tham số nhận “${missing}”.` };
  return { choice: { id, language, parameters, longest } };
}

/** As it was typed. */
export const linesOf = (channel: ChannelName, { parameters }: TemplateChoice): string =>
  parameters.map(({ name, value }) => (channel === "zalo" ? `${name} = ${value}` : value)).join("\n");
