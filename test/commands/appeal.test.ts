import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeDossier } from "#core/dossier-change";
import { messagesFor } from "#core/messages/index";
import type { Reply } from "#core/reply";
import { approvedSuggestions } from "#core/suggestion/suggestion";
import { ANSWER, asEditor, openAppeals, WORDS } from "#test/doubles/appealing";
import { wordsOf } from "#test/doubles/team";

const say = messagesFor("en").appeal;
const HOUR_MS = 3_600_000;

let {
  team,
  messages,
  wake,
  latest,
  answerLacking,
  press,
  openCase,
}: Awaited<ReturnType<typeof openAppeals>> = {} as never;
beforeEach(async () => {
  ({ team, messages, wake, latest, answerLacking, press, openCase } = await openAppeals());
});
afterEach(() => team.stop());

describe("/appeal of one's own answer", () => {
  it("offers the points of the newest answer that were not given in full, and no titles of an open question", async () => {
    const number = await answerLacking();
    const reply = await team.ask("appeal");
    const choices = reply.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []));
    expect(choices.map(({ value }) => value)).toContain(String(number));
    const { result, question } = await latest();
    const hits = result.points.filter(({ verdict }) => verdict === "hit").length;
    expect(choices).toHaveLength(result.points.length - hits);
    const titles = team.services.library.question(question)?.points.map(({ title }) => title.en) ?? [];
    for (const title of titles) expect(wordsOf(reply)).not.toContain(title);
  });

  it("asks for words and a reason, and tells the editors without a word of whose it is", async () => {
    const number = await answerLacking();
    await team.ask("appeal", "", asEditor);
    const form = await team.ask("appeal", String(number));
    expect(form.blocks.map(({ kind }) => kind)).toEqual(["form"]);
    expect(wordsOf(await team.ask("appeal", { point: String(number), words: WORDS, reason: "" }))).toBe(
      say.filed(number),
    );
    await wake();
    expect(messages.sent).toEqual([]);
    await team.passTime(25 * HOUR_MS);
    await wake();
    expect(messages.sent.map(({ member }) => member)).toEqual(["eve"]);
    expect(wordsOf(messages.sent[0]?.reply as Reply)).toBe(say.editorsTold(1));
    const shown = wordsOf(await openCase());
    expect(shown).toContain(ANSWER);
    expect(shown).toContain(WORDS);
    expect(shown).not.toMatch(/\bada\b/);
  });

  it("is one appeal for each point of an answer, however often it is sent", async () => {
    const number = await answerLacking();
    const typed = `${number} it is what the last half says`;
    expect(wordsOf(await team.ask("appeal", typed, { submission: "s1" }))).toBe(say.filed(number));
    expect(wordsOf(await team.ask("appeal", typed, { submission: "s1" }))).toBe(say.filed(number));
    expect(wordsOf(await team.ask("appeal", typed))).toBe(say.filedBefore(null));
    expect(wordsOf(await team.ask("appeal", "", asEditor))).toContain(say.queueLater(1));
    await team.passTime(25 * HOUR_MS);
    expect(wordsOf(await team.ask("appeal", "", asEditor))).toContain(say.queueCount(1));
    expect(wordsOf(await team.ask("appeal"))).toContain(say.stands(number, null));
  });

  it("is reached from the answer in /history", async () => {
    const number = await answerLacking();
    await team.passTime(25 * HOUR_MS);
    const { question, round, submission } = await latest();
    const reply = await team.ask("history", { question });
    const menu = reply.blocks.find((block) => block.kind === "choices" && block.option === "point");
    expect(menu?.kind === "choices" && menu.action).toEqual({
      command: "appeal",
      options: { round, answer: submission },
    });
    const filed = await team.ask("appeal", { round, answer: submission, point: String(number), reason: "x" });
    expect(wordsOf(filed)).toBe(say.filed(number));
  });
});

describe("While the round takes answers", () => {
  it("an editor who can still answer reads nothing of an appeal; one who cannot decides it, and the day counts at once", async () => {
    const number = await answerLacking();
    await team.ask("appeal", { point: String(number), words: WORDS, reason: "" });
    const [slip] = await team.services.store.dossiers({
      tenant: team.tenant,
      kind: "appeal",
      prefix: "waiting/",
      limit: 1,
    });
    const look = slip?.text;
    for (const more of [{}, { verdict: "hit" }, { verdict: "declined" }])
      expect(wordsOf(await team.ask("appeal", { look, ...more }, asEditor))).toBe(say.stillOpen);
    for (let sent = 0; sent < 3; sent += 1)
      await team.ask("answer", `${ANSWER} For the ${sent}th time.`, asEditor);
    expect(wordsOf(await press(await openCase(), say.upholdHit, asEditor))).toContain(
      say.decisionMade("hit"),
    );
    expect((await latest()).result.points[number - 1]?.verdict).toBe("hit");
  });
});

describe("A decision on an appeal", () => {
  const file = async (): Promise<number> => {
    const number = await answerLacking();
    await team.ask("appeal", { point: String(number), words: WORDS, reason: "" });
    await team.passTime(25 * HOUR_MS);
    return number;
  };

  it("that upholds it corrects the score at once, and the member hears of it", async () => {
    const number = await file();
    const before = (await latest()).result;
    const reply = await press(await openCase(), say.upholdHit, asEditor);
    const after = (await latest()).result;
    expect(wordsOf(reply)).toContain(say.scoreNow(before.score, after.score));
    expect(after.score).toBeGreaterThan(before.score);
    expect(after.points[number - 1]).toMatchObject({
      verdict: "hit",
      reason: "appeal",
      evidence: [{ quote: WORDS, start: ANSWER.indexOf(WORDS) }],
    });
    await wake();
    const [told] = messages.sent.filter(({ member }) => member === "ada");
    expect(wordsOf(told?.reply as Reply)).toContain(say.nowScore(before.score, after.score));
    await wake();
    expect(messages.sent.filter(({ member }) => member === "ada")).toHaveLength(1);
  });

  it("offers the member's words for the rubric", async () => {
    const number = await file();
    const { question } = await latest();
    await press(await openCase(), say.upholdPartial, asEditor);
    const found = await approvedSuggestions(team.services.store, team.tenant, 10);
    expect(found.map(({ suggestion }) => suggestion)).toMatchObject([
      {
        type: "phrase",
        question,
        point: team.services.library.question(question)?.points[number - 1]?.id,
        phrase: WORDS,
        verdict: "partial",
        language: "en",
      },
    ]);
  });

  it("that declines it needs a sentence, changes nothing, and the member reads the sentence", async () => {
    await file();
    const before = (await latest()).result;
    const form = await press(await openCase(), say.decline, asEditor);
    const field = form.blocks[0];
    const action = field?.kind === "form" ? field.form.action : null;
    expect(action).not.toBeNull();
    const send = (note: string) => team.ask("appeal", { ...action?.options, note }, asEditor);
    expect(wordsOf(await send("  "))).toBe(say.sayWhy);
    expect(wordsOf(await send("It never says what happens to the gradient."))).toContain(
      say.decisionMade("declined"),
    );
    expect((await latest()).result).toEqual(before);
    messages.closed.add("ada");
    await wake();
    expect(messages.sent.filter(({ member }) => member === "ada")).toEqual([]);
    const next = wordsOf(await team.ask("streak"));
    expect(next).toContain(say.editorSays("It never says what happens to the gradient."));
    expect(wordsOf(await team.ask("streak"))).not.toContain("The editor says");
  });

  it("is carried out by the clock where the process died over it", async () => {
    const number = await file();
    const { store } = team.services;
    const [slip] = await store.dossiers({
      tenant: team.tenant,
      kind: "appeal",
      prefix: "waiting/",
      limit: 1,
    });
    const id = slip?.text ?? "";
    await changeDossier(store, { tenant: team.tenant, kind: "appeal", id }, (standing) => {
      if (standing === null) return null;
      const decision = { ruling: "hit", by: "eve", submission: "press", at: team.now(), sentence: null };
      const appeal = { ...JSON.parse(standing.text), announced: true, decision };
      return { text: JSON.stringify(appeal), wakeAt: team.now() };
    });
    await wake();
    expect((await latest()).result.points[number - 1]?.verdict).toBe("hit");
    expect(messages.sent.map(({ member }) => member)).toEqual(["ada"]);
    expect(wordsOf(await team.ask("appeal", "", asEditor))).toContain(say.queueEmpty);
  });

  it("is told once though the platform's answer was lost", async () => {
    await file();
    await press(await openCase(), say.upholdHit, asEditor);
    messages.failures.push("unsure");
    await wake();
    await team.passTime(120_000);
    await wake();
    expect(messages.sent.filter(({ member }) => member === "ada")).toHaveLength(1);
  });

  it("is made once: the second editor is told how it was decided", async () => {
    await file();
    const [one, other] = await Promise.all(
      ["eve", "emil"].map(async (member) => {
        const as = { member, role: "editor" as const };
        const shown = await press(await team.ask("appeal", "", as), say.next, as);
        return () => press(shown, member === "eve" ? say.upholdHit : say.upholdPartial, as);
      }),
    );
    const replies = (await Promise.all([one?.(), other?.()])).map((reply) => wordsOf(reply as Reply));
    const winner = replies.findIndex((words) => words.includes("The member will be told"));
    expect(winner).toBeGreaterThanOrEqual(0);
    expect(replies[1 - winner]).toBe(say.decidedBefore(winner === 0 ? "hit" : "partial"));
    const decided = (await latest()).result.points.filter(({ reason }) => reason === "appeal");
    expect(decided.map(({ verdict }) => verdict)).toEqual([winner === 0 ? "hit" : "partial"]);
  });

  it("is heard once where the same press is delivered twice", async () => {
    await file();
    const shown = await openCase();
    const as = { ...asEditor, submission: "press-1" };
    const [first, again] = [await press(shown, say.upholdHit, as), await press(shown, say.upholdHit, as)].map(
      wordsOf,
    );
    expect(again).toContain(say.decisionMade("hit"));
    expect(first).toContain(say.decisionMade("hit"));
  });

  it("is nobody's own", async () => {
    await file();
    const found = await openCase();
    const own = { member: "ada", role: "admin" } as const;
    expect(wordsOf(await press(found, say.upholdHit, own))).toBe(say.ownAppeal);
    expect(wordsOf(await team.ask("appeal", "", own))).toContain(say.queueEmpty);
    expect(wordsOf(await press(found, say.upholdHit, { member: "bo" }))).toBe(say.editorsOnly);
  });

  it("is anybody's own who sits alone at this machine", async () => {
    await team.stop();
    const local = { tenant: "team", channel: "study", fixedBy: [] } as never;
    ({ team, messages, wake, latest, answerLacking, press, openCase } = await openAppeals({ local }));
    await file();
    const own = { member: "ada", role: "admin" } as const;
    const found = await press(await team.ask("appeal", "", own), say.next, own);
    await team.ask("appeal", "", { member: "bo", role: "admin" });
    expect(wordsOf(await press(found, say.upholdHit, own))).toBe(say.ownAppeal);
  });
});
