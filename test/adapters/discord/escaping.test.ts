import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginningOf, cutLine, plainText } from "#src/adapters/chat/plain-text";
import { codeText, escapeLine, escapeText, fence } from "#src/adapters/discord/markdown";
import { readLine, readMarkdown } from "#src/adapters/local/page/client/discord-markdown";
import { hostile } from "#test/adapters/hostile";

/** What Discord acts on in the raw text, before and besides reading it as markdown. */
const alive =
  /(?<!\\)(?:\\\\)*(?:<(?=[@#:/at]|id)|@(?=everyone|here))|https?:\/\/|steam:\/\/|discord(?:app)?\.(?:com|gg)\/|(?<!\\)(?:\\\\)*\]\(/iu;
const unseen =
  /[\u202a-\u202e\u2066-\u2069\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad\u180e\u3164\u{e0000}-\u{e0fff}]|(?![\n\t])\p{Cc}/u;

const shown = (markdown: string): { text: string; kinds: ReadonlySet<string> } => {
  const lines = readMarkdown(markdown);
  return {
    text: lines.map(({ of }) => of.map((piece) => ("text" in piece ? piece.text : "")).join("")).join("\n"),
    kinds: new Set(lines.flatMap(({ kind, of }) => [kind, ...of.map((piece) => piece.kind)])),
  };
};

describe("what a member wrote, in a message on Discord", () => {
  it("is drawn as exactly that text, whatever it is made of", () => {
    fc.assert(
      fc.property(hostile(), (written) => {
        const markdown = escapeText(written);
        const { text, kinds } = shown(markdown);
        expect(text).toBe(plainText(written));
        expect([...kinds].filter((kind) => kind !== "plain" && kind !== "text")).toEqual([]);
        // Emphasis may reach over the ends of lines.
        expect(readLine(markdown).filter(({ kind }) => kind !== "text")).toEqual([]);
        expect(markdown).not.toMatch(alive);
        expect(markdown).not.toMatch(unseen);
      }),
      { numRuns: 10_000 },
    );
  });

  it("stays one line where one line is wanted", () => {
    fc.assert(
      fc.property(hostile(), (written) => {
        expect(escapeLine(written)).not.toContain("\n");
      }),
    );
  });

  it("cannot leave a code block", () => {
    fc.assert(
      fc.property(hostile(), (written) => {
        const code = codeText(written);
        fc.pre(code.trim() !== "");
        const lines = readMarkdown(fence(code));
        expect(lines.map(({ kind }) => kind)).toEqual(["block"]);
        expect(code).not.toMatch(unseen);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["a family of joined people", "👨‍👩‍👧‍👦"],
    ["a heart with its selector", "❤️"],
    ["letters with accents", "naïve Ấ"],
    ["Arabic and Hebrew letters", "مرحبا שלום"],
    ["indented lines", "def f():\n    return 1"],
  ])("keeps %s", (_, text) => {
    expect(plainText(text)).toBe(text);
  });

  it.each([
    ["\u202eevil", "evil"],
    ["pay\u200bpal", "paypal"],
    ["a\u200d\u200d\u200db", "ab"],
    ["x\r\ny\u2028z", "x\ny\nz"],
    ["a\n\n\n\n\n\n\nb", "a\n\nb"],
    [`Z${"\u0301".repeat(50)}`, `Z${"\u0301".repeat(4)}`],
    ["\ud83d alone", "\ufffd alone"],
  ])("loses what cannot be seen: %j is %j", (written, kept) => {
    expect(plainText(written)).toBe(kept);
  });

  it("is cut between characters, never within one", () => {
    fc.assert(
      fc.property(hostile(), fc.integer({ min: 10, max: 60 }), (written, most) => {
        const text = plainText(written);
        const cut = beginningOf(text, most);
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
        expect(cutLine(written, most).length).toBeLessThanOrEqual(most);
      }),
    );
    expect(beginningOf("ab👨‍👩‍👧‍👦", 6)).toBe("ab");
  });

  it("reads the longest paste of anything without getting slower by the character", () => {
    for (const piece of ["`", "\\", "_", ":", "\n ", "a:", "[", ".com/", "-", "\u0301", " ", "<@"]) {
      expect(escapeText(piece.repeat(300_000 / piece.length)).length).toBeLessThan(700_000);
    }
  });
});
