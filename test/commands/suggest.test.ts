import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Reply } from "#core/reply";
import { pointsIn } from "#core/suggestion/filing";
import { approvedSuggestions, takeUpSuggestion } from "#core/suggestion/suggestion";
import { suggestionAct } from "#core/suggestion/telling";
import { sweepDossiers } from "#src/schedule/dossier-clock";
import { RecordedMessages } from "#test/doubles/direct-messages";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").suggestion;

let team: Team;
let messages: RecordedMessages;
beforeEach(async () => {
  messages = new RecordedMessages();
  team = await openTeam(undefined, undefined, { directMessages: messages });
});
afterEach(() => team.stop());

const wake = () =>
  sweepDossiers("suggestion", suggestionAct(team.services), { ...team.services, clock: { now: team.now } });
const asEditor = { member: "eve", role: "editor" } as const;
const press = (reply: Reply, label: string, as: Parameters<Team["ask"]>[2]): Promise<Reply> => {
  const action = reply.blocks
    .flatMap((block) => (block.kind === "buttons" ? block.buttons : []))
    .find((button) => button.label === label)?.action;
  if (action === undefined) throw new Error(`there is no button ${label} in: ${wordsOf(reply)}`);
  return team.ask(action.command, action.options, as);
};
const openFirst = async (): Promise<Reply> =>
  press(await team.ask("suggest", "", asEditor), say.next, asEditor);

const QUESTION = "Why does dropout help a network to generalise?";
const POINTS = "- it trains many thinned networks at once\n- units cannot rely on each other";

describe("/suggest", () => {
  it("asks for a question and its points, and brings them to the editors", async () => {
    const form = await team.ask("suggest");
    expect(form.blocks[0]?.kind).toBe("form");
    const sent = await team.ask("suggest", { question: QUESTION, points: POINTS, source: "" });
    expect(wordsOf(sent)).toBe(say.filed(2));
    const shown = wordsOf(await openFirst());
    expect(shown).toContain(QUESTION);
    expect(shown).toContain("it trains many thinned networks at once\nunits cannot rely on each other");
  });

  it("takes both in one line, in either language", async () => {
    const chinese = "为什么 dropout 能减轻过拟合？| 相当于训练很多个变瘦的网络；避免神经元互相依赖";
    expect(wordsOf(await team.ask("suggest", chinese, { locale: "zh" }))).toBe(
      messagesFor("zh").suggestion.filed(2),
    );
    expect(wordsOf(await openFirst())).toContain("相当于训练很多个变瘦的网络\n避免神经元互相依赖");
  });

  it("keeps a question once, whoever else suggests it and however it is written", async () => {
    const given = { question: QUESTION, points: POINTS };
    const first = { submission: "s1" };
    expect(wordsOf(await team.ask("suggest", given, first))).toBe(say.filed(2));
    expect(wordsOf(await team.ask("suggest", given, first))).toBe(say.filed(2));
    const again = { question: ` ${QUESTION.toUpperCase()}!! `, points: "something else about it" };
    expect(wordsOf(await team.ask("suggest", again, { member: "bo" }))).toBe(say.knownAlready);
    expect(wordsOf(await team.ask("suggest", "", asEditor))).toContain(say.queueCount(1));
  });

  it("knows the questions of the bank", async () => {
    const [first] = team.services.library.questions;
    const given = { question: first?.text.en, points: "one point of it" };
    expect(wordsOf(await team.ask("suggest", given))).toBe(say.inBank);
  });

  it("tells the editors who have looked before that something waits, once a day", async () => {
    await team.ask("suggest", "", asEditor);
    await team.ask("suggest", { question: QUESTION, points: POINTS });
    await wake();
    await team.ask("suggest", { question: "What is a learning-rate warm-up for?", points: POINTS });
    await wake();
    expect(messages.sent.map(({ member, reply }) => [member, wordsOf(reply)])).toEqual([
      ["eve", say.editorsTold(1)],
    ]);
  });
});

describe("A decision on a suggestion", () => {
  beforeEach(async () => {
    await team.ask("suggest", { question: QUESTION, points: POINTS });
  });

  it("that approves it makes a draft of it for those who write questions, and its member hears of it", async () => {
    expect(wordsOf(await press(await openFirst(), say.approve, asEditor))).toContain(say.decisionMade(true));
    await wake();
    expect(messages.sent.map(({ member, reply }) => [member, wordsOf(reply)])).toEqual([
      ["ada", say.told(true, QUESTION)],
    ]);
    const { store } = team.services;
    const [found, ...more] = await approvedSuggestions(store, team.tenant, 10);
    expect(more).toEqual([]);
    expect(found?.suggestion).toMatchObject({ type: "question", text: QUESTION, language: "en" });
    const file = (await team.ask("suggest", "export", asEditor)).blocks.find(({ kind }) => kind === "file");
    const content = file?.kind === "file" ? file.content : "";
    expect(JSON.parse(content)).toMatchObject({ text: QUESTION, points: { length: 2 } });
    expect(content).not.toContain("ada");

    const eve = memberIdSchema.parse("eve");
    await takeUpSuggestion(store, team.tenant, found?.id ?? "", eve, team.now());
    await takeUpSuggestion(store, team.tenant, found?.id ?? "", eve, team.now() + 1);
    expect(await approvedSuggestions(store, team.tenant, 10)).toEqual([]);
    expect(wordsOf(await team.ask("suggest", "export", asEditor))).toBe(say.nothingApproved);
  });

  it("that declines it needs a sentence, which the member reads with their next command", async () => {
    messages.closed.add("ada");
    const form = (await press(await openFirst(), say.decline, asEditor)).blocks[0];
    const options = form?.kind === "form" ? form.form.action.options : {};
    expect(wordsOf(await team.ask("suggest", { ...options, note: " " }, asEditor))).toBe(say.sayWhy);
    await team.ask("suggest", { ...options, note: "We have one like it." }, asEditor);
    await wake();
    expect(messages.sent).toEqual([]);
    const next = wordsOf(await team.ask("streak", "", { locale: "zh" }));
    expect(next).toContain(messagesFor("zh").suggestion.told(false, QUESTION));
    expect(next).toContain("We have one like it.");
    expect(await approvedSuggestions(team.services.store, team.tenant, 10)).toEqual([]);
  });

  it("is made once: the second editor is told how", async () => {
    const shown = await openFirst();
    const emil = { member: "emil", role: "admin" } as const;
    const replies = await Promise.all([
      press(shown, say.approve, asEditor),
      team.ask("suggest", { ...lookOf(shown), approve: false, note: "No." }, emil),
    ]);
    const words = replies.map(wordsOf);
    const approved = words[0]?.includes(say.decisionMade(true)) === true;
    expect(words[approved ? 1 : 0]).toBe(say.decidedBefore(approved));
    expect(await approvedSuggestions(team.services.store, team.tenant, 10)).toHaveLength(approved ? 1 : 0);
  });
});

const lookOf = (reply: Reply) => {
  const [button] = reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
  return { look: button?.action.options.look };
};

describe("Whatever comes to /suggest at the wrong moment", () => {
  it.each([
    ["no question", { question: "", points: POINTS }, say.questionShort(8)],
    ["a question of blanks", { question: " \u200b\u202e ", points: POINTS }, say.questionShort(8)],
    ["a question of signs", { question: "????????????", points: POINTS }, say.questionShort(8)],
    ["a point of signs", { question: QUESTION, points: "???\nsomething longer" }, say.pointShort("???")],
    ["a long question", { question: "why ".repeat(200), points: POINTS }, say.questionLong(500)],
    ["an endless question", { question: "a".repeat(100_000), points: POINTS }, say.tooMuch(6000)],
    ["no points", { question: QUESTION }, say.noPoints],
    ["points of bullets only", { question: QUESTION, points: "-\n*\n1." }, say.noPoints],
    [
      "eleven points",
      { question: QUESTION, points: Array.from({ length: 11 }, (_, at) => `point number ${at}`).join("\n") },
      say.tooManyPoints(10),
    ],
    ["a point of one letter", { question: QUESTION, points: "x\nsomething longer" }, say.pointShort("x")],
    [
      "an endless point",
      { question: QUESTION, points: `fine\n${"long ".repeat(100)}` },
      say.pointLong(2, 300),
    ],
    ["an editor's button", { look: "x", approve: true }, say.editorsOnly],
    ["the export", { export: true }, say.editorsOnly],
  ])("(%s) gets one sentence and sends nothing", async (_, given, sentence) => {
    expect(wordsOf(await team.ask("suggest", given))).toBe(sentence);
    expect(wordsOf(await team.ask("suggest", "", asEditor))).toContain(say.queueEmpty);
  });

  it("a sixth suggestion waits until the editors have got to some", async () => {
    for (let number = 1; number <= 5; number += 1)
      await team.ask("suggest", { question: `A question with the number ${number}`, points: POINTS });
    const sixth = { question: "A question with the number 6", points: POINTS };
    expect(wordsOf(await team.ask("suggest", sixth))).toBe(say.enoughOfYours(5));
    expect(wordsOf(await team.ask("suggest", sixth, { member: "bo" }))).toBe(say.filed(2));
  });

  it("a suggestion that is gone is not decided", async () => {
    expect(wordsOf(await team.ask("suggest", { look: "x", approve: true }, asEditor))).toBe(say.noSuch);
  });

  it("hostile text is kept without what nobody sees, and never fails", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 80 }), async (text) => {
        for (const point of pointsIn(`first\n${text}`)) {
          expect(point.isWellFormed()).toBe(true);
          expect(point).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }),
      { numRuns: 300 },
    );
  });
});
