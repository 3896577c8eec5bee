import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { type Instant, instantSchema, type TenantId } from "#core/ids";
import type { Services } from "#core/services";

/** Longer than anything that is sent again: a reminder of yesterday, an interview of last night. */
const KEPT_MS = 7 * 24 * 3_600_000;
/** As long as one try takes at most: until then another process may still be at it. */
const TRYING_MS = 45_000;

const slipSchema = z.object({
  begunAt: instantSchema,
  /** `unsent`: the last try surely had no effect; `unsure`: it is over, and nobody knows. */
  state: z.enum(["begun", "unsent", "unsure", "sent"]),
  /** What each part is recognised by, where the platform keeps nothing for it. */
  marks: z.array(z.string()),
  /** Of the parts, once all of them stand there. */
  ids: z.array(z.string()),
});
type Slip = z.infer<typeof slipSchema>;

/** Something that is to be sent once, in one message or several. */
export interface Letter {
  readonly tenant: TenantId;
  /** The same at every try, and no other letter's. */
  readonly key: string;
  readonly marks: readonly string[];
  /** How long the platform itself takes a second try of the same for the first; 0 where it never does. */
  readonly sureForMs: number;
  /**
   * Sends what is not there yet; the ids of all parts, in order.
   *
   * @param there ids of parts that stand there already, by their numbers
   */
  send(there: ReadonlyMap<number, string>): Promise<readonly string[]>;
  /** The parts that stand there of an earlier try, by their numbers. */
  find(since: Instant, marks: readonly string[]): Promise<ReadonlyMap<number, string>>;
  /** Whether a try that failed so surely had no effect. */
  isUnsent(error: unknown): boolean;
}

const digestOf = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 22);

const nothing: ReadonlyMap<number, string> = new Map();

/**
 * Sends each letter once, whoever sends it, however often, and whatever dies in between: what was sent stands in the
 * store, and where that is not known, the platform is asked.
 */
export class SentOnce {
  readonly #parts: Pick<Services, "store" | "clock">;
  readonly #running = new Map<string, Promise<readonly string[]>>();

  constructor(parts: Pick<Services, "store" | "clock">) {
    this.#parts = parts;
  }

  /** The ids of what stands there now. */
  send(letter: Letter): Promise<readonly string[]> {
    const name = `${letter.tenant}/${letter.key}`;
    const running = this.#running.get(name) ?? this.#send(letter).finally(() => this.#running.delete(name));
    this.#running.set(name, running);
    return running;
  }

  /** Whether a message that stands somewhere is surely another letter's. */
  async isOthers({ tenant, key }: Pick<Letter, "tenant" | "key">, id: string): Promise<boolean> {
    const { store, clock } = this.#parts;
    const owner = await store.keptAction(tenant, `sent-as/${id}`, clock.now());
    return owner !== null && owner !== digestOf(key);
  }

  async #send(letter: Letter): Promise<readonly string[]> {
    const { clock } = this.#parts;
    const earlier = await this.#begin(letter);
    if (earlier?.state === "sent") return earlier.ids;
    const isFirst = earlier === null || earlier.state === "unsent";
    const begunAt = isFirst ? clock.now() : earlier.begunAt;
    const own = { begunAt, marks: [...letter.marks], ids: [] };
    if (earlier?.state === "unsent") await this.#write(letter, { ...own, state: "begun" });
    const there = isFirst ? nothing : await this.#standing(letter, earlier);
    try {
      const ids = await letter.send(there);
      await this.#sent(letter, { ...own, ids: [...ids], state: "sent" });
      return ids;
    } catch (error) {
      const isUnsent = isFirst && letter.isUnsent(error);
      await this.#write(letter, { ...own, state: isUnsent ? "unsent" : "unsure" });
      throw error;
    }
  }

  /** The slip of an earlier try; null where this is the first. */
  async #begin({ tenant, key, marks }: Letter): Promise<Slip | null> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    const slip: Slip = { begunAt: now, state: "begun", marks: [...marks], ids: [] };
    // Two processes that begin in the same millisecond are to know which of them was first.
    const text = JSON.stringify({ ...slip, by: randomUUID() });
    const kept = await store.keepActionOnce(tenant, `sent/${digestOf(key)}`, text, now, now + KEPT_MS);
    return kept === text ? null : slipSchema.parse(JSON.parse(kept));
  }

  async #standing(letter: Letter, { begunAt, state, marks }: Slip): Promise<ReadonlyMap<number, string>> {
    const age = this.#parts.clock.now() - begunAt;
    if (age < letter.sureForMs) return nothing;
    if (letter.sureForMs === 0 && state === "begun" && age < TRYING_MS)
      throw new Error("another process may be sending the same at this moment");
    return letter.find(begunAt, marks);
  }

  async #sent(letter: Letter, slip: Slip): Promise<void> {
    const { store, clock } = this.#parts;
    const { tenant, key, sureForMs } = letter;
    await this.#write(letter, slip);
    // Where marks are words, the same words may be another letter's.
    if (sureForMs === 0) return;
    const now = clock.now();
    for (const id of slip.ids)
      await store.keepAction(tenant, `sent-as/${id}`, digestOf(key), now, now + KEPT_MS);
  }

  async #write({ tenant, key }: Letter, slip: Slip): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    await store.keepAction(tenant, `sent/${digestOf(key)}`, JSON.stringify(slip), now, now + KEPT_MS);
  }
}
