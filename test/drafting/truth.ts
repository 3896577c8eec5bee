import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Draft, DraftQuestion } from "#src/drafting/draft";
import { importDocument } from "#src/drafting/formats/format";

/** What a reader says that a stretch of a document is; see the README beside the documents. */
const markSchema = z.object({
  kind: z.enum(["question", "unanswered", "point", "answer", "code", "not"]),
  /** 1-based, inclusive; absent where the text is drawn from the file, which is then found by its words. */
  lines: z.tuple([z.number(), z.number()]).optional(),
  text: z.string().optional(),
  title: z.string().optional(),
  /** How many facts a reader finds there; a question with this has its answer on the same line. */
  facts: z.number().optional(),
});
const truthSchema = z.object({ shape: z.string(), marks: z.array(markSchema) });

type Range = readonly [number, number];

interface TruePoint {
  readonly lines: Range;
  readonly facts: number;
}

interface TrueQuestion {
  readonly title: string;
  readonly line: number;
  readonly answered: boolean;
  readonly points: TruePoint[];
  /** The lines on which something of its answer stands. */
  readonly answer: Set<number>;
}

/** How far a draft agrees with a reader, in counts that can be added up over documents. */
export interface Agreement {
  readonly questions: number;
  readonly found: number;
  readonly drafted: number;
  readonly false: number;
  readonly facts: number;
  readonly factsFound: number;
  readonly points: number;
  readonly junk: number;
  /** Lines that are not blank and lie in no question and no dropped range, or in two. */
  readonly lost: number;
  /** Questions found that are said to have an answer and have none, or the other way round. */
  readonly wronglyScored: number;
  readonly complaints: readonly string[];
}

const letters = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** Where each mark lies; marks that have only words are looked for one behind the other in the text. */
function placed(
  marks: z.infer<typeof truthSchema>["marks"],
  text: string,
): { lines: Range; mark: (typeof marks)[number] }[] {
  const lineOf: number[] = [];
  let all = "";
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const own = letters(line);
    all += own;
    for (let unit = 0; unit < own.length; unit += 1) lineOf.push(index + 1);
  }
  let from = 0;
  return marks.flatMap((mark) => {
    if (mark.lines !== undefined) return [{ lines: mark.lines, mark }];
    if (mark.kind === "not") return [];
    const words = letters(mark.text ?? "");
    const at = all.indexOf(words, from);
    if (at < 0) return [{ lines: [-1, -1] as const, mark }];
    from = at + words.length;
    return [{ lines: [lineOf[at] ?? -1, lineOf[from - 1] ?? -1] as const, mark }];
  });
}

function questionsIn(file: string, text: string): TrueQuestion[] {
  const { marks } = truthSchema.parse(JSON.parse(readFileSync(`${file}.truth.json`, "utf8")));
  const questions: TrueQuestion[] = [];
  for (const { lines, mark } of placed(marks, text)) {
    const { kind, title, facts } = mark;
    const isHead = kind === "question" || kind === "unanswered";
    if (isHead)
      questions.push({
        title: title ?? "",
        line: lines[0],
        answered: kind === "question",
        points: [],
        answer: new Set(),
      });
    const current = questions.at(-1);
    if (current === undefined || kind === "not" || (isHead && facts === undefined)) continue;
    for (let line = lines[0]; line <= lines[1]; line += 1) current.answer.add(line);
    if (facts !== undefined && facts > 0) current.points.push({ lines, facts });
  }
  return questions;
}

function isAlike(one: string, other: string): boolean {
  const [short = "", long = ""] = [letters(one), letters(other)].sort((a, b) => a.length - b.length);
  return long.includes(short) && (short.length >= 10 || short.length * 2 >= long.length);
}

const overlaps = (one: Range, other: Range): boolean => one[0] <= other[1] && other[0] <= one[1];

/** How many of the facts the drafted points stand for, each point counting for one stretch at most. */
function factsFound({ points }: TrueQuestion, drafted: DraftQuestion["points"]): number {
  const left = points.map(({ facts }) => facts);
  for (const { lines } of drafted) {
    const index = points.findIndex((point, place) => (left[place] ?? 0) > 0 && overlaps(point.lines, lines));
    if (index >= 0) left[index] = (left[index] ?? 0) - 1;
  }
  return points.reduce((sum, { facts }, index) => sum + facts - (left[index] ?? 0), 0);
}

function isJunk(lines: Range, written: ReadonlySet<number>, truth: TrueQuestion | undefined): boolean {
  for (let line = lines[0]; line <= lines[1]; line += 1)
    if (written.has(line) && truth?.answer.has(line) !== true) return true;
  return false;
}

function lostLines(written: ReadonlySet<number>, { questions, dropped }: Draft): number[] {
  const ranges = [...questions, ...dropped].map(({ lines }) => lines);
  return [...written].filter((line) => ranges.filter((range) => overlaps(range, [line, line])).length !== 1);
}

function agreement(truths: readonly TrueQuestion[], draft: Draft, text: string): Agreement {
  const lines = text.split(/\r?\n/u);
  const written = new Set(lines.flatMap((line, index) => (line.trim() === "" ? [] : [index + 1])));
  // A line of nothing but tags says nothing, so it cannot be junk.
  const worded = new Set(
    [...written].filter((line) => (lines[line - 1] ?? "").replace(/<[^<>]*>/gu, "").trim() !== ""),
  );
  const left = new Set(truths);
  const complaints: string[] = [];
  let [factsOf, points, junk, wronglyScored, falseOnes] = [0, 0, 0, 0, 0];
  for (const question of draft.questions) {
    const truth = [...left].find(
      ({ title, line }) => Math.abs(line - question.lines[0]) <= 2 && isAlike(title, question.title),
    );
    if (truth === undefined) {
      falseOnes += 1;
      complaints.push(`false question at ${question.lines[0]}: ${question.title}`);
    } else {
      left.delete(truth);
      const found = factsFound(truth, question.points);
      factsOf += found;
      const facts = truth.points.reduce((sum, point) => sum + point.facts, 0);
      if (found < facts) complaints.push(`${found} of ${facts} facts at ${truth.line}: ${truth.title}`);
      if (truth.answered !== question.scorable) {
        wronglyScored += 1;
        complaints.push(`scorable is ${question.scorable} at ${truth.line}: ${truth.title}`);
      }
    }
    points += question.points.length;
    for (const point of question.points)
      if (isJunk(point.lines, worded, truth)) {
        junk += 1;
        complaints.push(`junk point at ${point.lines.join("–")}: ${point.title}`);
      }
  }
  for (const { line, title } of left) complaints.push(`missed at ${line}: ${title}`);
  const lost = lostLines(written, draft);
  for (const line of lost) complaints.push(`line ${line} in no place or in two: ${lines[line - 1]}`);
  return {
    questions: truths.length,
    found: truths.length - left.size,
    drafted: draft.questions.length,
    false: falseOnes,
    facts: truths.flatMap((truth) => truth.points).reduce((sum, { facts }) => sum + facts, 0),
    factsFound: factsOf,
    points,
    junk,
    lost: lost.length,
    wronglyScored,
    complaints,
  };
}

/** Imports a document that has a truth file beside it, and compares the draft with that. */
export async function measure(file: string): Promise<Agreement> {
  const bytes = readFileSync(file);
  const { draft, extracted } = await importDocument(file.split("/").at(-1) ?? file, bytes);
  const isText = extracted === null;
  const text = isText ? new TextDecoder(encodingOf(bytes)).decode(bytes) : extracted;
  return agreement(questionsIn(file, text), draft, text);
}

/** GB18030 where the bytes are no UTF-8. */
function encodingOf(bytes: Buffer): string {
  return bytes.toString("utf8").includes("\uFFFD") ? "gb18030" : "utf-8";
}

export const documentsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !name.endsWith(".truth.json") && name !== "README.md")
    .sort()
    .map((name) => join(folder, name));

/** The sum of several documents. */
export function sumOf(all: readonly Agreement[]): Agreement {
  const sum = (key: Exclude<keyof Agreement, "complaints">): number =>
    all.reduce((total, one) => total + one[key], 0);
  return {
    questions: sum("questions"),
    found: sum("found"),
    drafted: sum("drafted"),
    false: sum("false"),
    facts: sum("facts"),
    factsFound: sum("factsFound"),
    points: sum("points"),
    junk: sum("junk"),
    lost: sum("lost"),
    wronglyScored: sum("wronglyScored"),
    complaints: all.flatMap(({ complaints }) => complaints),
  };
}

const share = (part: number, whole: number): string =>
  `${part} of ${whole} (${whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`})`;

export const inWords = (sum: Agreement): string =>
  [
    `questions found ${share(sum.found, sum.questions)}`,
    `false ${share(sum.false, sum.drafted)}`,
    `facts found ${share(sum.factsFound, sum.facts)}`,
    `junk points ${share(sum.junk, sum.points)}`,
    `lines lost ${sum.lost}`,
    `wrongly scorable ${sum.wronglyScored}`,
  ].join(", ");
