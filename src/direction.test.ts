import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** From the outside in: a file may import from its own row or from rows below it. */
const ROWS = [
  ["main.ts", "service.ts", "doctor"],
  ["app.ts"],
  ["features", "simulator"],
  ["installation.ts", "operations.ts", "queue-metrics.ts", "secrets-at-rest.ts"],
  ["residents", "console", "pages"],
  ["channels", "dialogue"],
  ["language", "places"],
  ["infra", "bilingual", "config.ts"],
];

const root = import.meta.dirname;
const rowOf = (file: string) =>
  ROWS.findIndex((row) => row.includes(path.relative(root, file).split(path.sep)[0]!));
const featureOf = (file: string) => /features\/(\w+)\//.exec(file)?.[1];

function sourcesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const place = path.join(folder, name);
    if (statSync(place).isDirectory()) return name === "generated" ? [] : sourcesIn(place);
    return /\.tsx?$/.test(name) && !/\.test\.|testing/.test(place) ? [place] : [];
  });
}

const imports = sourcesIn(root).flatMap((file) => {
  const targets = [...readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)];
  return targets.map((match) => ({ file, target: path.resolve(path.dirname(file), match[1]!) }));
});

test("imports point inwards only", () => {
  const wrong = imports.filter(({ file, target }) => rowOf(target) < rowOf(file));
  expect(
    wrong.map(({ file, target }) => `${path.relative(root, file)} → ${path.relative(root, target)}`),
  ).toEqual([]);
});

test("every file has its row", () => {
  expect(sourcesIn(root).filter((file) => rowOf(file) === -1)).toEqual([]);
});

test("a feature never imports a feature", () => {
  const wrong = imports.filter(({ file, target }) => {
    const [from, to] = [featureOf(file), featureOf(target)];
    return from && to && from !== to;
  });
  expect(wrong).toEqual([]);
});
