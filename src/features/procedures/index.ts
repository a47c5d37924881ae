/** What a procedure needs, costs and takes, asked in any words; kept up to date by import and by staff. */
import type { Feature } from "../feature.ts";
import { createAsk } from "./ask.ts";
import { createInsert } from "./insert.ts";
import type { Lexicon } from "./lexicon.ts";
import { createRecognition } from "./recognise.ts";
import { createShelf } from "./shelf.ts";

export { procedureConsole } from "./console/routes.tsx";
export { loadLexicon, type Lexicon } from "./lexicon.ts";
export { ensureSampleProcedures } from "./sample.ts";

const INTENTS = ["info", "documents", "fee", "time", "where", "online"].map((each) => `procedure.${each}`);

export function createProcedures(lexicon: Lexicon): Feature {
  const shelfOf = createShelf(lexicon);
  const ask = createAsk(shelfOf);
  return {
    name: "procedures",
    answers: Object.fromEntries(INTENTS.map((intent) => [intent, ask(intent)])),
    recognises: createRecognition(shelfOf),
    menu: [{ intent: "procedure.info", label: "procedures.menu" }],
    insert: createInsert(shelfOf),
  };
}
