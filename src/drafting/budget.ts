import type { DraftPoint } from "./points.ts";
import { lengthOf } from "./sentences.ts";

/** More points than members can be asked to hit. */
const MOST_POINTS = 10;

/** The entries that a point was joined out of; its own statement where it was not. */
const partsOf = ({ statement, parts = [statement] }: DraftPoint): readonly string[] => parts;

const LONGEST_STATEMENT = 1000;

function joined(one: DraftPoint, other: DraftPoint): DraftPoint {
  const shared = one.section !== null && one.section === other.section;
  const ends = /[。.！!？?；;]$/u.test(one.statement);
  const statement = `${one.statement}${ends ? " " : "; "}${other.statement}`.slice(0, LONGEST_STATEMENT);
  // Two entries in the same words are one thing to say, and what was cut off nobody is asked for.
  const parts = [...new Set([...partsOf(one), ...partsOf(other)])].filter((part) => statement.includes(part));
  return {
    title: one.title.includes(other.title) ? one.title : `${one.title}; ${other.title}`.slice(0, 80),
    statement,
    lines: [Math.min(one.lines[0], other.lines[0]), Math.max(one.lines[1], other.lines[1])],
    aliases: [...one.aliases, ...other.aliases],
    weight: Math.max(one.weight, other.weight),
    section: shared ? one.section : null,
    ...(parts.length > 1 ? { parts } : {}),
  };
}

const MANY_POINTS = 80;

const inPairs = (points: readonly DraftPoint[]): DraftPoint[] =>
  points.flatMap((point, at) => {
    const next = points[at + 1];
    return at % 2 === 1 ? [] : [next === undefined ? point : joined(point, next)];
  });

/** Joins neighbours of one section, the shortest first, and neighbours of two only where that is not enough. */
export function mergeToBudget(points: readonly DraftPoint[]): readonly DraftPoint[] {
  let merged = [...points];
  // Halved first where there are many: to look for the shortest pair again and again takes quadratic time.
  while (merged.length > MANY_POINTS) merged = inPairs(merged);
  while (merged.length > MOST_POINTS) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 1 < merged.length; at += 1) {
      const [one, other] = [merged[at], merged[at + 1]];
      if (one === undefined || other === undefined) continue;
      const apart = one.section === other.section ? 0 : 1000;
      const cost = apart + lengthOf(one.statement) + lengthOf(other.statement);
      if (cost < least) {
        least = cost;
        best = at;
      }
    }
    const [one, other] = [merged[best], merged[best + 1]];
    if (one === undefined || other === undefined) return merged;
    merged.splice(best, 2, joined(one, other));
  }
  return merged;
}
