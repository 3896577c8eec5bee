import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { DatabaseSync } from "node:sqlite";
import { openSqliteStore } from "#src/store/sqlite/store";
import { attemptAs, roundOn } from "#test/contracts/store-samples";
import type { Figure } from "./figure.ts";

const ANSWERS = 400;
const ROUNDS = 9;

const perSecond = (count: number, startedAt: number): number =>
  (count * 1_000) / (performance.now() - startedAt);

/** The middle run: neither the luckiest of the machine nor the one that something else disturbed. */
const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Upserts of one row with the answer's text, each its own commit, with the store's own pragmas. */
const plainUpsertsPerSecond = (file: string, run: number): number => {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec("CREATE TABLE IF NOT EXISTS plain (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT");
  const upsert = database.prepare(
    "INSERT INTO plain (id, text) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET text = excluded.text",
  );
  const { text } = attemptAs("s");
  // A new id each time: SQLite does not write a row that is the same as before, and does not wait for the disk.
  const startedAt = performance.now();
  for (let index = 0; index < ANSWERS; index += 1) upsert.run(`${run}-${index}`, text);
  const rate = perSecond(ANSWERS, startedAt);
  database.close();
  return rate;
};

const answersPerSecond = async (file: string, run: number, how: "in turn" | "at once"): Promise<number> => {
  const store = await openSqliteStore({ file });
  await store.openRound(roundOn(1));
  const answers = Array.from({ length: ANSWERS }, (_, index) =>
    attemptAs("s", { as: `${how}-${run}-${index}` }),
  );
  const startedAt = performance.now();
  if (how === "at once") await Promise.all(answers.map((answer) => store.recordAttempt(answer)));
  else for (const answer of answers) await store.recordAttempt(answer);
  const rate = perSecond(ANSWERS, startedAt);
  await store.close();
  return rate;
};

/**
 * How fast the embedded store records answers (answer, limit and study day in one step), as a ratio of plain upserts
 * of a single row in the same run: the machine's disk cancels out.
 */
export const benchStoring = async (): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-bench-"));
  const rates = { plain: [] as number[], "in turn": [] as number[], "at once": [] as number[] };
  try {
    for (let run = 0; run < ROUNDS; run += 1) {
      rates.plain.push(plainUpsertsPerSecond(join(folder, "plain.db"), run));
      for (const how of ["in turn", "at once"] as const)
        rates[how].push(await answersPerSecond(join(folder, "rehearsal.db"), run, how));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  // Each run is compared with the plain upserts right before it.
  const ratios = (how: "in turn" | "at once") =>
    rates[how].map((rate, run) => rate / (rates.plain[run] ?? Number.NaN));
  const figure = (how: "in turn" | "at once"): Figure => ({
    name: `SQLite: answers recorded ${how} (${Math.round(median(rates[how]))}/s) to plain upserts (${Math.round(median(rates.plain))}/s)`,
    value: median(ratios(how)),
    unit: "ratio",
    limit: 0.5,
    atLeast: true,
  });
  return [figure("in turn"), figure("at once")];
};
