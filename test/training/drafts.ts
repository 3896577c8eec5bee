import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSenses, type Senses } from "#core/scoring/senses";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { type Weighed, weighDrafted, weighShipped } from "./likelihood.ts";
import { agreement, type Example, learnOdds, type Odds } from "./odds.ts";
import { readSaid, saidAlike } from "./said-alike.ts";
import { learnSenses } from "./senses.ts";
import { SETS } from "./sets.ts";

/**
 * Second part of `npm run grade:drafts`: learns how to weigh what an answer to a drafted question says, and writes it
 * beside the grader. It is learnt of topics whose words were not. The same material gives the same bytes.
 */
const SCORING = join(import.meta.dirname, "..", "..", "src", "core", "scoring");
/** Odds, as a logarithm, with less of which an answer is taken to speak of something else. */
const LEAST_ON_TOPIC = 0.3;
const HIT = 0.5;
const THRESHOLDS = Array.from({ length: 41 }, (_, at) => 0.2 + at / 100);

const TOPIC = ["relevance", "whole", "clauses"] as const;
const COVERS = [
  "near",
  "ahead",
  "own",
  "rank",
  "clauses",
  "signsStrictly",
  "signs",
  "signsAhead",
  "hit",
  "partial",
] as const;

const oddsOf = ({ bias, weights }: Odds, seen: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * (seen[at] ?? 0), bias);

/** Answers that speak of the question against those that do not, as many of both. */
function learnTopic(all: readonly Weighed[]): Odds {
  const examples = all
    .filter(({ isStrange, covered }) => isStrange || covered.includes(true))
    .map(({ evidences: { topic }, isStrange, weight, covered }) => ({
      seen: TOPIC.map((name) => topic[name]),
      isSo: !isStrange,
      weight: (isStrange ? 1 : weight) * covered.length,
    }));
  const sumOf = (isSo: boolean): number =>
    examples.reduce((sum, one) => sum + (one.isSo === isSo ? one.weight : 0), 0);
  const [own, strange] = [sumOf(true), sumOf(false)];
  return learnOdds(examples.map((one) => ({ ...one, weight: one.weight / (one.isSo ? own : strange) })));
}

interface Learnt {
  readonly topic: Odds;
  readonly covers: Odds;
  readonly threshold: number;
}

/** An example of each point that the rules leave open; odds below any where the answer speaks of something else. */
function examplesOf(all: readonly Weighed[], topic: Odds): (Example & { readonly isOn: boolean })[] {
  return all.flatMap(({ evidences, covered, weight }) => {
    const isOn =
      oddsOf(
        topic,
        TOPIC.map((name) => evidences.topic[name]),
      ) >= LEAST_ON_TOPIC;
    return evidences.points.flatMap((point, at) =>
      point === undefined
        ? []
        : [{ seen: COVERS.map((name) => point[name]), isSo: covered[at] === true, weight, isOn }],
    );
  });
}

function learn(all: readonly Weighed[]): Learnt {
  const topic = learnTopic(all);
  const covers = learnOdds(examplesOf(all, topic).filter(({ isOn }) => isOn));
  const own = all.filter(({ isStrange }) => !isStrange);
  const weighed = withOdds(own, topic, covers);
  const threshold = THRESHOLDS.reduce((best, one) =>
    agreement(weighed, logOf(one)) > agreement(weighed, logOf(best)) ? one : best,
  );
  return { topic, covers, threshold };
}

const logOf = (likelihood: number): number => Math.log(likelihood / (1 - likelihood));
const withOdds = (
  all: readonly Weighed[],
  topic: Odds,
  covers: Odds,
): (Example & { readonly odds: number })[] =>
  examplesOf(all, topic).map((one) => ({
    ...one,
    odds: one.isOn ? oddsOf(covers, one.seen) : Number.NEGATIVE_INFINITY,
  }));

const rounded = (value: number): number => Math.round(10_000 * value) / 10_000;
const named = (names: readonly string[], { bias, weights }: Odds) => ({
  bias: rounded(bias),
  weights: Object.fromEntries(names.map((name, at) => [name, rounded(weights[at] ?? 0)])),
});

const answers = readSaid();
const library = loadLibrary(SHIPPED_CONTENT);
const topics = [...new Set(library.questions.map(({ topic }) => topic))].toSorted();
const byTopic = new Map(
  topics.map((topic) => [topic, readSenses(learnSenses(saidAlike(library, answers, new Set([topic]))))]),
);
const sensesWithout = (topic: string): Senses => {
  const senses = byTopic.get(topic);
  if (senses === undefined) throw new Error(`${topic} is no topic of the shipped questions`);
  return senses;
};
const all = [...weighShipped(library, answers, sensesWithout), ...(await weighDrafted(SETS))];
for (const set of new Set(all.map(({ fold }) => fold))) {
  const { topic, covers, threshold } = learn(all.filter(({ fold }) => fold !== set));
  const left = all.filter(({ fold, isStrange }) => fold === set && !isStrange);
  const f1 = agreement(withOdds(left, topic, covers), logOf(threshold));
  process.stdout.write(`${set} left out: F1 ${f1.toFixed(3)} of the points that the rules leave open\n`);
}
const { topic, covers, threshold } = learn(all);
const weights = {
  onTopic: { ...named(TOPIC, topic), least: LEAST_ON_TOPIC },
  covers: { ...named(COVERS, covers), partial: threshold, hit: HIT },
};
writeFileSync(join(SCORING, "likelihood.json"), `${JSON.stringify(weights, null, 2)}\n`);
