import { describe, expect, it } from "vitest";
import { importDocument } from "#src/drafting/formats/format";

const ANSWER = "Rows are spread over several machines by a key.\nA bad key makes one machine hot.";
const LATER = "\n\n## What is a quorum?\n\nMore than half of the replicas acknowledge a write.\n";

/** What the first question of a document says with some lines below its answer. */
async function saidWith(beside: string): Promise<string[]> {
  const text = `## What is sharding?\n\n${ANSWER}\n${beside}${LATER}`;
  const { draft } = await importDocument("a.md", Buffer.from(text));
  return (draft.questions[0]?.points ?? []).map(({ statement }) => statement);
}

describe("What stands beside an answer is no key point of it", () => {
  it.each<[string, string]>([
    ["a word to its readers", "Join 40,000 subscribers. No spam, unsubscribe at any time."],
    ["a word on the page", "This section was compiled by the infrastructure guild."],
    ["a hint for whoever asks", "Give half marks if they only name the word."],
    ["a list for whoever asks", "\n**Red flags**\n- Thinks that it is a backup"],
    ["questions that lead on", "\n- How many machines may fail?"],
    ["what happened that day", "中间他接了个电话，我喝了口水。"],
    ["a note on its own state", "Diagram missing, Sven promised one."],
    ["credits", "Kindly proofread by Oksana."],
    ["how somebody felt", "感觉还行，等消息吧。"],
    ["a sentence with no word of the field", "Hopefully that clears it up."],
  ])("%s", async (_kind, beside) => {
    expect(await saidWith(beside)).toEqual(await saidWith(""));
  });

  it("and where it stands in a line with the answer, the rest of that line is kept", async () => {
    const said = await saidWith("Each machine holds its own index. Corrections go to the issue tracker.");
    expect(said.join(" ")).toContain("Each machine holds its own index.");
    expect(said.join(" ")).not.toContain("tracker");
  });
});

describe("An answer stays one", () => {
  it.each([
    ["Remind users that sessions expire, because the token is revoked on the server."],
    ["Our team would route requests by tenant, so that one machine holds all rows of a key."],
    ["一致性哈希只迁移相邻节点的数据，大家的缓存命中率因此不会骤降。"],
  ])("though its words recall other things: %s", async (sentence) => {
    expect((await saidWith(sentence)).join(" ")).toContain(sentence.slice(0, 20));
  });

  it("however short it is", async () => {
    const { draft } = await importDocument(
      "a.md",
      Buffer.from("## Is it safe?\n\nNot quite.\n\n## Why?\n\nNobody knows.\n"),
    );
    expect(draft.questions.every(({ scorable }) => scorable)).toBe(true);
  });
});

describe("Lists and margins", () => {
  it("give bullets without anything below them as questions where their list asks", async () => {
    const text =
      "# 题单\n\n- [x] 缓存穿透是什么？\n  - 查的数据不存在，每次都打到数据库\n- [ ] 槽是怎么迁移的？\n- [ ] 怎么保证消息不丢？\n";
    const { draft } = await importDocument("a.md", Buffer.from(text));
    expect(draft.questions.map(({ scorable }) => scorable)).toEqual([true, false, false]);
  });

  it("end the last answer where the others are indented and it is not", async () => {
    const asked = (number: number, word: string): string =>
      `1.${number} What is a ${word} cache?\n\n   It keeps ${word} entries in memory.\n\n`;
    const text = `${asked(1, "hot")}${asked(2, "cold")}${asked(3, "shared")}${asked(4, "local")}Appendix\nThe cache of the building is in the cellar.\n`;
    const { draft } = await importDocument("a.txt", Buffer.from(text));
    expect(draft.questions.at(-1)?.points.map(({ statement }) => statement)).toEqual([
      "It keeps local entries in memory.",
    ]);
  });
});
