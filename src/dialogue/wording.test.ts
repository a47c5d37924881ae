/** Holds code and wording together: every key that is said exists, every sentence is said, places to fill agree. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { loadWording, placeholdersOf } from "./wording.ts";

const { sentences } = loadWording();
const uses = sources().flatMap(usesIn);

test("every sentence that is said has its wording", () => {
  const missing = uses.filter(({ key }) => key !== undefined && !sentences.has(key));
  expect(missing.map(({ key, place }) => `${place}: ${key}`)).toEqual([]);
});

test("every wording is said somewhere", () => {
  const { literals, prefixes } = mentions();
  const unused = [...sentences.keys()].filter(
    (key) => !literals.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});

test("places to fill are the same in both languages, and are those the code fills", () => {
  const wrong = [...sentences].filter(
    ([, { vi, en }]) => en !== undefined && `${placeholdersOf(vi)}` !== `${placeholdersOf(en)}`,
  );
  expect(wrong.map(([key]) => key)).toEqual([]);
  const unfilled = uses.filter(({ key, values }) => {
    const wording = key === undefined ? undefined : sentences.get(key);
    return wording && values && `${placeholdersOf(wording.vi)}` !== `${[...values].sort()}`;
  });
  expect(unfilled.map(({ key, place, values }) => `${place}: ${key} is given ${values}`)).toEqual([]);
});

test("every sentence is there in Vietnamese and in English", () => {
  expect([...sentences].filter(([, { vi, en }]) => !vi || !en).map(([key]) => key)).toEqual([]);
});

interface Use {
  place: string;
  /** undefined: put together while running. */
  key: string | undefined;
  /** undefined: not written out at the call. */
  values: string[] | undefined;
}

function sources(): ts.SourceFile[] {
  const root = path.resolve(import.meta.dirname, "..");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|testing\/|generated\//.test(file))
    .map((file) => {
      const text = readFileSync(path.join(root, file), "utf8");
      return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    });
}

/** Calls of `say("key", { … })`. */
function usesIn(source: ts.SourceFile): Use[] {
  const found: Use[] = [];
  walk(source, (node) => {
    if (!ts.isCallExpression(node) || !isSay(node.expression) || !node.arguments[0]) return;
    const [key, values] = node.arguments;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push({
      place: `${source.fileName}:${line + 1}`,
      key: ts.isStringLiteralLike(key) ? key.text : undefined,
      values: valuesOf(values),
    });
  });
  return found;
}

function isSay(callee: ts.Expression): boolean {
  const name = ts.isPropertyAccessExpression(callee)
    ? callee.name.text
    : ts.isIdentifier(callee) && callee.text;
  return name === "say";
}

function valuesOf(values: ts.Expression | undefined): string[] | undefined {
  if (!values) return [];
  if (!ts.isObjectLiteralExpression(values)) return undefined;
  if (!values.properties.every((property) => property.name && ts.isIdentifier(property.name)))
    return undefined;
  return values.properties.map((property) => (property.name as ts.Identifier).text);
}

/** Keys are also passed about: as literals, or as the beginning of a template. */
function mentions() {
  const literals = new Set<string>();
  const prefixes: string[] = [];
  for (const source of sources()) {
    walk(source, (node) => {
      if (ts.isStringLiteralLike(node)) literals.add(node.text);
      if (ts.isTemplateExpression(node) && /^\w+\.[\w.]*$/.test(node.head.text))
        prefixes.push(node.head.text);
    });
  }
  return { literals, prefixes };
}

function walk(node: ts.Node, visit: (node: ts.Node) => void) {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}
