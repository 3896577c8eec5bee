import type { GlossaryFile } from "./glossary.ts";
import type { LintFinding } from "./lint-subject.ts";
import { normaliseAlias } from "./normalise.ts";

/** How many of the aliases that two concepts share are named. */
const NAMED = 6;

interface Pair {
  readonly aliases: string[];
  /** Where the later of the two first gives the alias. */
  readonly file: number;
  readonly path: readonly (string | number)[];
}

/**
 * Pairs of concepts that an alias names alike although neither declares `shares`. A word with two meanings fires the
 * rules of both.
 *
 * @param files the whole glossary; findings name its files by number
 */
export function lintCollisions(files: readonly GlossaryFile[]): LintFinding[] {
  const shares = new Set<string>();
  for (const [id, entry] of files.flatMap((file) => Object.entries(file.entries))) {
    for (const other of entry.shares) shares.add(keyOf(id, other));
  }
  const owners = new Map<string, Set<string>>();
  const pairs = new Map<string, Pair>();
  for (const [number, file] of files.entries()) {
    for (const [id, entry] of Object.entries(file.entries)) {
      for (const locale of ["zh", "en"] as const) {
        for (const [place, alias] of entry[locale].entries()) {
          const read = readAs(alias);
          const known = owners.get(read) ?? new Set();
          for (const other of known) {
            const key = keyOf(other, id);
            if (other === id || shares.has(key)) continue;
            const pair = pairs.get(key) ?? {
              aliases: [],
              file: number,
              path: ["entries", id, locale, place],
            };
            if (!pair.aliases.includes(alias)) pair.aliases.push(alias);
            pairs.set(key, pair);
          }
          owners.set(read, known.add(id));
        }
      }
    }
  }
  return [...pairs].map(([key, { aliases, file, path }]) => {
    const [one, other] = key.split(" ");
    const named = aliases.slice(0, NAMED).map((alias) => `“${alias}”`);
    const more = aliases.length > NAMED ? ` and ${aliases.length - NAMED} more` : "";
    return {
      file,
      path,
      question: undefined,
      point: undefined,
      what: `${named.join(", ")}${more} ${aliases.length > 1 ? "name" : "names"} both ${one} and ${other}`,
      mend: `leave ${aliases.length > 1 ? "them" : "it"} to one of the two, or declare "shares": ["${other}"] in ${one}`,
    };
  });
}

const keyOf = (one: string, other: string): string => [one, other].sort().join(" ");

/** What the lexicon makes of an alias: two that come to the same are one. */
const readAs = (alias: string): string =>
  alias
    .split("*")
    .map((piece) => normaliseAlias(piece.replaceAll("~", "")))
    .join("*") + (alias.endsWith("~") ? "~" : "");
