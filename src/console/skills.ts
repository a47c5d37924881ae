/** What staff know about, and what a talk is about: the queue is by unit and by these. */
export const SKILLS = {
  land: "Đất đai, quy hoạch",
  order: "Trật tự đô thị, xây dựng",
  works: "Đường, đèn, thoát nước",
  environment: "Môi trường, vệ sinh",
  papers: "Thủ tục, hộ tịch",
  security: "An ninh trật tự",
} as const;

export type Skill = keyof typeof SKILLS;
export const SKILL_NAMES = Object.keys(SKILLS) as Skill[];

export const isSkill = (name: unknown): name is Skill =>
  typeof name === "string" && Object.hasOwn(SKILLS, name);
export const skillName = (name: string | null) => (isSkill(name) ? SKILLS[name] : "");
