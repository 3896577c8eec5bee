import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Action, Reply } from "#core/reply";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").practice;
const DAY_MS = 86_400_000;

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
});
