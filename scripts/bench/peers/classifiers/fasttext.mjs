/** fastText in WebAssembly: pairs of words and runs of 2–5 letters, bare copies, lower case. */
import { getFastTextClass, getFastTextModule } from "fasttext.wasm.js";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { withBareCopies, wordsOf } from "./text.mjs";

const SETTINGS = {
  ...{ lr: 0.05, epoch: 100, dim: 50, wordNgrams: 2, minn: 2, maxn: 5, bucket: 200_000 },
  ...{ loss: "softmax", minCount: 1, label: "__label__", verbose: 0 },
};

const line = (text) => wordsOf(text).join(" ");

export async function train(rows) {
  const lines = withBareCopies(rows).map(({ text, intent }) => `__label__${intent} ${line(text)}`);
  const FastText = await getFastTextClass({ getFastTextModule });
  const url = `data:text/plain;base64,${Buffer.from(lines.join("\n")).toString("base64")}`;
  const model = await new FastText().trainSupervised(url, SETTINGS, () => {});
  return Buffer.from(await model.saveModel().arrayBuffer());
}

export async function load(bytes) {
  const folder = mkdtempSync(path.join(tmpdir(), "fasttext-"));
  const file = path.join(folder, "model.bin");
  writeFileSync(file, bytes);
  const FastText = await getFastTextClass({ getFastTextModule });
  const model = await new FastText().loadModel(pathToFileURL(file).href);
  rmSync(folder, { recursive: true });
  return (text) => {
    const found = model.predict(`${line(text)}\n`, 1, 0);
    const label = found.size() > 0 ? found.get(0)[1] : "";
    found.delete();
    return label.replace("__label__", "");
  };
}
