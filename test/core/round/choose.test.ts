import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseQuestion } from "#core/round/choose";

const ids = ["q1", "q2", "q3", "q4", "q5", "q6", "q7"];

/** What a channel is asked over `count` rounds. */
const askedOver = (reviewed: readonly string[], seed: string, count: number): string[] => {
  const past: { question: string; opensAt: number }[] = [];
  for (let opensAt = 1; opensAt <= count; opensAt += 1) {
    const question = chooseQuestion(reviewed, past, seed);
    if (question !== null) past.push({ question, opensAt });
  }
  return past.map(({ question }) => question);
};

const someIds = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 20 });

describe("the next question of a channel", () => {
  it("is the pack's first for a channel that was never asked", () => {
    expect(["a", "b", "c"].map((seed) => chooseQuestion(ids, [], seed))).toEqual(["q1", "q1", "q1"]);
  });

  it("repeats none before all were asked, and then comes round in the same order", () => {
    fc.assert(
      fc.property(someIds, fc.string(), (reviewed, seed) => {
        const asked = askedOver(reviewed, seed, 3 * reviewed.length);
        const first = asked.slice(0, reviewed.length);
        expect(first.toSorted()).toEqual(reviewed.toSorted());
        expect(asked).toEqual([...first, ...first, ...first]);
      }),
    );
  });

  it("depends on the channel's past alone, not on the order in which the past is listed", () => {
    const past = ["q3", "q1", "q3", "q2"].map((question, opensAt) => ({ question, opensAt }));
    fc.assert(
      fc.property(fc.shuffledSubarray(past, { minLength: 4 }), (shuffled) => {
        expect(chooseQuestion(["q1", "q2", "q3"], shuffled, "prep")).toBe("q1");
      }),
    );
  });

  it("comes in another order in another channel", () => {
    const orders = new Set(["a", "b", "c", "d", "e", "f"].map((seed) => askedOver(ids, seed, 7).join()));
    expect(orders.size).toBeGreaterThan(3);
  });

  it("is spread evenly over channels", () => {
    const seconds = Array.from({ length: 6_000 }, (_, channel) => askedOver(ids, `channel-${channel}`, 2)[1]);
    for (const id of ids.slice(1)) {
      const share = seconds.filter((second) => second === id).length / seconds.length;
      // Six questions share the second place; 6 standard deviations of a fair draw are 0.029.
      expect(Math.abs(share - 1 / 6), id).toBeLessThan(0.029);
    }
  });

  it("is a new question before any old one, and leaves the order of the others as it was", () => {
    fc.assert(
      fc.property(someIds, fc.string(), (reviewed, seed) => {
        const all = askedOver(reviewed, seed, reviewed.length).map((question, opensAt) => ({
          question,
          opensAt,
        }));
        expect(chooseQuestion([...reviewed, "brand-new"], all, seed)).toBe("brand-new");
        const without = askedOver(reviewed, seed, reviewed.length);
        const added = askedOver([...reviewed, "brand-new"], seed, reviewed.length + 1);
        expect(added.filter((id) => id !== "brand-new")).toEqual(without);
      }),
    );
  });

  it("is never one that was withdrawn, and none where there is none", () => {
    expect(chooseQuestion(["q2"], [{ question: "q1", opensAt: 1 }], "prep")).toBe("q2");
    expect(chooseQuestion([], [], "prep")).toBeNull();
    expect(chooseQuestion([], [{ question: "q1", opensAt: 1 }], "prep")).toBeNull();
  });
});
