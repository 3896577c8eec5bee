import { describe, expect, it } from "vitest";
import { splitClauses } from "#core/scoring/clauses";

/** The clauses of a text, sentences apart by `/`, asked ones with a `?`. */
const split = (text: string): string => {
  let sentence = 0;
  return splitClauses(text)
    .map((clause) => {
      const mark = clause.sentence === sentence ? "" : "/ ";
      sentence = clause.sentence;
      return `${mark}[${text.slice(clause.start, clause.end)}]${clause.asked ? "?" : ""}`;
    })
    .join(" ");
};

describe("A text cut into clauses", () => {
  it.each([
    ["减小batch,用混合精度。再换卡", "[减小batch] [用混合精度] / [再换卡]"],
    ["one, two; three! four\nfive", "[one] [two] / [three] / [four] / [five]"],
    ["要减小吗?是的", "[要减小吗]? / [是的]"],
    ["要减小吗？是的", "[要减小吗]? / [是的]"],
    ["一、二，三|四", "[一] [二] [三] [四]"],
    ["one -- two", "[one] [two]"],
    ["  ,, 。 ", ""],
  ])("at its stops: %s", (text, clauses) => {
    expect(split(text)).toBe(clauses);
  });

  it.each([
    ["use bf16. then lora", "[use bf16] / [then lora]"],
    ["qwen2.5 takes 0.5 gb", "[qwen2.5 takes 0.5 gb]"],
    ["optimizer.step once", "[optimizer.step once]"],
    ["改成0.5。", "[改成0.5]"],
    ["bf16.再换卡", "[bf16] / [再换卡]"],
    ["remedies, e.g. lora", "[remedies] [e.g. lora]"],
    ["remedies, i.e. lora", "[remedies] [i.e. lora]"],
    ["fp32 vs. bf16", "[fp32 vs. bf16]"],
    ["lora etc. help", "[lora etc. help]"],
    ["the end.", "[the end]"],
    ['say "no".', '[say "no"]'],
  ])("at a dot only where it ends a sentence: %s", (text, clauses) => {
    expect(split(text)).toBe(clauses);
  });

  it.each([
    ["预训练:无标注", "[预训练] [无标注]"],
    ["sft: labelled", "[sft] [labelled]"],
    ["batch size: 1", "[batch size: 1]"],
    ["batch size:16", "[batch size:16]"],
    ["bs:1", "[bs:1]"],
    ["bs: a1", "[bs] [a1]"],
    ["label:", "[label]"],
    ["see https://a", "[see https://a]"],
  ])("at a colon behind a label, not behind a setting: %s", (text, clauses) => {
    expect(split(text)).toBe(clauses);
  });

  it.each([
    ["减小batch而不是增大", "[减小batch] [而不是增大]"],
    ["降batch但别换卡", "[降batch] [但别换卡]"],
    ["shrink it rather than raise it", "[shrink it] [rather than raise it]"],
    ["sft needs labels while pretraining does not", "[sft needs labels] [while pretraining does not]"],
    ["降batch然后开lora", "[降batch] / [然后开lora]"],
    ["第一降batch第二开lora", "[第一降batch] / [第二开lora]"],
    ["a button is no contrast", "[a button is no contrast]"],
    ["but it is", "[but it is]"],
    ["降batch但，开lora", "[降batch] [但] [开lora]"],
    ["降batch但但开lora", "[降batch] [但] [但开lora]"],
    ["lower it however, raise that", "[lower it] [however] [raise that]"],
  ])("before the words that turn or go on: %s", (text, clauses) => {
    expect(split(text)).toBe(clauses);
  });

  it.each([
    ["remedies (lora, bf16) help", "[remedies (lora, bf16) help]"],
    ["shape [1, 2], then", "[shape [1, 2]] [then]"],
    ["one) two, three", "[one) two] [three]"],
    ["use (one, two) now, three", "[use (one, two) now] [three]"],
    ["use [one, two] now, three", "[use [one, two] now] [three]"],
    ["a ((one, two), three), four", "[a ((one, two), three)] [four]"],
    ["[note] one, two", "[note] / [one] [two]"],
    ["one [note] two", "[one [note] two]"],
    ["(one, two. three, four", "[one, two] / [three] [four]"],
  ])("at no comma inside brackets, unless they never close: %s", (text, clauses) => {
    expect(split(text)).toBe(clauses);
  });

  it("without the marks of a list before it", () => {
    expect(split("- one\n· two\n* three")).toBe("[one] / [· two] / [three]");
    expect(split("> one")).toBe("[> one]");
  });
});
