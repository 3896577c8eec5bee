import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { visit } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import type { Bilingual } from "#core/language";
import type { KeyPoint, Question } from "#core/pack/question";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import keyTerms from "./fixtures/key-terms.json" with { type: "json" };
import reviewed from "./fixtures/keypoints.json" with { type: "json" };

const library = loadLibrary(SHIPPED_CONTENT);
/** Those of the first pack, which were reviewed before there was a second. */
const first = library.questions.slice(0, reviewed.questions.length);
const firstPoints = first.flatMap((question) => question.points.map((point) => ({ question, point })));
const points = library.questions.flatMap((question) => question.points.map((point) => ({ question, point })));
const eachQuestion = library.questions.map((question) => [question.id, question] as const);
const eachPoint = points.map(({ question, point }) => [point.id, point, question] as const);

const wordsIn = (text: string): number => text.split(/\s+/).length;
const lettersIn = (text: string): number => text.replace(/\s/g, "").length;
const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

describe("the questions of the first pack", () => {
  it("are the five reviewed ones, in the order of their document, before all others", () => {
    expect(first.map(({ id }) => id)).toEqual(reviewed.questions.map(({ id }) => id));
  });

  it("weigh 21, 20, 19, 20 and 18 in all", () => {
    const totals = first.map((question) => question.points.reduce((sum, { weight }) => sum + weight, 0));
    expect(totals).toEqual([21, 20, 19, 20, 18]);
  });

  it.each(first.map((question) => [question.id, question] as const))(
    "%s says exactly what was reviewed",
    (id, question) => {
      const original = reviewed.questions.find((candidate) => candidate.id === id);
      expect({ zh: question.text.zh, en: question.text.en }).toEqual({ zh: original?.zh, en: original?.en });
      expect(
        question.points.map(({ id, statement, weight, erratum }) => ({
          id,
          ...statement,
          weight,
          ...(erratum && { erratum }),
        })),
      ).toEqual(original?.points);
    },
  );

  it("name the document they were drawn from and its edition, and warn of its errors", () => {
    for (const { point } of firstPoints) {
      const document = library.document(point.source.document);
      expect(document?.sha256).toBe("15612b257331645d265b7f5291a057faffa63de7f42eb60c3fed5e6cc2a0b90f");
      expect(document?.note?.en).toContain("errors");
      expect(document?.note?.zh).toContain("错误");
    }
  });
});

describe("the questions that come with Rehearsal", () => {
  it("name for every point a document that anybody can read, or its edition", () => {
    for (const { point } of points) {
      const document = library.document(point.source.document);
      expect(document?.url ?? document?.sha256, point.id).toBeTruthy();
    }
  });

  it("name a short heading for every point, not a passage", () => {
    for (const { point } of points) {
      for (const heading of point.source.heading.split(" › ")) {
        // Manuals have long headings; a passage is longer.
        expect(heading.length).toBeLessThanOrEqual(90);
        expect(heading).not.toMatch(/[。；]/);
      }
    }
  });

  it("have rules to grade by", () => {
    for (const question of library.questions) {
      expect(
        library
          .rubric(question.id)
          ?.points.map(({ id }) => id)
          .sort(),
      ).toEqual(question.points.map(({ id }) => id).sort());
    }
  });

  it("have files in which no key stands twice", () => {
    const names = readdirSync(SHIPPED_CONTENT, { recursive: true, encoding: "utf8" });
    for (const name of names.filter((one) => one.endsWith(".json"))) {
      const keys: Set<string>[] = [];
      const doubled: string[] = [];
      visit(readFileSync(join(SHIPPED_CONTENT, name), "utf8"), {
        onObjectBegin: () => {
          keys.push(new Set());
        },
        onObjectProperty: (key) => {
          if (keys.at(-1)?.has(key)) doubled.push(`${name}: ${key}`);
          keys.at(-1)?.add(key);
        },
        onObjectEnd: () => {
          keys.pop();
        },
      });
      expect(doubled).toEqual([]);
    }
  });
});

describe("both languages", () => {
  const texts = (question: Question): Bilingual[] => [
    question.text,
    question.modelAnswer,
    ...question.hints,
    ...question.followUps,
    ...question.points.flatMap(({ title, statement, hint }) => [title, statement, hint]),
  ];

  it.each(eachQuestion)(
    "%s is in Chinese where it says so, and in English where it says so",
    (_id, question) => {
      for (const { zh, en } of texts(question)) {
        expect(zh).toSatisfy(isChinese);
        expect(en).not.toSatisfy(isChinese);
        // Half-width punctuation between Chinese letters is a slip of the keyboard.
        expect(zh).not.toMatch(/\p{Script=Han}[,.;:?!()]|[,;:?!()]\p{Script=Han}/u);
        expect(`${zh}${en}`).not.toMatch(/ {2}| \n|\n{3}/);
      }
    },
  );

  it.each(eachPoint)("%s has a title of a few words", (_id, { title }) => {
    expect(wordsIn(title.en)).toBeGreaterThanOrEqual(3);
    expect(wordsIn(title.en)).toBeLessThanOrEqual(8);
    expect(lettersIn(title.zh)).toBeGreaterThanOrEqual(4);
    expect(lettersIn(title.zh)).toBeLessThanOrEqual(18);
  });

  it.each(eachPoint)("%s has a hint of one or two sentences", (_id, { hint }) => {
    expect(wordsIn(hint.en)).toBeGreaterThanOrEqual(7);
    expect(wordsIn(hint.en)).toBeLessThanOrEqual(35);
    expect(lettersIn(hint.zh)).toBeGreaterThanOrEqual(12);
    expect(lettersIn(hint.zh)).toBeLessThanOrEqual(55);
  });

  it.each(eachQuestion)("%s has a model answer that can be spoken in two minutes", (_id, { modelAnswer }) => {
    expect(wordsIn(modelAnswer.en)).toBeGreaterThanOrEqual(120);
    expect(wordsIn(modelAnswer.en)).toBeLessThanOrEqual(250);
    expect(lettersIn(modelAnswer.zh)).toBeGreaterThanOrEqual(250);
    expect(lettersIn(modelAnswer.zh)).toBeLessThanOrEqual(450);
  });

  it.each(eachQuestion)(
    "%s has hints that grow more pointed, and questions that follow up",
    (_id, question) => {
      const [vague, pointed] = question.hints;
      expect(pointed.en.length).toBeGreaterThan(vague.en.length);
      for (const { zh, en } of question.followUps) {
        expect(zh).toMatch(/？$/);
        expect(en).toMatch(/\?$/);
      }
    },
  );
});

describe("a hint leads to its point without giving it away", () => {
  /** Words of a title that say something which the question did not say already. */
  function tellingWords({ title }: KeyPoint, { text }: Question): string[] {
    const plain = new Set(
      "and the with what for under over one has must only can are was were who why how when where which not may from into than that this its their each every same many still before after never always work take say way does get goes them they first too own".split(
        " ",
      ),
    );
    const english = (title.en.toLowerCase().match(/[a-z0-9]{3,}/g) ?? [])
      .filter((word) => !plain.has(word))
      .map((word) => word.slice(0, 5))
      .filter((stem) => !text.en.toLowerCase().includes(stem));
    const chinese = (title.zh.match(/\p{Script=Han}+/gu) ?? [])
      .flatMap((run) => Array.from(run, (_, at) => run.slice(at, at + 2)))
      .filter(
        (pair) =>
          pair.length === 2 &&
          !/[的了着和与一个什么不没可更时每谁得越]/.test(pair) &&
          !text.zh.includes(pair),
      );
    return [...english, ...chinese];
  }

  it.each(eachPoint)("%s", (_id, point, question) => {
    const hint = `${point.hint.zh} ${point.hint.en}`.toLowerCase();
    const startsWord = (stem: string) => new RegExp(`(?<![a-z])${stem}`).test(hint);
    const told = tellingWords(point, question).filter((word) =>
      isChinese(word) ? hint.includes(word) : startsWord(word),
    );
    expect(told).toEqual([]);
  });

  it.each(Object.entries(keyTerms))("%s, whose key terms are a secret", (id, terms) => {
    const found = points.find(({ point }) => point.id === id);
    const hint = `${found?.point.hint.zh} ${found?.point.hint.en}`.toLowerCase();
    const starts = (term: string) =>
      isChinese(term) ? hint.includes(term) : new RegExp(`(?<![a-z])${term}`).test(hint);
    expect(terms.filter(starts)).toEqual([]);
  });

  it("has such a list of key terms for every point of the first pack", () => {
    expect(Object.keys(keyTerms).sort()).toEqual(firstPoints.map(({ point }) => point.id).sort());
  });
});
