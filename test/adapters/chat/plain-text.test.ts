import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginningOf, cutLine, plainLine, plainText } from "#src/adapters/chat/plain-text";

const ACCENT = "\u0301";
const ZERO_WIDTH = "\u200b";
const RIGHT_TO_LEFT = "\u202e";

describe("what a member wrote, before others see it", () => {
  it("loses what cannot be seen and what turns the direction of its surroundings", () => {
    for (const unseen of [
      ZERO_WIDTH,
      RIGHT_TO_LEFT,
      "\u2066",
      "\ufeff",
      "\u0000",
      "\u001b",
      "\u007f",
      "\ue000",
      "\ufdd0",
      "\u2800",
      "\ufff9",
      "\u{e0041}",
      "\u00ad",
    ])
      expect(plainText(`a${unseen}b`)).toBe("ab");
  });

  it("keeps tabs, letters of every script and emoji whole", () => {
    for (const seen of ["a\tb", "灾难性遗忘", "עברית", "हिन्दी", "👩‍💻", "❤️", "👩🏽‍🚀", "🏳️‍🌈", "🇩🇪"])
      expect(plainText(seen)).toBe(seen);
  });

  it("loses a joiner or a selector where it joins no emoji", () => {
    expect(plainText("a\u200db")).toBe("ab");
    expect(plainText("👩\u200db")).toBe("👩b");
    expect(plainText("a\u200d💻")).toBe("a💻");
    expect(plainText("a\ufe0f")).toBe("a");
  });

  it("keeps four marks on a letter and no more", () => {
    expect(plainText(`e${ACCENT.repeat(4)}`)).toBe(`e${ACCENT.repeat(4)}`);
    expect(plainText(`e${ACCENT.repeat(5)}f${ACCENT.repeat(60)}`)).toBe(
      `e${ACCENT.repeat(4)}f${ACCENT.repeat(4)}`,
    );
  });

  it("ends its lines in one way, whatever program it was typed in", () => {
    for (const end of ["\r\n", "\r", "\u0085", "\u2028", "\u2029", "\v", "\f"])
      expect(plainText(`a${end}b`)).toBe("a\nb");
  });

  it("has one empty line in a row at the most, and none at its ends", () => {
    expect(plainText("a\n\nb")).toBe("a\n\nb");
    expect(plainText("a\n\n\nb")).toBe("a\n\nb");
    expect(plainText("a\n \t\n  \n\nb")).toBe("a\n\nb");
    expect(plainText("\n \n  a \n\n")).toBe("  a");
    expect(plainText("a\n\n\n\nb\n\n\n\nc")).toBe("a\n\nb\n\nc");
  });

  it("has half characters replaced, which no platform takes", () => {
    expect(plainText("a\ud83db")).toBe("a\ufffdb");
  });

  it("stands in one line where there is one", () => {
    expect(plainLine("  a\n\n b\t c ")).toBe("a b c");
    expect(plainLine(`${RIGHT_TO_LEFT} \n`)).toBe("");
  });

  it("is cut at the end of a character, and only where it is too long", () => {
    expect(beginningOf("abc", 3)).toBe("abc");
    expect(beginningOf("abcd", 3)).toBe("abc");
    expect(beginningOf("ab👩‍💻", 4)).toBe("ab");
    expect(beginningOf("👩‍💻👩‍💻", 5)).toBe("👩‍💻");
    // A single character that is longer than all there is room for is cut all the same, but never within a pair.
    expect(beginningOf("👩‍💻x", 4)).toBe("👩‍");
    expect(beginningOf("💻x", 1)).toBe("");
    // Half a pair that was there before is not ours to take out.
    expect(beginningOf("a\ud83dbcd", 3)).toBe("a\ud83db");
    expect(beginningOf("", 1)).toBe("");
  });

  it("says by an ellipsis that a line was cut", () => {
    expect(cutLine("abc def", 7)).toBe("abc def");
    expect(cutLine("abc def", 6)).toBe("abc d…");
    expect(cutLine("abc def", 5)).toBe("abc…");
    expect(cutLine("a\nb", 3)).toBe("a b");
  });

  it("is the same when it is cleaned again, and fits wherever it was cut to", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (text, most) => {
          const clean = plainText(text);
          expect(plainText(clean)).toBe(clean);
          expect(cutLine(text, most).length).toBeLessThanOrEqual(most);
          expect(plainLine(text).startsWith(beginningOf(plainLine(text), most))).toBe(true);
        },
      ),
    );
  });
});
