import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { revealPosts } from "#core/announcing/posts";
import { readAnnouncement } from "#core/announcing/read";
import { messagesFor } from "#core/messages/index";
import type { Notices } from "#core/ports";
import type { Action, Reply } from "#core/reply";
import type { Round } from "#core/round/round";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const HOUR_MS = 3_600_000;
const say = messagesFor("en").announcing;

const strong =
  "学新任务时新的梯度会覆盖旧的权重，所以旧任务就忘了。缓解办法：训练时混入旧数据回放，冻结大部分层或者用 LoRA 只训练少量参数，用 EWC 对重要权重加惩罚，学习率调小。";
const weak = "大概是旧的东西忘了吧，我不太确定该怎么办才好";

const actionFor = (reply: Reply, label: string): Action => {
  const found = reply.blocks
    .flatMap((block) => (block.kind === "buttons" ? block.buttons : []))
    .find((button) => button.label === label);
  if (found === undefined) throw new Error(`there is no button “${label}”`);
  return found.action;
};
const hasButton = (reply: Reply, label: string): boolean =>
  reply.blocks.some((block) => block.kind === "buttons" && block.buttons.some((one) => one.label === label));

describe("An answer for the reveal", () => {
  let team: Team;
  let told: string[];
  beforeEach(async () => {
    told = [];
    const notices: Notices = {
      answered: ({ date }) => void told.push(`answered ${date}`),
      offersChanged: ({ date }) => void told.push(`offers ${date}`),
    };
    team = await openTeam(undefined, undefined, { notices });
  });
  afterEach(() => team.stop());

  const today = async (): Promise<Round> => {
    const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
    if (round === undefined) throw new Error("no round is open");
    return round;
  };
  const shown = async (round: Round): Promise<string> => {
    const question = team.services.library.question(round.question);
    if (question === undefined) throw new Error("the question is gone");
    const facts = await readAnnouncement({ round, question, late: false }, team.services);
    return revealPosts(facts).map(wordsOf).join("\n");
  };
  const press = (action: Action, member = "mira") => team.ask(action.command, action.options, { member });
  const answerAs = (member: string, text: string) => team.ask("answer", text, { member });

  it("is shown to nobody without its author's word, however good it is", async () => {
    const round = await today();
    await answerAs("mira", strong);
    await team.passTime(30 * HOUR_MS);
    const words = await shown(round);
    expect(words).not.toContain(strong);
    expect(words).not.toContain("mira");
    expect(words).toContain(say.kept(1));
  });

  it("is shown with or without its author's name, as they chose last", async () => {
    const round = await today();
    const reply = await answerAs("mira", strong);
    const confirmed = await press(actionFor(reply, say.offerNamed));
    expect(wordsOf(confirmed)).toContain(say.offered(true));
    await press(actionFor(confirmed, say.offerNameless));
    expect(told).toEqual([`answered ${round.date}`, `offers ${round.date}`, `offers ${round.date}`]);
    expect(await shown(round)).not.toContain(strong);
    await team.passTime(30 * HOUR_MS);
    const words = await shown(round);
    expect(words).toContain(strong);
    expect(words).not.toContain("mira");
  });

  it("goes when it is taken back, before the close and after the reveal", async () => {
    const round = await today();
    const confirmed = await press(actionFor(await answerAs("mira", strong), say.offerNamed));
    await team.passTime(30 * HOUR_MS);
    expect(await shown(round)).toContain("mira");
    const best = await team.ask("history", round.question, { member: "mira" });
    const gone = await press(actionFor(best, say.withdrawButton));
    expect(wordsOf(gone)).toBe(say.withdrawn);
    expect(told.at(-1)).toBe(`offers ${round.date}`);
    expect(await shown(round)).not.toContain(strong);
    // The round has been revealed: what was taken back stays so.
    const again = await press(actionFor(confirmed, say.offerNameless));
    expect(wordsOf(again)).toBe(say.offerTooLate);
    expect(await shown(round)).not.toContain(strong);
  });

  it("can be taken back although its question was withdrawn, and never by the way from another round", async () => {
    const round = await today();
    const action = actionFor(await answerAs("mira", strong), say.offerNamed);
    await press(action);
    const withdrawal = { ...action, options: { ...action.options, offer: "no" } };
    const elsewhere = { ...withdrawal, options: { ...withdrawal.options, round: "2020-01-01@nowhere" } };
    expect(wordsOf(await press(elsewhere))).toBe(say.nothingToOffer);
    expect(await team.services.store.offers(team.tenant, round.id)).toHaveLength(1);
    const { library } = team.services;
    Object.defineProperty(team.services, "library", {
      value: { ...library, question: () => undefined },
      configurable: true,
    });
    expect(wordsOf(await press(withdrawal))).toBe(say.withdrawn);
    expect(await team.services.store.offers(team.tenant, round.id)).toEqual([]);
  });

  it("is offered by its author alone", async () => {
    const round = await today();
    const action = actionFor(await answerAs("mira", strong), say.offerNamed);
    await answerAs("bo", weak);
    expect(wordsOf(await press(action, "bo"))).toBe(say.nothingToOffer);
    await press(action);
    await press({ ...action, options: { ...action.options, offer: "no" } }, "bo");
    await team.passTime(30 * HOUR_MS);
    expect(await shown(round)).toContain(strong);
  });

  it("is not asked for where it would be no example", async () => {
    const { id } = await today();
    const reply = await team.ask("answer", weak, { submission: "weak" });
    expect(hasButton(reply, say.offerNamed)).toBe(false);
    const forged = await team.ask("answer", { round: id, offer: "named", answer: "weak" });
    expect(wordsOf(forged)).toMatch(/30 or more/);
  });

  it("is one of the best three at most, the best first", async () => {
    const round = await today();
    for (const member of ["mira", "bo", "cy", "di"]) {
      const text = `${member} 说：学新任务时新梯度覆盖旧权重，旧任务就忘了；${"回放旧数据，冻结层。".repeat(member.length)}`;
      const reply = await answerAs(member, text);
      await press(actionFor(reply, say.offerNameless), member);
      expect(reply.visibility).toBe("private");
    }
    await team.passTime(30 * HOUR_MS);
    const question = team.services.library.question(round.question);
    if (question === undefined) throw new Error("the question is gone");
    const facts = await readAnnouncement({ round, question, late: false }, team.services);
    const scores = facts.offered.map(({ score }) => score);
    expect(scores).toHaveLength(3);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
  });
});

describe("A name among those who kept their streak", () => {
  it("stands there for those alone who asked for it, until they take it back", async () => {
    const team = await openTeam();
    const [round] = await team.services.store.rounds(team.tenant, team.channel, 1);
    const question = round === undefined ? undefined : team.services.library.question(round.question);
    if (round === undefined || question === undefined) throw new Error("no round is open");
    const named = async () =>
      (await readAnnouncement({ round, question, late: false }, team.services)).kept.named;
    for (const member of ["mira", "bo"]) await team.ask("answer", `${member}：${strong}`, { member });
    await team.ask("answer", weak, { member: "cy" });
    expect(await named()).toEqual([]);
    for (const member of ["mira", "cy"])
      expect(wordsOf(await team.ask("streak", "share", { member }))).toBe(say.namedNow);
    // Cy has not earned the day: that is nobody's business.
    expect(await named()).toEqual(["mira"]);
    await team.ask("streak", "share=no", { member: "mira" });
    expect(await named()).toEqual([]);
    await team.stop();
  });
});
