import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { questionSchema } from "#core/pack/question";
import { clauseFeatures, type Features, fnvOf, type Window, windowsOf } from "#core/scoring/features";
import type { Flag, PointResult, Verdict } from "#core/scoring/grader";
import { gradeLocally } from "#core/scoring/local-grader";
import { verdictOrder } from "#core/scoring/opinion";
import type { Reading } from "#core/scoring/reading";
import { conceptHashes } from "#core/scoring/reconsider";
import { type CompiledRubric, rubricFileSchema } from "#core/scoring/rubric";
import type { FeatureTable } from "#core/scoring/trained-reader";
import { SHIPPED_CONTENT } from "#src/content/library";
import { joined, type SparseVector, vectorOf } from "./vector.ts";

/** Labelled by people: one phrase for one point, and `also` others of the same verdict. */
interface PhraseLine {
  readonly question: string;
  readonly point: string;
  readonly verdict: Verdict;
  readonly also?: readonly string[];
  readonly text: string;
}

/** Labelled by people: a whole answer, some with the words that earned each verdict. */
export interface AnswerLine {
  readonly id: string;
  readonly question: string;
  readonly text: string;
  readonly points: Readonly<Record<string, Verdict>>;
  readonly evidence?: Readonly<Record<string, readonly string[]>>;
}

export interface LabelledPhrase {
  readonly vector: SparseVector;
  readonly points: Readonly<Record<string, Verdict | undefined>>;
}

export interface LabelledAnswer {
  readonly id: string;
  /** The rules were written without it, so that it shows how far they can be trusted. */
  readonly unseenByRules: boolean;
  readonly points: Readonly<Record<string, Verdict>>;
  /** One for each stretch of the answer. */
  readonly vectors: readonly SparseVector[];
  readonly windows: readonly Window[];
  /** Which stretches hold the words that earned a point's verdict, where somebody marked them. */
  readonly marked: Readonly<Record<string, readonly number[] | undefined>>;
  /** What the rules alone say. */
  readonly rules: readonly PointResult[];
  readonly flags: readonly Flag[];
}

/** Everything to learn from about one question. */
export interface Material {
  readonly points: readonly string[];
  readonly table: FeatureTable;
  readonly phrases: readonly LabelledPhrase[];
  readonly answers: readonly LabelledAnswer[];
}

const FIXTURES = join(import.meta.dirname, "..", "fixtures", "answers");
/** Sentences of everyday life and of other trades: nothing of them is ever meant. */
const UNRELATED = join(FIXTURES, "unrelated.jsonl");
/** Texts that an earlier reader took for a point which they do not earn. */
const NEAR_MISSES = join(FIXTURES, "near-misses.jsonl");
const PHRASES = join(FIXTURES, "phrases.jsonl");
/** Comparisons and denials, the right way round and the wrong one: the words are the same, the order decides. */
const COMPARISONS = join(FIXTURES, "comparisons.jsonl");
/** What a reader is trained on; the sealed answers are never among them. */
const fixture = (name: string): string => join(FIXTURES, `${name}.jsonl`);
const SEEN_BY_RULES = ["graded", "exemplars"].map(fixture);
/** Answers by hands that the first rules were written without. */
export const UNSEEN_BY_RULES = ["tuned", "hand-c", "hand-d", "hand-e", "hand-f", "hand-g", "hand-h"].map(
  fixture,
);
const TRAINING = [...SEEN_BY_RULES, ...UNSEEN_BY_RULES];

const linesOf = <Line>(path: string): Line[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

export const foldOf = (id: string, folds: number): number => fnvOf(id) % folds;

/** A feature that stands in fewer texts is a chance. */
const FEWEST_TEXTS = 2;
/** Of the phrases about other questions every fourth is enough to show what is not meant. */
const OTHERS = 4;

function tableOf(texts: readonly Features[]): FeatureTable {
  const counts = new Map<number, number>();
  for (const { letters, concepts } of texts) {
    for (const hash of letters) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    for (const hash of concepts) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= FEWEST_TEXTS).sort(([one], [other]) => one - other);
  return {
    rowOf: new Map(kept.map(([hash], row) => [hash, row])),
    rarity: Float32Array.from(kept, ([, count]) => Math.log(1 + texts.length / count)),
  };
}

interface Read {
  readonly reading: Reading | undefined;
  readonly rules: readonly PointResult[];
  readonly flags: readonly Flag[];
}

/** What the grader has of a text before it judges, and what its rules alone say. */
function readByRules(text: string, rubric: CompiledRubric): Read {
  let reading: Reading | undefined;
  const trace = {
    read: (_: Reading, guarded: { readonly reading: Reading }): void => {
      reading = guarded.reading;
    },
    weighed: () => {},
  };
  const { points, flags } = gradeLocally(
    text,
    { ...rubric, reader: undefined, resemblances: undefined },
    { trace },
  );
  return { reading, rules: points, flags };
}

/** The stretches that hold a part of the words. */
function holding(
  words: readonly string[],
  raw: string,
  reading: Reading,
  windows: readonly Window[],
): number[] {
  const { starts, ends } = reading.text;
  const spans = words.map((word) => ({ from: raw.indexOf(word), to: raw.indexOf(word) + word.length }));
  return windows.flatMap(({ from, to }, at) => {
    const start = starts[reading.clauses[from]?.start ?? 0] ?? 0;
    const end = ends[(reading.clauses[to - 1]?.end ?? 1) - 1] ?? 0;
    return spans.some((span) => span.from >= 0 && span.from < end && span.to > start) ? [at] : [];
  });
}

/** What a member may have read before they answer. */
function shownBefore(question: string): string[] {
  const path = join(SHIPPED_CONTENT, "llm-interview-14", `${question}.json`);
  const { text, hints, points } = questionSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const shown = [...hints, ...points.map(({ hint }) => hint)].flatMap(({ zh, en }) => [zh, en]);
  // One that stands there once is outweighed by answers that share a word with it.
  return [text.zh, text.en, ...shown, ...shown, ...shown];
}

/** The questions with labelled answers enough to learn from: those of the first pack. */
export const trainedOn: readonly string[] = readdirSync(join(SHIPPED_CONTENT, "llm-interview-14", "readers"))
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length))
  .sort();

/** The rubric's own examples, each a whole text for its point. */
function examplesOf(question: string): PhraseLine[] {
  const path = join(SHIPPED_CONTENT, "llm-interview-14", `${question}.rubric.json`);
  const { points } = rubricFileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  return points.flatMap(({ id, examples }) =>
    verdictOrder.flatMap((verdict) =>
      examples[verdict].map((text) => ({ question, point: id, verdict, text })),
    ),
  );
}

/** Reads what is labelled for a question and turns it into vectors of one table. */
export function readMaterial(
  rubric: CompiledRubric,
  answerFiles: readonly string[] = TRAINING,
  phraseFile = PHRASES,
): Material {
  const hashes = conceptHashes(rubric.glossary);
  const featuresIn = (reading: Reading | undefined, { from, to }: Window): Features =>
    reading === undefined
      ? { letters: new Set(), concepts: new Set() }
      : joined(
          reading.clauses
            .slice(from, to)
            .map((clause) => clauseFeatures(clause, reading, (meaning) => hashes[meaning] ?? 0)),
        );
  const nearMisses = linesOf<PhraseLine>(NEAR_MISSES);
  const lines = [
    ...linesOf<PhraseLine>(phraseFile),
    ...examplesOf(rubric.questionId),
    ...linesOf<PhraseLine>(COMPARISONS),
    ...nearMisses,
    ...nearMisses,
    ...nearMisses,
  ];
  const phrases = [
    ...lines.filter(({ question }) => question === rubric.questionId),
    ...lines.filter(({ question }) => question !== rubric.questionId).filter((_, at) => at % OTHERS === 0),
    // A hint is shown before the answer, and earns nothing when it is sent back; nor does the question.
    ...[
      ...linesOf<{ readonly text: string }>(UNRELATED),
      ...shownBefore(rubric.questionId).map((text) => ({ text })),
    ].map(({ text }) => ({
      question: "",
      point: "",
      verdict: "miss" as const,
      text,
    })),
  ].flatMap((line: PhraseLine) => {
    const { reading } = readByRules(line.text, rubric);
    const clauses = reading?.clauses ?? [];
    const whole = { from: 0, to: clauses.length };
    // A text that does not earn a point holds no part that does.
    const parts =
      line.verdict === "miss" ? windowsOf(clauses).filter(({ from, to }) => to - from < whole.to) : [];
    return [whole, ...parts].map((window) => ({ line, features: featuresIn(reading, window) }));
  });
  const answers = answerFiles
    .flatMap((file) =>
      linesOf<AnswerLine>(file).map((line) => ({ line, unseenByRules: !SEEN_BY_RULES.includes(file) })),
    )
    .filter(({ line }) => line.question === rubric.questionId)
    .map(({ line, unseenByRules }) => {
      const read = readByRules(line.text, rubric);
      const windows = windowsOf(read.reading?.clauses ?? []);
      return {
        line,
        unseenByRules,
        ...read,
        windows,
        stretches: windows.map((window) => featuresIn(read.reading, window)),
      };
    });
  const table = tableOf([
    ...phrases.map(({ features }) => features),
    ...answers.flatMap(({ stretches }) => stretches),
  ]);
  return {
    points: rubric.points.map(({ id }) => id),
    table,
    phrases: phrases.map(({ line, features }) => ({
      vector: vectorOf(features, table),
      points:
        line.question === rubric.questionId
          ? Object.fromEntries([line.point, ...(line.also ?? [])].map((id) => [id, line.verdict]))
          : {},
    })),
    answers: answers.map(({ line, unseenByRules, reading, windows, stretches, rules, flags }) => ({
      id: line.id,
      unseenByRules,
      points: line.points,
      vectors: stretches.map((features) => vectorOf(features, table)),
      windows,
      marked: Object.fromEntries(
        Object.entries(line.evidence ?? {}).map(([id, words]) => [
          id,
          reading === undefined ? [] : holding(words, line.text, reading, windows),
        ]),
      ),
      rules,
      flags,
    })),
  };
}
