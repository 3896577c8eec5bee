import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import { messagesFor } from "#core/messages/index";
import type { Reply } from "#core/reply";
import { actionOf, type InterviewTeam, openInterviewTeam } from "#test/doubles/interviewing";
import { wordsOf } from "#test/doubles/team";

const say = messagesFor("en").interview;
const MINUTE_MS = 60_000;

describe("/interview", () => {
  let team: InterviewTeam;
  beforeEach(async () => {
    team = await openInterviewTeam();
  });
  afterEach(() => team.stop());

  /** The interview of some members, at its first question. */
  async function begun(members: readonly string[], options = ""): Promise<void> {
    const [host = "ada", ...others] = members;
    await team.type(host, `start ${options}`);
    for (const other of others) await team.type(other, "join");
    await team.type(host, "next");
  }
  const turn = async (number = -1) => {
    const found = (await team.kept("ada")).turns.at(number);
    if (found === undefined) throw new Error("no question has come");
    return found;
  };
  const lastPost = (): Reply => {
    const last = team.stages.posts().at(-1);
    if (last === undefined) throw new Error("nothing was posted");
    return last.reply;
  };
  const modelAnswer = async (): Promise<string> =>
    team.services.library.question((await turn()).question)?.modelAnswer.en ?? "";

  it("opens a thread in the channel, where others join by a button", async () => {
    expect(await team.type("ada", "start minutes=3")).toContain(say.opened);
    const [first] = team.stages.posts();
    if (first === undefined) throw new Error("no thread was opened");
    expect(first.reply.visibility).toBe("public");
    const reply = await team.press("bo", actionOf(first.reply, "join"));
    expect(reply.visibility).toBe("private");
    expect(wordsOf(reply)).toContain(say.youJoined(2, 8));
    expect(team.stages.words()).toContain("bo");
  });

  it("asks one question for each member, unless somebody says another number", async () => {
    await begun(["ada", "bo", "cy"]);
    expect((await team.kept("ada")).questions).toBe(3);
    expect(team.stages.words()).toContain(say.questionTitle(1, 3));
  });

  it("shows the card to the interviewer alone, titles to observers, and nothing to the candidate", async () => {
    await begun(["ada", "bo", "cy"]);
    const { candidate, interviewer, question: id } = await turn();
    const question = team.services.library.question(id);
    const statements = question?.points.map(({ statement }) => statement.en) ?? [];
    const secrets = [...statements, ...(question?.hints.map(({ en }) => en) ?? [])];
    const observer =
      ["ada", "bo", "cy"].find((member) => member !== candidate && member !== interviewer) ?? "";
    const card = await team.type(interviewer ?? "", "card");
    for (const secret of secrets) expect(card).toContain(secret);
    const sheet = await team.type(observer, "card");
    for (const secret of secrets) expect(sheet).not.toContain(secret);
    for (const { title } of question?.points ?? []) expect(sheet).toContain(title.en);
    expect(await team.type(candidate, "card")).toBe(say.noCardForCandidate);
    // And nobody reads in the thread what is only on cards.
    for (const secret of secrets) expect(team.stages.words()).not.toContain(secret);
  });

  it("posts an answer under the candidate's name, and keeps what it scored for the report", async () => {
    await begun(["ada", "bo"]);
    const { candidate } = await turn();
    const reply = await team.press(candidate, actionOf(lastPost(), "answer"));
    const form = reply.blocks.find((block) => block.kind === "form");
    expect(form?.kind).toBe("form");
    const sent = await team.press(candidate, actionOf(reply, "answer"), { text: await modelAnswer() });
    expect(wordsOf(sent)).toBe(say.answered);
    expect(wordsOf(lastPost())).toContain(await modelAnswer());
    expect(wordsOf(lastPost())).toContain(candidate);
    expect(team.stages.words()).not.toContain("/ 100");
  });

  it("goes on by itself: time up, a minute to tick, the key points, the next question", async () => {
    await begun(["ada", "bo"], "minutes=2");
    await team.wait(2 * MINUTE_MS - 1);
    expect(team.stages.words()).not.toContain(say.settlingTimeUp);
    await team.wait(1);
    expect(team.stages.words()).toContain(say.settlingTimeUp);
    const [point] = team.services.library.question((await turn()).question)?.points ?? [];
    expect(team.stages.words()).not.toContain(point?.statement.en);
    await team.wait(MINUTE_MS);
    expect(team.stages.words()).toContain(point?.statement.en);
    expect(team.stages.words()).toContain(say.questionTitle(2, 2));
  });

  it("records an answer as practice, whatever else the candidate answers, and touches no streak", async () => {
    await begun(["ada", "bo"]);
    const { candidate, question } = await turn();
    await team.type(candidate, `answer ${await modelAnswer()}`);
    await team.type(candidate, "next");
    await team.type("ada", "next");
    const { store } = team.services;
    const member = memberIdSchema.parse(candidate);
    const [attempt] = await store.attempts({ tenant: team.tenant, member, question, limit: 1 });
    expect(attempt).toMatchObject({ round: null, question, text: await attemptText(candidate) });
    expect(attempt?.result?.score).toBeGreaterThan(60);
    expect(await store.ledger(team.tenant, member)).toEqual([]);
    expect(await store.answeredDates(team.tenant, member)).toEqual([]);
  });
  const attemptText = async (candidate: string): Promise<string> => {
    const first = (await team.kept(candidate)).turns[0];
    return team.services.library.question(first?.question ?? "")?.modelAnswer.en ?? "";
  };

  it("scores notes of what was said aloud as the candidate's answer, and shows them to nobody", async () => {
    await begun(["ada", "bo"]);
    const { candidate, interviewer } = await turn();
    const notes = await modelAnswer();
    expect(await team.type(interviewer ?? "", `notes ${notes}`)).toBe(say.noted);
    expect(team.stages.words()).not.toContain(notes);
    expect((await turn()).score).toBeGreaterThan(60);
    expect((await turn()).candidate).toBe(candidate);
  });

  it("reports to each in private: verdicts beside ticks, disagreements, weak points, the share of the talk", async () => {
    await begun(["ada", "bo"], "questions=2");
    const { candidate, interviewer, question: id } = await turn();
    const points = team.services.library.question(id)?.points ?? [];
    await team.type(candidate, `answer ${await modelAnswer()}`);
    expect(await team.type(interviewer ?? "", "tick none")).toBe(say.ticked(0, points.length));
    await team.type("ada", "next");
    await team.type("ada", "next");
    const second = await turn();
    await team.type(
      second.candidate,
      "answer I am not sure about this one at all, it may be about gradients",
    );
    await team.type("ada", "next");
    await team.type("ada", "next");
    expect(team.stages.words()).toContain(say.over("done"));
    const reply = await team.press(candidate, actionOf(lastPost(), "report"));
    expect(reply.visibility).toBe("private");
    const words = wordsOf(reply);
    expect(words).toContain(say.disagreementsTitle);
    expect(words).toContain(say.peers(0, 1));
    expect(words).toMatch(/Your share of the talk: \d+%/);
    const other = await team.type(second.candidate, "report");
    expect(other).toContain(say.weakTitle);
    expect(other).not.toContain(words.slice(0, 200));
    // Nobody consented: the thread shows no number of anybody's.
    expect(team.stages.words()).toContain(say.noneShown);
    expect(team.stages.words()).not.toMatch(/\d+ \/ 100/);
  });

  it("shows in the summary the results of whoever consented before, and of nobody else", async () => {
    await begun(["ada", "bo"], "questions=2");
    for (const _ of [1, 2]) {
      const { candidate } = await turn();
      await team.type(candidate, `answer ${await modelAnswer()}`);
      if (candidate === "bo") expect(await team.type("bo", "show")).toContain(say.consented);
      await team.type("ada", "next");
      await team.type("ada", "next");
    }
    const summary = wordsOf(lastPost());
    expect(summary).toContain(say.averageOf((await team.kept("bo")).turns[1]?.score ?? 0, 1).slice(-10));
    expect(summary).toContain("bo");
    expect(summary).not.toContain("ada");
  });

  it("gives weak points to practice: what was missed in an interview is due before what was never asked", async () => {
    await begun(["ada", "bo"], "questions=1");
    const { candidate, question } = await turn();
    await team.type(candidate, "answer I do not know much about this one yet, sorry about that");
    await team.type("ada", "next");
    await team.type("ada", "next");
    await team.passTime(3 * 24 * 60 * MINUTE_MS);
    const reply = await team.ask("practice", "", { member: candidate });
    const asked = reply.blocks
      .flatMap((block) => (block.kind === "buttons" ? block.buttons : []))
      .find(({ action }) => action.command === "answer");
    expect(asked?.action.options.question).toBe(question);
  });

  it("does not ask a member what they answered in the last 30 days, and says so where nothing else is left", async () => {
    const { library, store } = team.services;
    const [round] = await store.rounds(team.tenant, team.channel, 1);
    const free = library.questions.filter(({ id }) => id !== round?.question);
    const topics = Map.groupBy(free, ({ topic }) => topic);
    const [topic, ofTopic] = [...topics].find(([, questions]) => questions.length > 1) ?? [];
    if (topic === undefined || ofTopic === undefined) throw new Error("there is no topic of two questions");
    const [fresh, ...known] = ofTopic;
    for (const member of ["ada", "bo"])
      for (const { id, modelAnswer: answer } of known)
        await team.ask("answer", { question: id, text: answer.en }, { member });
    await begun(["ada", "bo"], `topic=${topic} questions=2`);
    expect((await turn()).question).toBe(fresh?.id);
    expect((await turn()).isRepeated).toBe(false);
    await team.type("ada", "next");
    await team.type("ada", "next");
    expect((await turn()).isRepeated).toBe(true);
    expect(team.stages.words()).toContain(say.repeated);
  });

  it("never asks what a channel of the tenant is answering today", async () => {
    const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
    await begun(["ada", "bo"], "questions=20");
    for (let asked = 0; asked < 15; asked += 1) {
      expect((await turn()).question).not.toBe(round?.question);
      await team.type("ada", "card");
      await team.type("ada", "tick none");
      await team.type("ada", "next");
      await team.type("ada", "next");
    }
  });

  it("keeps two interviews of one channel apart, and asks which one a member means", async () => {
    await team.type("ada", "start");
    await team.wait(1000);
    await team.type("cy", "start");
    const which = await team.ask("interview", "join", { member: "bo" });
    expect(wordsOf(which)).toContain(say.whichOne);
    await team.press("bo", actionOf(which, "join"));
    const joined = await team.kept("bo");
    expect(joined.host).toBe("cy");
    expect((await team.kept("ada")).seats.map(({ member }) => member)).toEqual(["ada"]);
    expect(new Set([joined.thread, (await team.kept("ada")).thread]).size).toBe(2);
  });

  it("takes a member who joins two at once into one only", async () => {
    await team.type("ada", "start");
    await team.wait(1000);
    await team.type("cy", "start");
    const ids = await Promise.all(["ada", "cy"].map(async (host) => (await team.kept(host)).id));
    const heard = await Promise.all(
      ids.map(async (id) =>
        wordsOf(await team.ask("interview", { do: "join", interview: id }, { member: "bo" })),
      ),
    );
    expect(heard.filter((words) => words === say.inAnother)).toHaveLength(1);
    const seated = await Promise.all(["ada", "cy"].map((host) => team.kept(host)));
    expect(seated.flatMap(({ seats }) => seats).filter(({ member }) => member === "bo")).toHaveLength(1);
  });

  it("does a thing once where the platform delivers it twice, and says the same again", async () => {
    const twice = { submission: "delivered-twice" };
    expect(await team.type("ada", "start", twice)).toContain(say.opened);
    expect(await team.type("ada", "start", twice)).toContain(say.opened);
    await team.type("bo", "join", { submission: "joined-twice" });
    expect(await team.type("bo", "join", { submission: "joined-twice" })).toContain(say.youJoined(2, 8));
    await team.type("ada", "next");
    const { candidate } = await turn();
    const answer = `answer ${await modelAnswer()}`;
    await team.type(candidate, answer, { submission: "answered-twice" });
    await team.type("ada", "next");
    expect(await team.type(candidate, answer, { submission: "answered-twice" })).toBe(say.answered);
    expect((await turn()).written).toHaveLength(1);
    expect(team.stages.words().split(await modelAnswer())).toHaveLength(2);
  });

  it("answers a command in the reader's language and writes the thread in its own", async () => {
    await team.type("ada", "开始", { locale: "zh" });
    expect(team.stages.words()).toContain(messagesFor("zh").interview.howItGoes);
    expect(await team.type("bo", "join", { locale: "en" })).toContain(say.youJoined(2, 8));
  });

  it("shows whoever types it alone where their interview stands, or what there is to join", async () => {
    expect(await team.type("bo", "")).toContain(say.noneHere);
    await begun(["ada", "bo"]);
    const { candidate } = await turn();
    expect(await team.type(candidate, "")).toContain(say.yourRole.candidate);
    expect(await team.type("dee", "")).toContain(say.hostedBy);
  });
});
