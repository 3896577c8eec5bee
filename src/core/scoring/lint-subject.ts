import type { Locale } from "#core/language";
import type { Question } from "#core/pack/question";
import { compileGlossary, type Glossary, type GlossaryFile } from "./glossary.ts";
import type { Verdict } from "./grader.ts";
import { gradeLocally } from "./local-grader.ts";
import { type CompiledRubric, compileRubric, type RubricFile } from "./rubric.ts";

/** What a draft may still be without while it is graded; before it is published, somebody adds it. */
export const lacks = [
  "untranslated",
  "unwritten",
  "chinese-words",
  "english-words",
  "chinese-hit",
  "english-hit",
  "contradiction",
  "rule",
] as const;
export type Lack = (typeof lacks)[number];

/** One thing that keeps rules from doing what their author meant, and what to do about it. */
export interface LintFinding {
  /** Which file it is in: one of the question's two, or the glossary file of that number. */
  readonly file: "question" | "rubric" | number;
  /** Where in that file's JSON. */
  readonly path: readonly (string | number)[];
  /** Neither question nor point where it is the glossary's. */
  readonly question: string | undefined;
  readonly point: string | undefined;
  readonly what: string;
  readonly mend: string;
  /** Where it is no fault, but something that a draft is still without; "rule" is one that does nothing, or too much. */
  readonly lack?: Lack | undefined;
}

/** A compiled glossary beside the aliases it was made of, which compiling forgets. */
export interface Words {
  readonly glossary: Glossary;
  /** By concept id. */
  readonly aliases: ReadonlyMap<string, Readonly<Record<Locale, readonly string[]>>>;
}

export function wordsOf(files: readonly GlossaryFile[]): Words {
  const aliases = new Map<string, Record<Locale, string[]>>();
  for (const [id, entry] of files.flatMap((file) => Object.entries(file.entries))) {
    const known = aliases.get(id) ?? { zh: [], en: [] };
    known.zh.push(...entry.zh);
    known.en.push(...entry.en);
    aliases.set(id, known);
  }
  return { glossary: compileGlossary(files), aliases };
}

/** One question's rules, and the means to try them. */
export interface LintSubject {
  readonly question: Question;
  readonly file: RubricFile;
  readonly rubric: CompiledRubric;
  readonly words: Words;
  /** Grades a text as a whole answer. */
  readonly attempt: (text: string) => Attempt;
  /** The same by what the rules ask for, whatever else the text is like. */
  readonly attemptByRules: (text: string) => Attempt;
}

export interface Attempt {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Whether a rule or list of phrases of the point, by its text, was fulfilled. */
  readonly fired: (point: string, rule: string) => boolean;
}

export function subjectOf(question: Question, file: RubricFile, words: Words): LintSubject {
  const rubric = compileRubric(question, file, words.glossary);
  const attemptBy = (by: CompiledRubric, text: string): Attempt => {
    const fired = new Set<string>();
    const { points } = gradeLocally(text, by, {
      trace: {
        read: () => {},
        weighed: (point, ...sides) => {
          for (const { match } of sides.flat()) fired.add(`${point.id} ${match.rule.text}`);
        },
      },
    });
    return {
      verdicts: new Map(points.map(({ id, verdict }) => [id, verdict])),
      fired: (point, rule) => fired.has(`${point} ${rule}`),
    };
  };
  const rules: CompiledRubric = { ...rubric, resemblances: undefined };
  return {
    question,
    file,
    rubric,
    words,
    attempt: (text) => attemptBy(rubric, text),
    attemptByRules: (text) => attemptBy(rules, text),
  };
}

export const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
