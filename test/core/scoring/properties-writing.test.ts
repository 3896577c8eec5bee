import fc from "fast-check";
import { Converter } from "opencc-js/cn2t";
import { describe, expect, it } from "vitest";
import { anyAnswer, grade, verdicts } from "./pool.ts";

/** Grades any answer of the pool as it is and as `rewrite` makes it, with a coin for every letter. */
function keepsVerdicts(rewrite: (letter: string, coin: boolean) => string): void {
  const coins = fc.infiniteStream(fc.boolean());
  fc.assert(
    fc.property(anyAnswer, coins, ({ text, question }, coin) => {
      const other = [...text].map((letter) => rewrite(letter, coin.next().value)).join("");
      expect(verdicts(other, question), other).toEqual(verdicts(text, question));
    }),
  );
}

const fullWidth = (letter: string) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0);

describe("However an answer is written, its verdicts stay", () => {
  it("in capital and small letters, mixed at will", () => {
    keepsVerdicts((letter, coin) => (coin ? letter.toUpperCase() : letter.toLowerCase()));
  });

  it("in full-width letters, digits and stops, mixed at will", () => {
    keepsVerdicts((letter, coin) =>
      coin && /[a-z0-9,;:?!()%+=]/i.test(letter) ? fullWidth(letter) : letter,
    );
  });

  it("with unseen characters anywhere", () => {
    for (const unseen of ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u{e0041}"]) {
      keepsVerdicts((letter, coin) => (coin ? letter + unseen : letter));
    }
  });

  it.each(["t", "tw", "hk"] as const)("in Traditional letters (%s), mixed at will", (to) => {
    const traditional = Converter({ from: "cn", to });
    keepsVerdicts((letter, coin) => (coin ? traditional(letter) : letter));
  });

  const punctuation: Readonly<Record<string, (text: string) => string>> = {
    "Western stops for Chinese ones": (text) => text.replaceAll("。", ". ").replaceAll("，", ", "),
    "Chinese stops for Western ones": (text) => text.replace(/\.(?=\s|$)/g, "。").replace(/,(?= )/g, "，"),
    "exclamation marks": (text) => text.replaceAll("。", "！").replace(/\.(?=\s|$)/g, "!"),
    "full stops for semicolons": (text) => text.replace(/[；;]/g, "。"),
    "commas for 、": (text) => text.replaceAll("、", "，"),
    "every stop twice": (text) => text.replace(/[。！？!?；]/g, "$&$&"),
    "no stop at the end": (text) => text.replace(/[。.!！\s]+$/, ""),
    "curly quotes and long dashes": (text) =>
      text.replaceAll('"', "”").replaceAll("'", "’").replaceAll("--", "—"),
    "wide brackets": (text) => text.replaceAll("(", "（").replaceAll(")", "）"),
  };
  it.each(Object.entries(punctuation))("with other punctuation: %s", (_, change) => {
    fc.assert(
      fc.property(anyAnswer, ({ text, question }) => {
        expect(verdicts(change(text), question), change(text)).toEqual(verdicts(text, question));
      }),
    );
  });

  const layouts: Readonly<Record<string, (line: string) => string>> = {
    "as a list": (line) => `- ${line}`,
    indented: (line) => `    ${line}`,
    "with blank lines between": (line) => `${line}\n`,
    "with Windows line ends": (line) => `${line}\r`,
  };
  it.each(Object.entries(layouts))("laid out %s", (_, change) => {
    fc.assert(
      fc.property(anyAnswer, ({ text, question }) => {
        const other = text.split("\n").map(change).join("\n");
        expect(verdicts(other, question), other).toEqual(verdicts(text, question));
      }),
    );
  });
});

describe("However an answer is written, every quote is a slice of it", () => {
  it("and covers no half of a character", () => {
    const pieces = fc.constantFrom(
      "",
      "\u200b",
      "👩‍🔬",
      "**",
      "𝗯𝗮𝘁𝗰𝗵",
      "㎆",
      "…",
      "\ud83d",
      "&amp;",
      "<b>",
      "\n",
    );
    fc.assert(
      fc.property(
        anyAnswer,
        fc.array(pieces, { maxLength: 12 }),
        fc.nat(),
        ({ text, question }, extra, at) => {
          const letters = [...text];
          for (const [index, piece] of extra.entries())
            letters.splice((at + index * 17) % letters.length, 0, piece);
          const answer = letters.join("");
          for (const { start, end, quote } of grade(answer, question).points.flatMap(
            (point) => point.evidence,
          )) {
            expect(quote).toBe(answer.slice(start, end));
            expect(quote.trim()).toBe(quote);
          }
        },
      ),
    );
  });
});
