import type { Clause, Reading } from "./reading.ts";
import type { CompiledRubric } from "./rubric.ts";

/** Why a clause is not judged: it instructs the grader, repeats the question, or was said before. */
export type Dropped = "order" | "echo" | "repeat";

/** What the guards found and what of the reading is left to judge. */
export interface Guarded {
  readonly reading: Reading;
  readonly dropped: ReadonlyMap<Clause, Dropped>;
  readonly injection: boolean;
  readonly repeated: boolean;
}

/** Shorter repetitions ("yes", 对吧) are manners of speech. */
const REPEAT_WIDTH = 15;
const ECHO_SHARE = 0.75;

/** Drops clauses that instruct the grader, that only repeat the question, and that were said before. */
export function guard(reading: Reading): Guarded {
  const injected = new Map<number, number>();
  const orders = ordersIn(reading);
  for (const clause of orders) {
    injected.set(clause.sentence, (injected.get(clause.sentence) ?? 0) + 1);
  }
  const said = new Set<string>();
  let repeated = false;
  const dropped = new Map<Clause, Dropped>();
  const drop = (clause: Clause, why: Dropped): false => {
    dropped.set(clause, why);
    return false;
  };
  const clauses = reading.clauses.filter((clause) => {
    // Two orders to the grader in one sentence: the rest of it belongs to them.
    if (orders.has(clause) || (injected.get(clause.sentence) ?? 0) >= 2) return drop(clause, "order");
    if (echoes(clause)) return drop(clause, "echo");
    const words = reading.text.text
      .slice(clause.start, clause.end)
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
    if (said.has(words)) {
      const width = (reading.widths[clause.end] ?? 0) - (reading.widths[clause.start] ?? 0);
      if (width >= REPEAT_WIDTH) repeated = true;
      return drop(clause, "repeat");
    }
    said.add(words);
    return true;
  });
  return { reading: { ...reading, clauses }, dropped, injection: injected.size > 0, repeated };
}

/** Two words of marks and graders so near each other speak to the grader; further apart they speak of school. */
const MARKS_APART = 40;

/** The clauses that tell the grader what to do, or call out to it. */
function ordersIn({ clauses, widths }: Reading): ReadonlySet<Clause> {
  const orders = new Set(clauses.filter(({ tokens }) => tokens.some(({ type }) => type === "injection")));
  // A full score or a system prompt may be what the answer is about: alone, such a word is one like any other.
  const marks = clauses.flatMap((clause) =>
    clause.tokens.filter(({ type }) => type === "marks").map((token) => ({ clause, token })),
  );
  const ordering = new Set([...orders].map(({ sentence }) => sentence));
  for (const [at, { clause, token }] of marks.entries()) {
    if (ordering.has(clause.sentence)) orders.add(clause);
    const next = marks[at + 1];
    if (next === undefined || next.token.start < token.end) continue;
    if ((widths[next.token.start] ?? 0) - (widths[token.end] ?? 0) > MARKS_APART) continue;
    orders.add(clause).add(next.clause);
  }
  return orders;
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
/** So many words of doing, growing or denying make notes of a list. */
const NOTED_MOVES = 2;

const MOVING = new Set([
  "relation",
  "up",
  "down",
  "not",
  "forbid",
  "useless",
  "needless",
  "without",
  "contrast",
  "reject",
]);

/** A pile of terms that claims nothing and mixes in terms that have no business here. */
export function isStuffing(reading: Reading, rubric: CompiledRubric): boolean {
  if (isLaidOut(reading.text.text)) return false;
  if (rubric.gist !== undefined && isBareList(reading)) return true;
  return isIdleList(reading, rubric) || isPile(reading, rubric);
}

const BARE_ITEMS = 6;
const LONGEST_ITEM = 30;
/** Moving words among this many others come by chance. */
const STILL = 8;
const BOUND = 8;
/** Words that bind others into a sentence. */
const BINDING =
  /(?<![a-z])(?:the|an?|is|are|was|were|be|been|has|have|had|will|would|must|may|might|should|can|cannot|do|does|to|of|for|and|or|nor|with|without|its?|in|into|on|onto|by|from|at|as|so|such|that|this|these|those|which|who|what|when|while|where|whether|how|if|unless|until|since|after|before|not|no|nobody|nothing|never|you|your|we|our|i|my|he|she|they|them|their|each|every|everyone|everything|everybody|else|all|any|many|several|few|fewer|more|most|less|least|among|gets?|both|some|others?|another|only|also|even|once|again|up|off|out|over|between|through|against|about|toward|towards|instead|rather|too|very|use|per|than|then|because|although|but)(?![a-z])|[的是了在把会就要而和与让使被用不没再也都先从对到只将能可则后前]/g;

/** Chinese letters on end of which one at least binds, wherever something is said. */
const UNBOUND = 24;

/** Names one after the other without so much as a comma: blanks between Chinese words are not read. */
const isUnbound = (clause: string): boolean =>
  (clause.match(/\p{Script=Han}/gu) ?? []).length >= UNBOUND && clause.match(BINDING) === null;

const LONGEST_NAME = 10;

/** One run of short names with the comma of enumerations between them, and nothing said of them. */
function isEnumeration(text: string): boolean {
  const names = text
    .trim()
    .replace(/[。.]$/, "")
    .split("、");
  return (
    names.length >= BARE_ITEMS &&
    names.every((name) => !/[，。；！？,.;!?\n]/.test(name) && name.trim().length <= LONGEST_NAME)
  );
}

/** Names one after the other that nothing binds: who knows a document's words has not yet said what it says. */
function isBareList({ text: { text }, clauses }: Reading): boolean {
  if (isEnumeration(text)) return true;
  if (clauses.some(({ start, end }) => isUnbound(text.slice(start, end)))) return true;
  const items = text.split(/[,，、/|;；\n·•]+/).filter((item) => item.trim() !== "");
  const words =
    items.length >= BARE_ITEMS ? items : text.split(/[\s,，、/|;；·•]+/).filter((word) => word !== "");
  if (words.length < BARE_ITEMS || words.some((word) => word.trim().length > LONGEST_ITEM)) return false;
  if ((text.match(BINDING) ?? []).length * BOUND >= words.length) return false;
  const moving = clauses.flatMap(({ tokens }) =>
    tokens.filter(({ type, overlay }) => MOVING.has(type) && !overlay),
  );
  return moving.length * STILL <= words.length;
}

const TABLE_ROWS = 3;
const SETTINGS = 3;

/** A table, or settings one under the other: each row says something of its name, with no verb between them. */
function isLaidOut(text: string): boolean {
  let rows = 0;
  let settings = 0;
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (trimmed.startsWith("|") && trimmed.indexOf("|", 1) > 0) rows += 1;
    else if (/^[a-z][a-z0-9_.-]{1,40} ?[:=] ?[a-z0-9"'[{]/.test(trimmed)) settings += 1;
  }
  return rows >= TABLE_ROWS || settings >= SETTINGS;
}

/** Many short items, of which too many propose and claim nothing. */
function isIdleList(reading: Reading, rubric: CompiledRubric): boolean {
  if (rubric.asks === "compare") return false;
  const items: { readonly start: number; readonly end: number }[] = [];
  let short = 0;
  for (const item of reading.text.text.matchAll(/[^,、/|;\n·•]+/g)) {
    if (item[0].trim() === "") continue;
    const end = item.index + item[0].length;
    items.push({ start: item.index, end });
    if ((reading.widths[end] ?? 0) - (reading.widths[item.index] ?? 0) <= ITEM_WIDTH) short += 1;
  }
  if (items.length < LIST_ITEMS || short < SHORT_ITEMS * items.length) return false;
  const tokens = reading.clauses.flatMap((clause) => clause.tokens);
  // Notes put in a word or two what others say in a sentence, and somewhere they say how it goes; a bare list never does.
  const isNotes =
    rubric.asks === "explain" && tokens.filter(({ type }) => MOVING.has(type)).length >= NOTED_MOVES;
  const proposes = (meaning: number): boolean =>
    rubric.proposals.has(meaning) ||
    (isNotes && (rubric.meanings.has(meaning) || meaning >= rubric.glossary.entries.length));
  const speaking = tokens
    .filter((token) => MOVING.has(token.type) || proposes(token.meaning))
    .sort((one, other) => one.start - other.start);
  // Both are in order of place, so that one walk over them does, however long the list.
  let next = 0;
  let idle = 0;
  for (const { start, end } of items) {
    while (next < speaking.length && (speaking[next]?.start ?? 0) < start) next += 1;
    let says = false;
    for (let at = next; at < speaking.length && (speaking[at]?.start ?? 0) < end && !says; at += 1) {
      says = (speaking[at]?.end ?? 0) <= end;
    }
    if (!says) idle += 1;
  }
  return idle >= IDLE_ITEMS * items.length;
}

function isPile(reading: Reading, rubric: CompiledRubric): boolean {
  const terms = new Set<string>();
  const foreign = new Set<string>();
  let said = 0;
  let whole = 0;
  const moving = reading.clauses.flatMap(({ tokens }) =>
    tokens.filter(({ type, overlay }) => MOVING.has(type) && !overlay),
  );
  if (moving.length > NOTED_MOVES) return false;
  for (const clause of reading.clauses) {
    const named = clause.tokens.filter((token) => topicsOf(token.meaning, rubric).length > 0);
    const moves = clause.tokens.some((token) => MOVING.has(token.type) && !token.overlay);
    if (moves && named.length > 0 && clause.tokens.some((token) => token.type === "concept")) return false;
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
  return rubric.asks === "compare" || foreign.size >= 2;
}

/** Letters of a clause that are names of things. */
function lettersOf(clause: Clause): number {
  let letters = 0;
  let free = 0;
  for (const token of clause.tokens) {
    if (token.overlay || (token.type !== "concept" && token.type !== "subject") || token.end <= free)
      continue;
    const from = Math.max(token.start, free);
    // What a pattern passes over is not its name.
    const passed = (token.gaps ?? []).reduce(
      (sum, { start, end }) => sum + Math.max(0, end - Math.max(start, from)),
      0,
    );
    letters += token.end - from - passed;
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
