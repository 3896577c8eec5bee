import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { memberIdSchema } from "#core/ids";
import type { Interview } from "#core/interview/interview";
import { interviewOf } from "#core/interview/seat";
import { messagesFor } from "#core/messages/index";
import { openDiscordInterview } from "./interview-discord.ts";
import { openPageInterview } from "./interview-page.ts";
import { openSlackInterview } from "./interview-slack.ts";
import { type InterviewStage, type Seated, seated } from "./interview-stage.ts";

const MINUTE_MS = 60_000;
const PATIENCE = { timeout: 20_000, interval: 20 } as const;
const say = messagesFor("en").interview;
const sayZh = messagesFor("zh").interview;

/** What an interview has left of its members, whatever they are called on a platform. */
const outcomes = new Map<string, unknown>();

describe.each([
  ["Discord", openDiscordInterview],
  ["Slack in Socket Mode", () => openSlackInterview("socket")],
  ["Slack over HTTP", () => openSlackInterview("http")],
  ["the page", openPageInterview],
] as const)("A mock interview of three on %s", (platform, open) => {
  let stage: InterviewStage;
  beforeAll(async () => {
    stage = await open();
  });
  afterAll(async () => {
    print(platform, await stage.transcript());
    await stage.end();
  });

  const kept = async (): Promise<Interview> => {
    const host = memberIdSchema.parse(stage.idOf("ann"));
    const found = await interviewOf(stage.services.store, stage.tenant, host);
    if (found === null) throw new Error("nobody is in an interview");
    return found;
  };
  const personOf = (id: string | null | undefined): Seated => {
    const found = seated.find((person) => stage.idOf(person) === id);
    if (found === undefined) throw new Error(`${id} is nobody here`);
    return found;
  };
  /** Who does what at the question that is asked now, and what it is. */
  const now = async () => {
    const turn = (await kept()).turns.at(-1);
    const question = stage.services.library.question(turn?.question ?? "");
    if (turn === undefined || question === undefined) throw new Error("no question has come");
    const [candidate, interviewer] = [personOf(turn.candidate), personOf(turn.interviewer)];
    const observer = seated.find((person) => person !== candidate && person !== interviewer) ?? "ann";
    return { turn, question, candidate, interviewer, observer };
  };
  const inThread = async (words: string): Promise<boolean> =>
    (await stage.transcript()).some((text) => text.includes(words));
  const inThreadSoon = (words: string) =>
    vi.waitFor(async () => expect((await stage.transcript()).join("\n")).toContain(words), PATIENCE);
  const languageOf = (person: Seated) => messagesFor(person === "lin" ? "zh" : "en").interview;

  it("is opened by a command, and two who press at once are both in it", async () => {
    expect(await stage.type("ann", "start questions=3 minutes=2")).toContain(say.opened);
    const [lin, sam] = await Promise.all([
      stage.press("lin", say.joinButton),
      stage.press("sam", say.joinButton),
    ]);
    expect([lin, sam].join()).toMatch(new RegExp(`${sayZh.youJoined(2, 8)}|${sayZh.youJoined(3, 8)}`));
    expect([lin, sam].join()).toMatch(new RegExp(`${say.youJoined(2, 8)}|${say.youJoined(3, 8)}`));
    await vi.waitFor(async () => {
      const [first] = await stage.transcript();
      for (const person of seated) expect(first).toContain(stage.nameOf(person));
    }, PATIENCE);
    expect(await stage.press("sam", say.joinButton)).toBe(say.inAlready);
  });

  it("asks for consent before anything is shown, and only the host begins", async () => {
    expect(await stage.press("sam", say.consentButton)).toContain(say.consented);
    expect(await stage.press("sam", say.beginButton)).toBe(say.hostBegins);
    expect(await stage.press("ann", say.beginButton)).toBe(say.begun);
    await inThreadSoon(say.questionTitle(1, 3));
  });

  it("shows the card to the interviewer alone; the candidate reads in one sentence why not", async () => {
    const { candidate, interviewer, question } = await now();
    const language = interviewer === "lin" ? "zh" : "en";
    const card = await stage.press(interviewer, say.cardButton);
    for (const { statement } of question.points)
      expect(card.replaceAll("\\", "")).toContain(statement[language].slice(0, 20));
    expect(await stage.press(candidate, say.cardButton)).toBe(languageOf(candidate).noCardForCandidate);
    for (const { statement } of question.points) {
      expect(await inThread(statement.en)).toBe(false);
      expect(await inThread(statement.zh)).toBe(false);
    }
  });

  it("takes an answer from the candidate by a form, and puts it into the thread under their name", async () => {
    const { candidate, observer } = await now();
    const words = "New gradients overwrite the old weights, so I would mix old data into the training set.";
    // A form opens before anything can be asked: what is sent by the wrong one is refused, and stays in it.
    expect(await stage.fill(observer, say.answerButton, "me!")).toBe(languageOf(observer).notYourQuestion);
    expect(await stage.fill(candidate, say.answerButton, words)).toContain(languageOf(candidate).answered);
    await inThreadSoon("New gradients overwrite the old weights");
    const said = (await stage.transcript()).find((text) => text.includes("New gradients"));
    expect(said).toContain(stage.nameOf(candidate));
  });

  it("lets the others tick what they hear, each for themselves", async () => {
    const { interviewer, observer, question } = await now();
    for (const person of [interviewer, observer]) {
      const { tickLabel, ticked } = languageOf(person);
      await stage.press(person, say.cardButton);
      const [first] = question.points;
      const title = first?.title[person === "lin" ? "zh" : "en"] ?? "";
      expect(await stage.pick(person, tickLabel, title)).toContain(ticked(1, question.points.length));
    }
    const { turn } = await now();
    expect(Object.values(turn.ticks).map((points) => points.length)).toEqual([1, 1]);
    expect(await inThread(say.ticked(1, question.points.length))).toBe(false);
  });

  it("asks a follow-up in the thread when the interviewer presses it", async () => {
    const { interviewer } = await now();
    await stage.press(interviewer, say.cardButton);
    expect(await stage.press(interviewer, languageOf(interviewer).askButton(1))).toContain(
      languageOf(interviewer).asked,
    );
    await inThreadSoon(say.followUp);
  });

  it("goes on once where two press at once that it should", async () => {
    const { candidate, interviewer } = await now();
    const replies = await Promise.all([
      stage.press(candidate, say.nextButton),
      stage.press(interviewer, say.nextButton),
    ]);
    expect(replies.join()).toMatch(new RegExp(`${say.settling}|${sayZh.settling}`));
    expect((await kept()).turns).toHaveLength(1);
    await stage.passTime(MINUTE_MS);
    await inThreadSoon(say.questionTitle(2, 3));
    expect(await inThread(say.resolvedTitle(1))).toBe(true);
  });

  it("keeps its time where the process dies in the middle of a question", async () => {
    const { candidate } = await now();
    const words = "LoRA trains two small matrices beside the frozen weights, so far fewer parameters move.";
    await stage.fill(candidate, say.answerButton, words);
    await stage.restart();
    expect(await stage.press(candidate, say.cardButton)).toBe(languageOf(candidate).noCardForCandidate);
    await stage.passTime(2 * MINUTE_MS);
    await inThreadSoon(say.settlingTimeUp);
    await stage.passTime(MINUTE_MS);
    await inThreadSoon(say.questionTitle(3, 3));
    const titles = (await stage.transcript()).filter((text) => text.includes(say.questionTitle(2, 3)));
    expect(titles).toHaveLength(1);
  });

  it("takes notes of what is said aloud, and shows them to nobody", async () => {
    const { observer } = await now();
    const notes = "They said aloud that a larger batch makes the gradient less noisy.";
    expect(await stage.fill(observer, say.notesButton, notes)).toContain(languageOf(observer).noted);
    expect(await inThread("less noisy")).toBe(false);
  });

  it("ends with a summary of those who wanted it, and a report for each alone", async () => {
    await stage.passTime(2 * MINUTE_MS);
    await stage.passTime(MINUTE_MS);
    await inThreadSoon(say.over("done"));
    const summary = (await stage.transcript()).findLast((text) => text.includes(say.shownLabel)) ?? "";
    expect(summary).toContain(stage.nameOf("sam"));
    expect(summary).not.toContain(stage.nameOf("lin"));
    const reports: string[] = [];
    for (const person of seated) reports.push(await stage.press(person, say.reportButton));
    for (const [at, person] of seated.entries())
      expect(reports[at]).toContain(languageOf(person).reportTitle);
    expect(await inThread(say.reportTitle)).toBe(false);
    expect(await stage.type("sam", "next")).toBe(say.inNone);
    const over = await kept();
    expect(over.seats.filter(({ consents }) => consents).map(({ member }) => personOf(member))).toEqual([
      "sam",
    ]);
    outcomes.set(platform, outcomeOf(over));
  });
});

describe("The same interview on every platform", () => {
  it("leaves the same questions, roles, verdicts and ticks", () => {
    const [first, ...others] = outcomes.values();
    expect(first).toBeDefined();
    expect(others).toHaveLength(3);
    for (const other of others) expect(other).toEqual(first);
  });
});

/** Members by their seats: of two who join at the same moment either may be the first. */
function outcomeOf({ over, seats, turns }: Interview) {
  const seatOf = (id: string | null): number => seats.findIndex(({ member }) => member === id);
  return {
    over: over?.why,
    duties: seats.map(({ candidate, interviewer }) => ({ candidate, interviewer })),
    turns: turns.map(({ question, candidate, interviewer, followUps, ticks, score, verdicts, ended }) => ({
      question,
      candidate: seatOf(candidate),
      interviewer: seatOf(interviewer),
      followUps,
      ticks: Object.fromEntries(Object.entries(ticks).map(([member, points]) => [seatOf(member), points])),
      score,
      verdicts,
      ended,
    })),
  };
}

/** For whoever wants to read an interview: REHEARSAL_TRANSCRIPT=1 npm exec -- vitest run test/e2e/interview.test.ts */
function print(platform: string, texts: readonly string[]): void {
  if (process.env.REHEARSAL_TRANSCRIPT === undefined) return;
  process.stdout.write(`\n=== ${platform}\n${texts.join("\n———\n")}\n`);
}
