import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lineFingerprint } from "#core/draft/found";
import { unusedInAll } from "#core/draft/unused-view";
import { messagesFor } from "#core/messages/index";
import type { Block } from "#core/reply";
import { drawn as onDiscord } from "#test/adapters/discord/drawn";
import { markupIn, drawn as onSlack, wordsIn } from "#test/adapters/slack/drawn";
import { draftOf } from "#test/core/draft/samples";
import { asEditor, editorOf, titlesOf } from "#test/doubles/editor";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").content;

const ASIDE = "(Recorded on Monday, ask Lee <@U1> and @everyone for **the file**.)";

/** As it is read: without what calls anybody or is mark-up. */
const READ = "(Recorded on Monday, ask Lee ＠U1 and ＠everyone for the file.)";

/** Questions whose answers each end in a line that is no key point. */
const documentWith = (questions: number): string =>
  `${Array.from(
    { length: questions },
    (_, at) => `## ${at + 1}. How is part ${at + 1} of an inference server kept fast?

- Requests join the running batch at every step, so the card never waits.
- The cache is kept in blocks, so that more requests fit at once.
- Weights in 4 bits are read faster from memory than those in 16.

${ASIDE}
`,
  ).join("\n")}\n## Last. What is an inference server?\n\nA process that answers requests with a model.\n`;

const listIn = (blocks: readonly Block[], text: string): readonly string[] => {
  const at = blocks.findIndex((block) => block.kind === "text" && block.text === text);
  const list = blocks[at + 1];
  return at >= 0 && list?.kind === "list" ? list.items : [];
};

let team: Team;
let editor: ReturnType<typeof editorOf>;
beforeEach(async () => {
  team = await openTeam();
  editor = editorOf(team);
});
afterEach(() => team.stop());

describe("Lines of an answer of which no key point was made", () => {
  it("are counted in the reply to an import, with the first of them", async () => {
    const { blocks } = await editor.importNotes(documentWith(2));
    expect(listIn(blocks, say.unused(2, 2))).toEqual([say.unusedLine(7, READ), say.unusedLine(15, READ)]);
  });

  it("are said in Chinese to whoever reads Chinese", async () => {
    const reply = await editor.edit(
      { do: "import", document: { name: "a.md", base64: Buffer.from(documentWith(1)).toString("base64") } },
      { locale: "zh" },
    );
    expect(wordsOf(reply)).toContain(messagesFor("zh").content.unused(1, 1));
  });

  it("are not mentioned where there are none", async () => {
    const reply = await editor.importNotes();
    expect(wordsOf(reply)).not.toContain("in no key point");
  });

  it("are few and short in a message, however many and long they are, and call nobody", () => {
    const text = `<@U1> @everyone **bold** [here](https://example.org) ${"and on ".repeat(50)}`;
    const unused = Array.from({ length: 100 }, (_, at) => ({ number: at + 1, text: `${at} ${text}` }));
    const blocks = unusedInAll([{ ...draftOf(), unused }, draftOf()], "en");
    const list = listIn(blocks, say.unused(100, 1));
    expect(list).toHaveLength(6);
    expect(list.at(-1)).toBe(say.unusedMore(95));
    expect(Math.max(...list.map((line) => line.length))).toBeLessThan(110);
    const { description = "", fields = [] } = onDiscord(...blocks).embed ?? {};
    const written = [description, ...fields.map(({ value }) => value)].join("\n");
    expect(written).toContain("everyone");
    expect(written).not.toMatch(/(?<!\\)<@|(?<!\\)@everyone|\*\*bold|(?<!\\)\]\(/u);
    const slack = onSlack(...blocks).blocks;
    expect(wordsIn(slack)).toContain("everyone");
    expect(markupIn(slack)).toEqual([]);
  });

  it("stand in the review of their question until they have become key points, and then are its lines", async () => {
    await editor.importNotes(documentWith(1));
    const [question = ""] = await editor.questionIds();
    const before = await editor.edit({ do: "review", question });
    expect(listIn(before.blocks, say.unusedHere(1))).toEqual([say.unusedLine(7, READ)]);
    const value = lineFingerprint({ text: READ });
    const add = { do: "review", question, op: "add", value, title: "File", statement: "Lee has the file." };
    const after = await editor.edit(add);
    expect(titlesOf(after)).toHaveLength(4);
    expect(wordsOf(after)).not.toContain(say.unusedHere(1));
    expect(wordsOf(await editor.edit({ do: "review", question, point: `${question}-4` }))).toContain(ASIDE);
    expect(wordsOf(await team.ask("content", { ...add, title: "Twice" }, asEditor))).toBe(say.lineGone);
    expect(titlesOf(await editor.edit({ do: "review", question }))).toHaveLength(4);
  });
});
