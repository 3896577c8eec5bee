/** One Chinese or Japanese character, or one run of other letters and digits; all else only separates. */
const TOKEN =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]]+/gv;
const CJK = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/v;

/** How many tokens in a row count as the same wording: five words, or five characters (two or three Chinese words). */
const RUN_TOKENS = 5;
/** For what a question says again in an answer: two in a row, so that 的 or "the" alone is not a quotation. */
const ECHO_TOKENS = 2;

/** A text as a row of characters (CJK) and words (the rest), without case, width, punctuation or spaces. */
const tokensOf = (text: string): readonly string[] => text.normalize("NFKC").toLowerCase().match(TOKEN) ?? [];

export const isCjk = (token: string): boolean => CJK.test(token);

/** Every run of `length` tokens in a row. Tokens hold no spaces, so the joined runs are as distinct as the runs. */
const runsOf = (tokens: readonly string[], length: number): readonly string[] =>
  tokens
    .slice(0, Math.max(0, tokens.length - length + 1))
    .map((_, at) => tokens.slice(at, at + length).join(" "));

/** For each token, whether it lies in a run of `length` tokens that `source` has too. Linear in both texts. */
const covered = (
  tokens: readonly string[],
  source: readonly string[],
  length: number,
): readonly boolean[] => {
  const known = new Set(runsOf(source, length));
  let coveredUntil = 0;
  const runs = runsOf(tokens, length);
  return tokens.map((_, at) => {
    const run = runs[at];
    if (run !== undefined && known.has(run)) coveredUntil = at + length;
    return at < coveredUntil;
  });
};

const overlapOf = (tokens: readonly string[], source: readonly string[]): number => {
  if (tokens.length === 0) return 0;
  const same = covered(tokens, source, Math.min(RUN_TOKENS, tokens.length)).filter(Boolean);
  return same.length / tokens.length;
};

/** The share of `text`, 0 to 1, whose wording `source` has too, five tokens or more in a row. */
export const overlapShare = (text: string, source: string): number =>
  overlapOf(tokensOf(text), tokensOf(source));

interface Wording {
  readonly tokens: readonly string[];
  readonly distinct: ReadonlySet<string>;
}

/** As many tokens as are kept of texts that were compared, which in a rush are compared again and again. */
const MOST_TOKENS = 300_000;
const wordings = new Map<string, Wording>();
let keptTokens = 0;

const wordingOf = (text: string): Wording => {
  const known = wordings.get(text);
  if (known !== undefined) return known;
  const tokens = tokensOf(text);
  const wording = { tokens, distinct: new Set(tokens) };
  if (keptTokens > MOST_TOKENS) {
    wordings.clear();
    keptTokens = 0;
  }
  wordings.set(text, wording);
  keptTokens += tokens.length;
  return wording;
};

/** Whether at least the share `least`, 0 to 1, of `text` has the wording of `source`. */
export const sharesWording = (text: string, source: string, least: number): boolean => {
  const { tokens } = wordingOf(text);
  const known = wordingOf(source);
  // A token that the source lacks lies in no common run: this alone tells most pairs apart, at a tenth of the work.
  let lacking = 0;
  for (const token of tokens) if (!known.distinct.has(token)) lacking += 1;
  return tokens.length - lacking >= least * tokens.length && overlapOf(tokens, known.tokens) >= least;
};

/** The tokens of `answer` that do not merely say `question` again. */
export const ownTokens = (answer: string, question: string): readonly string[] => {
  const tokens = tokensOf(answer);
  const asked = tokensOf(question);
  const echoed = covered(tokens, asked, ECHO_TOKENS);
  const askedWords = new Set(asked.filter((token) => !isCjk(token)));
  return tokens.filter((token, at) => echoed[at] !== true && !askedWords.has(token));
};
