import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "#core/ports";
import { openSqliteStore } from "#src/store/sqlite/store";
import { anyLife } from "./life.ts";
import { somePlaces, streakAfterTelling } from "./life-in-store.ts";
import { slowStreak } from "./slow-streak.ts";

let store: Store;
beforeAll(async () => {
  store = await openSqliteStore({ file: ":memory:" });
});
afterAll(() => store.close());

describe("The streak of a life told to the store in any order, in part twice", () => {
  it("is what the rules say in slow motion: count, longest run, freezes and the reason of every day", async () => {
    await fc.assert(
      fc.asyncProperty(anyLife, somePlaces, async (life, places) => {
        expect(await streakAfterTelling(store, life, places)).toEqual(slowStreak(life));
      }),
      { numRuns: 200 },
    );
  });
});
