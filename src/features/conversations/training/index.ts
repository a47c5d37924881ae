/** The training desk: staff say what unclear messages mean, teach a model, and choose whether it is used. */
import type { WordingBook } from "../../../dialogue/wording.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Db } from "../../../infra/db.ts";
import type { LiveEngine } from "../../../language/index.ts";
import type { Feature } from "../../feature.ts";
import { createIntentNames } from "./intents.ts";
import type { Follower } from "../../../infra/follow.ts";
import { trainingRoutes } from "./routes.tsx";
import { teach } from "./teach.ts";

export { watchModels } from "./live.ts";

export interface TrainingParts {
  db: Db;
  engine: LiveEngine;
  wording: WordingBook;
  clock: Clock;
  watch: Pick<Follower, "refresh">;
}

export function createTraining(parts: TrainingParts): Feature {
  return {
    name: "training",
    console: trainingRoutes({ ...parts, intents: createIntentNames(parts.wording) }),
    jobs: { tasks: { "training:teach": ({ id }: { id: number }) => teach(parts.db, parts.clock, id) } },
  };
}
