import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readHome } from "#core/home";
import { memberIdSchema } from "#core/ids";
import type { Role } from "#core/request";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

let team: Team;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(() => team.stop());

const home = async (locale: "zh" | "en" = "en", role: Role = "member") => {
  const { tenant, channel, services } = team;
  return readHome({ tenant, channel, member: memberIdSchema.parse("ann"), locale, role }, services);
};

describe("a member's own page", () => {
  it("asks today's question before anything was answered, and says how a streak begins", async () => {
    const reply = await home();
    const words = wordsOf(reply);
    expect(words).toContain("Today's question");
    expect(words).toContain("Open until");
    expect(words).toContain("Streak: 0 days");
    expect(words).toContain("Commands");
    expect(words).not.toContain("Settings");
    expect(reply.visibility).toBe("private");
  });

  it("leads admins to the settings", async () => {
    expect(wordsOf(await home("zh", "admin"))).toContain("设置");
  });

  it("shows the best answer so far while the round is open, and no key point of it", async () => {
    await team.ask("answer", "Mix some old data into the training set.", { member: "ann" });
    const words = wordsOf(await home());
    expect(words).toMatch(/Your best answer so far: \d+ \/ 100/u);
    expect(words).not.toContain("Key points that your best answers lack");
    const [today] = team.services.library.questions;
    for (const { title } of today?.points ?? []) expect(words).not.toContain(title.en);
  });

  it("shows the days as signs with what they mean, and where to go on, once the round is over", async () => {
    const text =
      "New gradients overwrite the old weights, so it forgets the old task. Mix some old data into the training set, freeze most layers and train LoRA only.";
    await team.ask("answer", text, { member: "ann" });
    await team.passTime(24 * 3_600_000);
    const words = wordsOf(await home());
    expect(words).toMatch(/11\/25[^\n]* {2}✅ ⏳/u);
    expect(words).toContain("✅ answered");
    expect(words).toContain("Where to go on");
    expect(words).toContain("Key points that your best answers lack:");
    expect(words).toContain("Today's question");
  });

  it("offers practice where nothing is open, without beginning it", async () => {
    await team.ask("close", "", { role: "admin" });
    await team.passTime(1000);
    const words = wordsOf(await home());
    expect(words).toContain("No question is open now.");
    const { tenant, services } = team;
    expect(await services.store.practice(tenant, memberIdSchema.parse("ann"))).toBeNull();
  });
});
