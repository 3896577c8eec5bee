import { describe, expect, it } from "vitest";
import { importDocument } from "#src/drafting/formats/format";

async function drafted(name: string, text: string) {
  return (await importDocument(name, Buffer.from(text))).draft;
}

const ANSWERS = [
  ["What is sharding?", "Rows are spread over several machines by a key."],
  ["What is a quorum?", "More than half of the replicas acknowledge a write."],
  ["What is a lease?", "A lock that its holder loses after a while unless it is renewed."],
  ["What is compaction?", "Sorted files are merged, and deleted rows vanish from them."],
] as const;

/** A document of four questions with something of its own beside each answer. */
const documentWith = (beside: (at: number) => { above?: string; below?: string }): string =>
  ANSWERS.map(([question, answer], at) => {
    const { above = "", below = "" } = beside(at);
    return `## ${question}\n\n${above}\n${answer}\n${below}\n`;
  }).join("\n");

const statementsIn = ({ questions }: Awaited<ReturnType<typeof drafted>>) =>
  questions.flatMap(({ points }) => points.map(({ statement }) => statement));
const ALL = ANSWERS.map(([, answer]) => answer);
const NAMES = ["Kwame", "Ines", "Tobias", "Farah"];
const at = (list: readonly string[], index: number): string => list[index] ?? "";

describe("What a document fills in beside each of its answers is in no key point", () => {
  it.each<[string, (at: number) => { above?: string; below?: string }]>([
    ["who raised it", (index) => ({ above: `Raised by ${at(NAMES, index)}` })],
    [
      "who asked it where",
      (index) => ({ above: `from: ${at(NAMES, index)}, seen at ${index + 2} places\n` }),
    ],
    ["how hard it is", (index) => ({ above: `【难度】${"★".repeat(index + 1)}\n` })],
    [
      "its tags",
      (index) => ({ below: `\n标签 / 存储 ${at(NAMES, index)} · 热度 ${index}.5 · 出现 ${index} 次` }),
    ],
    [
      "who answered it",
      (index) => ({ below: `\n${at(NAMES, index)} from support. ${index * 7} people found this useful.` }),
    ],
    ["when it was said", (index) => ({ above: `[00:1${index}:40]\n` })],
  ])("%s", async (_kind, beside) => {
    expect(statementsIn(await drafted("a.md", documentWith(beside)))).toEqual(ALL);
  });

  it("but what its answers are divided into stays", async () => {
    const text = documentWith((index) => ({
      below: `\n- Pros: ${at(["fast", "safe", "simple", "small"], index)}\n- Cons: ${at(["needs care", "slow", "costly", "rare"], index)}`,
    }));
    expect(statementsIn(await drafted("a.md", text)).join(" ")).toContain("Cons costly");
  });

  it("and nothing above the mark of the answer is", async () => {
    const text = ANSWERS.map(
      ([question, answer], index) =>
        `【题目】${question}\n${at(NAMES, index)} 出的题，慎用\n【参考答案】${answer}\n【易错】${at(NAMES, index)} 说反过\n`,
    ).join("\n");
    expect(statementsIn(await drafted("a.txt", text))).toEqual(ALL);
  });
});

describe("A document in two languages", () => {
  const PAIRS = [
    [
      "什么是分片？",
      "What is sharding?",
      "按照键把行分到多台机器上。",
      "Rows are spread over machines by a key.",
    ],
    [
      "什么是租约？",
      "What is a lease?",
      "到期就自动失效的锁，要不断续期。",
      "A lock that ends unless it is renewed.",
    ],
    [
      "什么是合并？",
      "What is compaction?",
      "把有序文件合并，并清掉删除的行。",
      "Sorted files are merged and deleted rows go.",
    ],
  ] as const;

  it("gives each question once, where both are headings", async () => {
    const text = PAIRS.map(([zh, en, one, other]) => `## ${zh}\n## ${en}\n\n${one}\n\n${other}\n`).join("\n");
    const draft = await drafted("a.md", text);
    expect(draft.questions.map(({ title }) => title)).toEqual(PAIRS.map(([zh]) => zh));
    expect(statementsIn(draft)).toEqual(PAIRS.map(([, , one]) => one));
  });

  it("gives them once, where the second stands below the first in bold", async () => {
    const text = PAIRS.map(([zh, en, one, other]) => `### ${en}\n**${zh}**\n\n${other}\n\n${one}\n`).join(
      "\n",
    );
    const draft = await drafted("a.md", text);
    expect(draft.questions.map(({ title }) => title)).toEqual(PAIRS.map(([, en]) => en));
    expect(statementsIn(draft)).toEqual(PAIRS.map(([, , , other]) => other));
  });
});

describe("A question that is still to be answered is not scored", () => {
  it.each([
    "Nobody has got round to this one.",
    "Waiting for Compliance.",
    "Postponed, we ran out of time.",
    "entry to be written",
    "谁有空谁写",
    "会后单独讨论，先记下来。",
    "（等论文组更新）",
    "<to do, ask Rasmus>",
    "Be the first to answer.",
  ])("%s", async (pending) => {
    const text = `${documentWith(() => ({}))}\n## What is a vector clock?\n\n${pending}\n`;
    const draft = await drafted("a.md", text);
    expect(draft.questions.map(({ scorable }) => scorable)).toEqual([true, true, true, true, false]);
  });
});
