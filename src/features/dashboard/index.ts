/** What happened lately, in figures that name nobody: on the console's first page, by span of days, and for spreadsheets. */
import type { Home } from "../../console/overview.tsx";
import type { Feature } from "../feature.ts";
import { dashboardHome, dashboardRoutes, type DashboardParts } from "./pages.tsx";

export const createDashboard = (parts: DashboardParts): Feature & { home: Home } => ({
  name: "dashboard",
  console: dashboardRoutes(parts),
  home: dashboardHome(parts),
});

/** For reports of other features; app.ts passes it on. */
export { measureAnswers } from "./store.ts";
