import { z } from "zod";
import { type Locale, localeSchema } from "#core/language";
import type { Clock, Store } from "#core/ports";
import { snowflakeSchema } from "./snowflake.ts";
import { directTenantOf } from "./whereabouts.ts";

const DAY_MS = 24 * 3_600_000;
const KEPT_MS = 400 * DAY_MS;
/** Somebody who was in two guilds in that time is asked which one a direct message is for. */
const RECENT_MS = 30 * DAY_MS;
const MOST_GUILDS = 10;
/** Members whose last place this process remembers to have written, so that it is not read at every command. */
const MOST_REMEMBERED = 5000;
const KEY = "seen-in";

const placesSchema = z.array(
  z.object({
    guild: snowflakeSchema,
    channel: snowflakeSchema,
    at: z.number(),
    /** Whether the member said that direct messages are for this guild. */
    chosen: z.boolean(),
    /** The language in which the member was last answered there. */
    locale: localeSchema,
  }),
);

/** A guild in which a member did something, and where in it. */
export type SeenPlace = z.infer<typeof placesSchema>[number];

/** In which guilds members did something, for their direct messages, which come from no guild. */
export class SeenIn {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #written = new Map<string, { readonly place: string; readonly at: number }>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The places of a member, the last one first. */
  async placesOf(member: string): Promise<readonly SeenPlace[]> {
    const text = await this.#store.keptAction(directTenantOf(member), KEY, this.#clock.now());
    return text === null ? [] : placesSchema.parse(JSON.parse(text));
  }

  /** Whether the member is to be asked which of the places is meant. */
  isUnclear([last, next]: readonly SeenPlace[]): boolean {
    return last?.chosen === false && next !== undefined && this.#clock.now() - next.at < RECENT_MS;
  }

  /** Remembers where a member did something; written once a day, and when something is different. */
  async remember(member: string, guild: string, channel: string, locale: Locale): Promise<void> {
    const at = this.#clock.now();
    const place = `${guild}/${channel}/${locale}`;
    const known = this.#written.get(member);
    if (known?.place === place && at - known.at < DAY_MS) return;
    const places = await this.placesOf(member);
    const chosen = places[0]?.guild === guild && places[0].chosen;
    await this.#write(member, { guild, channel, at, chosen, locale }, places);
    if (this.#written.size >= MOST_REMEMBERED) this.#written.clear();
    this.#written.set(member, { place, at });
  }

  /** Remembers that direct messages are for one of the places where the member was. False where they never were. */
  async choose(member: string, guild: string): Promise<boolean> {
    const places = await this.placesOf(member);
    const place = places.find((one) => one.guild === guild);
    if (place === undefined) return false;
    await this.#write(member, { ...place, at: this.#clock.now(), chosen: true }, places);
    this.#written.delete(member);
    return true;
  }

  /** Writes places that were kept before; none where there are none. */
  async restore(member: string, [last, ...others]: readonly SeenPlace[]): Promise<void> {
    if (last !== undefined) await this.#write(member, last, others);
  }

  async #write(member: string, last: SeenPlace, places: readonly SeenPlace[]): Promise<void> {
    const others = places.filter(({ guild }) => guild !== last.guild).slice(0, MOST_GUILDS - 1);
    const text = JSON.stringify([last, ...others]);
    await this.#store.keepAction(directTenantOf(member), KEY, text, last.at, last.at + KEPT_MS);
  }
}
