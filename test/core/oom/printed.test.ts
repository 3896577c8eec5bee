import { describe, expect, test } from "vitest";
import { diagnose } from "#core/oom/diagnosis";
import { SHIPPED_CONTENT } from "#src/content/library";
import { loadRemedies } from "#src/content/remedies";
import { printed } from "#test/core/oom/printed";

const remedies = loadRemedies(SHIPPED_CONTENT);

/** Printed figures have two decimals, so a small one is known to a few percent of a MiB only. */
const agrees = (read: number | null, stated: number | null): boolean =>
  stated === null || read === null
    ? stated === read
    : Math.abs(read - stated) <= Math.max(0.02 * stated, 0.0001);

describe("a message as a program prints it", () => {
  test.each(printed)("$id ($source) is $names", ({ text, names, gib }) => {
    const { kind, subkind, numbers } = diagnose(text, remedies);
    expect(`${kind}/${subkind}`).toBe(names);
    const misread = Object.entries(gib).filter(
      ([name, stated]) => !agrees(numbers[`${name}_gib` as keyof typeof numbers], stated),
    );
    expect({ misread, numbers }).toEqual({ misread: [], numbers });
  });
});
