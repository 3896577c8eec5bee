/** How a rubric puts one point into words: the point, half of it, and the opposite. */
export interface Wordings {
  readonly right: readonly string[];
  readonly half: readonly string[];
  readonly wrong: readonly string[];
}

/** What of a stretch of text is like what is known of one point. */
export interface Resemblance {
  /** Weight of the words that belong to this point rather than to others, by the root of the stretch's length. */
  topic: number;
  /** The largest part of a right and of a wrong wording that the stretch holds, 0 to 1. */
  right: number;
  wrong: number;
}

/** Weights of a wording below which it is a word or two and says nothing alone. */
const LEAST = 4;
/** Takes from short wordings, which are soon held whole. */
const SHORT = 3;

/** The signs of all wordings of one question, and in which of them each stands. */
export class Resemblances {
  readonly #points: number;
  /** By wording: whose it is, what it is, and how much it weighs. */
  readonly #pointOf: Uint16Array;
  readonly #isWrong: Uint8Array;
  readonly #isRight: Uint8Array;
  readonly #whole: Float32Array;
  /** Hashes in rising order; by row, where its wordings begin, its rarity, and what it tells of a point. */
  readonly #hashes: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #rarity: Float32Array;
  readonly #telling: Float32Array;
  /** Wordings by row, in rising order, so that those of one point stand together. */
  readonly #wordings: Uint16Array;

  /** @param signsOf what a wording is known by: hashes of the same kind as those that are compared with it */
  constructor(points: readonly Wordings[], signsOf: (wording: string) => ReadonlySet<number>) {
    const texts = points.flatMap(({ right, half, wrong }, point) => [
      ...right.map((text) => ({ text, point, right: 1, wrong: 0 })),
      ...half.map((text) => ({ text, point, right: 0, wrong: 0 })),
      ...wrong.map((text) => ({ text, point, right: 0, wrong: 1 })),
    ]);
    this.#points = points.length;
    this.#pointOf = Uint16Array.from(texts, ({ point }) => point);
    this.#isRight = Uint8Array.from(texts, ({ right }) => right);
    this.#isWrong = Uint8Array.from(texts, ({ wrong }) => wrong);
    const found = new Map<number, number[]>();
    for (const [at, { text }] of texts.entries()) {
      for (const hash of signsOf(text.replace(/[*~]/g, " "))) {
        const known = found.get(hash);
        if (known === undefined) found.set(hash, [at]);
        else known.push(at);
      }
    }
    const rows = [...found].sort(([one], [other]) => one - other);
    this.#hashes = Uint32Array.from(rows, ([hash]) => hash);
    this.#starts = new Uint32Array(rows.length + 1);
    this.#rarity = Float32Array.from(rows, ([, at]) => Math.log((texts.length + 1) / (at.length + 1)));
    this.#telling = Float32Array.from(rows, ([, at]) =>
      Math.log((points.length + 0.5) / new Set(at.map((wording) => this.#pointOf[wording])).size),
    );
    this.#wordings = new Uint16Array(rows.reduce((sum, [, at]) => sum + at.length, 0));
    this.#whole = new Float32Array(texts.length);
    let next = 0;
    for (const [row, [, at]] of rows.entries()) {
      for (const wording of at) {
        this.#wordings[next] = wording;
        this.#whole[wording] = (this.#whole[wording] ?? 0) + (this.#rarity[row] ?? 0);
        next += 1;
      }
      this.#starts[row + 1] = next;
    }
  }

  #rowOf(hash: number): number {
    let low = 0;
    let high = this.#hashes.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const here = this.#hashes[middle] ?? 0;
      if (here === hash) return middle;
      if (here < hash) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** By point, what of a stretch is like it. */
  of(signs: ReadonlySet<number>): Resemblance[] {
    const resemblances = Array.from(
      { length: this.#points },
      (): Resemblance => ({ topic: 0, right: 0, wrong: 0 }),
    );
    const held = new Float32Array(this.#whole.length);
    for (const hash of signs) {
      const row = this.#rowOf(hash);
      if (row === -1) continue;
      const rarity = this.#rarity[row] ?? 0;
      let last = -1;
      const end = this.#starts[row + 1] ?? 0;
      for (let at = this.#starts[row] ?? 0; at < end; at += 1) {
        const wording = this.#wordings[at] ?? 0;
        held[wording] = (held[wording] ?? 0) + rarity;
        const point = this.#pointOf[wording] ?? 0;
        const resemblance = resemblances[point];
        if (point !== last && resemblance !== undefined) resemblance.topic += this.#telling[row] ?? 0;
        last = point;
      }
    }
    for (let wording = 0; wording < held.length; wording += 1) {
      if (held[wording] === 0) continue;
      const whole = this.#whole[wording] ?? 0;
      const resemblance = resemblances[this.#pointOf[wording] ?? 0];
      if (whole <= LEAST || resemblance === undefined) continue;
      const part = (held[wording] ?? 0) / (whole + SHORT);
      if (this.#isWrong[wording] === 1) resemblance.wrong = Math.max(resemblance.wrong, part);
      else if (this.#isRight[wording] === 1) resemblance.right = Math.max(resemblance.right, part);
    }
    const length = Math.sqrt(Math.max(1, signs.size));
    for (const resemblance of resemblances) resemblance.topic /= length;
    return resemblances;
  }
}
