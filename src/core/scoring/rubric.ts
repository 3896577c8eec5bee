import { z } from "zod";
import type { Question } from "#core/pack/question";
import { meantByPoints, reversibleOf } from "./drafted-points.ts";
import type { Effect, EffectWords } from "./effects.ts";
import { compileGist, contrarySchema, type Gist, gistSchema, pointSignsSchema } from "./gist.ts";
import { type Glossary, hashOf } from "./glossary.ts";
import { Lexicon } from "./lexicon.ts";
import type { Meant } from "./likeness.ts";
import { normalise } from "./normalise.ts";
import { gramsOf } from "./question-mask.ts";
import type { QuestionReader } from "./question-reader.ts";
import type { Resemblances } from "./resemblance.ts";
import type { Reversible } from "./reversible.ts";
import { parseRule, phraseRule, type Rule, ruleSchema } from "./rule.ts";
import { resemblancesOf } from "./wordings.ts";

const phrasesSchema = z
  .strictObject({ zh: z.array(z.string().min(1)).default([]), en: z.array(z.string().min(1)).default([]) })
  .prefault({});

const examplesSchema = z.strictObject({
  hit: z.array(z.string().min(1)).min(2),
  partial: z.array(z.string().min(1)).default([]),
  miss: z.array(z.string().min(1)).default([]),
  contradict: z.array(z.string().min(1)).default([]),
});

const rubricPointSchema = z.strictObject({
  id: z.string(),
  /** `name`: a proposal by name is enough; `relation`: the relation must be said; `both`: two sides are needed. */
  enough: z.enum(["name", "relation", "both"]),
  contradictable: z.boolean().default(true),
  /** What it lowers or raises, where it is a remedy or a factor: whoever says the reverse contradicts it. */
  lowers: z.array(z.string()).default([]),
  raises: z.array(z.string()).default([]),
  /** Its merit is to change nothing else: who says so does not object to it. */
  spares: z.boolean().default(false),
  /** Points that phrases of this one may earn as well; said here, so that the lint takes it for meant. */
  shares: z.array(z.string()).default([]),
  /** Any one of them said makes the point a hit; denied, it is contradicted. */
  claims: z.array(ruleSchema).default([]),
  /** Statements that a drafted point was joined out of: whoever says one of them has said part of it. */
  parts: z.array(z.string().min(1)).min(2).optional(),
  /** For `both`: the two sides; one alone is a partial. */
  sides: z.tuple([z.array(ruleSchema), z.array(ruleSchema)]).optional(),
  /** Points that are factors: naming two of them says as much as "it depends", naming one half of it. */
  factors: z.array(z.string()).default([]),
  partialBy: z.array(ruleSchema).default([]),
  contradicts: z.array(ruleSchema).default([]),
  phrases: phrasesSchema,
  /** As `phrases`, whatever denial stands near: for wordings beside which 不 or "not" turns nothing round. */
  eitherPhrases: phrasesSchema,
  partialPhrases: phrasesSchema,
  contradictPhrases: phrasesSchema,
  /** What of the question's gist speaks of this point. */
  signs: pointSignsSchema,
  contrary: contrarySchema,
  /** Run as tests, each as a whole answer. */
  examples: examplesSchema,
});

/** How the answers to one question are judged; it stands beside the question as `<id>.rubric.json`. */
export const rubricFileSchema = z.strictObject({
  schema: z.literal(1),
  id: z.string(),
  asks: z.enum(["remedies", "factors", "explain", "compare"]),
  /** Glossary topics that belong to the question; concepts of other topics earn nothing here. */
  topics: z.array(z.string()).min(1),
  /** The things compared, in the order in which the question names them. */
  subjects: z.array(z.string()).default([]),
  /** Concepts that deny whatever point of this question they are said of. */
  denials: z.array(z.string()).default([]),
  gist: gistSchema.optional(),
  points: z.array(rubricPointSchema).min(1),
});
export type RubricFile = z.infer<typeof rubricFileSchema>;

export interface CompiledPoint {
  readonly id: string;
  readonly weight: number;
  readonly enough: "name" | "relation" | "both";
  readonly claims: readonly Rule[];
  readonly sides: readonly [readonly Rule[], readonly Rule[]] | undefined;
  readonly factors: readonly string[];
  readonly partialBy: readonly Rule[];
  readonly contradicts: readonly Rule[];
  readonly effect: Effect;
  /** Weights of the question's signs. */
  readonly signs: ReadonlyMap<number, number>;
  readonly contrary: readonly (readonly [number, number])[];
}

/** What a grader needs to know of one question. */
export interface CompiledRubric {
  readonly questionId: string;
  /** Changes whenever a rule, a weight or the glossary does. */
  readonly hash: string;
  readonly points: readonly CompiledPoint[];
  readonly asks: RubricFile["asks"];
  readonly topics: ReadonlySet<string>;
  readonly subjects: readonly number[];
  readonly glossary: Glossary;
  readonly phrases: Lexicon;
  readonly gist: Gist | undefined;
  /** What its points mean, where nobody has worked on its rules and their words are known. */
  readonly meant: Meant | undefined;
  /** What an answer may say the reverse of, made when first asked for; of drafted questions only. */
  readonly reversible: (() => Reversible) | undefined;
  /** What the points and their opposites are like in words, made when first asked for; a draft has no such words. */
  readonly resemblances?: (() => Resemblances) | undefined;
  /** Concepts that some rule of this question asks for. */
  readonly meanings: ReadonlySet<number>;
  /** Concepts that earn a point by their mere name. */
  readonly proposals: ReadonlySet<number>;
  /** Runs of the question's text, for telling an echo from an answer. */
  readonly grams: ReadonlySet<string>;
  /** Runs of the hints, which members see before they answer. */
  readonly shown: ReadonlySet<string>;
  /** Learnt from labelled answers; without it the rules decide alone. */
  readonly reader?: QuestionReader | undefined;
}

/** One rule for each alternative of the second slot: the nearest word must not hide what is said of another. */
function spread(rule: Rule): Rule[] {
  const [anchor, second, ...rest] = rule.slots;
  if (anchor === undefined || second === undefined) return [rule];
  return second.map((term) => ({ ...rule, slots: [anchor, [term], ...rest] }));
}

/** Adds names so that a short Chinese one inside a longer one is read as well: the longest alone would hide it. */
function addNames(names: ReadonlyMap<string, number>, lexicon: Lexicon): void {
  const short = [...names].filter(([name]) => /^\p{Script=Han}{2,4}$/u.test(name));
  for (const [name, meaning] of names) {
    lexicon.add(name, meaning);
    for (const [inner, other] of short)
      if (inner.length < name.length && name.includes(inner)) lexicon.add(name, other);
  }
}

/**
 * Joins a question and its rubric file.
 *
 * @throws Error where the two do not name the same points, or a rule names an unknown concept
 */
export function compileRubric(question: Question, file: RubricFile, glossary: Glossary): CompiledRubric {
  if (file.id !== question.id) throw new Error(`the rubric is for "${file.id}", not for "${question.id}"`);
  const weightOf = new Map(question.points.map((point) => [point.id, point.weight]));
  if (file.points.length !== question.points.length) {
    throw new Error(`${file.id} has ${question.points.length} points, its rubric ${file.points.length}`);
  }
  const phrases = new Lexicon();
  const meanings = new Set<number>();
  // Phrases are numbered behind the glossary's entries.
  let nextMeaning = glossary.entries.length;
  const fromPhrases = (given: { zh: string[]; en: string[] }, list: string): Rule[] => {
    if (given.zh.length + given.en.length === 0) return [];
    const meaning = nextMeaning;
    nextMeaning += 1;
    for (const phrase of [...given.zh, ...given.en]) phrases.add(phrase, meaning);
    return [phraseRule(meaning, list)];
  };
  const parse = (rules: readonly string[]): Rule[] => {
    const parsed = rules.flatMap((rule) => spread(parseRule(rule, glossary.numberOf)));
    for (const rule of parsed)
      for (const slot of rule.slots) for (const term of slot) meanings.add(term.meaning);
    return parsed;
  };
  const numbered = (ids: readonly string[]): Set<number> =>
    new Set(
      ids.map((id) => {
        const meaning = glossary.numberOf.get(id);
        if (meaning === undefined)
          throw new Error(`the rubric of ${file.id} names "${id}", which is unknown`);
        return meaning;
      }),
    );
  const words: EffectWords = {
    worse: numbered(["harms", "worse-effect"].filter((id) => glossary.numberOf.has(id))),
    nothing: numbered(["no-effect", ...file.denials].filter((id) => glossary.numberOf.has(id))),
    quality: numbered(["quality", "eff-batch"].filter((id) => glossary.numberOf.has(id))),
  };
  const topics = new Set<number>();
  const byId = new Map(file.points.map((point) => [point.id, point]));
  const points = question.points.map(({ id }): CompiledPoint => {
    const point = byId.get(id);
    const weight = weightOf.get(id);
    if (point === undefined || weight === undefined) throw new Error(`the rubric of ${file.id} lacks ${id}`);
    const claims = [
      ...parse(point.claims),
      ...fromPhrases(point.phrases, "phrases"),
      ...fromPhrases(point.eitherPhrases, "eitherPhrases").map((rule) => ({ ...rule, either: true })),
    ];
    for (const { slots } of claims) for (const { meaning } of slots[0] ?? []) topics.add(meaning);
    return {
      id,
      weight,
      enough: point.enough,
      effect: {
        of: numbered([...point.lowers, ...point.raises]),
        sign: point.lowers.length > 0 ? -1 : point.raises.length > 0 ? 1 : 0,
        words,
        isMeantToAct: !point.spares,
        topics,
      },
      claims,
      signs: new Map(point.signs ?? []),
      contrary: point.contrary ?? [],
      sides: point.sides === undefined ? undefined : [parse(point.sides[0]), parse(point.sides[1])],
      factors: point.factors,
      partialBy: [...parse(point.partialBy), ...fromPhrases(point.partialPhrases, "partialPhrases")],
      contradicts: [
        ...parse(point.contradicts),
        ...fromPhrases(point.contradictPhrases, "contradictPhrases"),
      ],
    };
  });
  const names = new Map<string, number>();
  const named = (name: string): number => {
    const meaning = names.get(name) ?? nextMeaning;
    if (meaning === nextMeaning) nextMeaning += 1;
    names.set(name, meaning);
    return meaning;
  };
  const gist = file.gist === undefined ? undefined : compileGist(file.gist, { named, concepts: numbered });
  addNames(names, phrases);
  const meant = gist === undefined ? undefined : meantByPoints(question, file.points);
  const subjects = file.subjects.map((id) => {
    const meaning = glossary.numberOf.get(id);
    if (meaning === undefined) throw new Error(`the rubric of ${file.id} compares "${id}", which is unknown`);
    return meaning;
  });
  return {
    questionId: question.id,
    resemblances: file.gist === undefined ? resemblancesOf(question, file, glossary) : undefined,
    hash: hashOf([file, question.id, question.text, points.map((point) => point.weight), glossary.hash]),
    points,
    asks: file.asks,
    topics: new Set(file.topics),
    subjects,
    glossary,
    phrases,
    gist,
    meant,
    reversible: gist === undefined ? undefined : reversibleOf(question, meant, glossary),
    meanings,
    proposals: new Set(
      points
        .filter((point) => point.enough === "name")
        .flatMap((point) => point.claims)
        .filter((rule) => rule.slots.length === 1)
        .flatMap((rule) => (rule.slots[0] ?? []).map((term) => term.meaning)),
    ),
    shown: gramsOf(
      [...question.hints, ...question.points.map(({ hint }) => hint)]
        .flatMap(({ zh, en }) => [zh, en])
        .map((text) => normalise(text, { traditional: false }).text),
    ),
    grams: gramsOf([
      normalise(question.text.zh, { traditional: false }).text,
      normalise(question.text.en, { traditional: false }).text,
    ]),
  };
}
