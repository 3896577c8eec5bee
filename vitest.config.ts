import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/closing-line.ts"],
    // Browsers and servers are waited for as often as they compute: two at a time also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A browser on a busy machine may need a minute for what takes seconds; only a test that hangs needs longer.
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
