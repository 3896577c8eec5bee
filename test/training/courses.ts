import { COURSES } from "#core/scoring/senses";
import { seeded } from "./directions.ts";

const ROUNDS = 12;

/** Of some numbers the 64 that stand for all of them best (k-means), and which of those stands for each. */
export function coursesOf(vectors: readonly Float64Array[]): {
  readonly courses: readonly Float64Array[];
  readonly taken: readonly number[];
} {
  const random = seeded(2);
  let courses = Array.from(
    { length: COURSES },
    () => vectors[Math.floor(random() * vectors.length)] ?? new Float64Array(0),
  );
  let taken: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    taken = vectors.map((vector) => nearest(vector, courses));
    courses = courses.map((course, at) => {
      const own = vectors.filter((_, index) => taken[index] === at);
      return own.length === 0
        ? course
        : course.map((_, place) => own.reduce((sum, one) => sum + (one[place] ?? 0), 0) / own.length);
    });
  }
  return { courses, taken: vectors.map((vector) => nearest(vector, courses)) };
}

function nearest(vector: Float64Array, courses: readonly Float64Array[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, course] of courses.entries()) {
    let distance = 0;
    for (let place = 0; place < vector.length; place += 1)
      distance += ((vector[place] ?? 0) - (course[place] ?? 0)) ** 2;
    if (distance < least) {
      best = at;
      least = distance;
    }
  }
  return best;
}
