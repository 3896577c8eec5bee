import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Draft } from "#src/drafting/draft";
import { importDocument } from "#src/drafting/formats/format";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const BANK = join(FIXTURES, "vendor", "kalyanks-interview-qa");

const draftOf = async (path: string): Promise<Draft> =>
  (await importDocument(path.split("/").at(-1) ?? path, readFileSync(path))).draft;
const titlesIn = (draft: Draft): string[] => draft.questions.map(({ title }) => title);
const pointsIn = (draft: Draft, question: number): string[] =>
  draft.questions[question]?.points.map(({ title }) => title) ?? [];

/** Every line of a text that is not blank, by number, and in how many questions and dropped ranges it lies. */
function placesOf(text: string, { questions, dropped }: Draft): Map<number, number> {
  const places = new Map<number, number>();
  for (const [index, line] of text.split(/\r?\n/u).entries())
    if (line.trim() !== "") {
      const number = index + 1;
      const holds = ({ lines: [from, to] }: { lines: readonly [number, number] }): boolean =>
        number >= from && number <= to;
      places.set(number, [...questions, ...dropped].filter(holds).length);
    }
  return places;
}

describe("An article copied from a page", () => {
  const path = join(FIXTURES, "documents", "copied-article.txt");

  it("gives its questions, by the numbering that it repeats at the margin", async () => {
    expect(titlesIn(await draftOf(path))).toEqual([
      "首个词元为什么来得慢,首包延迟是怎么回事",
      "预填充和解码有什么不同",
      "线上显存不够,服务报错,怎么解决",
    ]);
  });

  it("gives each numbered entry as a point with the lines that it was drawn from", async () => {
    const draft = await draftOf(path);
    expect(pointsIn(draft, 0)).toEqual([
      expect.stringMatching(/^首包延迟/),
      "请求排队",
      "提示太长",
      "被长提示堵住",
      "分块预填充",
      "前缀缓存",
      "预填充与解码分离",
    ]);
    expect(draft.questions[0]?.points[4]).toMatchObject({
      statement: expect.stringContaining("把长提示切成小块"),
      lines: [27, 28],
      aliases: ["Chunked Prefill"],
    });
    expect(pointsIn(draft, 2)).toEqual([
      "降低最大并发",
      "缩短最大长度",
      "量化键值缓存",
      "权重量化",
      "张量并行",
    ]);
  });

  it("gives each side of a contrast one point an aspect", async () => {
    expect(pointsIn(await draftOf(path), 1)).toEqual([
      "预填充 · 计算差异",
      "解码 · 计算差异",
      "预填充 · 批处理差异",
      "解码 · 批处理差异",
    ]);
  });

  it("weighs more what its summary repeats", async () => {
    const weights = (await draftOf(path)).questions[0]?.points.map(({ weight }) => weight);
    expect(weights).toEqual([2, 2, 2, 2, 3, 3, 2]);
  });

  it("loses none of its lines: the page's own lie among what was dropped, with the reason, and in no point", async () => {
    const draft = await draftOf(path);
    expect([...placesOf(readFileSync(path, "utf8"), draft).values()].every((count) => count === 1)).toBe(
      true,
    );
    expect(draft.dropped).toEqual([
      { lines: [2, 4], reason: "before the first question" },
      { lines: [81, 104], reason: "page furniture" },
    ]);
    const said = draft.questions
      .flatMap(({ points }) => points)
      .map(({ title, statement }) => title + statement);
    expect(said.join("\n")).not.toMatch(/点赞|红包|余额|充值/);
  });
});

describe("A folder of 39 files of English questions (Kalyan KS, Apache-2.0)", () => {
  const files = readdirSync(BANK).filter((name) => name.endsWith(".md"));

  it("gives exactly its 115 questions, all with an answer", async () => {
    const drafts = await Promise.all(files.map((name) => draftOf(join(BANK, name))));
    const questions = drafts.flatMap((draft) => draft.questions);
    expect(files).toHaveLength(39);
    expect(questions).toHaveLength(115);
    expect(questions.filter(({ scorable }) => !scorable)).toEqual([]);
  });

  it("drops the author's line and what is promoted below the answers", async () => {
    for (const name of files) {
      const path = join(BANK, name);
      const draft = await draftOf(path);
      const said = draft.questions
        .flatMap(({ points }) => points.map(({ statement }) => statement))
        .join("\n");
      expect(said).not.toMatch(
        /Authored by|Toolkit|newsletter|Subscribe|Repo link|coffee|this repository|highly useful|freely available|gesture/iu,
      );
      expect([...placesOf(readFileSync(path, "utf8"), draft).values()].every((count) => count === 1)).toBe(
        true,
      );
    }
  });
});

describe("A document that is no text", () => {
  const FOLDER = join(FIXTURES, "documents");
  const imported = (name: string) => importDocument(name, readFileSync(join(FOLDER, name)));

  it("in Word gives its questions, with the lines of the text that was drawn from it", async () => {
    const { draft, extracted } = await imported("notes.docx");
    expect(titlesIn(draft)).toEqual(["What is LoRA?", "什么是键值缓存？"]);
    expect(pointsIn(draft, 1)).toEqual(["把前面词元的键和值留下来", "代价是显存随长度增长"]);
    const [from] = draft.questions[1]?.lines ?? [0];
    expect(extracted?.split("\n")[from - 1]).toContain("什么是键值缓存？");
  });

  it("in PDF takes larger letters for headings, and each sentence for a point", async () => {
    const { draft, extracted } = await imported("notes.pdf");
    expect(titlesIn(draft)).toEqual(["What is LoRA?", "Why is attention scaled?"]);
    expect(draft.questions[0]?.points.map(({ statement }) => statement).join("\n")).toContain(
      "optimizer states",
    );
    const [from] = draft.questions[1]?.lines ?? [0];
    expect(extracted?.split("\n")[from - 1]).toContain("Why is attention scaled?");
  });
});
