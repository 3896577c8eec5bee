import { describe, expect, it } from "vitest";
import { openingWords } from "#core/round/question-choice";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";

const { questions } = loadLibrary(SHIPPED_CONTENT);

describe("A question in a table", () => {
  it.each(["zh", "en"] as const)("begins as it does in full, and fits (%s)", (locale) => {
    for (const question of questions) {
      const shown = openingWords(question, locale);
      expect(question.text[locale].startsWith(shown.replace(/…$/u, ""))).toBe(true);
      expect(shown.length).toBeLessThanOrEqual(locale === "zh" ? 19 : 41);
    }
  });

  it("is cut between words, and not behind a comma", () => {
    const [first] = questions;
    if (first === undefined) throw new Error("no question");
    const question = {
      ...first,
      text: { zh: "短题", en: "Why does a model forget, after tuning, what it knew before?" },
    };
    expect(openingWords(question, "en")).toBe("Why does a model forget, after tuning…");
    expect(openingWords(question, "zh")).toBe("短题");
  });
});
