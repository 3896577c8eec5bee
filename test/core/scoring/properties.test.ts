import fc from "fast-check";
import { Converter } from "opencc-js/cn2t";
import { describe, expect, it } from "vitest";
import { gradeResultSchema } from "#core/scoring/grader";
import { createLocalGrader } from "#core/scoring/local-grader";
import { score } from "#core/scoring/score";
import { answers, anyAnswer, grade, runs, verdicts } from "./pool.ts";
import { questions, rubricOf } from "./rubrics.ts";

const questionIds = questions.map((question) => question.id);
const toTraditional = Converter({ from: "cn", to: "t" });

describe("every verdict", () => {
  it("keeps to the shape, quotes the raw answer, and adds up to the score", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyAnswer.map((answer) => answer.text),
          noise(),
        ),
        fc.constantFrom(...questionIds),
        (text, id) => {
          const rubric = rubricOf(id);
          const result = gradeResultSchema.parse(grade(text, id));
          expect(result.points.map((point) => point.id)).toEqual(rubric.points.map((point) => point.id));
          for (const point of result.points) {
            for (const { start, end, quote } of point.evidence) expect(quote).toBe(text.slice(start, end));
            expect(point.evidence.length).toBeLessThanOrEqual(2);
            expect(point.evidence.length === 0).toBe(point.verdict === "miss");
          }
          const weighed = result.points.map((point, at) => ({
            verdict: point.verdict,
            weight: rubric.points[at]?.weight ?? 0,
          }));
          expect(result.score).toBe(score(weighed));
        },
      ),
      runs(400),
    );
  });

  it("is the same, byte for byte, when the same answer is graded again", async () => {
    const grader = createLocalGrader();
    for (const { text, question } of answers) {
      const once = JSON.stringify(await grader.grade({ answer: text, rubric: rubricOf(question) }));
      expect(JSON.stringify(await grader.grade({ answer: text, rubric: rubricOf(question) }))).toBe(once);
    }
  });
});

describe("what changes no verdict", () => {
  const changes: Record<string, (text: string) => string> = {
    "capital letters": (text) => text.toUpperCase(),
    "full-width letters": (text) =>
      text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    "zero-width characters": (text) => [...text].join("\u200b"),
    "bold mark-up around a line": (text) =>
      text
        .split("\n")
        .map((line) => (line.trim() === "" ? line : `**${line}**`))
        .join("\n"),
    "Traditional letters": (text) => [...text].map((letter) => toTraditional(letter)).join(""),
  };
  for (const [name, change] of Object.entries(changes)) {
    it(name, () => {
      for (const { text, question } of answers)
        expect(verdicts(change(text), question), text).toEqual(verdicts(text, question));
    });
  }

  it("the question set before the answer", () => {
    for (const { text, question } of answers) {
      const asked = questions.find((candidate) => candidate.id === question);
      for (const locale of ["zh", "en"] as const) {
        expect(verdicts(`${asked?.text[locale]}\n${text}`, question), text).toEqual(verdicts(text, question));
      }
    }
  });
});

describe("what never raises a score", () => {
  it("saying the answer twice", () => {
    for (const { text, question } of answers) {
      expect(grade(`${text}\n${text}`, question).score, text).toBeLessThanOrEqual(
        grade(text, question).score,
      );
    }
  });

  it("a sentence about something else", () => {
    const aside = fc.constantFrom(
      "今天天气不错。",
      "I had noodles for lunch.",
      "昨晚的球赛很精彩。",
      "Hello everyone!",
      "周末去爬山。",
    );
    fc.assert(
      fc.property(anyAnswer, aside, fc.boolean(), ({ text, question }, other, before) => {
        const longer = before ? `${other}\n${text}` : `${text}\n${other}`;
        expect(grade(longer, question).score).toBeLessThanOrEqual(grade(text, question).score);
      }),
      runs(300),
    );
  });
});

/** Text that nobody would write: any code unit, lone surrogates, brackets and stars in heaps, an alias without end. */
function noise(): fc.Arbitrary<string> {
  const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 });
  return fc.oneof(
    units.map((codes) => String.fromCharCode(...codes)),
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constantFrom(
      "batch".repeat(800),
      "batch size ".repeat(364),
      "不".repeat(4_000),
      "(".repeat(4_000),
      "<".repeat(4_000),
      "**<@|`".repeat(600),
      "混 ".repeat(2_000),
      "1->2".repeat(1_000),
    ),
    fc
      .array(fc.constantFrom("batch", "减小", "不", "\ud83d", "<", "->", "8", "\n", "梯度", "，", "old "), {
        maxLength: 400,
      })
      .map((words) => words.join("")),
  );
}

describe("hostile text", () => {
  it("is graded without an error, whatever it holds", () => {
    fc.assert(
      fc.property(noise(), fc.constantFrom(...questionIds), (text, id) => {
        expect(grade(text, id).points.length).toBeGreaterThan(0);
      }),
      runs(300),
    );
  });
});
