import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messagesFor } from "#core/messages/index";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const say = messagesFor("en").settings;
const admin = { role: "admin" } as const;

describe("/settings about the weekly report", () => {
  let team: Team;
  beforeEach(async () => {
    team = await openTeam();
  });
  afterEach(() => team.stop());

  const wanted = async () => (await team.services.store.schedule(team.tenant, team.channel))?.report;

  it("has one posted unless an admin says otherwise, in either language", async () => {
    expect(wordsOf(await team.ask("settings", "", admin))).toContain(say.reported);
    expect(wordsOf(await team.ask("settings", "report=no", admin))).toContain(say.notReported);
    expect(await wanted()).toBe(false);
    await team.ask("settings", "周报=是", { ...admin, locale: "zh" });
    expect(await wanted()).toBe(true);
  });

  it("switches it by one button", async () => {
    const reply = await team.ask("settings", { step: "report" }, admin);
    const button = reply.blocks
      .flatMap((block) => (block.kind === "buttons" ? block.buttons : []))
      .find(({ label }) => label === say.dontReport);
    expect(button?.typed).toBe("/settings report=no");
    await team.ask("settings", button?.action.options ?? {}, admin);
    expect(await wanted()).toBe(false);
  });

  it("leaves it to admins, and refuses what is neither yes nor no", async () => {
    expect(wordsOf(await team.ask("settings", "report=no"))).toContain("for admins");
    expect(wordsOf(await team.ask("settings", "report=sometimes", admin))).toContain("“sometimes”");
    expect(await wanted()).toBeUndefined();
  });
});
