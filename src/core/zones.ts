import type { Locale } from "./language.ts";
import type { Places } from "./places.ts";
import { type Ranked, rank } from "./ranking.ts";
import { Refusal } from "./refusal.ts";
import { type Zone, zoneSchema } from "./round/calendar.ts";

/** A time zone as people name it: by a city or a country, or by its own id. */
interface NamedZone {
  readonly zone: Zone;
  /** The city that was meant; null where the zone was named itself. */
  readonly city: Readonly<Record<Locale, string>> | null;
  readonly names: readonly string[];
}

const known = new WeakMap<object, readonly NamedZone[]>();

/** `Asia/Ho_Chi_Minh` is found by its whole id and by its city. */
const namesOfId = (id: string): readonly string[] => [id, id.slice(id.lastIndexOf("/") + 1)];

/** The cities first, then every zone of the machine's own database. */
function zonesOf({ cities }: Places): readonly NamedZone[] {
  const kept = known.get(cities);
  if (kept !== undefined) return kept;
  const byCity = cities.map(
    ({ zone, names, also }): NamedZone => ({ zone, city: names, names: [names.zh, names.en, ...also] }),
  );
  const ids = new Set([...cities.map(({ zone }) => zone), ...Intl.supportedValuesOf("timeZone")]);
  const byId = [...ids].map((id): NamedZone => ({ zone: id as Zone, city: null, names: namesOfId(id) }));
  const zones = [...byCity, ...byId];
  known.set(cities, zones);
  return zones;
}

/** The zones that what was typed may mean, each once, the best first. */
export function zonesFor(typed: string, places: Places): readonly Ranked<NamedZone>[] {
  const seen = new Set<Zone>();
  return rank(typed, zonesOf(places)).filter(({ one }) => {
    if (seen.has(one.zone)) return false;
    seen.add(one.zone);
    return true;
  });
}

/** A zone as a person reads it: `上海 · Asia/Shanghai`. */
export const zoneLabel = ({ zone, city }: Pick<NamedZone, "zone" | "city">, locale: Locale): string =>
  city === null || city[locale] === zone ? zone : `${city[locale]} · ${zone}`;

/** How many an ambiguous name's refusal lists. */
const MOST_NAMED = 5;

/**
 * The zone that was meant by an IANA id in any case, a city or a country in Chinese or English.
 *
 * @throws Refusal that names the nearest where none was, or more than one may have been
 */
export function findZone(typed: string, places: Places): Zone {
  const word = typed.trim().slice(0, 64);
  const found = zonesFor(word, places);
  const [first, second] = found;
  if (
    word !== "" &&
    first !== undefined &&
    (first.fit === 0 || second === undefined || second.fit > first.fit)
  )
    return first.one.zone;
  const exact = zoneSchema.safeParse(word);
  if (exact.success) return exact.data;
  const nearest = word === "" ? [] : found.slice(0, MOST_NAMED).map(({ one }) => one);
  throw new Refusal((say) => say.settings.noSuchZone(word, nearest));
}
