import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText } from "#core/clean-text";

describe("What members typed for others to read", () => {
  it.each([
    ["blanks around and between", "  a \t b  ", "a b"],
    ["line ends of every kind", "a\r\nb\rc\n\n\n\nd", "a\nb\nc\n\nd"],
    ["a tab between two words", "a\tb", "a b"],
    ["blanks around line ends", "a \n b\nc \nd\n e", "a\nb\nc\nd\ne"],
    ["letters that nobody sees", "a\u200b\u2060\u{e0041}b", "ab"],
    ["a turned direction", "a\u202egnp.exe", "agnp.exe"],
    ["what steers a terminal", "\u001b[2Ja\u0007", "[2Ja"],
    ["half a letter", "a\ud800b", "a\ufffdb"],
    ["two ways of writing a letter", "e\u0301", "\u00e9"],
  ])("(%s) is kept without it", (_, typed, kept) => {
    expect(cleanText(typed)).toBe(kept);
  });

  it("stays as it is the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (typed) => {
        const once = cleanText(typed);
        expect(cleanText(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});
