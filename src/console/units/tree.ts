/** Units as a tree: which stands under which, and finding one among hundreds, with or without diacritics. */
import type { Tx } from "../../infra/db.ts";
import { foldDiacritics } from "../../language/index.ts";
import type { Option } from "../components/index.ts";

export interface UnitNode {
  code: string;
  name: string;
  parentCode: string | null;
  areaCode: string | null;
  accounts: number;
  staff: number;
  children: UnitNode[];
}

/** The units a person sees, roots first; a unit whose parent they do not see is a root to them. */
export async function readTree(db: Tx, codes: string[]): Promise<UnitNode[]> {
  const rows = await db.unit.findMany({
    where: { code: { in: codes } },
    include: { _count: { select: { accounts: true, staff: { where: { disabledAt: null } } } } },
  });
  const nodes = new Map(
    rows.map(({ code, name, parentCode, areaCode, _count }) => [
      code,
      { ...{ code, name, parentCode, areaCode }, ..._count, children: [] as UnitNode[] },
    ]),
  );
  const roots: UnitNode[] = [];
  const sorted = [...nodes.values()].sort((one, other) => one.name.localeCompare(other.name, "vi"));
  for (const node of sorted) (nodes.get(node.parentCode ?? "")?.children ?? roots).push(node);
  return roots;
}

/** Only what matches, and what stands above it. */
export function search(nodes: UnitNode[], words: string): UnitNode[] {
  const wanted = foldDiacritics(words.trim()).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return nodes;
  return nodes.flatMap((node) => {
    const own = foldDiacritics(`${node.name} ${node.code}`);
    const children = search(node.children, words);
    const matches = wanted.every((word) => own.includes(word));
    return matches || children.length > 0 ? [{ ...node, children }] : [];
  });
}

/** For a select: deeper units further in. */
export function unitOptions(nodes: UnitNode[], depth = 0): Option[] {
  return nodes.flatMap((node) => [
    { value: node.code, label: `${"\u00a0\u00a0\u00a0".repeat(depth)}${node.name}` },
    ...unitOptions(node.children, depth + 1),
  ]);
}

export const optionsFor = async (db: Tx, codes: string[]) => unitOptions(await readTree(db, codes));
