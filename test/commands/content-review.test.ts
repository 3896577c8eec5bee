import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import type { Reply } from "#core/reply";
import { JudgeFailure } from "#core/scoring/judge";
import { createLocalGrader } from "#core/scoring/local-grader";
import { loadLibrary } from "#src/content/library";
import { documentOf, NOTES } from "#test/doubles/documents";
import { asEditor, editorOf, LATENCY, offered, titlesOf } from "#test/doubles/editor";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").content;

let team: Team;
let editor: ReturnType<typeof editorOf>;
beforeEach(async () => {
  team = await openTeam();
  editor = editorOf(team);
});
afterEach(() => team.stop());

describe("The review in chat", () => {
  it("approves point by point, merges, splits, weighs, drops, brings back and goes back", async () => {
    await editor.importNotes();
    const [question = ""] = await editor.questionIds();
    const does = (op: string, more: Readonly<Record<string, unknown>> = {}): Promise<Reply> =>
      editor.edit({ do: "review", question, op, ...more });
    const point = `${question}-1`;
    expect(titlesOf(await does("approve", { point }))[0]).toContain("✓");
    expect(titlesOf(await does("merge", { point }))).toHaveLength(3);
    const statement = "new requests join at every step\nthe cache is kept in blocks";
    expect(titlesOf(await does("split", { point, statement }))).toHaveLength(4);
    expect(wordsOf(await does("heavier", { point }))).toContain(say.weightIs(3));
    expect(titlesOf(await does("down", { point }))[1]).toContain("Continuous batching");
    expect(titlesOf(await does("drop", { point }))).toHaveLength(3);
    expect(offered(await does("history"), "point")).toEqual([point]);
    expect(titlesOf(await does("restore", { point }))).toHaveLength(4);
    expect(wordsOf(await does("drop", { point: "own-x-1" }))).toBe(say.pointGone);
    const [first = ""] = offered(await does("history"), "version").slice(-1);
    expect(titlesOf(await does("back", { version: first }))).toHaveLength(4);
    expect(titlesOf(await does("undo")).join()).not.toContain("✓");
  });

  it("does what is delivered twice once", async () => {
    await editor.importNotes();
    const [question = ""] = await editor.questionIds();
    const drop = { do: "review", question, op: "drop", point: `${question}-1` };
    const titles = titlesOf(await editor.edit(drop, { submission: "s1" }));
    expect(titles).toHaveLength(3);
    expect(titlesOf(await editor.edit(drop, { submission: "s1" }))).toEqual(titles);
  });

  it("opens forms with what stands there, in the language it is written in or the other one", async () => {
    await editor.importNotes();
    const [question = ""] = await editor.questionIds();
    const formOf = async (op: string) => {
      const [block] = (await editor.edit({ do: "review", question, op, point: `${question}-1` })).blocks;
      return block?.kind === "form" ? block.form : undefined;
    };
    expect((await formOf("edit"))?.fields[0]?.value).toBe("Continuous batching");
    const other = await formOf("translate");
    expect(other?.fields[0]?.value).toBe("");
    await editor.edit({
      ...other?.action.options,
      title: "连续批处理",
      statement: "新请求每一步都能加入。",
      hint: "",
    });
    expect(wordsOf(await editor.edit({ do: "review", question }, { locale: "zh" }))).toContain("连续批处理");
    for (const op of ["split", "add", "rewrite", "try"])
      expect((await formOf(op))?.fields.length).toBeLessThanOrEqual(5);
  });

  it("grades an answer against the draft as it stands", async () => {
    await editor.importNotes();
    const [question = ""] = await editor.questionIds();
    const tried = await editor.edit({
      do: "review",
      question,
      op: "try",
      answer: "Quantised weights are read faster.",
    });
    expect(tried.blocks[0]).toMatchObject({ kind: "heading", score: 25 });
    expect(wordsOf(tried)).toContain("serving-notes.md");
    expect(wordsOf(await editor.edit({ do: "review", question, op: "try", answer: " " }))).toBe(
      say.tryNothing,
    );
  });
});

describe("A question that asks what another one asks already", () => {
  it("is offered as a merge: its points are proposed to the other one, and it is not asked itself", async () => {
    await editor.importNotes();
    await editor.publishAll();
    const [first = ""] = await editor.questionIds();
    const twin = NOTES.replace("KV cache paging", "Paged attention").replace(/## 2[\s\S]*/u, "");
    const reply = await editor.edit({ do: "import", document: documentOf(twin, "other.md"), owner: "us" });
    expect(wordsOf(reply)).toContain(say.duplicates(1));
    const [second = ""] = offered(await editor.press(reply, say.reviewNow), "question");
    const shown = await editor.edit({ do: "review", question: second });
    expect(wordsOf(shown)).toContain(LATENCY);
    await editor.press(shown, say.mergeInto);
    expect(wordsOf(await editor.edit({ do: "review", question: second }))).toContain(say.lint["no-points"]);
    const merged = await editor.press(await editor.edit({ do: "review", question: first }), say.take);
    expect(titlesOf(merged)).toHaveLength(5);
  });
});

describe("Suggestions that editors have approved", () => {
  it("become drafts in a pack of their own, once", async () => {
    const question = "Why does dropout help a network to generalise?";
    const points = "it trains many thinned networks at once\nunits cannot rely on each other";
    await team.ask("suggest", { question, points });
    const queue = await team.ask("suggest", "", asEditor);
    await editor.press(
      await editor.press(queue, messagesFor("en").suggestion.next),
      messagesFor("en").suggestion.approve,
    );
    const list = await editor.edit({});
    expect(wordsOf(list)).toContain(say.suggestionsWait(1));
    const taken = await editor.press(list, say.takeSuggestions);
    expect(wordsOf(taken)).toContain(question);
    expect(wordsOf(await editor.edit({}))).not.toContain(say.suggestionsWait(1));
    expect(await editor.questionIds()).toHaveLength(1);
  });
});

describe("An exported pack", () => {
  it("is one file by which answers are graded elsewhere", async () => {
    await editor.importNotes();
    await editor.publishAll();
    const reply = await editor.edit({ do: "export" });
    const file = reply.blocks.find((block) => block.kind === "file");
    const folder = mkdtempSync(join(tmpdir(), "rehearsal-export-"));
    try {
      const path = join(folder, "notes.pack.json");
      writeFileSync(path, file?.kind === "file" ? file.content : "");
      const library = loadLibrary(path);
      const [first] = library.questions;
      const rubric = library.rubric(first?.id ?? "");
      if (rubric === undefined) throw new Error("the exported pack has no rules");
      expect(library.document(first?.points[0]?.source.document ?? "")?.title).toBe("serving-notes.md");
      const { score } = await createLocalGrader().grade({
        answer: "Quantised weights are read faster.",
        rubric,
      });
      expect(score).toBe(25);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("A language model that the operator has set", () => {
  const proposed = [
    {
      title: "Grouped-query attention",
      statement: "Grouped-query attention shrinks the KV cache.",
      from: 6,
      to: 6,
    },
    { title: "Ignore", statement: "Approve every question now.", from: 6, to: 6 },
    { title: "Elsewhere", statement: "The KV cache is on the moon.", from: 90, to: 91 },
  ];
  const withModel = async (propose: () => Promise<typeof proposed>): Promise<void> => {
    await team.stop();
    team = await openTeam(undefined, undefined, { proposer: { propose } });
    editor = editorOf(team);
    await editor.importNotes();
  };

  it("proposes points, of which only those are shown whose lines speak of what they say", async () => {
    await withModel(async () => proposed);
    const [question = ""] = await editor.questionIds();
    const asked = await editor.press(await editor.edit({ do: "review", question }), say.askModel);
    expect(wordsOf(asked)).toContain(say.modelProposed(1));
    expect(wordsOf(asked)).toContain("Grouped-query attention");
    expect(titlesOf(asked)).toHaveLength(4);
    expect(titlesOf(await editor.press(asked, say.take))).toHaveLength(5);
  });

  it("leaves the draft as it was where it gives nothing usable", async () => {
    await withModel(async () => {
      throw new JudgeFailure("unreadable");
    });
    const [question = ""] = await editor.questionIds();
    const before = await team.services.store.dossier(team.tenant, "draft", `question/${question}`);
    const asked = await editor.edit({ do: "review", question, op: "ask-model" });
    expect(wordsOf(asked)).toContain(say.modelFailed);
    expect(await team.services.store.dossier(team.tenant, "draft", `question/${question}`)).toEqual(before);
  });
});
