import type { Verdict } from "#core/scoring/grader";
import { evidenceFor, impressionsOf } from "#core/scoring/opinion";
import { type Example, fitLinear, type Linear, marginOf } from "./linear.ts";
import type { LabelledAnswer, Material } from "./material.ts";

/** For each point: whether a stretch covers it, and whether it says the opposite. */
export type Models = readonly (readonly [Linear, Linear])[];

const POSITIVE_WEIGHT = 3;
const NEGATIVE_WEIGHT = 0.5;
/** Of an answer that did not earn the verdict, so many of the stretches that come nearest to it. */
const HARDEST = 6;
const REPEATS = 2;
const COST = 1;

/**
 * One linear model. Phrases say it of a whole text; of an answer only its strongest stretch (among those that somebody
 * marked, where somebody did) is taken as what earned the verdict, and the strongest ones of an answer that did not
 * earn it as near misses. Which ones these are is found with the model itself, twice over.
 */
function learn(
  point: string,
  wanted: readonly Verdict[],
  { phrases, table }: Material,
  answers: readonly LabelledAnswer[],
): Linear {
  const isWanted = (verdict: Verdict | undefined): boolean =>
    verdict !== undefined && wanted.includes(verdict);
  const dimensions = table.rarity.length;
  const base: Example[] = phrases.map(({ vector, points }) => {
    const positive = isWanted(points[point]);
    return { vector, positive, weight: positive ? POSITIVE_WEIGHT : 1 };
  });
  let model = fitLinear(base, dimensions, COST);
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const more: Example[] = [];
    for (const { vectors, points, marked } of answers) {
      const verdict = points[point];
      if (verdict === undefined) continue;
      const ranked = vectors
        .map((vector, at) => ({ vector, at, margin: marginOf(vector, model) }))
        .sort((one, other) => other.margin - one.margin);
      if (isWanted(verdict)) {
        const held = marked[point];
        const best = ranked.find(({ at }) => held === undefined || held.length === 0 || held.includes(at));
        const weight = verdict === "partial" ? POSITIVE_WEIGHT / 2 : POSITIVE_WEIGHT;
        if (best !== undefined) more.push({ vector: best.vector, positive: true, weight });
      } else if (verdict !== "partial") {
        for (const { vector } of ranked.slice(0, HARDEST)) {
          more.push({ vector, positive: false, weight: NEGATIVE_WEIGHT });
        }
      }
    }
    model = fitLinear([...base, ...more], dimensions, COST);
  }
  return model;
}

/** Learns all points of a question from the answers that may be used. */
export function learnAll(material: Material, use: (answer: LabelledAnswer) => boolean = () => true): Models {
  const answers = material.answers.filter(use);
  return material.points.map((point) => [
    learn(point, ["hit", "partial"], material, answers),
    learn(point, ["contradict"], material, answers),
  ]);
}

/** What there is to weigh for each point of an answer: for it, and against it. */
export function evidenceOf(
  { vectors, rules }: LabelledAnswer,
  models: Models,
): { readonly inFavour: number[]; readonly against: number[] }[] {
  const margins = vectors.map((vector) =>
    Float32Array.from(models.flat(), (model) => marginOf(vector, model)),
  );
  const impressions = impressionsOf(margins, models.length);
  return models.map((_, point) => {
    const impression = impressions[point];
    const found = rules[point];
    if (impression === undefined || found === undefined) throw new Error("a point has no result");
    return {
      inFavour: evidenceFor(found, impression.inFavour, impression.inFavour.covered),
      against: evidenceFor(found, impression.against, impression.inFavour.covered),
    };
  });
}
