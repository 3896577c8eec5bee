import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { EffectArgs } from "./effects.ts";
import { rowsOf, textsSchema } from "./replies.ts";
import type { RedisServer } from "./server.ts";

const AT_ONCE = 1_000;
const foundSchema = z.tuple([z.string()], z.union([z.string(), textsSchema]));

/** An entry of a journal with its number. */
export interface FoundEntry {
  readonly number: number;
  readonly name: string;
  readonly args: EffectArgs;
}

/** The entries of a journal that a script finds. */
async function* found(
  server: RedisServer,
  script: "find-entries" | "old-texts",
  journal: string,
  wanted: readonly string[],
): AsyncGenerator<FoundEntry> {
  for (let from = "-"; from !== ""; ) {
    const reply = await server.read(script, [journal], [from, String(AT_ONCE), ...wanted]);
    const [last, ...rows] = foundSchema.parse(reply);
    for (const [number, fields] of rowsOf(rows, 2)) {
      const [[, name = ""] = [], ...rest] = rowsOf(textsSchema.parse(fields), 2);
      yield { number: Number(number), name, args: rest.map(([, value = ""]) => value) };
    }
    from = last;
  }
}

/** The entries of a journal that hold one of two texts anywhere. */
export const entriesWith = (
  server: RedisServer,
  journal: string,
  texts: readonly [string, string],
): AsyncGenerator<FoundEntry> => found(server, "find-entries", journal, texts);

/** The answers in a journal that were sent before an instant and still have their text. */
export const oldTexts = (server: RedisServer, journal: string, before: number): AsyncGenerator<FoundEntry> =>
  found(server, "old-texts", journal, [String(before)]);

export const eraseEntries = async (
  server: RedisServer,
  journal: string,
  numbers: readonly number[],
): Promise<void> => {
  for (let at = 0; at < numbers.length; at += AT_ONCE)
    await server.write("erase-entries", [journal], [numbers.slice(at, at + AT_ONCE).join(",")]);
};

/** So often what others remove at the same moment is looked for again. */
const TRIES = 20;
const MOST_MS = 30 * 60_000;

/** Where a journal is, where it is copied to, and where it stands who does so. */
export interface JournalKeys {
  readonly journal: string;
  readonly journalCopy: string;
  readonly journalCopier: string;
}

/**
 * Writes a journal anew without what was removed from it: Redis only marks removed entries, and keeps their bytes in
 * memory and on the disk as long as a neighbour is there. Entries keep their numbers, and others may write meanwhile.
 *
 * @returns false where others removed something every time it was about to be done; it stays as it was then
 */
export async function rewriteJournal(
  server: RedisServer,
  { journal, journalCopy: copy, journalCopier: copier }: JournalKeys,
): Promise<boolean> {
  const run = randomUUID();
  const keys = [journal, copy, copier];
  await server.write("begin-copy", [copy, copier], [run, String(MOST_MS)]);
  /** The last entry that was walked over; null where another process has begun the same, and is to end it. */
  const walk = async (script: "copy-journal" | "check-journal", begin: string): Promise<string | null> => {
    for (let from = begin; ; ) {
      const last = z.string().parse(await server.write(script, keys, [from, String(AT_ONCE), run]));
      if (last === "other") return null;
      if (last === "") return from;
      from = last;
    }
  };
  let copied: string | null = "-";
  for (let tries = 0; tries < TRIES; tries += 1) {
    copied = await walk("copy-journal", copied);
    if (copied === null) return true;
    if (tries > 0 && (await walk("check-journal", "-")) === null) return true;
    const swapped = z.int().parse(await server.write("swap-journal", keys, [copied, run]));
    if (swapped !== 0) return true;
    // It has copied what came last all the same.
    const [last] = await server.ask((client) => client.xrevrange(copy, "+", "-", "COUNT", 1));
    copied = last?.[0] ?? copied;
  }
  await server.write("erase", [copy], [""]);
  return false;
}
