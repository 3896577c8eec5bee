import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkPublished,
  type Digest,
  type Meaning,
  meaningsOf,
  type Published,
  publish,
  publishedReason,
} from "#core/pack/published";
import type { Question } from "#core/pack/question";

// Any function of the text will do; a readable one shows what goes into a meaning.
const digest: Digest = (text) => `digest of ${text}`;

const meaning = (id: string, en = `what ${id} says`, reviewed = true): Meaning => ({
  id,
  says: { zh: `${id} 的意思`, en },
  reviewed,
});

const empty: Published = { schema: 1, published: {}, retired: {} };
const nothing = { reworded: [], retire: [] };
const registerOf = (...meanings: Meaning[]): Published => publish(empty, meanings, digest, nothing).register;

describe("an id in the packs", () => {
  it("agrees with the register once it is published", () => {
    const meanings = [meaning("oom-batch"), meaning("oom-accum")];
    expect(checkPublished(registerOf(...meanings), meanings, digest)).toEqual([]);
  });

  it("has to be published before it is used", () => {
    const findings = checkPublished(empty, [meaning("oom-batch")], digest);
    expect(findings.map(publishedReason)).toEqual([
      "oom-batch is not published yet: run npm run content:publish",
    ]);
  });

  it("may stay unpublished as long as it is a draft", () => {
    const draft = meaning("oom-batch", "still changing", false);
    expect(checkPublished(empty, [draft], digest)).toEqual([]);
    expect(publish(empty, [draft], digest, nothing).added).toEqual([]);
  });

  it.each([
    ["English", { zh: "减小", en: "raise it" }],
    ["Chinese", { zh: "增大", en: "lower it" }],
  ])("may not change its %s meaning, not even as a draft", (_language, says) => {
    const register = registerOf({ id: "oom-batch", says: { zh: "减小", en: "lower it" }, reviewed: true });
    const [finding] = checkPublished(register, [{ id: "oom-batch", says, reviewed: false }], digest);
    expect(finding).toEqual({ id: "oom-batch", trouble: "changed" });
    expect(finding && publishedReason(finding)).toContain("give it a new id");
  });

  it("is never one that was retired, even with its old meaning", () => {
    const old = meaning("oom-swap");
    const { register } = publish(registerOf(old), [], digest, { reworded: [], retire: ["oom-swap"] });
    const [finding] = checkPublished(register, [old], digest);
    expect(finding).toEqual({ id: "oom-swap", trouble: "retired" });
    expect(publish(register, [old], digest, nothing).refused).toEqual([
      "oom-swap was retired and is never used again: choose another id",
    ]);
  });

  it("does not silently go away", () => {
    const [finding] = checkPublished(registerOf(meaning("oom-batch")), [], digest);
    expect(finding).toEqual({ id: "oom-batch", trouble: "gone" });
    expect(finding && publishedReason(finding)).toContain("--retire oom-batch");
  });

  it("may have a name that every JavaScript object knows", () => {
    expect(checkPublished(empty, [meaning("constructor")], digest)).toEqual([
      { id: "constructor", trouble: "unpublished" },
    ]);
  });
});

describe("the meaning of a question", () => {
  const bilingual = (text: string) => ({ zh: `${text}（中）`, en: text });
  const question: Question = {
    schema: 1,
    id: "decay",
    status: "reviewed",
    topic: "training",
    difficulty: 1,
    text: bilingual("asked"),
    points: [
      {
        id: "decay-settle",
        title: bilingual("title"),
        statement: bilingual("stated"),
        weight: 1,
        hint: bilingual("hint"),
        source: { document: "notes", heading: "1. Start" },
      },
    ],
    modelAnswer: bilingual("answer"),
    hints: [bilingual("one"), bilingual("two")],
    followUps: [bilingual("three"), bilingual("four")],
  };

  it("is what it asks, and that of a key point what it states", () => {
    expect(meaningsOf(question)).toEqual([
      { id: "decay", says: question.text, reviewed: true },
      { id: "decay-settle", says: bilingual("stated"), reviewed: true },
    ]);
  });

  it("leaves weights, titles, hints, errata and answers free to change", () => {
    const [point] = question.points;
    const improved: Question = {
      ...question,
      difficulty: 3,
      modelAnswer: bilingual("a better answer"),
      points: point
        ? [
            {
              ...point,
              weight: 3,
              title: bilingual("better"),
              hint: bilingual("better"),
              erratum: bilingual("right"),
            },
          ]
        : [],
    };
    expect(meaningsOf(improved)).toEqual(meaningsOf(question));
  });
});

describe("publishing", () => {
  it("adds what is new and keeps the register in order", () => {
    const before = registerOf(meaning("m"));
    const { register, added, refused } = publish(
      before,
      [meaning("z"), meaning("m"), meaning("a")],
      digest,
      nothing,
    );
    expect(added).toEqual(["z", "a"]);
    expect(refused).toEqual([]);
    expect(Object.keys(register.published)).toEqual(["a", "m", "z"]);
  });

  it("refuses a changed meaning, unless the author says that only the words are better", () => {
    const before = registerOf(meaning("oom-batch", "lower the batch"));
    const now = [meaning("oom-batch", "reduce the batch size")];
    expect(publish(before, now, digest, nothing).refused).toHaveLength(1);
    const { register, refused } = publish(before, now, digest, { reworded: ["oom-batch"], retire: [] });
    expect(refused).toEqual([]);
    expect(checkPublished(register, now, digest)).toEqual([]);
  });

  it("refuses orders that do not fit what is there", () => {
    const meanings = [meaning("oom-batch")];
    const { refused } = publish(registerOf(...meanings), meanings, digest, {
      reworded: ["oom-batch"],
      retire: ["oom-batch", "unheard-of"],
    });
    expect(refused).toEqual([
      "oom-batch cannot be reworded: it is as it was published, or never was",
      "oom-batch cannot be retired: it is still in a pack, or was never published",
      "unheard-of cannot be retired: it is still in a pack, or was never published",
    ]);
  });

  it("twice does what once did, and forgets no id, whatever comes and goes", () => {
    const ids = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"));
    fc.assert(
      fc.property(ids, ids, (first, second) => {
        const before = registerOf(...first.map((id) => meaning(id)));
        const meanings = second.map((id) => meaning(id));
        const retire = first.filter((id) => !second.includes(id));
        const once = publish(before, meanings, digest, { reworded: [], retire });
        expect(once.refused).toEqual([]);
        expect(checkPublished(once.register, meanings, digest)).toEqual([]);
        expect(publish(once.register, meanings, digest, nothing).register).toEqual(once.register);
        const known = [...Object.keys(once.register.published), ...Object.keys(once.register.retired)];
        expect(known.sort()).toEqual([...new Set([...first, ...second])].sort());
      }),
    );
  });
});
