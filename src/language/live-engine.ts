/** An engine whose model can be changed while the service runs; whoever holds it need not know. */
import type { LanguageEngine } from "./types.ts";

export interface LiveEngine extends LanguageEngine {
  /** The one the service came with. */
  readonly shipped: LanguageEngine;
  use(engine: LanguageEngine): void;
}

export function createLiveEngine(shipped: LanguageEngine): LiveEngine {
  let current = shipped;
  return {
    shipped,
    get modelVersion() {
      return current.modelVersion;
    },
    understand: (text, options) => current.understand(text, options),
    use(engine) {
      current = engine;
    },
  };
}
