import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closedPost, questionPost, revealPosts } from "#core/announcing/posts";
import { readAnnouncement } from "#core/announcing/read";
import { messagesFor } from "#core/messages/index";
import type { Reply } from "#core/reply";
import type { Round } from "#core/round/round";
import { changeSettings } from "#core/settings/apply";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const HOUR_MS = 3_600_000;
/** Each in words of its own: a copy would earn nobody the day. */
const goodAnswers: Readonly<Record<string, string>> = {
  mira: "new gradients overwrite the old weights when a model learns a new task, so I mix old data into training and freeze most layers.",
  bohdan:
    "After fine-tuning the earlier skills are lost. EWC adds a penalty on important parameters, and replaying samples from before keeps what was known.",
  celia:
    "It means that learning something new makes performance on previous tasks drop. I would train with LoRA so that few parameters move, and train several tasks jointly.",
};
const good = (who: string): string => goodAnswers[who] ?? "";

describe("A channel's messages about a round", () => {
  let team: Team;
  let round: Round;
  beforeEach(async () => {
    team = await openTeam();
    const [open] = await team.services.store.rounds(team.tenant, team.channel, 1);
    if (open === undefined) throw new Error("no round is open");
    round = open;
  });
  afterEach(() => team.stop());

  const facts = async (late = false) => {
    const question = team.services.library.question(round.question);
    if (question === undefined) throw new Error("the question is gone");
    return readAnnouncement({ round, question, late }, team.services);
  };
  const buttonsOf = (reply: Reply) =>
    reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
  const speak = (locale: "zh" | "en") =>
    changeSettings({ locale }, undefined, { ...team, locale: "en" }, team.services);

  it("ask the question with its topic, its deadline, and two buttons that belong to this round", async () => {
    const read = await facts();
    const post = questionPost(read);
    expect(post.visibility).toBe("public");
    expect(wordsOf(post)).toContain(read.question.text.en);
    expect(wordsOf(post)).toContain(read.topic.en);
    expect(post.blocks).toContainEqual(expect.objectContaining({ kind: "deadline", at: round.closesAt }));
    expect(buttonsOf(post).map(({ action }) => action)).toEqual([
      { command: "answer", options: { round: round.id } },
      { command: "hint", options: { round: round.id } },
    ]);
  });

  it("say that they came late, where they did", async () => {
    const { late } = messagesFor("en").announcing;
    expect(wordsOf(questionPost(await facts()))).not.toContain(late);
    expect(wordsOf(questionPost(await facts(true)))).toContain(late);
  });

  it("count the members who have answered, each once, and show nothing of what they wrote", async () => {
    for (const member of ["mira", "mira", "bohdan"]) await team.ask("answer", good(member), { member });
    const words = wordsOf(questionPost(await facts()));
    expect(words).toContain(messagesFor("en").announcing.answered(2));
    for (const secret of ["mira", "bohdan", "overwrite the old weights"]) expect(words).not.toContain(secret);
  });

  it("speak the channel's language", async () => {
    await speak("zh");
    const read = await facts();
    const zh = messagesFor("zh");
    expect(wordsOf(questionPost(read))).toContain(read.question.text.zh);
    expect(wordsOf(closedPost(read))).toContain(zh.announcing.closedTitle(round.date));
    expect(revealPosts(read).map(wordsOf).join()).toContain(zh.quiz.modelAnswer);
  });

  it("leave no way to answer once the round has closed", async () => {
    await team.passTime(30 * HOUR_MS);
    const post = closedPost(await facts());
    const commands = buttonsOf(post).map(({ action }) => action.command);
    expect(commands).toEqual(["history", "quiz"]);
    expect(wordsOf(post)).not.toContain(messagesFor("en").quiz.closes);
  });

  it("reveal every key point with its source and what the source got wrong, a model answer and more", async () => {
    await team.passTime(30 * HOUR_MS);
    const read = await facts();
    const words = revealPosts(read).map(wordsOf).join("\n");
    for (const { statement, erratum, source } of read.question.points) {
      expect(words).toContain(statement.en);
      expect(words).toContain(source.heading);
      if (erratum !== undefined) expect(words).toContain(erratum.en);
    }
    expect(words).toContain(read.question.modelAnswer.en);
    for (const followUp of read.question.followUps) expect(words).toContain(followUp.en);
  });

  it("tell how the team did in numbers, and neither names nor implies who has not answered", async () => {
    for (const member of ["mira", "bohdan"]) await team.ask("answer", good(member), { member });
    await team.ask("answer", "I really do not know what to say about it", { member: "celia" });
    await team.passTime(30 * HOUR_MS);
    const words = revealPosts(await facts())
      .map(wordsOf)
      .join("\n");
    const { kept, teamStreak } = messagesFor("en").announcing;
    expect(words).toContain(teamStreak(1));
    expect(words).toContain(kept(2));
    for (const name of ["mira", "bohdan", "celia", "miss", "only"]) {
      const [, last = ""] = words.split(messagesFor("en").announcing.teamTitle);
      expect(last).not.toContain(name);
    }
  });

  it("say nothing of a team where nobody answered", async () => {
    await team.passTime(30 * HOUR_MS);
    const read = await facts();
    expect(revealPosts(read)).toHaveLength(2);
    expect(wordsOf(closedPost(read))).toContain(messagesFor("en").announcing.answeredInAll(0));
  });

  it("are about their own round where the next one is open already", async () => {
    for (const member of ["mira", "bohdan"]) await team.ask("answer", good(member), { member });
    await team.passTime(30 * HOUR_MS);
    await team.ask("answer", good("celia"), { member: "celia" });
    const read = await facts();
    expect([read.answered, read.kept.count, read.team.current, read.isOpen]).toEqual([2, 2, 1, false]);
  });
});
