import { z } from "zod";
import type { Reading, Token } from "./reading.ts";

/** Something that a document says, by any of its names. */
const signSchema = z.strictObject({
  /** How much it tells of its question, in hundredths. */
  weight: z.number().int().min(0),
  concepts: z.array(z.string()).default([]),
  zh: z.array(z.string().min(1)).default([]),
  en: z.array(z.string().min(1)).default([]),
});

/**
 * What the points of a question speak of, for rubrics that nobody has worked on: enough of a point's signs near each
 * other say it, whatever the words between them.
 */
export const gistSchema = z.strictObject({
  signs: z.array(signSchema).min(1),
  /** Weight of a point's signs in one thought that makes half of it, and all of it, said. */
  partial: z.number().int().min(1),
  hit: z.number().int().min(1),
  /** Weight of all signs by the root of an answer's width: with less it speaks of something else. */
  relevant: z.number().int().min(0),
  /** The same, with less of which more is asked of each point. */
  sure: z.number().int().min(1),
});
type GistFile = z.infer<typeof gistSchema>;

/** The number of a sign of the question, and its weight for a point in hundredths. */
export const pointSignsSchema = z
  .array(z.tuple([z.number().int().min(0), z.number().int().min(0)]))
  .optional();

/** Two signs: one that a point says and its opposite. */
export const contrarySchema = z.array(z.tuple([z.number().int().min(0), z.number().int().min(0)])).optional();

export interface Gist {
  readonly partial: number;
  readonly hit: number;
  readonly relevant: number;
  readonly sure: number;
  readonly weights: readonly number[];
  /** By meaning, the signs that it is a name of. */
  readonly signsOf: ReadonlyMap<number, readonly number[]>;
}

interface Words {
  /** The meaning of a name; a new one where it has none. */
  readonly named: (name: string) => number;
  readonly concepts: (ids: readonly string[]) => ReadonlySet<number>;
}

export function compileGist({ signs, ...thresholds }: GistFile, words: Words): Gist {
  const signsOf = new Map<number, number[]>();
  for (const [sign, { concepts, zh, en }] of signs.entries()) {
    for (const meaning of new Set([...words.concepts(concepts), ...[...zh, ...en].map(words.named)])) {
      const known = signsOf.get(meaning);
      if (known === undefined) signsOf.set(meaning, [sign]);
      else known.push(sign);
    }
  }
  return { ...thresholds, weights: signs.map(({ weight }) => weight), signsOf };
}

/** Clauses of one thought, and how much may lie between its first word and its last: eighty Chinese letters. */
const MOST_CLAUSES = 2;
const WIDEST = 240;
/** One word may stand there by chance. */
const ALONE = 0.8;

/** Where in an answer the signs of its question stand: by clause, the first word of each. */
export type FoundSigns = readonly ReadonlyMap<number, Token>[];

export function findSigns({ signsOf }: Gist, { clauses }: Reading): FoundSigns {
  return clauses.map(({ tokens }) => {
    const found = new Map<number, Token>();
    for (const token of tokens) {
      if (token.masked) continue;
      for (const sign of signsOf.get(token.meaning) ?? []) if (!found.has(sign)) found.set(sign, token);
    }
    return found;
  });
}

/** Weight of what an answer says of its question, by the root of its width. */
export function relevanceOf({ weights }: Gist, found: FoundSigns, { widths }: Reading): number {
  const said = new Set(found.flatMap((signs) => [...signs.keys()]));
  const weight = [...said].reduce((sum, sign) => sum + (weights[sign] ?? 0), 0);
  return weight / Math.sqrt(Math.max(1, widths.at(-1) ?? 0));
}

/** A clause or two on end, and what they say of a point. */
export interface Thought {
  readonly weight: number;
  /** Indexes of the first clause and of the one behind the last. */
  readonly from: number;
  readonly to: number;
  readonly tokens: readonly Token[];
}

/** The clauses that say most of a point; undefined where none says anything of it. */
function bestThought(
  signs: ReadonlyMap<number, number>,
  found: FoundSigns,
  { clauses, widths }: Reading,
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: clauses.length },
): Thought | undefined {
  let best: Thought | undefined;
  for (let start = from; start < to; start += 1) {
    const begin = widths[clauses[start]?.start ?? 0] ?? 0;
    /** By place: a word that is a name of several signs counts once, for the heaviest. */
    const heaviest = new Map<number, number>();
    const tokens = new Map<number, Token>();
    for (let at = start; at < Math.min(to, start + MOST_CLAUSES); at += 1) {
      if (at > start && (widths[clauses[at]?.end ?? 0] ?? 0) - begin > WIDEST) break;
      for (const [sign, token] of found[at] ?? []) {
        const own = signs.get(sign);
        if (own === undefined || tokens.has(sign)) continue;
        tokens.set(sign, token);
        heaviest.set(token.start, Math.max(heaviest.get(token.start) ?? 0, own));
      }
      const sum = [...heaviest.values()].reduce((all, own) => all + own, 0);
      const weight = heaviest.size < 2 ? sum * ALONE : sum;
      if (weight > (best?.weight ?? 0))
        best = { weight, from: start, to: at + 1, tokens: [...tokens.values()] };
    }
  }
  return best;
}

/** What an answer says of a point by its signs. */
export interface Heard {
  readonly thought: Thought | undefined;
  /** Weight for whichever other point the same clauses say most of. */
  readonly rival: number;
}

/** By the weights of their signs, what is heard of some points. */
export function hear(
  points: readonly { readonly signs: ReadonlyMap<number, number> }[],
  found: FoundSigns,
  reading: Reading,
): readonly Heard[] {
  return points.map((point) => {
    const thought = bestThought(point.signs, found, reading);
    if (thought === undefined) return { thought, rival: 0 };
    const others = points.filter((other) => other !== point);
    const rivals = others.map(({ signs }) => bestThought(signs, found, reading, thought)?.weight ?? 0);
    return { thought, rival: Math.max(0, ...rivals) };
  });
}

/** The words of a thought that say the opposite of what a point says, where the point's own words are not there. */
export function oppositesIn(
  contrary: readonly (readonly [number, number])[],
  { from, to }: Thought,
  found: FoundSigns,
): readonly Token[] {
  const held = new Map(found.slice(from, to).flatMap((signs) => [...signs]));
  return contrary.flatMap(([own, opposite]) => {
    const token = held.get(opposite);
    return token === undefined || held.has(own) ? [] : [token];
  });
}
