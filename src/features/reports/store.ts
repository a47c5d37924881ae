/** Everything that speaks to the database about reports, by subject. */
export * from "./store/board.ts";
export * from "./store/clock.ts";
export * from "./store/events.ts";
export * from "./store/filing.ts";
export * from "./store/first-data.ts";
export * from "./store/from-residents.ts";
export * from "./store/nearby.ts";
export * from "./store/news.ts";
export * from "./store/one.ts";
export * from "./store/open311.ts";
export * from "./store/proposals.ts";
export * from "./store/public.ts";
export * from "./store/reading.ts";
export * from "./store/residents-deeds.ts";
export * from "./store/routing.ts";
export * from "./store/settings.ts";
export * from "./store/staff-deeds.ts";
