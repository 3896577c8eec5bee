import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { memberIdSchema, submissionIdSchema, tenantIdSchema } from "#core/ids";
import { memoryOf, reviewsIn } from "#core/practice/memory";
import type { Attempt } from "#core/round/round";
import { verdictSchema } from "#core/scoring/grader";

const HOUR_MS = 3_600_000;

/** Answers to one question, the points as judged, and the dates on which each point comes back by FSRS-6. */
const historySchema = z.strictObject({
  name: z.string(),
  answers: z.array(
    z.strictObject({
      at: z.string(),
      verdicts: z.record(z.string(), verdictSchema),
      hinted: z.boolean().optional(),
    }),
  ),
  due: z.record(z.string(), z.iso.date()),
});
type History = z.infer<typeof historySchema>;

const histories = z
  .array(historySchema)
  .parse(JSON.parse(readFileSync(new URL("./golden-histories.json", import.meta.url), "utf8")));

const attemptsOf = ({ answers }: Pick<History, "answers">): Attempt[] =>
  answers.map(({ at, verdicts, hinted }, number) => ({
    tenant: tenantIdSchema.parse("team"),
    member: memberIdSchema.parse("ada"),
    round: null,
    question: "q",
    submission: submissionIdSchema.parse(`answer-${number}`),
    sentAt: Date.parse(`${at}Z`),
    text: "…",
    result: {
      score: 0,
      grader: { id: "local", version: "1", rubricHash: "1" },
      flags: hinted === true ? ["hinted"] : [],
      points: Object.entries(verdicts).map(([id, verdict]) => ({
        id,
        verdict,
        confidence: 1,
        evidence: [],
        reason: "core",
      })),
    },
  }));

const dueDates = (attempts: readonly Attempt[]): Record<string, string> =>
  Object.fromEntries(
    [...memoryOf(reviewsIn(attempts))].map(([point, { due }]) => [point, due.toISOString().slice(0, 10)]),
  );

describe("A golden history", () => {
  it.each(histories)("($name) leads to the dates it has always led to", (history) => {
    expect(dueDates(attemptsOf(history))).toEqual(history.due);
  });

  it.each(histories)(
    "($name) leads there in whatever order the answers come, and delivered twice",
    (history) => {
      const attempts = attemptsOf(history);
      fc.assert(
        fc.property(fc.shuffledSubarray(attempts, { minLength: attempts.length }), (shuffled) => {
          expect(dueDates(shuffled)).toEqual(history.due);
          expect(dueDates([...shuffled, ...attempts])).toEqual(history.due);
        }),
        { numRuns: 30 },
      );
    },
  );
});

describe("No review is lost", () => {
  const anyAnswers = fc.array(
    fc.record({
      question: fc.constantFrom("a", "b", "c"),
      hours: fc.integer({ min: 0, max: 2000 }),
      isScored: fc.boolean(),
      points: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 30 },
  );

  it("of whatever answers: each with a result counts point by point, unless it came in the sitting of one that did", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const attempts = answers.map(({ question, hours, isScored, points }, number): Attempt => {
          const verdicts = Object.fromEntries(
            Array.from({ length: points }, (_, at) => [`${question}${at}`, "hit" as const]),
          );
          const at = new Date(hours * HOUR_MS).toISOString().slice(0, 16);
          const [attempt] = attemptsOf({ answers: [{ at, verdicts }] });
          if (attempt === undefined) throw new Error("there is one");
          const submission = submissionIdSchema.parse(`s${number}`);
          return { ...attempt, question, submission, result: isScored ? attempt.result : null };
        });
        const reviews = reviewsIn(attempts);
        const key = (at: number, point: string): string => `${at} ${point}`;
        const counted = new Map(reviews.map(({ at, point }) => [key(at, point), at]));
        for (const { question, sentAt, result } of attempts) {
          for (const { id } of result?.points ?? []) {
            const isCounted = counted.has(key(sentAt, id));
            const isInSitting = reviews.some(
              ({ at, point }) => point.startsWith(question) && at <= sentAt && sentAt - at < 12 * HOUR_MS,
            );
            expect(isCounted || isInSitting).toBe(true);
          }
        }
        for (const { at, point } of reviews) {
          const answer = attempts.find(
            ({ sentAt, result }) => sentAt === at && result?.points.some(({ id }) => id === point),
          );
          expect(answer).toBeDefined();
        }
      }),
      { numRuns: 200 },
    );
  });
});
