import { describe, expect, it } from "vitest";
import { sendHostile } from "./hostile-strings.ts";

const seed = Date.now() % 2 ** 31;

describe(`Hostile strings (seed ${seed})`, () => {
  it("through every command and option throw nothing, pass no limit of a platform and wake no mention", async () => {
    const { exceptions, faults } = await sendHostile(300, seed);
    expect(exceptions).toEqual([]);
    expect(faults).toEqual([]);
  });
});
