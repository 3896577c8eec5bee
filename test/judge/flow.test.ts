import { describe, expect, it } from "vitest";
import { memberIdSchema, submissionIdSchema } from "#core/ids";
import type { Reply } from "#core/reply";
import { Judging } from "#core/round/judging";
import { readDesk } from "#src/adapters/local/page/desk";
import { judgeAt } from "#test/doubles/judge";
import { judging } from "#test/doubles/judge-endpoint";
import { answer, forgets, generous, judgedTeam, later, replays, scoreIn } from "#test/doubles/judged-team";
import { openTeam, wordsOf } from "#test/doubles/team";

const DAY_MS = 86_400_000;

const judged = judgedTeam();

describe("An answer with a second reader", () => {
  it("has the local result at once, and later the second one, for the member who asked", async () => {
    const sent = await judged.send(answer);
    const { whole } = later(sent);
    const result = await judged.kept();
    expect(scoreIn(sent.reply)).toBeLessThan(scoreIn(whole));
    expect(result?.score).toBe(scoreIn(whole));
    expect(whole).toMatchObject({ visibility: "private" });
    expect(wordsOf(whole)).toContain(forgets);
    expect(wordsOf(whole)).toMatch(/Read a second time: 2 verdicts changed\. The score was \d+/);
    expect(result?.grader).toMatchObject({ id: "local+judge", promptVersion: expect.any(String) });
    expect(result?.points.filter(({ reason }) => reason === "judge").map(({ id }) => id)).toEqual([
      "cf-definition",
      "cf-replay",
    ]);
  });

  it("is told only what is new where the reply cannot be replaced", async () => {
    const { news } = later(await judged.send(answer));
    const rows = news.blocks.flatMap((block) => (block.kind === "verdicts" ? block.rows : []));
    expect(rows.map(({ quotes }) => quotes)).toEqual([[forgets], [replays]]);
    expect(wordsOf(news)).not.toContain("Hint:");
  });

  it("earns the day by the second result where it did not by the first", async () => {
    const ledger = () => judged.team.services.store.ledger(judged.team.tenant, memberIdSchema.parse("ada"));
    judged.endpoint.answer(
      judging({
        "cf-definition": ["hit", forgets],
        "cf-replay": ["hit", replays],
        "cf-objective": ["hit", "After the model has studied something fresh"],
      }),
    );
    const sent = await judged.send(answer);
    expect(wordsOf(sent.reply)).toContain("0 days");
    expect((await judged.kept())?.score).toBeGreaterThanOrEqual(30);
    expect(await ledger()).toEqual([{ date: "2026-11-25", kind: "pass" }]);
    expect(wordsOf(later(sent).whole)).toContain("1 day");
  });

  it("keeps a day that it earned, whatever the second reader finds", async () => {
    judged.endpoint.answer(judging());
    const sent = await judged.send(
      "Replay some of the old data while training on the new task, freeze most layers, and use LoRA; EWC protects the important weights.",
    );
    expect(wordsOf(sent.reply)).toContain("1 day");
    expect((await judged.kept())?.score).toBe(0);
    expect(wordsOf(later(sent).whole)).toContain("1 day");
  });

  it("is shown the same in /history and in the reveal", async () => {
    await judged.send(answer);
    const score = String((await judged.kept())?.score);
    expect(wordsOf(await judged.team.ask("history"))).toContain(score);
    await judged.team.passTime(DAY_MS);
    expect(wordsOf(await judged.team.ask("history", "q1-catastrophic-forgetting"))).toContain(replays);
  });

  it("is heard of no more where the second reader agrees, and is marked as read", async () => {
    judged.endpoint.answer(judging({ "cf-replay": ["hit", "Mix old data back in"] }));
    const { reply, amendment } = await judged.send(
      "Mix old data back in while training on the new task, that is called experience replay.",
    );
    expect(amendment).toBeNull();
    expect(await judged.kept()).toMatchObject({ score: scoreIn(reply), grader: { id: "local+judge" } });
  });

  it("is read in practice as well, and shown whole", async () => {
    await judged.team.ask("close");
    await judged.team.passTime(1);
    await judged.team.ask("quiz", "oom");
    judged.endpoint.answer(judging({ "oom-batch": ["hit", replays] }));
    const { whole, news } = later(await judged.send(answer));
    expect(wordsOf(whole)).toContain("A model answer");
    expect(wordsOf(news)).toContain("Read a second time: one verdict changed");
    expect(wordsOf(news)).not.toContain("A model answer");
  });

  it("is read once where it is delivered twice at the same time", async () => {
    const answers = await Promise.all([
      judged.send(answer, { submission: "s" }),
      judged.send(answer, { submission: "s" }),
    ]);
    expect(judged.endpoint.calls).toHaveLength(1);
    expect(new Set(answers.map((sent) => scoreIn(later(sent).whole))).size).toBe(1);
    expect((await judged.send(answer, { submission: "s" })).amendment).toBeUndefined();
  });

  it("is read a second time where nobody can be told of it as well", async () => {
    const read = Promise.withResolvers<void>();
    judged.endpoint.answer((call) => {
      read.resolve();
      return generous(call);
    });
    await judged.team.ask("answer", answer);
    await read.promise;
    while ((await judged.kept())?.grader.id === "local")
      await new Promise((resolve) => setImmediate(resolve));
    expect((await judged.kept())?.grader.id).toBe("local+judge");
  });
});

describe("Members", () => {
  const told = /a language model at api\.example\.com/;
  const saysSo = async (reply: Promise<Reply> | Reply): Promise<boolean> => told.test(wordsOf(await reply));

  it("read that their answers leave this machine before the first one does, with its result, and no more after it", async () => {
    expect(await saysSo(judged.team.ask("quiz"))).toBe(true);
    const sent = await judged.send(answer);
    expect(await saysSo(sent.reply)).toBe(true);
    expect(await saysSo(later(sent).whole)).toBe(true);
    expect(await saysSo(judged.team.ask("quiz"))).toBe(false);
    expect(await saysSo((await judged.send(`${answer} Again.`)).reply)).toBe(false);
    expect(await saysSo(judged.team.ask("quiz", "", { member: "bob" }))).toBe(true);
  });

  it("read it on the page, before they send anything", async () => {
    const { services, tenant, channel, now } = judged.team;
    const request = {
      tenant,
      channel,
      member: memberIdSchema.parse("ada"),
      role: "member",
      locale: "en",
      command: "quiz",
      input: { kind: "text", text: "" },
      sentAt: now(),
      submission: submissionIdSchema.parse("desk"),
    } as const;
    expect((await readDesk(request, services)).told).toMatch(told);
    await judged.send(answer);
    expect(await readDesk(request, services)).not.toHaveProperty("told");
  });

  it("read it in Chinese too", async () => {
    expect(wordsOf(await judged.team.ask("quiz", "", { locale: "zh" }))).toContain("会离开这台机器");
  });

  it("read nothing of the kind where the model runs on this machine, or where there is none", async () => {
    const alone = await openTeam();
    expect(await saysSo(alone.ask("quiz"))).toBe(false);
    await alone.stop();
    const judge = { ...judgeAt(judged.endpoint), host: null };
    const local = await openTeam(undefined, undefined, { judging: new Judging(judge) });
    expect(await saysSo(local.ask("quiz"))).toBe(false);
    await local.stop();
  });
});
