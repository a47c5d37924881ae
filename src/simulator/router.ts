/** The simulator inside the service (demo mode): the same calls and the phone page, under /simulator. */
import { Router } from "express";
import type { Simulator } from "./index.ts";

export function createSimulatorRouter({ listener }: Simulator): Router {
  const router = Router();
  router.use((request, response) => void listener(request, response));
  return router;
}
