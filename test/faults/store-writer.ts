/**
 * A process to be killed: opens the store in the file named by its first argument, writes `ready`, and then records
 * answers of many members until it dies, a burst at a time. Every acknowledged answer is a line on standard output, written
 * before anything else happens.
 */
import { writeSync } from "node:fs";
import { openSqliteStore } from "#src/store/sqlite/store";
import { attemptAs, roundOn } from "#test/contracts/store-samples";

const [file = "", run = ""] = process.argv.slice(2);
const BURST = 20;

const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};

const store = await openSqliteStore({ file });
await store.openRound(roundOn(1));
say("ready");
for (let burst = 0; ; burst += 1) {
  const recorded = Array.from({ length: BURST }, async (_, index) => {
    const name = `${run}-${burst}-${index}`;
    await store.recordAttempt(attemptAs(name, { as: name, text: name.repeat(20) }));
    say(name);
  });
  await Promise.all(recorded);
}
