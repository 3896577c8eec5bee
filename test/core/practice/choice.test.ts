import { describe, expect, it } from "vitest";
import { chooseForPractice, nextDue } from "#core/practice/choice";
import { memoryOf, type Review } from "#core/practice/memory";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";

const { questions } = loadLibrary(SHIPPED_CONTENT);
const [one, two, three] = questions;
if (one === undefined || two === undefined || three === undefined) throw new Error("too few questions");
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 10, 2, 9);
const days = (count: number): number => START + count * DAY_MS;

const reviewed = (question: typeof one, verdict: Review["verdict"], at = START): Review[] =>
  question.points.map(({ id }) => ({ point: id, at, verdict }));
const choose = (
  reviews: readonly Review[],
  now: number,
  {
    until = null,
    asked = [],
  }: { until?: number | null; asked?: readonly (readonly [string, number])[] } = {},
) =>
  chooseForPractice({
    questions: [one, two, three],
    memory: memoryOf(reviews),
    lastAsked: new Map(asked),
    now,
    until,
  });

describe("What a member practises next", () => {
  it("is the question whose due points weigh most", () => {
    const reviews = [...reviewed(one, "hit"), ...reviewed(two, "miss"), ...reviewed(three, "hit")];
    expect(choose(reviews, days(1))?.question.id).toBe(two.id);
    expect(choose(reviews, days(1))?.points).toBe(two.points.length);
  });

  it("is a new question where nothing is due", () => {
    const known = [...reviewed(one, "hit"), ...reviewed(two, "hit")];
    const choice = choose(known, days(1));
    expect(choice?.question.id).toBe(three.id);
    expect([choice?.points, choice?.due]).toEqual([0, 0]);
  });

  it("is not the question that was answered a moment ago", () => {
    const asked = [[two.id, days(1) - 60_000]] as const;
    const reviews = [...reviewed(one, "hit"), ...reviewed(two, "miss"), ...reviewed(three, "hit")];
    expect(choose(reviews, days(1), { asked })?.question.id).not.toBe(two.id);
  });

  it("towards a date is what would be forgotten by then, though it is not due yet", () => {
    const reviews = [
      ...reviewed(one, "hit"),
      ...reviewed(one, "hit", days(2)),
      ...reviewed(two, "partial"),
      ...reviewed(three, "hit"),
      ...reviewed(three, "hit", days(2)),
    ];
    const choice = choose(reviews, days(2), { until: days(30) });
    expect(choice?.question.id).toBe(two.id);
    expect(choice?.points).toBe(two.points.length);
  });

  it("is nothing where there are no questions", () => {
    expect(
      chooseForPractice({ questions: [], memory: new Map(), lastAsked: new Map(), now: START, until: null }),
    ).toBeNull();
    expect(nextDue(questions, new Map())).toBeNull();
  });
});
