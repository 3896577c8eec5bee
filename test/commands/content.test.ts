import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { channelIdSchema, tenantIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { openDailyRound } from "#core/round/daily";
import { NOTES } from "#test/doubles/documents";
import { editorOf, LATENCY, titlesOf } from "#test/doubles/editor";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").content;

let team: Team;
let editor: ReturnType<typeof editorOf>;
beforeEach(async () => {
  team = await openTeam();
  editor = editorOf(team);
});
afterEach(() => team.stop());

describe("A document that an editor imports", () => {
  it("becomes drafts of which nothing is asked before each is approved and published", async () => {
    const reply = await editor.importNotes();
    expect(wordsOf(reply)).toContain(say.imported("serving-notes.md", 3));
    expect(wordsOf(reply)).toContain(say.unscorable(1));
    expect(wordsOf(reply)).toContain(
      say.leftLines(1, 1, "before the first question", "# Team notes on serving"),
    );
    await editor.closeRound();
    expect(wordsOf(await team.ask("quiz", "topic=serving-notes"))).not.toContain(LATENCY);
    expect(wordsOf(await editor.edit({ do: "publish" }))).toBe(say.approveFirst(2));

    const published = await editor.publishAll();
    expect(wordsOf(published)).toContain(say.published(2));
    expect(wordsOf(published)).toContain(say.unscorable(1));
    const asked = await team.ask("quiz", "topic=serving-notes", { member: "bo" });
    expect(wordsOf(asked)).toContain(LATENCY);
    const graded = await team.ask("answer", "Continuous batching, and 4-bit quantisation of the weights.", {
      member: "bo",
    });
    expect(wordsOf(graded)).toContain("Quantisation");
  });

  it("is marked in the language that nobody has translated it into", async () => {
    await editor.importNotes();
    await editor.publishAll();
    await editor.closeRound();
    const asked = await team.ask("quiz", "topic=serving-notes", { locale: "zh" });
    expect(wordsOf(asked)).toContain(`${messagesFor("zh").drafting.untranslated}${LATENCY}`);
  });

  it("is not published before somebody has said whose it is", async () => {
    const reply = await editor.importNotes(NOTES, {});
    const form = reply.blocks.find((block) => block.kind === "form");
    expect(form?.kind === "form" ? form.form.title : "").toBe(say.ownerTitle);
    expect(wordsOf(await editor.publishAll())).toBe(say.ownerMissing);
    const options = form?.kind === "form" ? form.form.action.options : {};
    expect(wordsOf(await editor.edit({ ...options, owner: " " }))).toBe(say.ownerMissing);
    await editor.edit({ ...options, owner: "our own notes, CC BY 4.0" });
    expect(wordsOf(await editor.edit({ do: "publish" }))).toContain(say.published(2));
  });

  it("is nobody's to see who is no editor", async () => {
    await editor.importNotes();
    for (const options of ["", "review", "publish", "export"]) {
      const words = wordsOf(await team.ask("content", options));
      expect(words).not.toContain("serving-notes");
      expect(words).toBe(messagesFor("en").dispatch.notAllowed("content", "editor"));
    }
  });

  it("that comes again as it was changes nothing, and keeps what was edited when it has changed", async () => {
    await editor.importNotes();
    expect(wordsOf(await editor.importNotes())).toContain(say.unchanged);
    const [question = ""] = await editor.questionIds();
    const point = `${question}-1`;
    await editor.edit({ do: "review", question, op: "edit", point, title: "Batching at every step" });
    const changed = NOTES.replace("so the GPU is never idle", "so the GPU is always busy")
      .replace(/- \*\*Quantisation.*\n/u, "")
      .replace(
        "## 2.",
        "- **Prefix caching**: the prompt that many requests share is computed once and kept.\n\n## 2.",
      );
    const again = await editor.importNotes(changed);
    expect(wordsOf(again)).toContain(say.importedAgain(1, 2, 0));
    const shown = await editor.edit({ do: "review", question });
    expect(titlesOf(shown)[0]).toContain("Batching at every step");
    expect(wordsOf(shown)).toContain("so the GPU is always busy");
    const gone = await editor.edit({ do: "review", question, point: `${question}-3` });
    expect(wordsOf(gone)).toContain(say.lint.gone);
    await editor.press(shown, say.leave);
    const next = await editor.press(await editor.edit({ do: "review", question }), say.take);
    expect(titlesOf(next).join()).toContain("Prefix caching");
    expect(wordsOf(await editor.importNotes(changed))).toContain(say.unchanged);
  });

  it("is refused where another document comes under its name, and stays as it was", async () => {
    await editor.importNotes();
    const other = Array.from(
      { length: 5 },
      (_, at) =>
        `## ${at + 1}. What is thing number ${at}?\n\n- **One**: it is the first of all.\n- **Two**: it is not.\n`,
    ).join("\n");
    expect(wordsOf(await editor.importNotes(other))).toBe(say.otherDocument("serving-notes.md"));
    expect(await editor.questionIds()).toHaveLength(3);
  });

  it.each([
    ["nothing", ""],
    ["no question", "Nothing is asked here.\n"],
    ["binary data", "\u0000\u0001\u0002\u0003".repeat(200)],
  ])("and holds %s gets a reason, and nothing is kept", async (_, text) => {
    const reply = await editor.importNotes(text);
    expect(reply.isRefusal).toBe(true);
    expect(wordsOf(await editor.edit({}))).toContain(say.none);
  });
});

describe("A published question of a team's own", () => {
  it("is asked by the daily chooser, in its tenant alone", async () => {
    await editor.importNotes();
    await editor.publishAll();
    const { services } = team;
    const own = await services.library.of?.(team.tenant);
    const others = await services.library.of?.(tenantIdSchema.parse("others"));
    const ids = (await editor.questionIds()).slice(0, 2);
    expect(own?.questions.slice(-2).map(({ id }) => id)).toEqual(ids);
    expect(others?.questions.map(({ id }) => id)).toEqual(services.library.questions.map(({ id }) => id));
    for (const id of ids) {
      expect(others?.question(id)).toBeUndefined();
      expect(others?.rubric(id)).toBeUndefined();
    }
    const bank = own?.questions.filter(({ id }) => ids.includes(id)) ?? [];
    const place = { tenant: team.tenant, channel: channelIdSchema.parse("second"), zone: services.zone };
    const round = await openDailyRound(place, { ...services, library: { questions: bank } });
    expect(ids).toContain(round?.question);
  });

  it("is withdrawn: not asked any more, and what was answered stays readable", async () => {
    await editor.importNotes();
    await editor.publishAll();
    await editor.closeRound();
    await team.ask("quiz", "topic=serving-notes", { member: "bo" });
    await team.ask("answer", "Continuous batching and a paged KV cache.", { member: "bo" });
    expect(wordsOf(await editor.edit({ do: "unpublish" }))).toBe(say.withdrawn(2));
    expect(wordsOf(await team.ask("quiz", "topic=serving-notes", { member: "cy" }))).not.toContain(LATENCY);
    expect(wordsOf(await team.ask("history", "", { member: "bo" }))).toContain("How do you keep inference");
    expect(wordsOf(await editor.edit({ do: "unpublish" }))).toBe(say.nothingPublished);
    expect(wordsOf(await editor.edit({ do: "publish" }))).toContain(say.published(2));
  });

  it("keeps its id and its points' ids through edits, and a point of another meaning gets a new one", async () => {
    await editor.importNotes();
    await editor.publishAll();
    const [question = ""] = await editor.questionIds();
    const live = async () => (await team.services.library.of?.(team.tenant))?.question(question);
    const before = (await live())?.points.map(({ id }) => id);
    const point = `${question}-2`;
    await editor.edit({
      do: "review",
      question,
      op: "edit",
      point,
      statement:
        "the cache is kept in blocks of fixed size, so memory is not fragmented and more requests fit",
    });
    expect((await live())?.points[1]?.statement.en).toContain("the cache is kept in blocks, so");
    expect(wordsOf(await editor.edit({ do: "publish" }))).toContain(say.published(1));
    expect((await live())?.points.map(({ id }) => id)).toEqual(before);
    expect((await live())?.points[1]?.statement.en).toContain("of fixed size");
    await editor.edit({
      do: "review",
      question,
      op: "edit",
      point,
      statement: "Tensor parallelism splits every layer.",
    });
    await editor.edit({ do: "publish" });
    expect((await live())?.points[1]?.id).toBe(`${question}-5`);
  });

  it("takes a wording that an upheld appeal has brought", async () => {
    await editor.importNotes();
    await editor.publishAll();
    const [question = ""] = await editor.questionIds();
    const { store } = team.services;
    const phrase = {
      type: "phrase",
      language: "en",
      question,
      point: `${question}-1`,
      verdict: "hit",
      phrase: "hop on the bus at each stop",
      appeal: "a1",
      approvedBy: "eve",
      approvedAt: team.now(),
      takenUp: null,
    };
    const common = { tenant: team.tenant, kind: "suggestion", revision: 1, wakeAt: null } as const;
    await store.keepDossier({ ...common, id: "p1", text: JSON.stringify(phrase) });
    await store.keepDossier({
      ...common,
      id: `approved/${String(team.now()).padStart(14, "0")}/p1`,
      text: "p1",
    });
    const shown = await editor.edit({ do: "review", question });
    expect(wordsOf(shown)).toContain(say.phraseOffered(phrase.phrase));
    await editor.press(shown, say.take);
    expect(wordsOf(await editor.edit({ do: "review", question }))).not.toContain(
      say.phraseOffered(phrase.phrase),
    );
    await editor.edit({ do: "publish" });
    await editor.closeRound();
    await team.ask("quiz", question, { member: "bo" });
    const graded = await team.ask("answer", "Requests hop on the bus at each stop.", { member: "bo" });
    expect(wordsOf(graded)).toContain("Continuous batching");
  });
});
