import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examine } from "#core/oom/examination";
import { FINDING_FORM, readFinding, writeFinding } from "#core/oom/finding";
import { CASES, NO_FIGURES } from "#core/oom/kinds";
import { FLAGS } from "#core/oom/setting";
import { STACKS } from "#core/oom/trainers";
import { printed } from "#test/core/oom/printed";
import { remedies } from "#test/core/oom/samples";

const size = fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: null });
const count = fc.option(fc.nat(1_000_000), { nil: null });
const findings = fc.record({
  names: fc.constantFrom(...CASES),
  confidence: fc.constantFrom("high" as const, "medium" as const, "low" as const),
  figures: fc.record({
    tried: size,
    total: size,
    allocated: size,
    reserved: size,
    free: size,
    others: size,
    privatePools: size,
    own: size,
    allowed: size,
    device: count,
    fittingTokens: count,
  }),
  fragmented: fc.boolean(),
  unsure: fc.boolean(),
  setting: fc.record({
    stacks: fc.subarray([...STACKS]),
    work: fc.constantFrom(null, "training" as const, "serving" as const),
    flags: fc.subarray([...FLAGS]).map((flags) => new Set(flags)),
  }),
});

/** A size comes back to the nearest MiB, and is never lost. */
const near = (read: number | null, written: number | null): boolean =>
  read === null || written === null
    ? read === written
    : Math.abs(read - Math.min(written, 1e9)) <= 1.01 / 1024 + 1e-5 * written;

describe("what a button carries of a finding", () => {
  test("comes back as it was, sizes to the nearest MiB", () => {
    fc.assert(
      fc.property(findings, (finding) => {
        const word = writeFinding(finding);
        expect(word).toMatch(FINDING_FORM);
        expect(word.length).toBeLessThanOrEqual(200);
        const back = readFinding(word);
        const { figures, ...rest } = finding;
        expect(back).toMatchObject(rest);
        const lost = Object.entries(figures).filter(
          ([name, gib]) => !near(back?.figures[name as keyof typeof figures] ?? null, gib),
        );
        expect(lost).toEqual([]);
      }),
    );
  });

  test("fits a hundred characters for every message that a program prints", () => {
    const long = printed
      .map(({ id, text }) => [id, writeFinding(examine(text, remedies)).length] as const)
      .filter(([, length]) => length > 100);
    expect(long).toEqual([]);
  });

  test("is read back from nothing else", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (word) => {
        expect(readFinding(word)).toBeNull();
      }),
    );
    expect(readFinding(`gpu_device/gone${".1".repeat(14)}`)).toBeNull();
  });

  test("holds no size where the message stated none", () => {
    const finding = { ...examine("OOMKilled", remedies), figures: NO_FIGURES };
    expect(readFinding(writeFinding(finding))?.figures).toEqual(NO_FIGURES);
  });
});
