import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Look } from "#core/charts";
import { messagesFor } from "#core/messages/index";
import { topicsAlt } from "#src/charts/alt";
import { SHIPPED_FONTS } from "#src/charts/charts";
import { isCommon } from "#src/charts/coverage";
import { openRenderer, svgOf } from "#src/charts/drawing";
import { columnsOf, plainLabel } from "#src/charts/label";
import { drawnTopics } from "#src/charts/limits";
import { palettes } from "#src/charts/palette";
import { FAMILY } from "#src/charts/sheet";

const pngOf = openRenderer(SHIPPED_FONTS);
const look: Look = { locale: "zh", theme: "light" };

const svgWith = (label: string): string =>
  svgOf({ kind: "topics", of: drawnTopics({ topics: [{ label, score: 50, answers: 3 }] }), look });

/** One character alone on a small sheet. */
const glyph = (character: string): string =>
  Buffer.from(
    pngOf(
      `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><text x="2" y="18" font-family="${FAMILY}" font-size="16">${character}</text></svg>`,
    ),
  ).toString("base64");

/** A private character that no font has: the box that stands for every missing one. */
const missing = glyph("\ue000");

describe("The text of a picture", () => {
  it("is drawn in Chinese, common and rare, without a system font", () => {
    const drawn = ["显", "存", "龘", "鑫", "。", "A", " "].map(glyph);
    expect(new Set([...drawn, missing]).size).toBe(8);
  });

  it("needs the whole font for rare characters only", () => {
    expect(isCommon("显存 GPU，α ≤ 3 — 座")).toBe(true);
    for (const text of ["龘", "鑫", "مرحبا", "🙂"]) expect(isCommon(`显存${text}`)).toBe(false);
  });

  it("stands in the label of a chart as well", () => {
    const [memory, storage, box] = ["显存", "存显", "\ue000\ue000"].map((label) => pngOf(svgWith(label)));
    expect(memory).not.toEqual(storage);
    expect(memory).not.toEqual(box);
  });

  it("has every character that a picture can say", () => {
    const { charts, streak, vram } = messagesFor("zh");
    const said = [
      ...charts.weekdays,
      charts.topicsTitle,
      charts.noTopics,
      charts.noDays,
      charts.memoryRun,
      charts.answers(1234567890),
      charts.more(1),
      charts.longest(streak.days(1)),
      charts.memoryTitle("0.1"),
      streak.current(1),
      ...(["pass", "madeup", "freeze", "excused", "pending", "open", "closing", "no-answer"] as const).map(
        streak.short,
      ),
      streak.short("short-round"),
      ...Object.values(vram.component),
      ...Object.values(vram.verdict),
      ...Object.values(vram.method),
    ].join("");
    const boxes = [...new Set(said.replace(/\s/g, ""))].filter((character) => glyph(character) === missing);
    expect(boxes).toEqual([]);
  });
});

const hostile: readonly string[] = [
  "<script>alert(1)</script>",
  "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
  '"><image href="https://evil.example/x.png"/>',
  "&lt;b&gt; &#0; &#x1b;",
  "\u0000\u0001\u001b[2J\u007f\u009b31m",
  "\u202egnp.exe\u2066x\u2069\u200b",
  "\ud800 half a pair \udfff \ufffe\uffff",
  "مرحبا بالعالم שלום",
  "{b}: {c} {a|rich} %s",
  "line\nline\r\nline\u2028line",
  "a\u0301".repeat(2000),
  "__proto__",
  "__proto__".repeat(10),
  "e".repeat(10_000),
  "显".repeat(10_000),
  "",
  "   ",
];

/** The elements of an SVG, which no label may add to. */
const elementsOf = (svg: string): readonly string[] =>
  [...svg.matchAll(/<([a-zA-Z!?/]\w*)/g)].map(([, name]) => name ?? "");

describe("A label from anywhere", () => {
  const plain = elementsOf(svgWith("plain"));

  it.each([...hostile.entries()])("is only ever text (hostile label %i)", (_, label) => {
    const svg = svgWith(label);
    expect(elementsOf(svg)).toEqual(plain);
    expect(pngOf(svg).length).toBeGreaterThan(1000);
  });

  it("is only ever text, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (label) => {
        const svg = svgWith(label);
        expect(elementsOf(svg)).toEqual(plain);
        pngOf(svg);
      }),
      { numRuns: 40 },
    );
  });

  it("takes no more columns than there are, and ends in an ellipsis where it is cut", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.integer({ min: 4, max: 60 }),
        (text, most) => {
          const label = plainLabel(text, most);
          expect(columnsOf(label)).toBeLessThanOrEqual(most);
          expect([...label].length).toBeLessThanOrEqual(2 * most + 1);
          expect(label).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        },
      ),
    );
    expect(plainLabel("训练数据怎样组织", 16)).toBe("训练数据怎样组织");
    expect(plainLabel("训练数据怎样组织", 15)).toBe("训练数据怎样组…");
    expect(plainLabel("Catastrophic forgetting", 12)).toBe("Catastrophi…");
    expect(plainLabel("e".repeat(10_000), 10)).toBe("eeeeeeeee…");
    expect(plainLabel("\u0000", 10)).toBe("–");
  });

  it("keeps the words for those who cannot see within a platform's limit", () => {
    for (const label of hostile) {
      const topics = Array.from({ length: 50 }, () => ({ label, score: 100, answers: 99_999 }));
      for (const locale of ["zh", "en"] as const)
        expect(topicsAlt(drawnTopics({ topics }), locale).length).toBeLessThanOrEqual(1000);
    }
  });
});

/** Relative luminance of `#rrggbb`. @see WCAG 2.2 */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

describe.each(["light", "dark"] as const)("The %s theme", (theme) => {
  const palette = palettes[theme];

  it("sets text at 4.5 to 1 or better", () => {
    for (const ground of [
      palette.cell,
      palette.goodCell,
      palette.fairCell,
      palette.badCell,
      palette.calmCell,
    ])
      expect(contrast(palette.text, ground)).toBeGreaterThanOrEqual(4.5);
    for (const text of [palette.text, palette.muted, palette.good, palette.fair, palette.bad])
      expect(contrast(text, palette.ground)).toBeGreaterThanOrEqual(4.5);
  });

  it("sets marks and bars at 3 to 1 or better", () => {
    for (const tone of ["good", "fair", "bad", "calm"] as const)
      expect(contrast(palette[tone], palette[`${tone}Cell`])).toBeGreaterThanOrEqual(3);
    expect(contrast(palette.muted, palette.cell)).toBeGreaterThanOrEqual(3);
    for (const colour of palette.stack) expect(contrast(colour, palette.ground)).toBeGreaterThanOrEqual(3);
  });
});
