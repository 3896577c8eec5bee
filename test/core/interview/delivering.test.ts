import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import { deliver } from "#core/interview/delivering";
import { KEPT_MS, LOBBY_MS } from "#core/interview/limits";
import { messagesFor } from "#core/messages/index";
import { PostRefused } from "#core/ports";
import { type InterviewTeam, openInterviewTeam } from "#test/doubles/interviewing";

const say = messagesFor("en").interview;
const MINUTE_MS = 60_000;

/** How often a text stands in the thread. */
const times = (team: InterviewTeam, text: string): number => team.stages.words().split(text).length - 1;

describe("What an interview has to send", () => {
  let team: InterviewTeam;
  beforeEach(async () => {
    team = await openInterviewTeam();
    await team.type("ada", "start minutes=5");
    await team.type("bo", "join");
  });
  afterEach(() => team.stop());

  const tasks = async (): Promise<readonly string[]> =>
    (await team.kept("ada")).tasks.map(({ task }) => task.kind);

  it("is sent by the clock where the process died before it could", async () => {
    team.stages.fail(new Error("the process died"));
    await team.type("ada", "next");
    expect(await tasks()).toContain("question");
    expect(times(team, say.questionTitle(1, 2))).toBe(0);
    team.stages.fail(null);
    await team.wait(15_000);
    expect(times(team, say.questionTitle(1, 2))).toBe(1);
    expect(await tasks()).toEqual([]);
  });

  it("stands there once where the process died after it was sent and before that was kept", async () => {
    team.stages.fail(new Error("the process died"), true);
    await team.type("ada", "next");
    expect(times(team, say.questionTitle(1, 2))).toBe(1);
    expect(await tasks()).toContain("question");
    team.stages.fail(null);
    await team.wait(15_000);
    await team.wait(15_000);
    expect(times(team, say.questionTitle(1, 2))).toBe(1);
    expect(await tasks()).toEqual([]);
  });

  it("stands there once where two processes send it at the same time", async () => {
    team.stages.fail(new Error("not now"));
    await team.type("ada", "next");
    team.stages.fail(null);
    const { services, stages, tenant } = team;
    const interview = await team.kept("ada");
    const parts = { ...services, stages };
    await Promise.all([1, 2].map(() => deliver(tenant, interview, "now", parts)));
    expect(times(team, say.questionTitle(1, 2))).toBe(1);
    expect(await tasks()).toEqual([]);
  });

  it("is sent in its order: the question, what was said, what is asked after it", async () => {
    await team.type("ada", "next");
    const { candidate = "" } = (await team.kept("ada")).turns[0] ?? {};
    team.stages.fail(new Error("not now"));
    await team.type(candidate, "answer I do not know much about this one yet, sorry about that");
    team.stages.fail(null);
    await team.wait(15_000);
    const words = team.stages.words();
    const places = [say.questionTitle(1, 2), "sorry about that", say.followUp].map((text) =>
      words.indexOf(text),
    );
    expect(places.every((at) => at >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  it("goes on where the process died in the middle of a question: the time runs, and the answer is there", async () => {
    await team.type("ada", "next");
    const { candidate = "", question = "" } = (await team.kept("ada")).turns[0] ?? {};
    const text = team.services.library.question(question)?.modelAnswer.en ?? "";
    await team.type(candidate, `answer ${text}`);
    // Nobody was there for an hour: the question still gets its minute to tick, and is recorded then.
    await team.wait(60 * MINUTE_MS);
    expect(times(team, say.settlingTimeUp)).toBe(1);
    await team.wait(MINUTE_MS);
    const member = memberIdSchema.parse(candidate);
    const [attempt] = await team.services.store.attempts({ tenant: team.tenant, member, question, limit: 1 });
    expect(attempt?.text).toBe(text);
    await team.wait(15_000);
    const again = await team.services.store.attempts({ tenant: team.tenant, member, question, limit: 5 });
    expect(again).toHaveLength(1);
  });

  it("is given up after half an hour, and the operator is told once what was not said", async () => {
    team.stages.fail(new Error("the platform is down"));
    await team.type("ada", "next");
    await team.wait(29 * MINUTE_MS);
    const givenUp = () => team.log.errors.filter(({ event }) => event.includes("given up"));
    expect(givenUp()).toEqual([]);
    await team.wait(MINUTE_MS);
    await team.wait(15_000);
    expect(givenUp()).toHaveLength(1);
    expect(String(givenUp()[0]?.cause)).toContain("question");
  });

  it("ends the interview where the thread takes no messages any more", async () => {
    team.stages.fail(new PostRefused("channel-gone"));
    await team.type("ada", "next");
    team.stages.fail(null);
    expect((await team.kept("ada")).over?.why).toBe("no-thread");
    expect(await team.type("bo", "start")).toContain(say.opened);
  });

  it("tells whoever starts one where no thread can be opened, and leaves them free", async () => {
    team.stages.fail(new PostRefused("no-access"));
    expect(await team.type("cy", "start")).toBe(say.noThreads);
    team.stages.fail(null);
    expect(await team.type("cy", "start")).toContain(say.opened);
  });

  it("brings the first message up to date, and takes its buttons away at the end", async () => {
    await team.type("ada", "end");
    await team.wait(15_000);
    const [first] = team.stages.posts();
    expect(JSON.stringify(first?.reply)).not.toContain('"join"');
    expect(times(team, say.over("ended"))).toBeGreaterThan(0);
  });

  it("is forgotten with the interview when nobody reads its reports any more", async () => {
    await team.wait(LOBBY_MS);
    const { id } = await team.kept("ada");
    await team.wait(15_000);
    expect(await team.services.store.dossier(team.tenant, "interview", id)).not.toBeNull();
    await team.wait(KEPT_MS);
    expect(await team.services.store.dossier(team.tenant, "interview", id)).toBeNull();
    expect(await team.type("ada", "start")).toContain(say.opened);
  });
});
