import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BoardRow } from "#core/board/boards";
import { placesOf } from "#core/board/places";
import { boardPoints } from "#core/board/points";
import { memberIdSchema } from "#core/ids";

const row = (member: string, points: number): BoardRow => ({ member: memberIdSchema.parse(member), points });

/** Rows as a store gives them, most points first, of few different sums so that many are equal. */
const anyRows = fc
  .uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 5 })), {
    selector: ([member]) => member,
    maxLength: 12,
  })
  .map((rows) => rows.map(([member, points]) => row(member, points)).toSorted((a, b) => b.points - a.points));

describe("Places of a board", () => {
  it("are shared by the same points, and the next place counts all before it", () => {
    const places = placesOf([row("ada", 90), row("bo", 70), row("cy", 70), row("di", 50)], 10);
    expect(places).toEqual([
      { place: 1, points: 90, members: ["ada"] },
      { place: 2, points: 70, members: ["bo", "cy"] },
      { place: 4, points: 50, members: ["di"] },
    ]);
  });

  it("show everybody who shares the last one that is shown", () => {
    const rows = [row("ada", 9), row("bo", 7), row("cy", 7), row("di", 5)];
    expect(placesOf(rows, 2).flatMap(({ members }) => members)).toEqual(["ada", "bo", "cy"]);
    expect(placesOf(rows, 1).flatMap(({ members }) => members)).toEqual(["ada"]);
  });

  it("are one more than the members with more points, and hold each member once", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const places = placesOf(rows, rows.length);
        for (const { place, points, members } of places) {
          expect(place).toBe(rows.filter((other) => other.points > points).length + 1);
          for (const member of members) expect(rows).toContainEqual({ member, points });
        }
        expect(places.flatMap(({ members }) => members)).toHaveLength(rows.length);
      }),
    );
  });

  it("do not depend on the order of members with the same points", () => {
    const placeOf = (rows: readonly BoardRow[]) =>
      new Map(
        placesOf(rows, rows.length).flatMap(({ place, members }) =>
          members.map((member) => [member, place] as const),
        ),
      );
    fc.assert(
      fc.property(anyRows, (rows) => {
        const turned = rows.toReversed().toSorted((one, other) => other.points - one.points);
        for (const [member, place] of placeOf(rows)) expect(placeOf(turned).get(member)).toBe(place);
      }),
    );
  });
});

describe("Board points of an answer", () => {
  it("are its score without what hints cost, and never less than nothing", () => {
    expect(boardPoints({ score: 90, earned: true, hintCost: 0 })).toBe(90);
    expect(boardPoints({ score: 90, earned: true, hintCost: 20 })).toBe(70);
    expect(boardPoints({ score: 35, earned: true, hintCost: 60 })).toBe(0);
  });

  it("are none for an answer that earned no day, came too late, or has no result", () => {
    expect(boardPoints({ score: 90, earned: false, hintCost: 0 })).toBe(0);
    expect(boardPoints({ score: 90, earned: true, hintCost: null })).toBe(0);
    expect(boardPoints({ score: null, earned: true, hintCost: 0 })).toBe(0);
  });

  it("grow with the score and never with hints", () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(20), (score, hints) => {
        const of = (score: number, hintCost: number) => boardPoints({ score, earned: true, hintCost });
        expect(of(score + 1, 10 * hints)).toBeGreaterThanOrEqual(of(score, 10 * hints));
        expect(of(score, 10 * hints + 10)).toBeLessThanOrEqual(of(score, 10 * hints));
      }),
    );
  });
});
