import { describe, expect, it } from "vitest";
import { importDocument } from "#src/drafting/formats/format";

async function drafted(name: string, text: string): Promise<[string, string[]][]> {
  const { draft } = await importDocument(name, Buffer.from(text));
  return draft.questions.map(({ title, points }) => [title, points.map(({ statement }) => statement)]);
}

const titles = async (name: string, text: string): Promise<string[]> =>
  (await drafted(name, text)).map(([title]) => title);

describe("Questions are found", () => {
  it("in a table whose first column counts them, and whose titles say which one asks", async () => {
    const text =
      "题目编号,分类,题目,参考答案\nA-1,缓存,什么是缓存击穿,热点键过期时大量请求同时回源。\nA-2,队列,怎么保证幂等？,用业务主键做唯一约束。\n";
    expect(await titles("a.csv", text)).toEqual(["什么是缓存击穿", "怎么保证幂等？"]);
  });

  it("in a table whose titles name no question, below a note on its export", async () => {
    const text =
      "# exported in May,,\nName,State,Notes\nWhat is a lease?,done,A lock that ends unless it is renewed.\nWhat is a quorum?,done,More than half of the replicas agree.\nWhy compact files?,done,Deleted rows vanish and reads get faster.\n";
    expect(await titles("a.csv", text)).toEqual([
      "What is a lease?",
      "What is a quorum?",
      "Why compact files?",
    ]);
  });

  it("in bold italics before their answers, below a title that asks as well", async () => {
    const text =
      "# What people will ask you\n\n***Why shard?*** One machine is not enough for all rows.\n\n***Why replicate?*** A machine may fail, and its copy answers then.\n\n***Why compact?*** Deleted rows vanish from the files.\n";
    expect(await titles("a.md", text)).toEqual(["Why shard?", "Why replicate?", "Why compact?"]);
  });

  it("where they are counted by another word, and one of them does not ask", async () => {
    const text =
      "Prompt 1 (10 min). How would you shard a table?\n\n  + by a key that spreads the load\n\nPrompt 2 (5 min). Compare leases with locks.\n\n  + a lease ends by itself\n";
    expect(await titles("a.txt", text)).toEqual([
      "How would you shard a table?",
      "Compare leases with locks.",
    ]);
  });

  it("with those that lead on from them", async () => {
    const text =
      "## 主线一：什么是分片？\n\n按照键把行分到多台机器上。\n\n**追问 1.1　热点键怎么办？**\n\n给键加随机后缀，把它拆到几台机器上。\n\n## 主线二：什么是租约？\n\n到期就自动失效的锁。\n\n**追问 2.1　时钟不准怎么办？**\n\n用单调时钟，并且让存储检查令牌。\n";
    expect((await titles("a.md", text)).length).toBe(4);
  });

  it("on the left of arrows", async () => {
    const text =
      "什么是分片 → 按照键把行分到多台机器上\n什么是租约 → 到期就自动失效的锁\n为什么要合并文件 → 删除的行才会消失，读也更快\n";
    expect(await drafted("a.txt", text)).toHaveLength(3);
  });

  it("in an outline of tabs", async () => {
    const text =
      "存储\n\t什么是分片？\n\t\t按照键把行分到多台机器上\n\t什么是租约？\n\t\t到期就自动失效的锁\n网络\n\t为什么要三次握手？\n\t\t双方都要确认对方能收能发\n";
    expect(await titles("a.txt", text)).toEqual(["什么是分片？", "什么是租约？", "为什么要三次握手？"]);
  });

  it("in headings of Org mode", async () => {
    const text =
      "#+TITLE: Storage\n\n* DONE Why shard a table?      :db:\n  CLOSED: [2026-01-20 Tue]\n  One machine is not enough for all rows.\n* TODO Why compact files?      :db:\n  SCHEDULED: <2026-02-14 Sat>\n";
    expect(await drafted("a.txt", text)).toEqual([
      ["Why shard a table?", ["One machine is not enough for all rows."]],
      ["Why compact files?", []],
    ]);
  });

  it("where a number between two of them is worded otherwise", async () => {
    const text =
      "5.1 什么是分片？\n按照键把行分到多台机器上。\n\n5.2 推导读写仲裁的条件。\n读写之和大于副本数。\n\n5.3 什么是租约？\n到期就自动失效的锁。\n";
    expect(await drafted("a.txt", text)).toHaveLength(3);
  });
});

describe("Nobody is asked", () => {
  it("by what a page asks its readers at its end", async () => {
    const text =
      "## What is a lease?\n\nA lock that ends unless it is renewed.\n\n## What is a quorum?\n\nMore than half of the replicas agree.\n\n## Still unsure?\n\nWrite to the forum.\n";
    expect(await titles("a.md", text)).toEqual(["What is a lease?", "What is a quorum?"]);
  });

  it("and nothing is said by whoever leads through a talk", async () => {
    const text =
      "主持人：大家晚上好。\n主持人：今天聊存储。\n观众「小鱼」：什么是分片？\n讲师：按照键把行分到多台机器上。\n主持人：公屏很热闹，我们接着来。\n观众「阿布」：什么是租约？\n讲师：到期就自动失效的锁。\n讲师：持有者要续期，否则就让给别人。\n主持人：感谢老师。\n";
    expect((await drafted("a.txt", text)).flatMap(([, said]) => said)).toEqual([
      "按照键把行分到多台机器上。",
      "到期就自动失效的锁。",
      "持有者要续期，否则就让给别人。",
    ]);
  });
});

describe("What no key point was made of", () => {
  it("is said, line by line, and is no answer that speaks of a page's own things", async () => {
    const text =
      "## How do you design a comment system?\n- Comments are split by article\n- Likes are counted in a cache\n- Followers are kept in a table of their own\n- Replies hold the id of their parent\n- Reports wait for a person\n\n(Recorded on Monday, ask Lee for the file.)\n\n## What is a cache?\nA copy of data near whoever reads it, which is faster to reach than its source.\n";
    const { draft } = await importDocument("a.md", Buffer.from(text));
    const [question] = draft.questions;
    expect(question?.points).toHaveLength(5);
    expect(question?.unused).toEqual([{ number: 8, text: "(Recorded on Monday, ask Lee for the file.)" }]);
    expect(draft.dropped).toEqual([]);
  });
});
