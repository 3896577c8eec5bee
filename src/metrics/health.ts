import type { Meter } from "#core/metrics/meter";

/** The clock goes round every 10 s, give or take 4, and one look may wait for slow platforms. */
const LONGEST_SILENCE_MS = 120_000;
/** However often somebody asks, the store is asked once in so long. */
const READING_MS = 1000;
/** A store that answers later is of no use to a member either. */
const ANSWER_WITHIN_MS = 2500;

/** What must work for the process to be of use. */
export interface Part {
  /** As it is called in reasons and labels: `store`, `discord`, `slack`. */
  readonly name: string;
  /** Whether the process is of use as long as any part of this kind works, such as one of two platforms. */
  readonly isOneOfMany?: boolean;
  /** What is wrong with it, in a word or two without anything secret; null where it works. */
  check(): Promise<string | null> | string | null;
}

export interface Liveness {
  readonly alive: boolean;
  readonly reasons: readonly string[];
  readonly uptimeSeconds: number;
}

export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
  /** What does not work while the process is of use all the same: one of its platforms. */
  readonly degraded: readonly string[];
}

export interface HealthParts {
  /** Milliseconds that only ever grow. */
  now(): number;
  after(ms: number, task: () => void): () => void;
}

/** Whether the process is alive, and whether it is of use at the moment. */
export class Health {
  readonly #parts: HealthParts;
  readonly #startedAt: number;
  #state: "starting" | "running" | "stopping" = "starting";
  #tickedAt: number;
  #works: Part[] = [];
  #reading: { readonly at: number; readonly trouble: Promise<readonly (string | null)[]> } | null = null;
  #known: readonly (string | null)[] = [];

  constructor(parts: HealthParts) {
    this.#parts = parts;
    this.#startedAt = parts.now();
    this.#tickedAt = this.#startedAt;
  }

  /** The clock has gone round. */
  beat(): void {
    this.#tickedAt = this.#parts.now();
  }

  /** Everything is there that has to be. */
  started(works: readonly Part[]): void {
    this.#works = [...works];
    this.#reading = null;
    this.beat();
    if (this.#state === "starting") this.#state = "running";
  }

  /** The program was asked to end: whoever sends work here is to send it elsewhere. */
  stopping(): void {
    this.#state = "stopping";
  }

  /** Whether the clock goes round; that this is answered at all shows that the event loop turns. */
  alive(): Liveness {
    const now = this.#parts.now();
    const silence = now - this.#tickedAt;
    // The first look of a start may have much to make up for, and is not yet the clock's.
    const reasons =
      this.#state === "running" && silence > LONGEST_SILENCE_MS
        ? [`the clock has not gone round for ${Math.round(silence / 1000)} s`]
        : [];
    return {
      alive: reasons.length === 0,
      reasons,
      uptimeSeconds: Math.round((now - this.#startedAt) / 1000),
    };
  }

  /** Whether members are served now, and if not, why. One platform that is away takes nothing from another. */
  async ready(): Promise<Readiness> {
    if (this.#state !== "running") return { ready: false, reasons: [this.#state], degraded: [] };
    const troubles = await this.#troubles();
    const told = this.#works.flatMap(({ name }, at) => {
      const trouble = troubles[at] ?? null;
      return trouble === null ? [] : [`${name}: ${trouble}`];
    });
    return this.#isOfUse(troubles)
      ? { ready: true, reasons: [], degraded: told }
      : { ready: false, reasons: told, degraded: [] };
  }

  /** The same of one part alone; null where there is no such part. */
  async partReady(name: string): Promise<Readiness | null> {
    const at = this.#works.findIndex((part) => part.name === name);
    if (this.#state === "running" && at < 0) return null;
    if (this.#state !== "running") return { ready: false, reasons: [this.#state], degraded: [] };
    const trouble = (await this.#troubles())[at] ?? null;
    return {
      ready: trouble === null,
      reasons: trouble === null ? [] : [`${name}: ${trouble}`],
      degraded: [],
    };
  }

  #isOfUse(troubles: readonly (string | null)[]): boolean {
    const works = (at: number): boolean => (troubles[at] ?? null) === null;
    const many = this.#works.flatMap(({ isOneOfMany }, at) => (isOneOfMany === true ? [works(at)] : []));
    const needed = this.#works.every(({ isOneOfMany }, at) => isOneOfMany === true || works(at));
    return needed && (many.length === 0 || many.includes(true));
  }

  /** Offers the last known state as gauges. */
  measuredBy(meter: Meter, wallSeconds: () => number): void {
    const isUp = (at: number): number => (this.#known[at] === null ? 1 : 0);
    meter.gauge("ready", { part: "process" }, () =>
      this.#state === "running" && this.#isOfUse(this.#known) ? 1 : 0,
    );
    for (const [at, { name }] of this.#works.entries()) meter.gauge("ready", { part: name }, () => isUp(at));
    meter.gauge("ticked", {}, () => wallSeconds() - (this.#parts.now() - this.#tickedAt) / 1000);
  }

  async #troubles(): Promise<readonly (string | null)[]> {
    const now = this.#parts.now();
    if (this.#reading === null || now - this.#reading.at >= READING_MS)
      this.#reading = { at: now, trouble: Promise.all(this.#works.map((part) => this.#troubleOf(part))) };
    this.#known = await this.#reading.trouble;
    return this.#known;
  }

  async #troubleOf(part: Part): Promise<string | null> {
    let cancel = (): void => {};
    const tooLate = new Promise<string>((resolve) => {
      cancel = this.#parts.after(ANSWER_WITHIN_MS, () => resolve("no answer in time"));
    });
    try {
      return await Promise.race([part.check(), tooLate]);
    } catch {
      // The log has the cause; whoever asks over HTTP is told no more than that.
      return "does not answer";
    } finally {
      cancel();
    }
  }
}
