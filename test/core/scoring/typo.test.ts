import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOneSlipApart } from "#core/scoring/typo";

const word = fc.string({ unit: fc.constantFrom(..."abcde"), minLength: 2, maxLength: 9 });
const cut = (text: string, at: number, length: number, put = "") =>
  text.slice(0, at) + put + text.slice(at + length);

describe("One slip of the finger", () => {
  it.each([
    ["gradient", "gradeint", true],
    ["gradient", "gradint", true],
    ["gradient", "grradient", true],
    ["gradient", "gradiemt", true],
    ["gradient", "gradients", true],
    ["gradient", "tgradien", false],
    ["gradient", "grdaeint", false],
    ["gradient", "grad", false],
    ["gradient", "gradual", false],
    ["checkpoint", "chekcpiont", false],
    ["abcd", "abdce", false],
    ["abcde", "badce", false],
    ["abcd", "acbx", false],
    ["abcd", "axcx", false],
  ])("%s and %s: %s", (one, other, apart) => {
    expect(isOneSlipApart(one, other)).toBe(apart);
    expect(isOneSlipApart(other, one)).toBe(apart);
  });

  it("is a letter added, dropped or changed, or two neighbours swapped, anywhere", () => {
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom(..."abcde"), (text, place, letter) => {
        const at = place % text.length;
        expect(isOneSlipApart(text, cut(text, at, 0, letter))).toBe(true);
        expect(isOneSlipApart(text, cut(text, at, 1))).toBe(true);
        expect(isOneSlipApart(text, cut(text, at, 1, letter))).toBe(true);
        const pair = text.slice(at, at + 2);
        expect(isOneSlipApart(text, cut(text, at, 2, [...pair].reverse().join("")))).toBe(true);
      }),
    );
  });

  it("is no slip where two letters are too many", () => {
    fc.assert(
      fc.property(word, (text) => {
        expect(isOneSlipApart(text, `${text}xx`)).toBe(false);
        expect(isOneSlipApart(`xx${text}`, text)).toBe(false);
        expect(isOneSlipApart(`x${text}y`, `y${text}x`)).toBe(false);
      }),
    );
  });
});
