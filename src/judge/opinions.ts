import { createHash } from "node:crypto";
import type { JudgeBrief, PointJudgement } from "#core/scoring/judge";
import { PROMPT_VERSION } from "./prompt.ts";

export type Opinion = readonly PointJudgement[];

/** Some 2 kB each. */
const MOST_KEPT = 500;

/** The same for every answer that reads the same, to the same question under the same rules. */
export const opinionKey = (model: string, { rubricHash, normalised }: JudgeBrief): string =>
  createHash("sha256")
    .update(JSON.stringify([model, PROMPT_VERSION, rubricHash, normalised]))
    .digest("base64url");

/** Opinions by key: what is known is not asked again, and what is being asked is asked once. */
export class Opinions {
  /** The one used longest ago stands first. */
  readonly #kept = new Map<string, Opinion>();
  readonly #asked = new Map<string, Promise<Opinion>>();
  readonly #most: number;

  constructor(most: number = MOST_KEPT) {
    this.#most = most;
  }

  async find(key: string, ask: () => Promise<Opinion>): Promise<Opinion> {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const running = this.#asked.get(key);
    if (running !== undefined) return running;
    const asking = ask();
    this.#asked.set(key, asking);
    try {
      const opinion = await asking;
      this.#keep(key, opinion);
      return opinion;
    } finally {
      this.#asked.delete(key);
    }
  }

  #keep(key: string, opinion: Opinion): void {
    this.#kept.set(key, opinion);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest);
  }
}
