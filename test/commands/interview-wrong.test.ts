import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channels } from "#core/channels";
import { createDispatch } from "#core/dispatch";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import { type InterviewTeam, openInterviewTeam } from "#test/doubles/interviewing";
import { openTeam, wordsOf } from "#test/doubles/team";

const english = messagesFor("en");
const say = english.interview;

describe("/interview at a wrong moment", () => {
  let team: InterviewTeam;
  beforeEach(async () => {
    team = await openInterviewTeam();
  });
  afterEach(() => team.stop());

  it.each([
    ["join", say.noneToJoin],
    ["next", say.inNone],
    ["skip", say.inNone],
    ["end", say.inNone],
    ["leave", say.inNone],
    ["answer I would lower the batch size", say.inNone],
    ["notes they would lower the batch size", say.inNone],
    ["answer", say.inNone],
    ["tick 1 2", say.inNone],
    ["card", say.inNone],
    ["hint", say.inNone],
    ["ask general-0", say.inNone],
    ["show", say.inNone],
    ["report", say.inNone],
    ["dance", english.options.unknownPart("dance", null)],
    ["start minutes=99", english.options.tooBig("minutes", "99", 30)],
    ["start questions=0", english.options.tooSmall("questions", "0", 1)],
  ])("“%s” without an interview is refused in a sentence", async (typed, sentence) => {
    expect(await team.type("ada", typed)).toBe(sentence);
    expect(team.stages.posts()).toEqual([]);
  });

  it("a topic that nobody knows is refused with those there are", async () => {
    expect(await team.type("ada", "start topic=knitting")).toContain("knitting");
    // A question's number or word is no topic.
    expect(await team.type("ada", "start topic=2")).toContain("2");
    expect(await team.type("ada", "leave")).toBe(say.inNone);
  });

  it("a second interview of the same member is refused, whichever way they come to it", async () => {
    await team.type("ada", "start");
    await team.type("cy", "start");
    expect(await team.type("ada", "start")).toBe(say.inAnother);
    const { id } = await team.kept("cy");
    const pressed = await team.ask("interview", { do: "join", interview: id }, { member: "ada" });
    expect(wordsOf(pressed)).toBe(say.inAnother);
    expect((await team.kept("cy")).seats).toHaveLength(1);
  });

  it("whoever was turned away from a full one joins another", async () => {
    await team.type("ada", "start");
    const { id } = await team.kept("ada");
    for (let at = 0; at < 7; at += 1) await team.type(`m${at}`, "join");
    expect(await team.type("cy", "join")).toBe(say.full(8));
    expect(await team.type("cy", "start")).toContain(say.opened);
    expect((await team.kept("ada")).id).toBe(id);
  });

  it("the button of an interview that is forgotten, or was never there, says that it is over", async () => {
    for (const doing of ["join", "next", "card", "report", "answer"]) {
      const options = { do: doing, interview: "gone", text: "some words" };
      const reply = await team.ask("interview", options, { member: "ada" });
      expect([say.isOver, say.inNone]).toContain(wordsOf(reply));
    }
  });

  it("a form for somebody else's question is not even opened", async () => {
    await team.type("ada", "start");
    await team.type("bo", "join");
    await team.type("ada", "next");
    const { candidate, interviewer } = (await team.kept("ada")).turns[0] ?? {};
    expect(await team.type(interviewer ?? "", "answer")).toBe(say.notYourQuestion);
    expect(await team.type(candidate ?? "", "notes")).toBe(say.notesAreForOthers);
    expect(await team.type(candidate ?? "", "answer ok")).toBe(english.quiz.tooShort);
    expect(await team.type(interviewer ?? "", "tick 77")).toBe(
      say.noSuchPoint(
        "77",
        team.services.library.question((await team.kept("ada")).turns[0]?.question ?? "")?.points.length ?? 0,
      ),
    );
    expect((await team.kept("ada")).turns[0]?.words).toBe(0);
    expect(await team.type("bo", "report")).toBe(say.notOver);
    const { id } = await team.kept("ada");
    const stranger = await team.ask("interview", { do: "report", interview: id }, { member: "eve" });
    expect(wordsOf(stranger)).toBe(say.notIn);
  });

  it("one is not started where there is no channel, as in direct messages", async () => {
    const { services } = team;
    const channels: Channels = {
      find: async () => team.channel,
      obstacle: () => null,
      post: async () => {},
    };
    const dispatch = createDispatch(services.commands, { ...services, channels });
    const request = {
      tenant: team.tenant,
      channel: team.channel,
      member: memberIdSchema.parse("ada"),
      role: "member",
      locale: "en",
      command: "interview",
      input: { kind: "text", text: "start" },
      sentAt: team.now(),
      submission: submissionIdSchema.parse("from-a-direct-message"),
    } as const;
    expect(wordsOf(await dispatch(request))).toBe(say.notInChannel);
    expect(wordsOf(await dispatch({ ...request, place: team.channel }))).toContain(say.opened);
  });

  it("where there are no threads there are no interviews", async () => {
    const bare = await openTeam();
    expect(wordsOf(await bare.ask("interview", "start"))).toBe(say.noThreads);
    await bare.stop();
  });
});
