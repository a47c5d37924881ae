import { availableParallelism } from "node:os";

export default {
  testEnvironment: "node",
  testMatch: ["<rootDir>/src/**/*.test.ts", "<rootDir>/src/**/*.test.tsx", "<rootDir>/scripts/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/scripts/bench/peers/"],
  modulePathIgnorePatterns: ["<rootDir>/scripts/bench/peers/", "<rootDir>/.data/"],
  extensionsToTreatAsEsm: [".ts", ".tsx"],
  transform: {
    "^.+\\.tsx?$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2023",
          parser: { syntax: "typescript", tsx: true },
          transform: { react: { runtime: "automatic", importSource: "@kitajs/html" } },
        },
        module: { type: "es6" },
      },
    ],
  },
  globalSetup: "<rootDir>/src/infra/testing/start-database.ts",
  globalTeardown: "<rootDir>/src/infra/testing/stop-database.ts",
  testSequencer: "<rootDir>/src/infra/testing/sequencer.mjs",
  testTimeout: 30_000,
  // on two cores one would wait for browsers and processes half of its time
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // the schema engine leaves a ten-second timer of its lock behind in the process that migrated
  forceExit: true,
};
