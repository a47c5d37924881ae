/** Approved templates of the pretend platforms: what each says, what it wants filled in, how many may go. */
import { z } from "zod";
import type { ChannelName } from "../channels/channel.ts";

export const template = z.object({
  /** Zalo: for people. Facebook: what it is sent by. */
  name: z.string().min(1),
  /** Its words; gaps are <name> on Zalo, {{1}} on Facebook. */
  wording: z.string().min(1),
  status: z.enum(["APPROVED", "PENDING", "REJECTED", "DISABLED"]).default("APPROVED"),
  language: z.string().default("vi"),
  /** Zalo: may go by user id; others go to phone numbers only. */
  byUserId: z.boolean().default(true),
  /** How many more may go today. */
  left: z.number().int().min(0).default(500),
});
export type Template = z.infer<typeof template>;

/** What every OA and Page of a demo has, by Zalo's number or a number of ours. */
const FIRST: Record<ChannelName, Record<string, z.input<typeof template>>> = {
  zalo: {
    310001: {
      name: "Tin về phản ánh",
      wording: "Phản ánh <ma_phan_anh>: <noi_dung>. Xem: <duong_dan>",
    },
    310002: { name: "Cán bộ trả lời", wording: "<don_vi> trả lời anh/chị: <noi_dung>" },
    310003: { name: "Thông báo", wording: "<don_vi> thông báo: <tieu_de> (số <so>). Xem: <duong_dan>" },
  },
  facebook: {
    1: { name: "tin_phan_anh", wording: "Phản ánh {{1}}: {{2}}. Xem: {{3}}" },
    2: { name: "can_bo_tra_loi", wording: "{{1}} trả lời anh/chị: {{2}}" },
    3: { name: "thong_bao", wording: "{{1}} thông báo: {{2}} (số {{3}}). Xem: {{4}}" },
  },
};

export const firstTemplates = (channel: ChannelName): Map<string, Template> =>
  new Map(Object.entries(FIRST[channel]).map(([id, given]) => [id, template.parse(given)]));

const GAP = /<(\w+)>|\{\{(\w+)\}\}/g;

/** The names of its gaps, each once, in the order of the wording: "ma_phan_anh", or "1". */
export const gapsOf = ({ wording }: Pick<Template, "wording">): string[] => [
  ...new Set([...wording.matchAll(GAP)].map(([, zalo, facebook]) => (zalo ?? facebook)!)),
];

export const filled = ({ wording }: Template, values: Record<string, string>): string =>
  wording.replace(GAP, (_gap, zalo?: string, facebook?: string) => values[(zalo ?? facebook)!] ?? "");
