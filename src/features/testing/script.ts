/**
 * Talks written down for people to read (talks/*.txt), as a list of lines:
 *
 *   # Đèn đường hư, gõ không dấu                        a new talk; everybody in it is new
 *   Kênh: Facebook                                      on that channel only; else on both
 *   Chị Lan: den duong tat 3 bua nay                    somebody writes; each name is a resident
 *   Chị Lan: [2 hình] ổ gà nè                           pictures, a place, a sticker … in brackets
 *   Bot: … đường nào … phường nào                       the answer holds this; “…” is anything, PA-#### a code
 *   Bot không nói: trước nhà tui                        and nothing of this
 *   Bot im lặng                                         no answer at all
 *   (2 ngày sau)                                        time passes, staff act: see stage.ts
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface ScriptLine {
  /** In its file, for the person who has to mend it. */
  number: number;
  text: string;
}

export type Scene =
  | (ScriptLine & { kind: "says"; who: string; words: string })
  | (ScriptLine & { kind: "answers" | "leaves out"; words: string })
  | (ScriptLine & { kind: "silent" })
  | (ScriptLine & { kind: "stage"; direction: string });

export interface Script {
  file: string;
  title: string;
  channels: ("zalo" | "facebook")[];
  scenes: Scene[];
}

const CHANNELS: Record<string, "zalo" | "facebook"> = { Zalo: "zalo", Facebook: "facebook" };

/** @throws naming the file and the line that cannot be read. */
export function readScripts(folder: string): Script[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  return files.sort().flatMap((file) => parseScripts(file, readFileSync(path.join(folder, file), "utf8")));
}

export function parseScripts(file: string, content: string): Script[] {
  const scripts: Script[] = [];
  content.split("\n").forEach((raw, index) => {
    const text = raw.trim();
    const line = { number: index + 1, text };
    if (!text || text.startsWith("//")) return;
    if (text.startsWith("# ")) {
      scripts.push({ file, title: text.slice(2), channels: ["zalo", "facebook"], scenes: [] });
      return;
    }
    const script = scripts.at(-1);
    if (!script) throw new Error(`${file}:${line.number}: a talk begins with a line “# title”.`);
    const channel = /^Kênh: (Zalo|Facebook)$/.exec(text)?.[1];
    if (channel) script.channels = [CHANNELS[channel]!];
    else script.scenes.push(sceneOf(line, file));
  });
  return scripts;
}

function sceneOf(line: ScriptLine, file: string): Scene {
  const { text } = line;
  if (text === "Bot im lặng") return { ...line, kind: "silent" };
  if (/^\(.+\)$/.test(text)) return { ...line, kind: "stage", direction: text.slice(1, -1) };
  const [, who, words] = /^([^:]{1,40}): (.*)$/.exec(text) ?? [];
  if (!who || words === undefined) throw new Error(`${file}:${line.number}: cannot read “${text}”.`);
  if (who === "Bot") return { ...line, kind: "answers", words };
  if (who === "Bot không nói") return { ...line, kind: "leaves out", words };
  return { ...line, kind: "says", who, words };
}

/** “… mã PA-#### …” as an expression; codes are caught in the order they stand. */
export function patternOf(words: string): RegExp {
  const escaped = words.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(escaped.replaceAll("PA-####", "(PA-\\d{4}-\\d{5})").replace(/\s*…\s*/g, "[^]*?"));
}
