/** What a talk is about, for whom of the staff it should wait: told by what was asked, or by the form that is open. */
import type { Skill } from "../../console/skills.ts";
import type { DialogueState, Flow, Turn } from "../../dialogue/types.ts";

/** By intent, or the part of it before its dot. */
const SKILL_OF: Record<string, Skill> = {
  ...{ land: "land", procedure: "papers", dossier: "papers" },
  ...{ "report.construction": "order", "report.urban_order": "order", "report.advertising": "order" },
  ...{ "report.noise": "security", "report.security": "security", emergency: "security" },
  ...{ "report.waste": "environment", "report.environment": "environment", "report.animals": "environment" },
  ...{ "report.food_safety": "environment", "report.lighting": "works", "report.road": "works" },
  ...{ "report.traffic": "works", "report.drainage": "works", "report.trees": "works" },
  "report.utilities": "works",
};

export const skillOf = (intent: string): Skill | null =>
  SKILL_OF[intent] ?? SKILL_OF[intent.split(".")[0]!] ?? null;

/** @returns null: anybody's. */
export function skillOfTalk({ understanding }: Turn, state: DialogueState, flows: Flow[]): Skill | null {
  const form = state.form ?? state.parked;
  const flow = flows.find(({ name }) => name === form?.flow);
  const named = [
    ...understanding.intents.map(({ name }) => name),
    ...(form && flow ? [flow.intentOf(form.draft)] : []),
    ...(state.topic ? [state.topic.name] : []),
  ];
  return named.map(skillOf).find((skill) => skill !== null) ?? null;
}
