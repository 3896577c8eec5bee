import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { type Question, questionSchema } from "#core/pack/question";
import { glossaryFileSchema } from "#core/scoring/glossary";
import { lintRubrics } from "#core/scoring/lint";
import { lintCollisions } from "#core/scoring/lint-collisions";
import { rubricFileSchema } from "#core/scoring/rubric";

const sample: Question = questionSchema.parse(
  JSON.parse(
    readFileSync(new URL("../../content/fixtures/content/sample/warm-up.json", import.meta.url), "utf8"),
  ),
);

const glossary = glossaryFileSchema.parse({
  schema: 1,
  entries: {
    "learning-rate": { topics: ["training"], quantity: true, zh: ["学习率"], en: ["learning rate"] },
    diverge: { topics: ["training"], zh: ["发散"], en: ["diverge~"] },
    smooth: { topics: ["training"], zh: ["平稳"], en: ["smooth~"] },
    start: { topics: ["training"], zh: ["训练开始"], en: ["training begin"] },
    moments: { topics: ["training"], zh: [], en: ["second moment"] },
    more: { type: "up", zh: ["增大", "太高"], en: ["higher", "increase", "a high"] },
    less: { type: "down", zh: ["减小"], en: ["reduce"] },
  },
});

const EARLY = {
  id: "warm-up-early",
  enough: "relation",
  claims: ["learning-rate:up + diverge"],
  contradicts: ["learning-rate:up + smooth"],
  examples: {
    hit: ["学习率太高会发散", "a high learning rate diverges"],
    contradict: ["a higher learning rate is smooth"],
  },
};

const ADAM = {
  id: "warm-up-adam",
  enough: "relation",
  contradictable: false,
  phrases: { zh: ["估计不准"], en: ["rough estimate"] },
  examples: { hit: ["二阶动量估计不准", "its moments are a rough estimate"] },
};

const rubricOf = (early: object, adam: object = {}) =>
  rubricFileSchema.parse({
    schema: 1,
    id: "warm-up",
    asks: "explain",
    topics: ["training"],
    points: [
      { ...EARLY, ...early },
      { ...ADAM, ...adam },
    ],
  });

/** What the lint finds in the sample question with these rules, as `place: what`. */
const findings = (early: object, adam: object = {}, question: Question = sample): string[] =>
  lintRubrics([{ question, rubric: rubricOf(early, adam) }], [glossary]).map(
    ({ path, what }) => `${path.join(".")}: ${what}`,
  );

describe("The lint of a rubric", () => {
  it("finds nothing in rules that do what they should", () => {
    expect(findings({})).toEqual([]);
  });

  it("runs the examples and names the verdict that each really gets", () => {
    const examples = {
      ...EARLY.examples,
      hit: [...EARLY.examples.hit, "a calm start"],
      miss: ["学习率太高会发散"],
    };
    expect(findings({ examples })).toEqual([
      "points.0.examples.hit.2: “a calm start” gets miss, not hit",
      "points.0.examples.miss.0: “学习率太高会发散” gets hit, not miss",
    ]);
  });

  it("asks for a hit in each language and for a contradiction", () => {
    const hit = EARLY.examples.hit;
    expect(findings({ examples: { hit: [hit[0], hit[0]], contradict: EARLY.examples.contradict } })).toEqual([
      "points.0.examples: no example of a hit is English",
    ]);
    expect(findings({ examples: { hit: [hit[1], hit[1]] } })).toEqual([
      "points.0.examples: no example of a hit is Chinese",
      "points.0.examples: no example contradicts it",
    ]);
    expect(findings({ contradictable: false, examples: { hit } })).toEqual([]);
  });

  it("tells which language has no way to hit a point", () => {
    const onlyEnglish = {
      claims: ["moments"],
      phrases: {},
      examples: { hit: ["the second moment", "second moment"] },
    };
    expect(findings({}, onlyEnglish)).toEqual([
      "points.1.examples: no example of a hit is Chinese",
      "points.1: nothing said in Chinese can hit it",
    ]);
  });

  it("takes an example that is hit for proof that a language has a way", () => {
    const byName = {
      claims: ["moments"],
      phrases: {},
      examples: { hit: ["看 second moment", "the second moment"] },
    };
    expect(findings({}, byName)).toEqual([]);
  });

  it("needs both sides of a point with two sides to be sayable", () => {
    const sides = {
      enough: "both",
      phrases: {},
      sides: [["learning-rate"], ["moments"]],
      examples: { hit: ["learning rate and second moment", "the second moment, the learning rate"] },
    };
    expect(findings({}, sides)).toContain("points.1: nothing said in Chinese can hit it");
    expect(findings({}, { ...sides, sides: [["learning-rate"], ["diverge"]] })).not.toContain(
      "points.1: nothing said in Chinese can hit it",
    );
  });

  it("finds a contradiction that nothing can fire, and accepts one that an example or its own words fire", () => {
    // A direction is only ever given to a quantity.
    expect(findings({ contradicts: [...EARLY.contradicts, "diverge:down"] })).toEqual([
      "points.0.contradicts.1: no example and no text made of its words fires the contradiction “diverge:down”",
    ]);
    expect(findings({ contradicts: [...EARLY.contradicts, "learning-rate:down + diverge"] })).toEqual([]);
  });

  it("finds phrases and names that the question already holds", () => {
    expect(findings({}, { phrases: { zh: ["要预热", "估计不准"], en: ["rough estimate"] } })).toEqual([
      "points.1.phrases.zh.0: “要预热” stands in the question, so it says nothing",
    ]);
    expect(findings({ claims: [...EARLY.claims, "start"] })).toEqual([
      "points.0.claims.1: “训练开始” stands in the question and earns the point by itself",
    ]);
  });

  it("finds a phrase that fires another point as well, unless one of the two shares it", () => {
    const phrases = { zh: ["估计不准"], en: ["rough estimate", "higher learning rate diverges"] };
    expect(findings({}, { phrases })).toEqual([
      "points.1.phrases.en.1: “higher learning rate diverges” in phrases also fires warm-up-early (hit)",
    ]);
    expect(findings({}, { phrases, shares: ["warm-up-early"] })).toEqual([]);
    expect(findings({ shares: ["warm-up-adam"] }, { phrases })).toEqual([]);
  });

  it("finds a phrase that never counts", () => {
    const contradictPhrases = { zh: [], en: ["higher learning rate?"] };
    expect(findings({ contradictPhrases })).toEqual([
      "points.0.contradictPhrases.en.0: “higher learning rate?” in contradictPhrases never counts: said alone, it fires nothing of the point",
    ]);
  });

  it("finds a weight that makes a point count for nothing", () => {
    const [first, ...others] = sample.points;
    if (first === undefined) throw new Error("the sample question has no points");
    const points = [{ ...first, weight: 0 }, ...others];
    expect(findings({}, {}, { ...sample, points })).toEqual([
      "points.0.weight: the weight 0 makes the point count for nothing",
    ]);
  });

  it("says for each finding how to mend it, with the file, question and point it is in", () => {
    const rubric = rubricFileSchema.parse({
      schema: 1,
      id: "warm-up",
      asks: "explain",
      topics: ["training"],
      points: [{ ...EARLY, examples: { hit: EARLY.examples.hit } }, ADAM],
    });
    expect(lintRubrics([{ question: sample, rubric }], [glossary])).toEqual([
      {
        file: "rubric",
        path: ["points", 0, "examples"],
        question: "warm-up",
        point: "warm-up-early",
        what: "no example contradicts it",
        mend: 'add one to examples.contradict, or say "contradictable": false',
      },
    ]);
  });
});

describe("The lint of a draft", () => {
  const draft: Question = { ...sample, status: "draft" };
  const lacksIn = (early: object, adam: object = {}, question: Question = draft): string[] =>
    lintRubrics([{ question, rubric: rubricOf(early, adam) }], [glossary]).map(
      ({ path, lack }) => `${path.join(".")}: ${lack ?? "fault"}`,
    );

  it("finds nothing in one that has everything", () => {
    expect(lacksIn({})).toEqual([]);
  });

  it("tells what is only not there yet from what would grade wrongly", () => {
    const examples = { hit: ["a high learning rate diverges", "a calm start"] };
    expect(lacksIn({ examples })).toEqual([
      "points.0.examples.hit.1: fault",
      "points.0.examples: chinese-hit",
      "points.0.examples: contradiction",
    ]);
    expect(lacksIn({ claims: [...EARLY.claims, "start"] })).toEqual(["points.0.claims.1: fault"]);
    const onlyEnglish = {
      claims: ["moments"],
      phrases: {},
      examples: { hit: ["the second moment", "second moment"] },
    };
    expect(lacksIn({}, onlyEnglish)).toEqual(["points.1.examples: chinese-hit", "points.1: chinese-words"]);
    expect(lacksIn({ contradicts: [...EARLY.contradicts, "diverge:down"] })).toEqual([
      "points.0.contradicts.1: rule",
    ]);
    expect(lacksIn({ contradictPhrases: { zh: [], en: ["higher learning rate?"] } })).toEqual([
      "points.0.contradictPhrases.en.0: rule",
    ]);
  });

  it("calls the same a fault where the question counts as reviewed", () => {
    const examples = { hit: ["a high learning rate diverges", "a high learning rate diverges"] };
    expect(lacksIn({ examples }, {}, sample)).toEqual([
      "points.0.examples: fault",
      "points.0.examples: fault",
    ]);
  });

  it("finds each text once that nobody has translated or written, in its point", () => {
    const { untranslated, toWrite } = messagesFor("en").drafting;
    const [first, ...others] = draft.points;
    if (first === undefined) throw new Error("the sample question has no points");
    const hint = { zh: messagesFor("zh").drafting.toWrite, en: toWrite };
    const question: Question = {
      ...draft,
      text: { zh: draft.text.zh, en: `${untranslated} ${draft.text.zh}` },
      points: [{ ...first, hint }, ...others],
    };
    const found = lintRubrics([{ question, rubric: rubricOf({}) }], [glossary]);
    expect(found).toMatchObject([
      { file: "question", path: ["text"], point: undefined, lack: "untranslated" },
      { file: "question", path: ["points", 0, "hint"], point: first.id, lack: "unwritten" },
    ]);
  });
});

describe("The lint of the glossary", () => {
  const file = (entries: object) => glossaryFileSchema.parse({ schema: 1, entries });
  const collisions = (...files: object[]) =>
    lintCollisions(files.map(file)).map(
      ({ file: number, path, what }) => `${number} ${path.join(".")}: ${what}`,
    );

  it("finds aliases of two concepts, across files, however they are written", () => {
    expect(
      collisions(
        { lora: { en: ["LoRA", "low-rank"] }, rank: { zh: ["秩"] } },
        { adapter: { en: ["lora", "Low Rank", "adapter"] } },
      ),
    ).toEqual(["1 entries.adapter.en.0: “lora”, “Low Rank” name both adapter and lora"]);
  });

  it("takes more aliases for a concept from another file as meant, and a shared alias that is declared", () => {
    expect(collisions({ lora: { en: ["lora"] } }, { lora: { en: ["lora"] } })).toEqual([]);
    expect(collisions({ lora: { en: ["lora"] } }, { peft: { en: ["lora"], shares: ["lora"] } })).toEqual([]);
    expect(collisions({ lora: { en: ["lora"], shares: ["peft"] } }, { peft: { en: ["lora"] } })).toEqual([]);
  });

  it("keeps a whole word apart from the stem of words, and one with a gap from one without", () => {
    expect(collisions({ one: { en: ["prun~", "cut*batch"] }, other: { en: ["prun", "cut batch"] } })).toEqual(
      [],
    );
  });

  it("names at most six aliases of a pair", () => {
    const en = ["aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"];
    expect(collisions({ one: { en }, other: { en } })[0]).toContain(
      "“ff” and 2 more name both one and other",
    );
  });
});
