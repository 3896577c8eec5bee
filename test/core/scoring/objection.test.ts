import { describe, expect, it } from "vitest";
import { gradeLocally } from "#core/scoring/local-grader";
import { Resemblances } from "#core/scoring/resemblance";
import { rubricOf } from "#test/core/scoring/rubrics";

const verdictOf = (question: string, point: string, answer: string) =>
  gradeLocally(answer, rubricOf(question)).points.find(({ id }) => id === point);

const byRulesAlone = (question: string, point: string, answer: string) =>
  gradeLocally(answer, { ...rubricOf(question), resemblances: undefined }).points.find(
    ({ id }) => id === point,
  )?.verdict;

const DISMISSED = "alpha 设多少都无所谓，跟效果没关系";

describe("A wrong belief in words that no rule foresaw", () => {
  it("is held against the point that it is about, with the member's own words as proof", () => {
    expect(byRulesAlone("lora-rank-alpha", "lra-scale", DISMISSED)).toBe("miss");
    const found = verdictOf("lora-rank-alpha", "lra-scale", DISMISSED);
    expect(found).toMatchObject({ verdict: "contradict", reason: "learnt" });
    expect(DISMISSED).toContain(found?.evidence[0]?.quote);
  });

  it("is no belief of the member where it is asked, or where somebody else was said to hold it", () => {
    const answers = [`${DISMISSED}，对吗？`, `我一开始以为${DISMISSED}。`, `有人说${DISMISSED}。`];
    for (const answer of answers) {
      expect(verdictOf("lora-rank-alpha", "lra-scale", answer)?.verdict).not.toBe("contradict");
    }
  });

  it("is held against one point only, and takes nothing from the others", () => {
    const { points } = gradeLocally(DISMISSED, rubricOf("lora-rank-alpha"));
    expect(points.filter(({ verdict }) => verdict === "contradict")).toHaveLength(1);
  });

  it("leaves alone what is more like the point than like its opposite, though half of it looks wrong", () => {
    const answer = "Q 不用缓存，因为每步只用最新 token 的 Q";
    expect(verdictOf("kv-cache-why", "kvc-no-query", answer)?.verdict).toBe("hit");
  });
});

describe("What a text is like", () => {
  const wordings = [
    {
      right: ["red apples from the old garden taste sweet when they are ripe"],
      half: ["apples"],
      wrong: ["red apples from the old garden taste awfully sour even in late autumn"],
    },
    { right: ["trains leave on time"], half: ["trains"], wrong: ["trains always leave late"] },
    { right: ["birds fly south"], half: ["birds"], wrong: ["birds stay at home"] },
  ];
  const signsOf = (text: string) => new Set([...text.matchAll(/[a-z]+/g)].map(([word]) => hashOf(word)));
  const hashOf = (word: string) =>
    [...word].reduce((hash, letter) => hash * 31 + letter.charCodeAt(0), 7) >>> 0;
  const resemblances = new Resemblances(wordings, signsOf);

  it("is told by its own point's words, however many other words stand around them", () => {
    const [apples, trains] = resemblances.of(signsOf("well i think apples taste sour"));
    expect(apples?.topic).toBeGreaterThan(0);
    expect(trains).toEqual({ topic: 0, right: 0, wrong: 0 });
  });

  it("is nearer to the wording of which it holds more", () => {
    const [sour] = resemblances.of(signsOf("red apples from the garden taste awfully sour in autumn"));
    const [sweet] = resemblances.of(signsOf("red apples from the garden taste sweet when ripe"));
    expect(sour?.wrong).toBeGreaterThan(sour?.right ?? 1);
    expect(sweet?.right).toBeGreaterThan(sweet?.wrong ?? 1);
  });
});

describe("The names of the alignment methods", () => {
  it("are known in every pack", () => {
    const { entries, numberOf, lexicon } = rubricOf("q3-sft-learns").glossary;
    for (const name of ["ppo", "dpo", "rlhf"]) {
      const found = lexicon.scan(name).entries.map(({ meaning }) => entries[meaning]?.id);
      expect(numberOf.has(name)).toBe(true);
      expect(found).toContain(name);
    }
  });

  it("do not make 在不同 a denial", () => {
    const { entries, lexicon } = rubricOf("q3-sft-learns").glossary;
    const types = lexicon.scan("在不同任务上").entries.map(({ meaning }) => entries[meaning]?.type);
    expect(types).not.toContain("without");
    expect(types).not.toContain("not");
  });
});
