/** What staff know about, and what a talk is about: the queue is by unit and by these. */
import { t, vi } from "../bilingual/index.ts";

export const SKILLS = {
  land: vi`Đất đai, quy hoạch`,
  order: vi`Trật tự đô thị, xây dựng`,
  works: vi`Đường, đèn, thoát nước`,
  environment: vi`Môi trường, vệ sinh`,
  papers: vi`Thủ tục, hộ tịch`,
  security: vi`An ninh trật tự`,
} as const;

export type Skill = keyof typeof SKILLS;
export const SKILL_NAMES = Object.keys(SKILLS) as Skill[];

export const isSkill = (name: unknown): name is Skill =>
  typeof name === "string" && Object.hasOwn(SKILLS, name);
export const skillName = (name: string | null) => (isSkill(name) ? t.of(SKILLS[name]) : "");
