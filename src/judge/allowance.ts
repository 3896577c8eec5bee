import type { MemberId, TenantId } from "#core/ids";
import type { Clock } from "#core/ports";

/** How many answers a day go to the judge, which costs money: a long evening's practice, and a large team's. */
export const DAILY_CALLS = { member: 30, tenant: 600 } as const;

const DAY_MS = 86_400_000;

/** Counts calls by the day; a promise, so that several processes can share one count. */
export interface Allowance {
  /** Takes one call of today's from both, or from neither where one is used up. */
  take(tenant: TenantId, member: MemberId): Promise<"granted" | "member-allowance" | "tenant-allowance">;
}

/** The counts of one process, forgotten when it ends. Days are UTC days. */
export class AllowanceInMemory implements Allowance {
  readonly #clock: Clock;
  readonly #daily: Readonly<Record<keyof typeof DAILY_CALLS, number>>;
  #day = 0;
  readonly #taken = new Map<string, number>();

  constructor(clock: Clock, daily: Readonly<Record<keyof typeof DAILY_CALLS, number>> = DAILY_CALLS) {
    this.#clock = clock;
    this.#daily = daily;
  }

  async take(tenant: TenantId, member: MemberId): ReturnType<Allowance["take"]> {
    const day = Math.floor(this.#clock.now() / DAY_MS);
    if (day !== this.#day) this.#taken.clear();
    this.#day = day;
    const keys = { tenant: JSON.stringify([tenant]), member: JSON.stringify([tenant, member]) };
    const taken = { tenant: this.#taken.get(keys.tenant) ?? 0, member: this.#taken.get(keys.member) ?? 0 };
    if (taken.member >= this.#daily.member) return "member-allowance";
    if (taken.tenant >= this.#daily.tenant) return "tenant-allowance";
    this.#taken.set(keys.tenant, taken.tenant + 1);
    this.#taken.set(keys.member, taken.member + 1);
    return "granted";
  }
}
