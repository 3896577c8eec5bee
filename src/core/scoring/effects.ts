import type { Match } from "./match.ts";
import type { Clause, Reading, Token } from "./reading.ts";

/** Words that say what something does, by their numbers in the glossary. */
export interface EffectWords {
  /** "makes it worse", 适得其反 */
  readonly worse: ReadonlySet<number>;
  /** "no difference", 没关系 */
  readonly nothing: ReadonlySet<number>;
  /** "accuracy", "effective batch": to change nothing about them is praise. */
  readonly quality: ReadonlySet<number>;
}

/** What a point's subject does, by its claim: a remedy lowers memory, a bigger batch raises it. */
export interface Effect {
  /** What is raised or lowered. */
  readonly of: ReadonlySet<number>;
  /** 1 raises it, -1 lowers it, 0 where only "nothing at all" speaks against the point. */
  readonly sign: 1 | -1 | 0;
  readonly words: EffectWords;
  /** Whether to say that it changes nothing is an objection. */
  readonly isMeantToAct: boolean;
  /** Concepts that a clause may be about: one that names none of them comments on the clause before it. */
  readonly topics: ReadonlySet<number>;
}

/** How far a denial reaches forward, in widths. */
const NOT_BEFORE = 30;
const DENYING: ReadonlySet<string> = new Set(["not", "forbid", "needless"]);
/** "than LoRA": what stands behind it is only compared with. */
const STANDARD =
  /(?:比起?|相比|较之|\bthan|compared (?:to|with)|relative to|versus|vs\.?) ?(?:用|做|开|the|a|using|with)? ?$/;
/** What holds only otherwise says nothing of the thing itself. */
const OTHERWISE = /^(?:否则|不然|要不然|要不|otherwise|or else|else )/;
/** What opens like this goes on about what was named before. */
const GOES_ON =
  /^(?:这|那|它|他们|都|两者|二者|两个|全都|一样|反而|it |it'|they |this |these |that |those |both|neither|none of|either|all of)/;

const isFor = (token: Token, { of }: Effect): boolean => !token.masked && of.has(token.meaning);

/** Whether an odd number of denials stands before the word, in its clause. */
function isDenied(word: Token, clause: Clause, { widths }: Reading): boolean {
  let denials = 0;
  for (const { type, start, end, overlay } of clause.tokens) {
    if (overlay || !DENYING.has(type) || (start >= word.start && end <= word.end)) continue;
    const gap = (widths[word.start] ?? 0) - (widths[end] ?? 0);
    if (gap >= 0 && gap <= NOT_BEFORE) denials += 1;
  }
  return denials % 2 === 1;
}

/** How near a direction word must stand to a thing that is no quantity: 忘得更多. */
const PUSH_REACH = 12;

function directionOf(token: Token, clause: Clause, { widths }: Reading): number {
  if (token.direction !== 0) return token.direction;
  for (const { type, start, end, overlay } of clause.tokens) {
    if (overlay || (type !== "up" && type !== "down")) continue;
    const gap =
      start >= token.end
        ? (widths[start] ?? 0) - (widths[token.end] ?? 0)
        : (widths[token.start] ?? 0) - (widths[end] ?? 0);
    if (gap >= 0 && gap <= PUSH_REACH) return type === "up" ? 1 : -1;
  }
  return 0;
}

/**
 * What a clause says is done, of which a claim in direction `used` holds the opposite.
 *
 * @param used the direction of the claimed thing itself: 1 grows or is used, -1 shrinks, 0 not said
 * @returns undefined where the clause says nothing of an effect
 */
function opposes(
  clause: Clause,
  reading: Reading,
  effect: Effect,
  used: number,
  taken: readonly Token[],
): boolean | undefined {
  const expected = used * effect.sign;
  let heard: boolean | undefined;
  const praises = clause.tokens.some(({ meaning }) => effect.words.quality.has(meaning));
  const [anchor] = taken;
  for (const token of clause.tokens) {
    if (token.masked || taken.includes(token)) continue;
    // What stands before a remedy is what it is to mend: "out of memory, so halve the batch".
    if (effect.sign !== 1 && anchor !== undefined && token.start < anchor.end) continue;
    if (effect.sign === 0 && token.type === "useless") continue;
    const denied = isDenied(token, clause, reading);
    if (effect.words.nothing.has(token.meaning) || token.type === "useless") {
      if (!denied && !praises && effect.isMeantToAct) return true;
      heard = false;
    } else if (effect.sign !== 0 && expected !== 0) {
      const worse = effect.words.worse.has(token.meaning);
      const done = worse ? 1 : isFor(token, effect) ? directionOf(token, clause, reading) : 0;
      if (done === 0) continue;
      if (denied ? done === expected : done === -expected) return true;
      heard = false;
    }
  }
  return heard;
}

const namesTopic = (clause: Clause, { topics, of }: Effect, own: number): boolean =>
  clause.tokens.some(
    ({ masked, meaning }) => !masked && meaning !== own && topics.has(meaning) && !of.has(meaning),
  );

/** Another item of the list that the thing itself stands in. */
const isListed = (clause: Clause, { text }: Reading): boolean =>
  text.text.charAt(clause.start - 1) === "、" ||
  /^(?:or|and|或|和|以及) ?/.test(text.text.slice(clause.start, clause.start + 4));

/** Whether the clause opens with what it says of the thing named before: "…, 不占地方". */
const isMerelySaid = (clause: Clause, { words }: Effect): boolean =>
  clause.tokens.some(
    ({ start, meaning, type }) =>
      start - clause.start <= 2 && (words.nothing.has(meaning) || type === "useless"),
  );

function isOpen(clause: Clause, reading: Reading): boolean {
  if (clause.asked || clause.believed || clause.rejected) return false;
  if (clause.tokens.some(({ type }) => type === "without" || type === "correct")) return false;
  return !OTHERWISE.test(reading.text.text.slice(clause.start, clause.start + 12));
}

/** How far on a thing may be commented on without being named again. */
const COMMENTS = 2;

/**
 * Whether the answer says of what it names that it does nothing, or the opposite of what the point claims: in the same
 * clause, or in one behind it that goes on about it.
 */
export function speaksAgainst(match: Match, effect: Effect, reading: Reading): boolean {
  const home = reading.clauses[match.clause];
  const anchor = match.tokens[0];
  if (home === undefined || anchor === undefined || !isOpen(home, reading)) return false;
  const before = reading.text.text.slice(Math.max(home.start, anchor.start - 16), anchor.start);
  if (STANDARD.test(before)) return false;
  const used = effect.sign === -1 ? 1 : anchor.direction;
  const here = opposes(home, reading, effect, used, match.tokens);
  if (here !== undefined) return here;
  let comments = 0;
  for (let at = match.clause + 1; comments < COMMENTS; at += 1) {
    const next = reading.clauses[at];
    if (next === undefined || !isOpen(next, reading)) return false;
    if (next.sentence === home.sentence && isListed(next, reading)) continue;
    if (namesTopic(next, effect, anchor.meaning)) return false;
    comments += 1;
    const goesOn = GOES_ON.test(reading.text.text.slice(next.start, next.start + 12));
    if (next.sentence !== home.sentence && !(goesOn && next.sentence === home.sentence + 1)) return false;
    const there =
      effect.sign === 0 && !goesOn && !isMerelySaid(next, effect)
        ? undefined
        : opposes(next, reading, effect, used, []);
    if (there !== undefined) return there;
  }
  return false;
}
