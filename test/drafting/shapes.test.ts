import { describe, expect, it } from "vitest";
import type { Draft } from "#src/drafting/draft";
import { importDocument } from "#src/drafting/formats/format";

const draftOf = async (name: string, text: string): Promise<Draft> =>
  (await importDocument(name, Buffer.from(text))).draft;
const brief = ({ questions }: Draft): [string, number][] =>
  questions.map(({ title, points }) => [title, points.length]);

const attention: [string, number] = ["What is attention?", 1];
const heads: [string, number] = ["Why several heads?", 1];

describe("Questions are found by whatever a document repeats", () => {
  it.each<[string, string, string, [string, number][]]>([
    [
      "Roman numbers",
      "a.md",
      "I. What is attention?\n\nIt weighs tokens.\n\nII. Why several heads?\n\nOther relations.\n",
      [attention, heads],
    ],
    [
      "summaries that fold open",
      "a.md",
      "<details>\n<summary>What is attention?</summary>\n\nIt weighs tokens.\n\n</details>\n\n<details><summary><b>Why several heads?</b></summary>\n\nOther relations.\n\n</details>\n",
      [attention, heads],
    ],
    [
      "the columns of a table",
      "a.md",
      "| # | Question | Answer |\n|---|---|---|\n| 1 | What is attention? | It weighs tokens. |\n| 2 | Why several heads? | Other relations. |\n",
      [attention, heads],
    ],
    [
      "the columns of a page's table",
      "a.html",
      "<html><body><table>\n<tr><th>Question</th><th>Answer</th></tr>\n<tr><td>What is attention?</td><td>It weighs tokens.</td></tr>\n<tr><td>Why several heads?</td><td>Other relations.</td></tr></table></body></html>",
      [attention, heads],
    ],
    [
      "bold marks",
      "a.md",
      "**Q1.** What is attention?\n\n**A1.** It weighs tokens.\n\n**Q2.** Why several heads?\n\n**A2.** Other relations.\n",
      [attention, heads],
    ],
    [
      "escaped numbers",
      "a.md",
      "1\\. What is attention?\n\nIt weighs tokens.\n\n2\\. Why several heads?\n\nOther relations.\n",
      [attention, heads],
    ],
    [
      "headings of AsciiDoc",
      "a.adoc",
      "= Bank\n\n== What is attention?\n\nIt weighs tokens.\n\n== Why several heads?\n\nOther relations.\n",
      [attention, heads],
    ],
    [
      "headings that are underlined",
      "a.md",
      "What is attention?\n------------------\n\nIt weighs tokens.\n\nWhy several heads?\n------------------\n\nOther relations.\n",
      [attention, heads],
    ],
    [
      "answers on the same line",
      "a.txt",
      "Q. What is attention? A. It weighs tokens.\nQ. Why several heads? A. Other relations.\n",
      [attention, heads],
    ],
    [
      "who speaks, and when",
      "a.txt",
      "[00:01:10] Host: What is attention?\n[00:01:20] Guest: It weighs tokens.\n[00:03:00] Host: Why several heads?\n[00:03:10] Guest: Other relations.\n",
      [attention, heads],
    ],
    [
      "columns without titles, a number before them",
      "a.csv",
      "1,What is attention?,It weighs tokens.\n2,Why several heads?,Other relations.\n",
      [attention, heads],
    ],
    [
      "marks on a line of their own",
      "a.txt",
      "问题1\n什么是注意力机制\n答案：按相关性加权。\n\n问题2\n多头的作用\n答案：不同头看不同关系。\n",
      [
        ["什么是注意力机制", 1],
        ["多头的作用", 1],
      ],
    ],
    [
      "labels in brackets",
      "a.txt",
      "【题目】简述自注意力的计算过程。\n【参考答案】查询和键点积，再对值加权。\n【题目】为什么要缩放？\n【参考答案】方差随维度增大。\n",
      [
        ["简述自注意力的计算过程。", 1],
        ["为什么要缩放？", 1],
      ],
    ],
    [
      "titles of which some do not ask",
      "a.md",
      "# 什么是注意力\n\n按相关性加权。\n\n# 多头的作用\n\n不同头看不同关系。\n\n# 掩码的目的\n\n看不到未来。\n",
      [
        ["什么是注意力", 1],
        ["多头的作用", 1],
        ["掩码的目的", 1],
      ],
    ],
    [
      "requests without any mark",
      "a.txt",
      "介绍一下 LoRA\n冻结原权重，只训练两个小矩阵。\n\n讲讲梯度检查点\n不存激活，反向时重算。\n",
      [
        ["介绍一下 LoRA", 1],
        ["讲讲梯度检查点", 1],
      ],
    ],
    [
      "a mark and a level above each",
      "a.md",
      "### Question 1 (easy)\n\nWhat is attention?\n\nIt weighs tokens.\n\n### Question 2 (hard)\n\nWhy several heads?\n\nOther relations.\n",
      [attention, heads],
    ],
    [
      "parts (a), (b) below what they are about",
      "a.txt",
      "1. Consider a transformer.\n\n(a) What is attention?\nIt weighs tokens.\n\n(b) Why several heads?\nOther relations.\n",
      [attention, heads],
    ],
    [
      "what a table of contents names, once",
      "a.md",
      "Contents\n1. What is attention?\n2. Why several heads?\n\n## 1. What is attention?\n\nIt weighs tokens.\n\n## 2. Why several heads?\n\nOther relations.\n",
      [attention, heads],
    ],
    [
      "several people who ask and answer each other",
      "a.txt",
      "2026-03-02 10:01 Ana: morning\n2026-03-02 10:02 Ana: so what is attention, briefly?\n2026-03-02 10:03 Tom: It weighs tokens.\n2026-03-02 10:04 Ana: got it\n2026-03-02 10:05 Tom: and why are there several heads?\n2026-03-02 10:06 Ana: Other relations.\n2026-03-02 10:07 Tom: thanks\n",
      [
        ["so what is attention, briefly?", 1],
        ["and why are there several heads?", 1],
      ],
    ],
    [
      "bold with the answer behind it",
      "a.md",
      "**What is attention?** It weighs tokens.\n\n**Why several heads?** Other relations.\n",
      [attention, heads],
    ],
    [
      "bullets with bullets below them",
      "a.txt",
      "* what is attention\n  - It weighs tokens.\n\n* why several heads\n  - Other relations.\n\n* what does a mask do\n  - It hides what comes later.\n",
      [
        ["what is attention", 1],
        ["why several heads", 1],
        ["what does a mask do", 1],
      ],
    ],
    [
      "titles of a document that says it asks",
      "a.md",
      "# 面试要点\n\n## 注意力\n\n按相关性给词元加权。\n\n## 多头\n\n不同头看不同关系。\n\n## 掩码\n\n看不到后面的词元。\n",
      [
        ["注意力", 1],
        ["多头", 1],
        ["掩码", 1],
      ],
    ],
    [
      "whatever most cells of a column ask",
      "a.md",
      "| Topic | We ask | We hear |\n|---|---|---|\n| A | What is attention? | It weighs tokens. |\n| B | Why several heads? | Other relations. |\n",
      [attention, heads],
    ],
    [
      "buttons of a page that fold out answers, which are hidden at first",
      "a.html",
      '<html><body><h1>FAQ</h1><h3><button aria-expanded="false">What is attention?</button></h3><div hidden><p>It weighs tokens.</p></div><h3><button aria-expanded="false">Why several heads?</button></h3><div hidden><p>Other relations.</p></div><div class="comment-list"><p>What about masks?</p></div></body></html>',
      [attention, heads],
    ],
    [
      "numbers, the question going on in the next line",
      "a.txt",
      "1. In a transformer with several attention heads, what is the\n   purpose of having more than one head?\n\n   Other relations.\n\n2. Why several heads?\n\n   Smaller subspaces.\n",
      [
        [
          "In a transformer with several attention heads, what is the purpose of having more than one head?",
          1,
        ],
        heads,
      ],
    ],
  ])("by %s", async (_name, file, text, expected) => {
    expect(brief(await draftOf(file, text))).toEqual(expected);
  });
});

describe("What is no answer is in no point", () => {
  const twice = (junk: string): string =>
    `1. What is attention?\n\nIt weighs tokens.\n\n${junk}\n\n2. Why several heads?\n\nOther relations.\n\n${junk}\n`;

  it.each([
    [
      "the author's thanks and promotion",
      "*Thanks for reading! Follow me for part two.*\n\n👏 312 claps · 14 responses",
    ],
    ["notes on the question", "难度：★★☆　考察点：注意力　来源：内部"],
    ["replies of a forum", "2楼  小土豆\n前排围观\n3楼  momo\nmark 一下"],
    ["an advertisement between its marks", "▼▼▼ 广告 ▼▼▼\n名师带你改简历\n▲▲▲ 广告结束 ▲▲▲"],
    ["other articles", "You may also like\nWhy masks matter\nTen tips"],
    ["what is still to be written", "TODO: write this after the review"],
    ["what is sold", "🔥 我的《注意力实战》课程正在限时优惠"],
    ["a table of contents", "1.1 What is attention? ........ 3\n1.2 Why several heads? ........ 7"],
    ["captions and footnotes", "Figure 1. Eight heads side by side\n\n[^1]: As measured in June."],
  ])("%s", async (_name, junk) => {
    const draft = await draftOf("a.md", twice(junk));
    expect(draft.questions.flatMap(({ points }) => points.map(({ statement }) => statement))).toEqual([
      "It weighs tokens.",
      "Other relations.",
    ]);
  });

  it("what stands below every answer, and at the edges of pages", async () => {
    const names = ["attention", "a head", "a mask"];
    const text = names
      .map(
        (name, at) =>
          `${at + 1}. What is ${name}?\n\nIt is number ${at}.\n\nHint: think of tokens.\nHandbook, page ${at}\n`,
      )
      .join("\n");
    const draft = await draftOf("a.txt", text);
    expect(draft.questions.flatMap(({ points }) => points.map(({ statement }) => statement))).toEqual([
      "It is number 0.",
      "It is number 1.",
      "It is number 2.",
    ]);
  });

  it("the small talk of an interview, which is told as such", async () => {
    const draft = await draftOf(
      "a.txt",
      "面试官：先做个自我介绍吧。\n我：（略）\n\n面试官：为什么要用多头？\n我：不同头看不同关系。\n\n面试官：为什么要缩放？\n我：方差随维度增大。\n\n面试官：你有什么想问我的吗？\n我：请问团队做什么？\n",
    );
    expect(brief(draft)).toEqual([
      ["为什么要用多头？", 1],
      ["为什么要缩放？", 1],
    ]);
    expect(draft.dropped.map(({ reason }) => reason)).toContain("small talk");
  });
});

describe("A key point", () => {
  it("that repeats a slip that is known carries the erratum, and its question says so", async () => {
    const draft = await draftOf(
      "a.txt",
      "1、怎么缓解遗忘？\n  • 弹性权重共享：限制重要参数的变动。\n  • 经验回放：混入旧任务的数据。\n\n2、怎么省显存？\n  • 技术：如LoRA、QLoRA等量化技术可以降低需求。\n  • QLoRA：QLoRA 是量化技术，把底座压到 4 bit。\n",
    );
    expect(draft.questions.map(({ points }) => points.map(({ erratum }) => erratum?.zh.slice(0, 8)))).toEqual(
      [
        ["EWC 应译为“", undefined],
        ["LoRA 不是量", undefined],
      ],
    );
    expect(draft.questions[0]?.warnings).toContain("repeats a known slip");
  });

  it("weighs more where its document stresses it, and no more where it stresses all", async () => {
    const weights = async (text: string): Promise<number[]> =>
      (await draftOf("a.md", text)).questions[0]?.points.map(({ weight }) => weight) ?? [];
    const head = "## 1. What is it?\n\n";
    expect(await weights(`${head}- It is **fast**.\n- It is small.\n- It is cheap.\n`)).toEqual([3, 2, 2]);
    expect(await weights(`${head}- It is **fast**.\n- It is **small**.\n- It is **cheap**.\n`)).toEqual([
      2, 2, 2,
    ]);
    expect(await weights(`${head}- It is fast.\n- Most important, it is small.\n- It is cheap.\n`)).toEqual([
      2, 3, 2,
    ]);
  });

  it("keeps a title where all of it stands in parentheses", async () => {
    const draft = await draftOf("a.txt", "1. What is it?\n（一种缓存的办法）\n也省时间。\n");
    for (const { title } of draft.questions[0]?.points ?? []) expect(title).not.toBe("");
  });
});
