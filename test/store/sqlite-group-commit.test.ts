import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Commit, groupCommit } from "#src/store/sqlite/group-commit";

describe("writes that share a commit in SQLite", () => {
  let database: DatabaseSync;
  let commit: Commit;
  let finish: () => void;
  beforeEach(() => {
    database = new DatabaseSync(":memory:");
    // A deferred reference lets a write succeed and the commit fail, as a disk does that fills at the last moment.
    database.exec(
      "CREATE TABLE days (day TEXT PRIMARY KEY, before TEXT REFERENCES days (day) DEFERRABLE INITIALLY DEFERRED) STRICT",
    );
    ({ commit, finish } = groupCommit(database));
  });
  afterEach(() => database.close());

  const write =
    (day: string, before: string | null = null) =>
    (): string => {
      database.prepare("INSERT INTO days VALUES (?, ?)").run(day, before);
      return day;
    };
  const kept = (): unknown[] =>
    database
      .prepare("SELECT day FROM days ORDER BY day")
      .all()
      .map(({ day }) => day);
  const outcomes = async (...writes: (() => string)[]): Promise<string[]> =>
    (await Promise.allSettled(writes.map(commit))).map(({ status }) => status);

  it("are undone alone where one of them fails half-way", async () => {
    const halfWay = (): string => {
      write("half")();
      throw new Error("half-way");
    };
    expect(await outcomes(write("a"), halfWay, write("b"))).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(kept()).toEqual(["a", "b"]);
  });

  it("are all refused, and none is kept, where the commit itself fails; the next commit works", async () => {
    expect(await outcomes(write("a"), write("b", "nowhere"), write("c"))).toEqual([
      "rejected",
      "rejected",
      "rejected",
    ]);
    expect(kept()).toEqual([]);
    expect(await outcomes(write("a"), write("b", "a"))).toEqual(["fulfilled", "fulfilled"]);
  });

  it("are refused once the store is closed, and nothing is thrown where nobody can catch it", async () => {
    const waiting = commit(write("a"));
    finish();
    expect([await waiting, kept()]).toEqual(["a", ["a"]]);
    await expect(commit(write("b"))).rejects.toThrow("closed");
    expect(kept()).toEqual(["a"]);
  });

  it("each give back what they returned", async () => {
    expect(await Promise.all([commit(write("a")), commit(() => 7)])).toEqual(["a", 7]);
  });
});
