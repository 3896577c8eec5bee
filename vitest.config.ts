import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const all = ["test/**/*.test.ts"];

/**
 * Rooms whose tests leave nothing behind in the process: the modules that one has loaded serve the next. Not what times
 * patterns: a process that has compiled very many interprets the rest.
 */
const shared = ["charts", "commands", "content", "core", "drafting", "holidays", "judge", "schedule"].map(
  (room) => `test/${room}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    reporters: ["default", "./test/closing-line.ts"],
    // Browsers and servers are waited for as often as they compute: two at a time also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A browser on a busy machine may need a minute for what takes seconds; only a test that hangs needs longer.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    projects: [
      { extends: true, test: { name: "apart", include: all, exclude: shared } },
      { extends: true, test: { name: "together", include: shared, isolate: false } },
    ],
  },
});
