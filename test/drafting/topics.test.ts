import { describe, expect, it } from "vitest";
import { saidIn } from "./said.ts";

const titles = async (text: string): Promise<string[]> =>
  (await saidIn("a.md", text)).map(([title]) => title);

/** A document of headings, each with an answer below it. */
const chapters = (title: string, ...headings: readonly string[]): string =>
  `# ${title}\n\n${headings.map((heading) => `${heading}\n\nA cache keeps the data of requests in memory.\n`).join("\n")}`;

describe("Headings without a question mark", () => {
  it.each<[string, string[], string[]]>([
    [
      "that request something",
      ["## Introduction", "## Explain how paging works", "## Difference between prefill and decode"],
      ["Explain how paging works", "Difference between prefill and decode"],
    ],
    [
      "that name what is asked, in Chinese",
      ["## 前言", "### KV 缓存的作用", "### 分页注意力的原理", "### 梯度检查点的代价"],
      ["KV 缓存的作用", "分页注意力的原理", "梯度检查点的代价"],
    ],
    [
      "that name what is asked, in English",
      ["## Background", "## The role of the cache", "## Paging vs copying", "## Trade-offs of batching"],
      ["The role of the cache", "Paging vs copying", "Trade-offs of batching"],
    ],
  ])("%s are questions where all of them do", async (_kind, headings, expected) => {
    expect(await titles(chapters("Notes", ...headings))).toEqual(expected);
  });

  it("are questions though one of their answers asks in passing", async () => {
    const text = chapters("推理", "## 缓存的作用", "## 分页的原理", "## 批处理的好处").replace(
      "memory.",
      "memory.\n\n为什么会这样？\n\n每一步都要用到前面的数据。",
    );
    expect(await titles(text)).toEqual(["缓存的作用", "分页的原理", "批处理的好处"]);
  });

  it.each<[string, string[]]>([
    ["chapters that name their subject", ["## Introduction", "## Architecture", "## Deployment"]],
    [
      "a few that would ask among many that do not",
      ["## The role of the cache", "## Team", "## Dates", "## Rooms"],
    ],
    ["what a document says of itself", ["## Purpose of this document", "## Steps of a release", "## Team"]],
  ])("are none where they are %s", async (_kind, headings) => {
    expect(await titles(chapters("Design of the gateway", ...headings))).toEqual([]);
  });

  it("are none where nothing stands below some of them", async () => {
    expect(
      await titles("# 目标\n\n## 缓存的作用\n\n## 分页的原理\n\n## 批处理的好处\n\n保存数据。\n"),
    ).toEqual([]);
  });

  it("are parts of an answer below headings that ask", async () => {
    const parts =
      "### 缓存的作用\n\n保存数据。\n\n### 缓存的缺点\n\n占用内存。\n\n### 缓存的原理\n\n命中就不读数据库。\n";
    expect(
      await titles(`## 1. 什么是缓存？\n\n${parts}\n## 2. 什么是分片？\n\n按照键分到多台机器。\n`),
    ).toEqual(["什么是缓存？", "什么是分片？"]);
  });
});
