/** Every sentence marked in the sources, found with the TypeScript compiler. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(import.meta.dirname, "../..");

export interface Marked {
  /** "console/me/pages.tsx:34" */
  place: string;
  /** With {0}, {1} … where values go: the key of the catalogue. */
  key: string;
}

export function sources(): ts.SourceFile[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|testing\/|generated\/|^bilingual/.test(file))
    .map((file) =>
      ts.createSourceFile(file, readFileSync(path.join(root, file), "utf8"), ts.ScriptTarget.Latest, true),
    );
}

export function markedIn(source: ts.SourceFile): Marked[] {
  const found: Marked[] = [];
  (function walk(node: ts.Node) {
    if (ts.isTaggedTemplateExpression(node) && ["t", "t.html", "vi"].includes(node.tag.getText())) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ place: `${source.fileName}:${line + 1}`, key: keyOf(node.template) });
    }
    ts.forEachChild(node, walk);
  })(source);
  return found;
}

function keyOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce(
    (key, { literal }, index) => `${key}{${index}}${literal.text}`,
    template.head.text,
  );
}
