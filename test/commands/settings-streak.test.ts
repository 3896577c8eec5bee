import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import type { Block, Reply } from "#core/reply";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").settings;
const admin = { role: "admin" } as const;
const goodAnswer =
  "The new gradients overwrite the weights that held the old knowledge. Mix old data back in (replay), or freeze most layers and use LoRA.";

const shownFor = ({ blocks }: Reply, label: string): string | undefined =>
  blocks
    .flatMap((block) => (block.kind === "fields" ? block.fields : []))
    .find((field) => field.label === label)?.value;
const membersIn = ({ blocks }: Reply): Block[] => blocks.filter(({ kind }) => kind === "members");

describe("/settings about streaks", () => {
  let team: Team;
  beforeEach(async () => {
    team = await openTeam();
  });
  afterEach(() => team.stop());

  const ask = (input: string | Readonly<Record<string, unknown>> = "") => team.ask("settings", input, admin);
  const kept = () => team.services.store.schedule(team.tenant, team.channel);

  it("excuses everybody from a date, says who did it, and never takes that back", async () => {
    const reply = await ask("excuse=12-25");
    expect(wordsOf(reply)).toContain(say.excused("2026-12-25"));
    expect(shownFor(reply, say.excuse)).toBe("2026-12-25");
    const { store } = team.services;
    const [excusal] = await store.excusals(team.tenant, team.channel);
    expect(excusal).toEqual({ date: "2026-12-25", by: "ada", at: team.now() });
    expect(team.log.infos).toContainEqual({
      event: "a date was excused for everybody",
      facts: { tenant: team.tenant, channel: team.channel, ...excusal },
    });
    await team.ask("settings", "excuse=12-25", { ...admin, member: "bo" });
    expect(await store.excusals(team.tenant, team.channel)).toEqual([excusal]);
    const listed = await ask({ step: "excuse" });
    expect(membersIn(listed)).toEqual([
      { kind: "members", label: say.excusedBy("2026-12-25"), members: ["ada"] },
    ]);
    expect(wordsOf(await team.ask("settings", "excuse=12-25"))).toContain("for admins");
  });

  it("excuses a date that is past as well, so that it broke nobody's streak", async () => {
    const DAY_MS = 86_400_000;
    const streak = async () => wordsOf(await team.ask("streak", "why"));
    await team.ask("answer", goodAnswer);
    for (let day = 0; day < 3; day += 1) await team.passTime(DAY_MS);
    expect(await streak()).toContain("Streak: 0 days");
    await ask("excuse=11-26");
    expect(await streak()).toContain("Streak: 1 day");
    expect(await streak()).toContain(`2026-11-26: ${messagesFor("en").streak.why("excused")}`);
  });

  it.each(["tomorrow", "2-30", "2024-01-01", "13-13", "2029-01-01"])(
    "refuses to excuse “%s”",
    async (typed) => {
      expect(wordsOf(await ask(`excuse=${typed}`))).toMatch(/is not a date|can be excused/);
      expect(await team.services.store.excusals(team.tenant, team.channel)).toEqual([]);
    },
  );

  it("raises the score that earns the day, from 30 to 60", async () => {
    expect(shownFor(await ask("score=60 time=9:00 on"), say.score)).toBe(say.scores(60));
    expect((await kept())?.passScore).toBe(60);
    for (const score of ["29", "61", "many"]) expect(wordsOf(await ask(`score=${score}`))).toMatch(/score/);
    expect((await kept())?.passScore).toBe(60);
    const reply = wordsOf(await team.ask("answer", goodAnswer));
    expect(reply).toContain(messagesFor("en").streak.notPassing("low-score"));
    expect(wordsOf(await team.ask("streak"))).toContain("scores 60 or more");
  });

  it("says when new questions run out within a week", async () => {
    expect(wordsOf(await ask("time=9:00 topics=gpu-memory on"))).toContain(say.runsOut(2, "2026-11-28"));
    expect(wordsOf(await ask("off"))).not.toContain("come again");
  });
});
