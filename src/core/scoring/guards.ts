import type { Clause, Reading } from "./reading.ts";
import type { CompiledRubric } from "./rubric.ts";

/** What the guards found and what of the reading is left to judge. */
export interface Guarded {
  readonly reading: Reading;
  readonly injection: boolean;
  readonly repeated: boolean;
}

/** Shorter repetitions ("yes", 对吧) are manners of speech. */
const REPEAT_WIDTH = 15;
const ECHO_SHARE = 0.75;

/** Drops clauses that instruct the grader, that only repeat the question, and that were said before. */
export function guard(reading: Reading): Guarded {
  const injected = new Map<number, number>();
  for (const clause of reading.clauses) {
    if (!instructs(clause)) continue;
    injected.set(clause.sentence, (injected.get(clause.sentence) ?? 0) + 1);
  }
  const said = new Set<string>();
  let repeated = false;
  const clauses = reading.clauses.filter((clause) => {
    // Two orders to the grader in one sentence: the rest of it belongs to them.
    if (instructs(clause) || (injected.get(clause.sentence) ?? 0) >= 2) return false;
    if (echoes(clause)) return false;
    const words = reading.text.text
      .slice(clause.start, clause.end)
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
    if (said.has(words)) {
      const width = (reading.widths[clause.end] ?? 0) - (reading.widths[clause.start] ?? 0);
      if (width >= REPEAT_WIDTH) repeated = true;
      return false;
    }
    said.add(words);
    return true;
  });
  return { reading: { ...reading, clauses }, injection: injected.size > 0, repeated };
}

function instructs(clause: Clause): boolean {
  return clause.tokens.some((token) => token.type === "injection");
}

function echoes(clause: Clause): boolean {
  const concepts = clause.tokens.filter((token) => token.type === "concept" || token.type === "subject");
  const masked = concepts.filter((token) => token.masked);
  return masked.length > 0 && masked.length / concepts.length >= ECHO_SHARE;
}

/** Share of the letters that terms make up in a mere list of them. */
const DENSE = 0.5;
/** A list this long, of items this short, is read as one, whatever little words it holds. */
const LIST_ITEMS = 8;
const ITEM_WIDTH = 24;
const SHORT_ITEMS = 0.85;
/** Share of a list's items that may propose nothing. */
const IDLE_ITEMS = 0.5;

const MOVING = new Set([
  "relation",
  "up",
  "down",
  "not",
  "forbid",
  "useless",
  "without",
  "contrast",
  "reject",
]);

/** A pile of terms that claims nothing and mixes in terms that have no business here. */
export function isStuffing(reading: Reading, rubric: CompiledRubric): boolean {
  return isIdleList(reading, rubric) || isPile(reading, rubric);
}

/** Many short items, of which too many propose and claim nothing. */
function isIdleList(reading: Reading, rubric: CompiledRubric): boolean {
  if (rubric.asks === "compare") return false;
  const tokens = reading.clauses.flatMap((clause) => clause.tokens);
  let items = 0;
  let short = 0;
  let idle = 0;
  for (const item of reading.text.text.matchAll(/[^,、/|;\n·•]+/g)) {
    if (item[0].trim() === "") continue;
    items += 1;
    const end = item.index + item[0].length;
    if ((reading.widths[end] ?? 0) - (reading.widths[item.index] ?? 0) <= ITEM_WIDTH) short += 1;
    const inside = tokens.filter((token) => token.start >= item.index && token.end <= end);
    const says = inside.some((token) => MOVING.has(token.type) || rubric.proposals.has(token.meaning));
    if (!says) idle += 1;
  }
  return items >= LIST_ITEMS && short >= SHORT_ITEMS * items && idle >= IDLE_ITEMS * items;
}

function isPile(reading: Reading, rubric: CompiledRubric): boolean {
  const terms = new Set<string>();
  const foreign = new Set<string>();
  let said = 0;
  let whole = 0;
  for (const clause of reading.clauses) {
    const named = clause.tokens.filter((token) => topicsOf(token.meaning, rubric).length > 0);
    const moves = clause.tokens.some((token) => MOVING.has(token.type) && !token.overlay);
    if (moves && clause.tokens.some((token) => token.type === "concept")) return false;
    if (named.length === 0) continue;
    whole += clause.end - clause.start;
    said += lettersOf(clause);
    // In a comparison, a thing and what is said of it make a statement even without a verb.
    const compared = named.some((token) => token.type === "subject");
    const labels = reading.text.text.charAt(clause.end) === ":";
    const states = labels || named.some((token) => token.type === "concept");
    if (compared && states && rubric.asks === "compare") return false;
    if (moves) return false;
    for (const token of named) {
      const word = reading.text.text.slice(token.start, token.end);
      terms.add(word);
      const own = topicsOf(token.meaning, rubric).some((topic) => rubric.topics.has(topic));
      if (!own && !rubric.meanings.has(token.meaning)) foreign.add(word);
    }
  }
  if (terms.size < 4 || said < DENSE * whole) return false;
  // A comparison has no remedies to list: bare nouns say nothing of it.
  return rubric.asks === "compare" || foreign.size >= 2 || foreign.size / terms.size >= 0.25;
}

/** Letters of a clause that are names of things. */
function lettersOf(clause: Clause): number {
  let letters = 0;
  let free = 0;
  for (const token of clause.tokens) {
    if (token.overlay || (token.type !== "concept" && token.type !== "subject") || token.end <= free)
      continue;
    letters += token.end - Math.max(token.start, free);
    free = token.end;
  }
  return letters;
}

/** The answer talks about something else: concepts of other questions, none that is this question's alone. */
export function isOffTopic(reading: Reading, rubric: CompiledRubric): boolean {
  const foreign = new Set<number>();
  for (const clause of reading.clauses) {
    for (const token of clause.tokens) {
      const topics = topicsOf(token.meaning, rubric);
      if (topics.length === 0) continue;
      const own = topics.some((topic) => rubric.topics.has(topic));
      if (own && topics.every((topic) => rubric.topics.has(topic))) return false;
      if (!own) foreign.add(token.meaning);
    }
  }
  return foreign.size >= 2;
}

function topicsOf(meaning: number, rubric: CompiledRubric): readonly string[] {
  return rubric.glossary.entries[meaning]?.topics ?? [];
}
