import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { normalise } from "#core/scoring/normalise";
import { COURSES, FINENESS, LETTERS, type SensesFile, wordsIn } from "#core/scoring/senses";
import { coursesOf } from "./courses.ts";
import { beyondChance, type Counts, directionsOf, seeded } from "./directions.ts";
import type { Said } from "./said-alike.ts";

/** Letters that bind Chinese words: a pair with one of them is no word. */
const BINDING = new Set(
  "的了是在和就也都而及与着或一个这那你我他它们吗呢吧啊把被让会能可要有很还又等为以于之其",
);
const SIZE = 96;
const PART = 4;
const FEWEST_GROUPS = 2;
const LEAST_SAID = 6;
/** What one group says of a word counts no more than this. */
const MOST_OF_ONE = 6;
const LEAST_RARITY = 0.5;
const RARITY_STEPS = 7;

/** Words that say nothing by themselves. */
const common: ReadonlySet<string> = new Set(
  z
    .object({ everyday: z.array(z.string()) })
    .parse(
      JSON.parse(
        readFileSync(join(import.meta.dirname, "..", "..", "src", "drafting", "common-words.json"), "utf8"),
      ),
    ).everyday,
);

/** What words mean, learnt from groups of texts that say the same in other words. */
export function learnSenses(groups: readonly (readonly Said[])[]): SensesFile {
  const counted = groups.map(countWords);
  const inGroups = new Map<string, number>();
  const said = new Map<string, number>();
  for (const counts of counted)
    for (const [word, count] of counts) {
      inGroups.set(word, (inGroups.get(word) ?? 0) + 1);
      said.set(word, (said.get(word) ?? 0) + Math.min(MOST_OF_ONE, count));
    }
  const words = [...inGroups]
    .filter(([word, count]) => count >= FEWEST_GROUPS && (said.get(word) ?? 0) >= LEAST_SAID)
    .map(([word]) => word)
    .toSorted();
  const rowOf = new Map(words.map((word, row) => [word, row]));
  const counts: Counts = {
    rows: words.length,
    columns: counted.length,
    entries: counted.flatMap((group, column) =>
      [...group].flatMap(([word, count]) => {
        const row = rowOf.get(word);
        return row === undefined ? [] : [{ row, column, value: Math.log1p(count) }];
      }),
    ),
  };
  const directions = turned(directionsOf(beyondChance(counts), SIZE));
  const parts = Array.from({ length: SIZE / PART }, (_, part) =>
    coursesOf(directions.map((direction) => direction.subarray(part * PART, (part + 1) * PART))),
  );
  const rarity = words.map((word) => Math.log(groups.length / (inGroups.get(word) ?? 1)));
  return {
    size: SIZE,
    parts: parts.length,
    words: words.join(" "),
    weights: rarity.map((value) => letter(Math.round(RARITY_STEPS * Math.max(LEAST_RARITY, value)))).join(""),
    courses: parts.flatMap(({ courses }) => courses.map((course) => [...course].map(fine).join(""))).join(""),
    taken: words.map((_, row) => parts.map(({ taken }) => letter(taken[row] ?? 0)).join("")).join(""),
  };
}

function countWords(group: readonly Said[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [text, weight] of group) {
    const { text: plain } = normalise(text);
    const words = new Set(wordsIn(plain).map(({ word }) => word));
    for (const word of words) {
      const tells = word.length > 1 && !common.has(word) && ![...word].some((unit) => BINDING.has(unit));
      if (tells) counts.set(word, (counts.get(word) ?? 0) + weight);
    }
  }
  return counts;
}

const letter = (value: number): string => LETTERS.charAt(Math.min(COURSES - 1, Math.max(0, value)));
function fine(value: number): string {
  const step = Math.round((Math.min(1, Math.max(-1, value)) + 1) * FINENESS);
  return letter(Math.floor(step / COURSES)) + letter(step % COURSES);
}

/** Turned at random, each part of a direction tells as much as any other. */
function turned(directions: readonly Float64Array[]): Float64Array[] {
  const random = seeded(3);
  const axes = Array.from({ length: SIZE }, () =>
    Float64Array.from({ length: SIZE }, () => random() + random() + random() - 1.5),
  );
  for (const [at, axis] of axes.entries()) {
    for (const before of axes.slice(0, at)) {
      const along = axis.reduce((sum, value, place) => sum + value * (before[place] ?? 0), 0);
      for (const [place, value] of before.entries()) axis[place] = (axis[place] ?? 0) - along * value;
    }
    const length = Math.sqrt(axis.reduce((sum, value) => sum + value * value, 0));
    for (const [place, value] of axis.entries()) axis[place] = value / length;
  }
  return directions.map((direction) =>
    Float64Array.from(axes, (axis) =>
      axis.reduce((sum, value, place) => sum + value * (direction[place] ?? 0), 0),
    ),
  );
}
