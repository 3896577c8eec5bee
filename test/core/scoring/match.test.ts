import { describe, expect, it } from "vitest";
import { resolveDirections } from "#core/scoring/directions";
import { compileGlossary, glossaryFileSchema } from "#core/scoring/glossary";
import { Lexicon } from "#core/scoring/lexicon";
import { matchRule, whereabouts } from "#core/scoring/match";
import { normalise } from "#core/scoring/normalise";
import { read } from "#core/scoring/reading";
import { parseRule } from "#core/scoring/rule";
import { resolveSubjects } from "#core/scoring/subjects";

const glossary = compileGlossary([
  glossaryFileSchema.parse({
    schema: 1,
    entries: {
      batch: { quantity: true, zh: ["批量"], en: ["batch"] },
      memory: { zh: ["显存"], en: ["memory"] },
      both: { zh: ["显存批量"], en: ["footprint"] },
      shared: { zh: ["显存"], en: ["memory", "footprint"] },
      cards: { zh: ["多卡", "不*单张"], en: ["cards", "turn*cards"] },
      labels: { zh: ["标注"], en: ["labels"] },
      pretraining: { type: "subject", zh: ["预训练"], en: ["pretraining"] },
      sft: { type: "subject", zh: ["微调"], en: ["sft"] },
      down: { type: "down", zh: ["减小"], en: ["lower"] },
      not: { type: "not", zh: ["不"], en: ["not"] },
      forbid: { type: "forbid", zh: ["别"], en: ["avoid", "switch*off"] },
      useless: { type: "useless", zh: ["没用"], en: ["useless"] },
      needless: { type: "needless", zh: ["不用"], en: ["no need"] },
      without: { type: "without", zh: ["不加"], en: ["without"] },
      reject: { type: "reject", zh: ["而不是"], en: ["rather than"] },
      belief: { type: "belief", zh: ["以为"], en: ["thought"] },
    },
  }),
]);
const number = (id: string): number => glossary.numberOf.get(id) ?? -1;

function matches(rule: string, text: string) {
  const reading = read(normalise(text), { glossary, phrases: new Lexicon() }, () => false);
  resolveDirections(reading, glossary);
  resolveSubjects(reading, [number("pretraining"), number("sft")]);
  return matchRule(parseRule(rule, glossary.numberOf), reading, whereabouts(reading)).map((match) => ({
    ...match,
    words: match.tokens.map(({ start, end }) => reading.text.text.slice(start, end)).join(" + "),
  }));
}

/** The words that fulfil the rule, one text for each clause that holds its first. */
const words = (rule: string, text: string): string[] => matches(rule, text).map((match) => match.words);

/** What bears on the first place where the rule is fulfilled. */
function bearing(rule: string, text: string): string {
  const [match] = matches(rule, text);
  if (match === undefined) return "nothing";
  const said = match.denied % 2 === 0 ? "claimed" : match.forbidden ? "forbidden" : "denied";
  if (match.unclaimed) return "left open";
  return match.asked ? "asked" : said;
}

describe("A rule is fulfilled", () => {
  it("once in every clause that holds its first concept", () => {
    expect(words("batch", "批量，显存，批量批量")).toEqual(["批量", "批量"]);
    expect(words("batch", "显存")).toEqual([]);
  });

  it("where every slot is, in the clause or one of two beside it", () => {
    expect(words("batch + memory", "批量占显存")).toEqual(["批量 + 显存"]);
    expect(words("batch + memory", "显存看批量")).toEqual(["批量 + 显存"]);
    expect(words("batch + memory", "批量，是，占显存")).toEqual(["批量 + 显存"]);
    expect(words("batch + memory", "批量，是，的，占显存")).toEqual([]);
    expect(words("batch + memory", "显存，是，看批量")).toEqual(["批量 + 显存"]);
    expect(words("batch + memory", "显存，是，的，看批量")).toEqual([]);
    expect(words("batch + memory", "批量大")).toEqual([]);
  });

  it("by any concept of a slot, the nearest one", () => {
    expect(words("batch|cards + memory", "多卡分显存")).toEqual(["多卡 + 显存"]);
    expect(words("batch + memory|cards", "显存和别的都看批量和多卡")).toEqual(["批量 + 多卡"]);
    expect(words("batch + memory", "memory goes with the batch, memory")).toEqual(["batch + memory"]);
  });

  it("not past the end of the sentence, unless it is wide, and then only into the next", () => {
    expect(words("batch + memory", "批量大。占显存")).toEqual([]);
    expect(words("batch + memory ; wide", "批量大。占显存")).toEqual(["批量 + 显存"]);
    expect(words("batch + memory ; wide", "占显存。批量大")).toEqual(["批量 + 显存"]);
    expect(words("batch + memory ; wide", "是的。批量大。占显存")).toEqual(["批量 + 显存"]);
    expect(words("batch + memory ; wide", "批量大。是的。占显存")).toEqual([]);
  });

  it("in one clause alone where it asks for that", () => {
    expect(words("batch + memory ; clause", "批量占显存")).toEqual(["批量 + 显存"]);
    expect(words("batch + memory ; clause", "批量大，占显存")).toEqual([]);
  });

  it("in its own order where it asks for that", () => {
    expect(words("batch + memory ; ordered", "批量占显存")).toEqual(["批量 + 显存"]);
    expect(words("batch + memory ; ordered", "显存看批量")).toEqual([]);
  });

  it("by no words too far apart", () => {
    expect(words("batch + memory", `批量${"的".repeat(44)}显存`)).toEqual(["批量 + 显存"]);
    expect(words("batch + memory", `批量${"的".repeat(45)}显存`)).toEqual([]);
  });

  it("by no word twice", () => {
    expect(words("memory + shared", "显存")).toEqual([]);
    expect(words("memory + shared", "显存显存")).toEqual(["显存 + 显存"]);
    expect(words("both + shared", "footprint")).toEqual([]);
  });

  it("by a quantity that goes its way", () => {
    expect(words("batch:down", "减小批量")).toEqual(["批量"]);
    expect(words("batch:up", "减小批量")).toEqual([]);
    expect(words("batch:flat", "减小批量")).toEqual([]);
    expect(words("batch:flat", "批量")).toEqual(["批量"]);
    expect(words("memory + batch:down", "显存看批量")).toEqual([]);
    expect(words("memory + batch:down", "显存要减小批量")).toEqual(["显存 + 批量"]);
  });

  it("where no concept that it excludes stands in the clause", () => {
    expect(words("batch ! cards", "批量")).toEqual(["批量"]);
    expect(words("batch ! cards", "批量，多卡")).toEqual(["批量"]);
    expect(words("batch ! cards", "多卡的批量")).toEqual([]);
    expect(words("memory ! batch:down", "批量占显存")).toEqual(["显存"]);
    expect(words("memory ! batch:down", "减小批量省显存")).toEqual([]);
  });

  it("of the subject that it names, and surely so only beside it", () => {
    expect(matches("sft > labels", "微调用标注").map(({ firm }) => firm)).toEqual([true]);
    expect(matches("sft > labels", "微调在后。用标注").map(({ firm }) => firm)).toEqual([false]);
    expect(matches("sft > labels + memory", "微调用标注，占显存").map(({ firm }) => firm)).toEqual([false]);
    expect(words("sft > labels", "预训练用标注")).toEqual([]);
    expect(words("labels + sft", "预训练用标注，微调")).toEqual(["标注 + 微调"]);
  });
});

describe("A denial bears on what it is said of", () => {
  it.each([
    ["批量", "claimed"],
    ["不是批量", "denied"],
    ["不批量", "denied"],
    ["批量不", "claimed"],
    [`不${"的".repeat(10)}批量`, "denied"],
    [`不${"的".repeat(11)}批量`, "claimed"],
    ["不是不要批量", "claimed"],
    ["不。批量", "claimed"],
    ["不，批量", "claimed"],
  ])("within ten letters behind it, and twice is not at all: %s", (text, found) => {
    expect(bearing("batch", text)).toBe(found);
  });

  it("between two words of one claim as well", () => {
    expect(bearing("batch + memory", "批量不占显存")).toBe("denied");
    expect(bearing("batch + memory", "批量占显存不")).toBe("claimed");
  });

  it.each([
    ["别加批量", "forbidden"],
    ["批量别", "forbidden"],
    [`别${"的".repeat(12)}批量`, "forbidden"],
    [`别${"的".repeat(13)}批量`, "claimed"],
    ["批量的的别", "forbidden"],
    ["批量的的的别", "claimed"],
    ["switch the batch off", "forbidden"],
  ])("and an order not to, on what stands before it too: %s", (text, found) => {
    expect(bearing("batch", text)).toBe(found);
  });

  it.each([
    ["批量没用", "forbidden"],
    [`批量${"的".repeat(18)}没用`, "forbidden"],
    [`批量${"的".repeat(19)}没用`, "claimed"],
    ["没用的批量", "claimed"],
    ["a useless batch", "forbidden"],
    [`useless ${"o ".repeat(9)}batch`, "forbidden"],
    [`useless ${"o ".repeat(10)}batch`, "claimed"],
  ])("and what is called useless, in Chinese only before the word: %s", (text, found) => {
    expect(bearing("batch", text)).toBe(found);
  });

  it("and a claim that holds a word for useless between its own", () => {
    expect(bearing("batch + memory", "批量没用显存")).toBe("forbidden");
  });

  it.each([
    ["不用批量", "denied"],
    [`不用${"的".repeat(10)}批量`, "denied"],
    [`不用${"的".repeat(11)}批量`, "claimed"],
    ["批量不用", "forbidden"],
    ["批量的的不用", "forbidden"],
    ["批量的的的不用", "claimed"],
    ["批量就不用了", "forbidden"],
    ["批量就不用多卡", "claimed"],
    ["no need for a batch", "denied"],
  ])("and what is needless: %s", (text, found) => {
    expect(bearing("batch", text)).toBe(found);
  });

  it("and a claim with a needless thing in its middle", () => {
    expect(bearing("batch + memory", "批量不用显存")).toBe("denied");
  });

  it.each([
    ["不加批量", "left open"],
    [`不加${"的".repeat(10)}批量`, "left open"],
    [`不加${"的".repeat(11)}批量`, "claimed"],
    ["批量不加", "claimed"],
    ["有人以为是批量", "left open"],
    ["batch without memory", "claimed"],
  ])("and without it, or in somebody's belief, nothing is claimed: %s", (text, found) => {
    expect(bearing("batch", text)).toBe(found);
  });

  it("and a question only asks", () => {
    expect(bearing("batch", "批量吗？")).toBe("asked");
    expect(bearing("batch + memory", "批量大，占显存吗？")).toBe("asked");
    expect(bearing("memory", "批量吗？显存")).toBe("claimed");
  });

  it("and what is turned away from is denied", () => {
    expect(bearing("batch", "显存而不是批量")).toBe("denied");
    expect(bearing("memory", "显存而不是批量")).toBe("claimed");
  });

  it("and in one of two clauses it leaves the whole open", () => {
    expect(bearing("batch + memory", "不是批量，占显存")).toBe("left open");
    expect(bearing("batch + memory", "批量大，不占显存")).toBe("left open");
    expect(bearing("batch + memory", "不是批量，不占显存")).toBe("claimed");
  });

  it("and is not heard where it is part of the name, but in what the name leaves out", () => {
    expect(bearing("cards", "不止单张")).toBe("claimed");
    expect(bearing("cards", "不是不止单张")).toBe("denied");
    expect(bearing("cards", "turn the cards")).toBe("claimed");
    expect(bearing("cards", "turn not all cards")).toBe("denied");
  });
});
