import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { memoryNow } from "#core/practice/next";
import type { Action, Reply } from "#core/reply";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").practice;
const DAY_MS = 86_400_000;

/** Ends the open round, so that practice begins. */
async function closeRound(team: Team): Promise<void> {
  const { store } = team.services;
  const [round] = await store.rounds(team.tenant, team.channel, 1);
  if (round === undefined) throw new Error("there is no round");
  await store.closeRound(team.tenant, round.id, team.now());
  await team.passTime(1000);
}
/** The id of the question that a reply puts. */
const askedOf = (reply: Reply): string => String(answerAction(reply).options.question);

const answerAction = (reply: Reply): Action => {
  const found = reply.blocks
    .flatMap((block) => (block.kind === "buttons" ? block.buttons : []))
    .find(({ action }) => action.command === "answer");
  if (found === undefined) throw new Error("there is no button to answer by");
  return found.action;
};

describe("/practice", () => {
  let team: Team;
  beforeEach(async () => {
    team = await openTeam();
  });
  afterEach(() => team.stop());

  /** The id of the question that a reply puts. */
  const askedIn = (reply: Reply): string => String(answerAction(reply).options.question);
  const answer = async (reply: Reply, text: string) => {
    const action = answerAction(reply);
    return team.ask("answer", { ...action.options, text });
  };

  it("asks in private something else than the question that is open, and takes the answer as practice", async () => {
    const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
    const reply = await team.ask("practice");
    expect(reply.visibility).toBe("private");
    expect(askedIn(reply)).not.toBe(round?.question);
    expect(wordsOf(reply)).toContain(say.useButton);
    await answer(reply, "I would lower the batch size and switch on checkpointing");
    const [attempt] = await team.services.store.attempts({
      tenant: team.tenant,
      member: memberIdSchema.parse("ada"),
      limit: 1,
    });
    expect([attempt?.round, attempt?.question]).toEqual([null, askedIn(reply)]);
  });

  it("comes back to what was not known, before what was never asked", async () => {
    await team.passTime(9 * 3_600_000);
    const first = await team.ask("practice");
    await answer(first, "I do not know much about this one yet, sorry about that");
    await team.passTime(2 * DAY_MS);
    const again = await team.ask("practice");
    expect(askedIn(again)).toBe(askedIn(first));
    expect(wordsOf(again)).toMatch(/Chosen because \d+ points of it are due/);
  });

  it("keeps to a topic", async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const reply = await team.ask("practice", { topic: "gpu-memory" });
      expect(team.services.library.question(askedIn(reply))?.topic).toBe("gpu-memory");
    }
  });

  it("works towards the date of an interview, until it has passed or is taken back", async () => {
    expect(wordsOf(await team.ask("practice", "until 2026-12-01"))).toContain(say.interviewSet("2026-12-01"));
    expect(wordsOf(await team.ask("practice"))).toContain("For your interview on 2026-12-01");
    expect(wordsOf(await team.ask("practice", "", { member: "bo" }))).not.toContain("interview");
    expect(wordsOf(await team.ask("practice", "until off"))).toContain(say.interviewOff);
    expect(wordsOf(await team.ask("practice"))).not.toContain("For your interview");
    await team.ask("practice", { until: "11-27" });
    await team.passTime(5 * DAY_MS);
    expect(wordsOf(await team.ask("practice"))).not.toContain("For your interview");
  });

  it.each([
    ["next week", say.noDate("next week")],
    ["2026-02-30", say.noDate("2026-02-30")],
    ["2026-11-01", say.datePassed("2026-11-01")],
    ["2029-01-01", say.dateTooFar],
  ])("refuses the date “%s” with the reason", async (until, sentence) => {
    expect(wordsOf(await team.ask("practice", { until }))).toContain(sentence);
  });

  it("still works towards a date that was set before dates had a record of their own", async () => {
    const { store } = team.services;
    const until = team.now() + 30 * DAY_MS;
    await store.keepAction(team.tenant, "interview-date:ada", "2026-12-01", team.now(), until);
    expect(wordsOf(await team.ask("practice"))).toContain("For your interview on 2026-12-01");
    await team.ask("practice", "until 2026-12-05");
    expect(wordsOf(await team.ask("practice"))).toContain("For your interview on 2026-12-05");
    await team.ask("practice", "until off");
    expect(wordsOf(await team.ask("practice"))).not.toContain("For your interview");
  });

  it("crams what would be forgotten by the date, though nothing of it is due", async () => {
    await team.passTime(9 * 3_600_000);
    const first = await team.ask("practice", { topic: "gpu-memory" });
    await answer(first, "I do not know much about this one yet, sorry about that");
    await team.passTime(3_700_000);
    const relaxed = await team.ask("practice", { topic: "gpu-memory" });
    expect(wordsOf(relaxed)).toContain(say.because(0));
    const crammed = await team.ask("practice", { topic: "gpu-memory", until: "2026-12-20" });
    expect(wordsOf(crammed)).toMatch(/[1-9]\d* points? of this question would be shaky by then/);
  });
});

describe("Practice by /quiz and by /practice", () => {
  let team: Team;
  beforeEach(async () => {
    team = await openTeam();
    await closeRound(team);
  });
  afterEach(() => team.stop());

  it("is chosen in the same way: what is due comes first", async () => {
    const answerTo = async (question: unknown): Promise<void> => {
      await team.ask("answer", { question, text: "I do not know much about this one yet, sorry about that" });
    };
    const chosen = askedOf(await team.ask("practice"));
    await answerTo(chosen);
    await team.ask("quiz", "2");
    await team.passTime(2 * DAY_MS);
    await closeRound(team);
    expect(askedOf(await team.ask("practice"))).toBe(chosen);
    await team.ask("quiz", "2");
    expect(askedOf(await team.ask("quiz"))).toBe(chosen);
    expect(askedOf(await team.ask("quiz"))).not.toBe(chosen);
  });

  it.each(["gpu-memory", "topic=gpu-memory", "topic=显存"])(
    "keeps to the topic that “%s” names",
    async (typed) => {
      for (let turn = 0; turn < 3; turn += 1) {
        const question = askedOf(await team.ask("quiz", typed));
        expect(team.services.library.question(question)?.topic).toBe("gpu-memory");
      }
    },
  );

  it("refuses a topic that there is not, and names those there are", async () => {
    for (const command of ["quiz", "practice"]) {
      const words = wordsOf(await team.ask(command, { topic: "cooking" }));
      expect(words).toContain("cooking");
      expect(words).toContain(team.services.library.topic("gpu-memory")?.en);
    }
  });
});

describe("A hint in practice", () => {
  let team: Team;
  let question = "";
  const ada = memberIdSchema.parse("ada");
  const GOOD = "Freeze most of the layers and train only LoRA adapters on top of them, and replay old data.";
  beforeEach(async () => {
    team = await openTeam();
    question = team.services.library.questions[0]?.id ?? "";
    await closeRound(team);
    await team.ask("quiz", question);
  });
  afterEach(() => team.stop());

  const flagsOfLast = async () => {
    const [last] = await team.services.store.attempts({ tenant: team.tenant, member: ada, limit: 1 });
    return last?.result?.flags;
  };
  const dueOfHits = async (): Promise<number[]> => {
    const [last] = await team.services.store.attempts({ tenant: team.tenant, member: ada, limit: 1 });
    const { memory } = await memoryNow({ tenant: team.tenant, member: ada }, team.services);
    const hits = last?.result?.points.filter(({ verdict }) => verdict === "hit") ?? [];
    return hits.map(({ id }) =>
      Math.round(((memory.get(id)?.due.getTime() ?? 0) - (last?.sentAt ?? 0)) / DAY_MS),
    );
  };

  it("comes in two steps and begins again after each answer", async () => {
    const titles: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) titles.push(wordsOf(await team.ask("hint")).split("\n")[0] ?? "");
    expect(titles).toEqual([1, 2, 2].map((step) => messagesFor("en").quiz.hintOf(step, 2)));
    await team.ask("answer", { question, text: GOOD });
    await team.passTime(1000);
    expect(wordsOf(await team.ask("hint"))).toContain(messagesFor("en").quiz.hintOf(1, 2));
  });

  it("costs no points and says so; what it helped with comes back sooner", async () => {
    const shown = wordsOf(await team.ask("hint", "1"));
    expect(shown).toContain(messagesFor("en").quiz.hintFree);
    const reply = await team.ask("answer", { question, text: GOOD });
    expect(await flagsOfLast()).toContain("hinted");
    expect(wordsOf(reply)).toContain("You took a hint");
    const hinted = await dueOfHits();
    expect(new Set(hinted)).toEqual(new Set([2]));
  });

  it("leaves an answer without one as it is", async () => {
    await team.ask("answer", { question, text: GOOD });
    expect(await flagsOfLast()).not.toContain("hinted");
    expect(new Set(await dueOfHits())).toEqual(new Set([3]));
  });
});

describe("A key point", () => {
  let team: Team;
  beforeEach(async () => {
    team = await openTeam();
  });
  afterEach(() => team.stop());
  const first = () => {
    const [question] = team.services.library.questions;
    const point = question?.points.find(({ erratum }) => erratum !== undefined) ?? question?.points[0];
    if (question === undefined || point === undefined) throw new Error("the bank is empty");
    return { question, point };
  };
  const explain = (locale: "en" | "zh" = "en") => {
    const { question, point } = first();
    return team.ask("practice", { explain: point.id, question: question.id }, { locale });
  };

  it("is explained from the menu of a judged answer, with its source, once the round has closed", async () => {
    const { question, point } = first();
    await team.ask("answer", "Freeze most of the layers and train only LoRA adapters on top of them.");
    expect(wordsOf(await explain())).toBe(say.askedNow);
    await closeRound(team);
    const history = await team.ask("history", { question: question.id });
    const menu = history.blocks.find((block) => block.kind === "choices" && block.option === "explain");
    expect(menu?.kind === "choices" && menu.choices.map(({ value }) => value)).toContain(point.id);
    for (const locale of ["en", "zh"] as const) {
      const words = wordsOf(await explain(locale));
      expect(words).toContain(point.statement[locale]);
      expect(words).toContain(point.source.heading);
      expect(words).toContain(team.services.library.document(point.source.document)?.title);
      if (point.erratum !== undefined) expect(words).toContain(point.erratum[locale]);
    }
  });

  it("is explained to nobody who has not answered its question, nor where there is none", async () => {
    await closeRound(team);
    expect(wordsOf(await explain())).toBe(say.answerFirst);
    expect(wordsOf(await team.ask("practice", { explain: "no-such-point" }))).toBe(say.noSuchPoint);
  });
});
