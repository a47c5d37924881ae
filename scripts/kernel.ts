/** Turns the scoring kernel’s text into the WebAssembly that the engine loads. */
import { readFileSync, writeFileSync } from "node:fs";
import loadWabt from "wabt";

const folder = "src/language/classifier";
const { parseWat } = await loadWabt();
const { buffer } = parseWat("kernel.wat", readFileSync(`${folder}/kernel.wat`, "utf8"), {
  simd: true,
}).toBinary({});
writeFileSync(`${folder}/kernel.wasm`, buffer);
console.log(`${folder}/kernel.wasm: ${buffer.length} bytes`);
