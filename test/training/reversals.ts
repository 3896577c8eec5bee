import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gradeLocally } from "#core/scoring/local-grader";
import type { ReversalEvidence } from "#core/scoring/reversal";
import { type CompiledRubric, compileRubric } from "#core/scoring/rubric";
import { loadGlossary, loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { draftedCases } from "#test/drafting/drafted";
import { asDrafted, numberOf } from "./likelihood.ts";
import { type Example, learnOdds } from "./odds.ts";
import { readSaid } from "./said-alike.ts";
import { SETS } from "./sets.ts";

/**
 * Last part of `npm run grade:drafts`: learns what tells that an answer says the reverse of a drafted point which it seems
 * to cover, and writes it beside the grader. The same material gives the same bytes.
 */
const FILE = join(import.meta.dirname, "..", "..", "src", "core", "scoring", "reversal.json");
/** One answer to a shipped question in so many is taken. */
const ONE_IN = 2;
const SET_WEIGHT = 8;
/** Topics and sets are left out in so many groups. */
const GROUPS = 5;
/** Logarithms of odds, chosen by the sets left out one by one: half is taken from there on, and all. */
const MIXED = -0.7;
const CONTRADICT = 0;
const before = readFileSync(FILE, "utf8");
const { weights: known } = JSON.parse(before) as { weights: Record<keyof ReversalEvidence, number> };
const NAMES = Object.keys(known) as (keyof ReversalEvidence)[];

/** Of one point that an answer seems to cover; `fold` is left out together. */
interface Turned extends Example {
  readonly fold: string;
  readonly isCovered: boolean;
}

function turnedIn(text: string, rubric: CompiledRubric, fold: string, labels: readonly string[]): Turned[] {
  const seen: Turned[] = [];
  const turned = (point: number, evidence: ReversalEvidence): void => {
    const label = labels[point];
    seen.push({
      fold,
      seen: NAMES.map((name) => evidence[name]),
      weight: fold.startsWith("the set ") ? SET_WEIGHT : 1,
      isSo: label === "contradict",
      isCovered: label === "hit" || label === "partial",
    });
  };
  gradeLocally(text, rubric, { trace: { read: () => {}, weighed: () => {}, turned } });
  return seen;
}

function fromShipped(): Turned[] {
  const glossary = loadGlossary();
  const answers = readSaid().filter(({ id }) => numberOf(id) % ONE_IN === 0);
  return loadLibrary(SHIPPED_CONTENT).questions.flatMap((question) =>
    (["zh", "en"] as const).flatMap((locale) => {
      const { files } = asDrafted(question, locale, glossary);
      const rubric = compileRubric(files.question, files.rubric, glossary);
      return answers
        .filter((answer) => answer.question === question.id)
        .flatMap(({ text, points }) =>
          turnedIn(
            text,
            rubric,
            question.topic,
            question.points.map(({ id }) => points[id] ?? "miss"),
          ),
        );
    }),
  );
}

async function fromSets(): Promise<Turned[]> {
  const cases = await Promise.all(
    SETS.map(async (set) => (await draftedCases(set)).map((one) => ({ set, ...one }))),
  );
  return cases.flat().flatMap(({ set, answer, rubric, points }) =>
    turnedIn(
      answer.text,
      rubric,
      `the set ${set}`,
      points.map(({ expected }) => expected),
    ),
  );
}

const all = [...fromShipped(), ...(await fromSets())];
const oddsBy = ({ bias, weights }: ReturnType<typeof learnOdds>, { seen }: Example): number =>
  weights.reduce((sum, weight, at) => sum + weight * (seen[at] ?? 0), bias);
const folds = [...new Set(all.map(({ fold }) => fold))];
for (let group = 0; group < GROUPS; group += 1) {
  const left = new Set(folds.filter((_, at) => at % GROUPS === group));
  const learnt = learnOdds(all.filter(({ fold }) => !left.has(fold)));
  for (const fold of left) {
    const own = all.filter((one) => one.fold === fold);
    const found = own.filter((one) => oddsBy(learnt, one) > CONTRADICT);
    const halved = own.filter((one) => oddsBy(learnt, one) > MIXED);
    const reversed = (some: readonly Turned[]): number => some.filter(({ isSo }) => isSo).length;
    const honest = (some: readonly Turned[]): number => some.filter(({ isCovered }) => isCovered).length;
    process.stdout.write(
      `${fold} left out: ${reversed(own)} reversed and ${honest(own)} right points credited; ` +
        `taken away ${reversed(found)} and ${honest(found)}, at most half ${reversed(halved)} and ${honest(halved)}\n`,
    );
  }
}
const { bias, weights } = learnOdds(all);
const rounded = (value: number): number => Math.round(10_000 * value) / 10_000;
const learnt = {
  bias: rounded(bias),
  weights: Object.fromEntries(NAMES.map((name, at) => [name, rounded(weights[at] ?? 0)])),
  contradict: CONTRADICT,
  mixed: MIXED,
};
const bytes = `${JSON.stringify(learnt, null, 2)}\n`;
if (before !== bytes) writeFileSync(FILE, bytes);
