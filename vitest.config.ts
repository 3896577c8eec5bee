import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/closing-line.ts"],
    // A browser on a busy machine may need a minute for what takes seconds; only a test that hangs needs longer.
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
