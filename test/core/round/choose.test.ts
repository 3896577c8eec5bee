import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Choosing, chooseQuestion } from "#core/round/choose";
import { aimAfter, type BankQuestion, expectedScores, type RoundScores } from "#core/round/difficulty";

const question = (id: string, topic = "memory", difficulty: 1 | 2 | 3 = 2): BankQuestion => ({
  id,
  topic,
  difficulty,
});
const bankOf = (...ids: string[]): BankQuestion[] => ids.map((id) => question(id));
const sameTopic = bankOf("q1", "q2", "q3", "q4", "q5", "q6", "q7");

type Past = { question: string; opensAt: number }[];
const choose = (
  bank: readonly BankQuestion[],
  past: Past,
  seed: string,
  results: readonly RoundScores[] = [],
) => chooseQuestion({ bank, past, results, seed });

/** What a channel is asked over `count` rounds, where each round's scores are as `scoresOf` says. */
const askedOver = (
  bank: readonly BankQuestion[],
  seed: string,
  count: number,
  scoresOf: (id: string) => readonly number[] = () => [],
): string[] => {
  const past: Past = [];
  for (let opensAt = 1; opensAt <= count; opensAt += 1) {
    const results = past
      .slice(0, -1)
      .map((round) => ({ question: round.question, scores: scoresOf(round.question) }));
    const next = choose(bank, past, seed, results);
    if (next !== null) past.push({ question: next, opensAt });
  }
  return past.map((round) => round.question);
};

const anyQuestion = fc.record({
  id: fc.stringMatching(/^[a-z0-9]{1,8}$/),
  topic: fc.constantFrom("memory", "tuning", "serving", "data"),
  difficulty: fc.constantFrom(1 as const, 2 as const, 3 as const),
});
const anyBank = fc.uniqueArray(anyQuestion, { selector: ({ id }) => id, minLength: 1, maxLength: 20 });
const anyScores = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 6 });

describe("the next question of a channel", () => {
  it("is the pack's first for a channel that was never asked", () => {
    expect(["a", "b", "c"].map((seed) => choose(sameTopic, [], seed))).toEqual(["q1", "q1", "q1"]);
  });

  it("repeats none before all were asked, and then comes round in the same order, whatever is scored", () => {
    fc.assert(
      fc.property(anyBank, fc.string(), fc.func(anyScores), (bank, seed, scoresOf) => {
        const asked = askedOver(bank, seed, 3 * bank.length, scoresOf);
        const first = asked.slice(0, bank.length);
        expect(first.toSorted()).toEqual(bank.map(({ id }) => id).toSorted());
        expect(asked).toEqual([...first, ...first, ...first]);
      }),
    );
  });

  it("is the same for every process that asks, in whatever order it reads the channel's past", () => {
    const shuffled = anyBank.chain((bank) => {
      const past = askedOver(bank, "prep", Math.ceil(bank.length / 2)).map((id, at) => ({
        question: id,
        opensAt: at,
      }));
      const results = past.map(({ question: id }, at) => ({ question: id, scores: [10 * at, 55] }));
      const anyOrder = <Item>(items: Item[]) => fc.shuffledSubarray(items, { minLength: items.length });
      return fc.record({
        bank: fc.constant(bank),
        inOrder: fc.constant({ past, results }),
        read: fc.record({ past: anyOrder(past), results: anyOrder(results) }),
      });
    });
    fc.assert(
      fc.property(shuffled, ({ bank, inOrder, read }) => {
        const with_ = (part: Pick<Choosing, "past" | "results">) =>
          chooseQuestion({ bank, seed: "prep", ...part });
        expect(with_(read)).toBe(with_(inOrder));
      }),
    );
  });

  it("comes in another order in another channel, evenly spread over channels", () => {
    const orders = new Set(
      ["a", "b", "c", "d", "e", "f"].map((seed) => askedOver(sameTopic, seed, 7).join()),
    );
    expect(orders.size).toBeGreaterThan(3);
    const seconds = Array.from(
      { length: 6_000 },
      (_, channel) => askedOver(sameTopic, `channel-${channel}`, 2)[1],
    );
    for (const { id } of sameTopic.slice(1)) {
      const share = seconds.filter((second) => second === id).length / seconds.length;
      // Six questions share the second place; 6 standard deviations of a fair draw are 0.029.
      expect(Math.abs(share - 1 / 6), id).toBeLessThan(0.029);
    }
  });

  it("is a new question before any old one", () => {
    fc.assert(
      fc.property(anyBank, anyQuestion, fc.string(), (bank, added, seed) => {
        fc.pre(bank.every(({ id }) => id !== added.id));
        const past = askedOver(bank, seed, bank.length).map((id, opensAt) => ({ question: id, opensAt }));
        expect(choose([...bank, added], past, seed)).toBe(added.id);
      }),
    );
  });

  it("is never one that was withdrawn, and none where there is none", () => {
    expect(choose(bankOf("q2"), [{ question: "q1", opensAt: 1 }], "prep")).toBe("q2");
    expect(choose([], [], "prep")).toBeNull();
    expect(choose([], [{ question: "q1", opensAt: 1 }], "prep")).toBeNull();
  });

  it("gives each topic its share of any week, within one, as long as the bank lasts", () => {
    const topics = fc.uniqueArray(fc.constantFrom("memory", "tuning", "serving", "data", "agents"), {
      minLength: 2,
    });
    fc.assert(
      fc.property(topics, fc.integer({ min: 3, max: 8 }), fc.string(), (names, each, seed) => {
        const bank = names.flatMap((topic) =>
          Array.from({ length: each }, (_, at) =>
            question(`${topic}-${at}`, topic, ((at % 3) + 1) as 1 | 2 | 3),
          ),
        );
        const asked = askedOver(bank, seed, bank.length).map((id) => id.split("-")[0]);
        for (let from = 0; from + 7 <= asked.length; from += 1) {
          const week = asked.slice(from, from + 7);
          for (const topic of names) {
            const came = week.filter((one) => one === topic).length;
            expect(Math.abs(came - 7 / names.length)).toBeLessThan(2);
          }
        }
      }),
    );
  });

  it("spreads a topic with most of the questions over the whole bank instead of leaving it for the end", () => {
    const bank = [
      ...Array.from({ length: 12 }, (_, at) => question(`memory-${at}`, "memory")),
      ...Array.from({ length: 4 }, (_, at) => question(`data-${at}`, "data")),
    ];
    const asked = askedOver(bank, "prep", 16);
    const places = asked.flatMap((id, at) => (id.startsWith("data") ? [at] : []));
    expect(Math.max(...places)).toBeGreaterThan(8);
    expect(Math.min(...places)).toBeLessThan(5);
  });

  it("is an easier one after a week of low scores, and a harder one after a week of high ones", () => {
    const bank = [
      question("first"),
      question("easy", "memory", 1),
      question("middle"),
      question("hard", "memory", 3),
    ];
    const past = [{ question: "first", opensAt: 1 }];
    const nextAfter = (...scores: number[]) => choose(bank, past, "prep", [{ question: "first", scores }]);
    expect(nextAfter(...Array.from({ length: 20 }, () => 30))).toBe("easy");
    expect(nextAfter(...Array.from({ length: 20 }, () => 100))).toBe("hard");
    expect(nextAfter()).toBe("middle");
  });

  it("keeps a week's mean nearer to 70 than the order of the pack would, where difficulties really differ", () => {
    const scoreOf = (id: string): number => ({ 1: 92, 2: 68, 3: 41 })[Number(id.split("/")[1])] ?? 0;
    const bank = Array.from({ length: 30 }, (_, at) => {
      const difficulty = (Math.floor(at / 10) + 1) as 1 | 2 | 3;
      return question(`q${at}/${difficulty}`, "memory", difficulty);
    });
    const worst = (asked: readonly string[]): number => {
      const weeks = Array.from({ length: asked.length - 6 }, (_, at) => asked.slice(at, at + 7).map(scoreOf));
      return Math.max(...weeks.map((week) => Math.abs(week.reduce((sum, one) => sum + one, 0) / 7 - 67)));
    };
    const inPackOrder = bank.map(({ id }) => id);
    const chosen = askedOver(bank, "prep", 30, (id) => Array.from({ length: 8 }, () => scoreOf(id)));
    expect(worst(inPackOrder)).toBeGreaterThan(20);
    expect(worst(chosen)).toBeLessThan(12);
  });
});

describe("how hard a question is", () => {
  const bank = [question("a", "memory", 1), question("b", "memory", 1), question("c", "memory", 3)];
  const many = (score: number) => Array.from({ length: 400 }, () => score);

  it("is what the pack says as long as nothing was answered", () => {
    expect([...expectedScores(bank, []).values()]).toEqual([80, 70 + 10, 60]);
  });

  it("is what members score in the end, and hardly moves for one of them", () => {
    const meanAfter = (scores: readonly number[]) =>
      expectedScores(bank, [{ question: "a", scores }]).get("a") ?? 0;
    expect(meanAfter(many(35))).toBeLessThan(37);
    expect(meanAfter([0])).toBeGreaterThan(65);
    // Worked by hand: (80·20 + 50·10) / 30 = 70 for the difficulty, then (70·10 + 50·10) / 20 = 60 for the question.
    expect(meanAfter(Array.from({ length: 10 }, () => 50))).toBeCloseTo(60, 10);
  });

  it("tells something of the other questions that the pack calls as hard", () => {
    const expected = expectedScores(bank, [{ question: "a", scores: many(40) }]);
    expect(expected.get("b")).toBeLessThan(45);
    expect(expected.get("c")).toBe(60);
  });

  it("lies between what was guessed and what was seen", () => {
    fc.assert(
      fc.property(
        anyBank,
        fc.array(fc.record({ question: fc.string(), scores: anyScores })),
        (some, results) => {
          const known = some.map(({ id }) => ({ question: id, scores: [0, 100] }));
          for (const expected of expectedScores(some, [...results, ...known]).values()) {
            expect(expected).toBeGreaterThan(0);
            expect(expected).toBeLessThan(100);
          }
        },
      ),
    );
  });

  it("makes the aim of the next one what brings the week to 70, within reason", () => {
    expect([
      aimAfter([]),
      aimAfter([70, 70]),
      aimAfter([65, 70]),
      aimAfter([0, 0, 0]),
      aimAfter([100, 100]),
    ]).toEqual([70, 70, 75, 90, 50]);
  });
});
