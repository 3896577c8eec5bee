import { describe, expect, it } from "vitest";
import { resolveDirections } from "#core/scoring/directions";
import { compileGlossary, glossaryFileSchema } from "#core/scoring/glossary";
import { Lexicon } from "#core/scoring/lexicon";
import { normalise } from "#core/scoring/normalise";
import { read } from "#core/scoring/reading";
import { resolveSubjects } from "#core/scoring/subjects";

const glossary = compileGlossary([
  glossaryFileSchema.parse({
    schema: 1,
    entries: {
      batch: { quantity: true, zh: ["批量"], en: ["batch size", "batch"] },
      seq: { quantity: true, zh: ["序列"], en: ["sequence"] },
      memory: { quantity: true, zh: ["显存"], en: ["memory"] },
      labels: { zh: ["标注"], en: ["labels"] },
      text: { zh: ["文本"], en: ["raw text"] },
      up: { type: "up", zh: ["增大", "越大", "更大", "更多"], en: ["raise", "bigger"] },
      down: { type: "down", zh: ["减小", "更少", "越小"], en: ["lower", "less", "reduce"] },
      pretraining: { type: "subject", zh: ["预训练"], en: ["pretraining"] },
      sft: { type: "subject", zh: ["微调"], en: ["sft"] },
      rl: { type: "subject", zh: ["强化学习"], en: ["rl"] },
      correct: { type: "correct", zh: ["不对"], en: [] },
      former: { type: "former", zh: ["前者"], en: ["the former"] },
      latter: { type: "latter", zh: ["后者"], en: ["the latter"] },
      one: { type: "one", zh: ["一个"], en: ["one"] },
    },
  }),
]);

const number = (id: string): number => glossary.numberOf.get(id) ?? -1;
const nameOf = (meaning: number): string => glossary.entries[meaning]?.id ?? "-";

const COMPARED = ["pretraining", "sft"];

function tokensOf(text: string, asked: readonly string[] = COMPARED) {
  const reading = read(normalise(text), { glossary, phrases: new Lexicon() }, () => false);
  resolveDirections(reading, glossary);
  resolveSubjects(reading, asked.map(number));
  return reading.clauses.flatMap((clause) => clause.tokens);
}

/** Every quantity with the way it goes. */
const directions = (text: string): string =>
  tokensOf(text)
    .filter(({ meaning }) => glossary.entries[meaning]?.quantity === true)
    .map(({ meaning, direction }) => `${nameOf(meaning)}${["↓", "", "↑"][direction + 1]}`)
    .join(" ");

/** Every thing with the subject that it is said of; a `~` where it was carried over. */
const subjects = (text: string, asked?: readonly string[]): string =>
  tokensOf(text, asked)
    .filter(({ meaning }) => ["labels", "text"].includes(nameOf(meaning)))
    .map(({ meaning, subject, firm }) => `${nameOf(meaning)} of ${firm ? "" : "~"}${nameOf(subject)}`)
    .join(", ");

describe("Which way a quantity goes", () => {
  it.each([
    ["减小批量", "batch↓"],
    ["批量增大", "batch↑"],
    ["lower the batch size", "batch↓"],
    ["a bigger batch", "batch↑"],
    ["批量", "batch"],
    ["减小学习率", ""],
  ])("is said by the word beside it: %s", (text, found) => {
    expect(directions(text)).toBe(found);
  });

  it.each([
    ["批量越大显存更多", "batch↑ memory↑"],
    ["减小批量显存更少", "batch↓ memory↓"],
    ["lower the batch, raise the sequence", "batch↓ seq↑"],
    ["a bigger batch with less memory", "batch↑ memory↓"],
  ])("is told apart where several things move: %s", (text, found) => {
    expect(directions(text)).toBe(found);
  });

  it.each([
    ["减小批量和序列", "batch↓ seq↓"],
    ["lower the batch and the sequence", "batch↓ seq↓"],
    ["lower the batch or sequence", "batch↓ seq↓"],
    ["减小批量与序列", "batch↓ seq↓"],
    ["减小批量或者序列", "batch↓ seq↓"],
    ["减小批量以及序列", "batch↓ seq↓"],
    ["减小批量/序列", "batch↓ seq↓"],
    ["reduce batch & sequence", "batch↓ seq↓"],
    ["减小批量和序列和显存", "batch↓ seq↓ memory↓"],
    ["减小批量看序列", "batch↓ seq"],
    ["批量和序列减小", "batch seq↓"],
  ])("is shared by two things that and or or joins: %s", (text, found) => {
    expect(directions(text)).toBe(found);
  });

  it.each([
    ["batch size 32 → 8", "batch↓"],
    ["batch size 8->32", "batch↑"],
    ["batch size from 32 to 8", "batch↓"],
    ["批量从8改到32", "batch↑"],
    ["批量从32降到8", "batch↓"],
    ["batch size 32 => 8", "batch↓"],
    ["批量32变成8", "batch↓"],
    ["批量8调到32", "batch↑"],
    ["批量由32至8", "batch↓"],
    ["batch from 8 lower to 32", "batch↑"],
    ["增大批量，批量从32降到8", "batch↑ batch↓"],
    ["batch from 32 all the way to 8", "batch"],
    ["batch size 128 → 16 → 64", "batch↓"],
    ["批量16到20", "batch"],
    ["batch size 16 to 20", "batch"],
    ["batch size 8 → 8", "batch"],
  ])("is what its figures say: %s", (text, found) => {
    expect(directions(text)).toBe(found);
  });

  it.each([
    ["batch size: 1", "batch↓"],
    ["batch=4", "batch↓"],
    ["batch size of 2", "batch↓"],
    ["批量设为1", "batch↓"],
    ["批量改成2", "batch↓"],
    ["批量调到4", "batch↓"],
    ["批量开2", "batch↓"],
    ["批量1", "batch↓"],
    ["batch to 2", "batch↓"],
    ["增大批量=2", "batch↑"],
    ["batch is 2", "batch"],
    ["batch=5", "batch"],
    ["batch=0", "batch"],
    ["batch=12345", "batch"],
  ])("is down where a setting makes it small: %s", (text, found) => {
    expect(directions(text)).toBe(found);
  });

  it.each([
    ["显存增大批量", "memory↑ batch"],
    ["显存的减小批量", "memory batch↓"],
    ["显存的越大批量", "memory↑ batch"],
    ["显存的更大批量", "memory↑ batch"],
    [`显存${"的".repeat(9)}越大批量`, "memory batch↑"],
    ["memory raise batch", "memory batch↑"],
    ["memory raise the the batch", "memory↑ batch"],
  ])("is said of the nearer of two things, 越 of what stands before it: %s", (text, found) => {
    expect(directions(text)).toBe(found);
  });

  it("is not said by a word that is far away", () => {
    expect(directions(`lower ${"so ".repeat(10)}batch`)).toBe("batch↓");
    expect(directions(`lower ${"so ".repeat(16)}batch`)).toBe("batch");
  });

  it("goes on to a clause that is a mere verb, within the sentence", () => {
    expect(directions("批量占地方，减小")).toBe("batch batch↓");
    expect(directions("批量占地方，增大")).toBe("batch batch↑");
    expect(directions("标注占地方，增大")).toBe("");
    expect(directions("批量占地方。减小")).toBe("batch");
    expect(directions("批量占地方，不对，减小")).toBe("batch batch↓");
    expect(directions("批量占地方。不对，减小")).toBe("batch batch↓");
    expect(directions("批量占地方，是的，减小")).toBe("batch");
    expect(directions(`批量占地方，${"这".repeat(28)}减小`)).toBe("batch batch↓");
    expect(directions(`批量占地方，${"这".repeat(29)}减小`)).toBe("batch");
    expect(directions("批量占地方，标注减小")).toBe("batch");
    expect(directions(`批量占地方，${"这"}${"样".repeat(30)}减小`)).toBe("batch");
  });
});

describe("What something is said of", () => {
  it.each([
    ["预训练用文本，微调用标注", "text of pretraining, labels of sft"],
    ["预训练用文本微调用标注", "text of pretraining, labels of sft"],
    ["文本是预训练的", "text of pretraining"],
    ["sft needs labels, pretraining raw text", "labels of sft, text of pretraining"],
  ])("is the subject of its clause: %s", (text, found) => {
    expect(subjects(text)).toBe(found);
  });

  it("is carried over from the last subject where the clause has none", () => {
    expect(subjects("微调在后。用标注")).toBe("labels of ~sft");
    expect(subjects("预训练在前，微调在后。用标注")).toBe("labels of ~sft");
    expect(subjects("用标注")).toBe("labels of ~-");
  });

  it("is not sure for a word before the first of two subjects", () => {
    expect(subjects("标注给微调不给预训练")).toBe("labels of ~sft");
    expect(subjects("标注给微调，文本给预训练")).toBe("labels of sft, text of pretraining");
    expect(subjects("强化学习在后，标注给微调不给预训练")).toBe("labels of ~sft");
  });

  it("follows the former and the latter, in the order of the answer, else of the question", () => {
    expect(subjects("前者用文本，后者用标注")).toBe("text of pretraining, labels of sft");
    expect(subjects("微调和预训练不同。前者用标注，后者用文本")).toBe("labels of sft, text of pretraining");
    expect(subjects("微调好，预训练好，微调好。前者用文本")).toBe("text of pretraining");
    expect(subjects("强化学习好，微调和预训练不同。前者用标注")).toBe("labels of sft");
    expect(subjects("微调好。前者用文本")).toBe("text of pretraining");
    expect(subjects("前者用文本，微调和预训练不同，后者用标注")).toBe(
      "text of pretraining, labels of pretraining",
    );
  });

  it("follows one and the other one, where a sentence has two", () => {
    expect(subjects("一个用文本，一个用标注")).toBe("text of pretraining, labels of sft");
    expect(subjects("微调和预训练不同。一个用标注，一个用文本")).toBe("labels of sft, text of pretraining");
    expect(subjects("一个用文本和标注，一个用文本")).toBe(
      "text of pretraining, labels of pretraining, text of sft",
    );
    expect(subjects("一个用文本，一个用标注，一个用文本")).toBe(
      "text of pretraining, labels of sft, text of sft",
    );
    expect(subjects("一个用文本，一个用标注", [])).toBe("text of ~-, labels of ~-");
    expect(subjects("前者用文本，后者用标注", [])).toBe("text of ~-, labels of ~-");
    expect(subjects("文本一个，标注一个")).toBe("text of pretraining, labels of sft");
    expect(subjects("一个用文本，一个用标注。一个用标注，一个用文本")).toBe(
      "text of pretraining, labels of sft, labels of pretraining, text of sft",
    );
    expect(subjects("预训练用文本，一个好，一个用标注")).toBe("text of pretraining, labels of sft");
    expect(subjects("一个用文本。用标注")).toBe("text of ~-, labels of ~-");
    expect(subjects("微调在后。一个用文本。一个用标注")).toBe("text of ~sft, labels of ~sft");
  });
});
