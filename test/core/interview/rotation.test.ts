import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import type { Seat, Turn } from "#core/interview/interview";
import { countPair, dutiesOnArrival, nextPair } from "#core/interview/rotation";

const seatOf = (name: string): Seat => ({
  member: memberIdSchema.parse(name),
  leftAt: null,
  consents: false,
  candidate: 0,
  interviewer: 0,
});

const namesOf = (members: number): string[] => Array.from({ length: members }, (_, at) => `m${at}`);

/** A turn as far as the rotation looks at it. */
const turnOf = (pair: ReturnType<typeof nextPair>): Turn => ({ ...pair }) as Turn;

interface Rolled {
  readonly candidate: number;
  readonly interviewer: number;
  readonly observer: number;
}

const spreadOf = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers);

function expectFair(rolled: readonly Rolled[]): void {
  for (const role of ["candidate", "interviewer", "observer"] as const)
    expect(spreadOf(rolled.map((one) => one[role]))).toBeLessThanOrEqual(1);
}

describe("The roles of an interview", () => {
  it("come to each member equally often, give or take one, after any number of questions", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 40 }), (members, questions) => {
        let seats = namesOf(members).map(seatOf);
        const turns: Turn[] = [];
        for (let asked = 0; asked < questions; asked += 1) {
          const pair = nextPair(seats, turns);
          expect(pair.candidate).not.toBe(pair.interviewer);
          turns.push(turnOf(pair));
          seats = countPair(seats, pair);
          expectFair(
            seats.map(({ member }) => {
              const candidate = turns.filter((turn) => turn.candidate === member).length;
              const interviewer = turns.filter((turn) => turn.interviewer === member).length;
              return { candidate, interviewer, observer: turns.length - candidate - interviewer };
            }),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it("let everybody meet everybody before a pair meets again, where numbers allow it", () => {
    let seats = namesOf(4).map(seatOf);
    const turns: Turn[] = [];
    for (let asked = 0; asked < 4; asked += 1) {
      const pair = nextPair(seats, turns);
      turns.push(turnOf(pair));
      seats = countPair(seats, pair);
    }
    const met = turns.map(({ candidate, interviewer }) => [candidate, interviewer].toSorted().join("+"));
    expect(new Set(met).size).toBeGreaterThanOrEqual(3);
  });

  it("stay fair among those who are there, and those who were from the beginning, whoever comes and goes", () => {
    const change = fc.oneof(
      { weight: 5, arbitrary: fc.constant({ kind: "ask" as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: "come" as const }) },
      { weight: 1, arbitrary: fc.nat({ max: 7 }).map((at) => ({ kind: "go" as const, at })) },
      { weight: 1, arbitrary: fc.nat({ max: 7 }).map((at) => ({ kind: "return" as const, at })) },
    );
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.array(change, { maxLength: 60 }), (members, changes) => {
        let present = namesOf(members).map(seatOf);
        let gone: Seat[] = [];
        let newcomers = 0;
        const stayed = new Set(present.map(({ member }) => member));
        const turns: Turn[] = [];
        for (const each of changes) {
          if (each.kind === "ask" && present.length >= 2) {
            const pair = nextPair(present, turns);
            turns.push(turnOf(pair));
            present = countPair(present, pair);
          } else if (each.kind === "come" && present.length < 8) {
            newcomers += 1;
            const seat = seatOf(`late${newcomers}`);
            present = [...present, { ...seat, ...dutiesOnArrival(seat, present) }];
          } else if (each.kind === "go" && present.length > 2) {
            const [left] = present.slice(each.at % present.length);
            if (left === undefined) continue;
            stayed.delete(left.member);
            gone = [...gone, left];
            present = present.filter((seat) => seat !== left);
          } else if (each.kind === "return" && present.length < 8 && gone.length > 0) {
            const [back] = gone.slice(each.at % gone.length);
            if (back === undefined) continue;
            gone = gone.filter((seat) => seat !== back);
            present = [...present, { ...back, ...dutiesOnArrival(back, present) }];
          }
          expectFair(
            present.map(({ candidate, interviewer }) => ({
              candidate,
              interviewer,
              observer: -candidate - interviewer,
            })),
          );
          // Whoever was there all the time is counted by what they really did.
          const real = [...stayed].map((member) => {
            const candidate = turns.filter((turn) => turn.candidate === member).length;
            const interviewer = turns.filter((turn) => turn.interviewer === member).length;
            return { candidate, interviewer, observer: turns.length - candidate - interviewer };
          });
          if (real.length > 1) expectFair(real);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("leave the asking to the bot where only one is left", () => {
    expect(nextPair([seatOf("ada")], [])).toEqual({ candidate: "ada", interviewer: null });
  });
});
