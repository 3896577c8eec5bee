import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MemberId, memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Attempt } from "#core/round/round";
import { actionOf, type InterviewTeam, openInterviewTeam } from "#test/doubles/interviewing";
import { wordsOf } from "#test/doubles/team";

const say = messagesFor("en").interview;

describe("What an interview tells others, and keeps, of somebody's answers", () => {
  let team: InterviewTeam;
  beforeEach(async () => {
    team = await openInterviewTeam();
  });
  afterEach(() => team.stop());

  async function begun(options: string): Promise<{ candidate: MemberId; interviewer: MemberId }> {
    await team.type("ada", `start ${options}`);
    await team.type("bo", "join");
    await team.type("ada", "next");
    return roles();
  }
  const turn = async () => {
    const last = (await team.kept("ada")).turns.at(-1);
    if (last === undefined) throw new Error("no question has come");
    return last;
  };
  async function roles(): Promise<{ candidate: MemberId; interviewer: MemberId }> {
    const { candidate, interviewer } = await turn();
    return { candidate, interviewer: interviewer ?? memberIdSchema.parse("nobody") };
  }
  const modelAnswer = async (): Promise<string> =>
    team.services.library.question((await turn()).question)?.modelAnswer.en ?? "";
  const goOn = async (): Promise<void> => {
    await team.type("ada", "next");
    await team.type("ada", "next");
  };
  const attemptsOf = (member: MemberId): Promise<readonly Attempt[]> =>
    team.services.store.attempts({ tenant: team.tenant, member, limit: 10 });
  const report = (member: string) => team.ask("interview", "report", { member });

  it("tells whoever ticked how far they agree with the bot only of candidates who let their results be shown", async () => {
    const { candidate, interviewer } = await begun("questions=2");
    await team.type(candidate, `answer ${await modelAnswer()}`);
    await team.type(interviewer, "tick 1");
    await goOn();
    const second = await roles();
    await team.type(second.candidate, `answer ${await modelAnswer()}`);
    await team.type(second.interviewer, "tick 1");
    await team.type(second.candidate, "show");
    await goOn();
    expect(wordsOf(await report(interviewer))).not.toContain("agree with the bot");
    expect(wordsOf(await report(second.interviewer))).toContain("agree with the bot");
  });

  it("makes others' notes an answer of the candidate's only once the candidate takes them as theirs", async () => {
    const { candidate, interviewer } = await begun("questions=1");
    const notes = await modelAnswer();
    await team.type(interviewer, `notes ${notes}`);
    await goOn();
    expect(await attemptsOf(candidate)).toEqual([]);
    const read = await report(candidate);
    expect(wordsOf(read)).toContain(say.notesWait);
    // With the evidence, though nothing is recorded.
    expect(read.blocks.find((block) => block.kind === "verdicts")).toMatchObject({ answer: notes });
    const keep = actionOf(read, "keep");
    expect(wordsOf(await team.press(interviewer, keep))).toBe(say.notYourNotes);
    expect(wordsOf(await team.press(candidate, keep))).toBe(say.notesTaken);
    expect(wordsOf(await team.press(candidate, keep))).toBe(say.notesTakenBefore);
    const [attempt, ...more] = await attemptsOf(candidate);
    expect(more).toEqual([]);
    expect(attempt).toMatchObject({ round: null, text: notes });
    expect(attempt?.result?.score).toBeGreaterThan(60);
    expect(wordsOf(await report(candidate))).not.toContain(say.notesWait);
  });

  it("records the candidate's own words without the notes that somebody added to them", async () => {
    const { candidate, interviewer } = await begun("questions=1");
    const own = await modelAnswer();
    await team.type(interviewer, "notes The candidate said something about gradients and batches here.");
    await team.type(candidate, `answer ${own}`);
    await goOn();
    const attempts = await attemptsOf(candidate);
    expect(attempts.map(({ text }) => text)).toEqual([own]);
    expect(wordsOf(await report(candidate))).not.toContain(say.notesWait);
  });

  it("does not ask a member within 30 days what they answered aloud, whether or not somebody took notes", async () => {
    const asked = new Set<string>();
    for (let interview = 0; interview < 3; interview += 1) {
      await begun("questions=1");
      const { question, isRepeated, interviewer } = await turn();
      expect(isRepeated).toBe(false);
      asked.add(question);
      if (interview === 1) await team.type(interviewer ?? "", "notes They spoke of gradients and batches.");
      await goOn();
    }
    expect(asked.size).toBe(3);
  });
});
