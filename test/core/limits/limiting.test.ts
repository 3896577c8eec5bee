import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Allowance, fullAfter, waitOf } from "#core/limits/allowance";
import { messagesFor } from "#core/messages/index";
import type { Store } from "#core/ports";
import { openTeam, wordsOf } from "#test/doubles/team";

const MINUTE_MS = 60_000;
const tooFast = messagesFor("en").dispatch.tooFast;
const limits = { member: 5, channel: 8, tenant: 12, answers: 2 };
const answer = "Freeze most of the layers and train only LoRA adapters on top of them.";

describe("An allowance", () => {
  const allowance: fc.Arbitrary<Allowance> = fc.record({
    most: fc.integer({ min: 1, max: 200 }),
    windowMs: fc.constant(MINUTE_MS),
  });

  it("gives no more than its number at once, and within no window more than twice as many", () => {
    fc.assert(
      fc.property(allowance, fc.array(fc.nat(2_000), { maxLength: 400 }), ({ most, windowMs }, pauses) => {
        let [now, fullAt] = [1_000_000, 0];
        const given: number[] = [];
        for (const pause of pauses) {
          now += pause;
          if (waitOf(fullAt, now, { most, windowMs }) > 0) continue;
          fullAt = fullAfter(fullAt, now, { most, windowMs });
          given.push(now);
        }
        for (const [at, since] of given.entries()) {
          const within = given.slice(at).filter((instant) => instant < since + windowMs).length;
          if (within > 2 * most) return false;
          if (given.slice(at).filter((instant) => instant === since).length > most) return false;
        }
        return true;
      }),
    );
  });

  it("gives one after exactly the time that it says one has to wait", () => {
    fc.assert(
      fc.property(allowance, fc.nat(500), (one, already) => {
        const now = 1_000_000;
        let fullAt = 0;
        for (let at = 0; at < already; at += 1) fullAt = fullAfter(fullAt, now, one);
        const wait = waitOf(fullAt, now, one);
        const isBefore = wait === 0 || waitOf(fullAt, now + wait - 1, one) > 0;
        return isBefore && waitOf(fullAt, now + wait, one) < 1e-6;
      }),
    );
  });
});

describe("Whoever sends too fast", () => {
  it("is told once in private how long to wait, the operator once as well, and nothing of theirs is done", async () => {
    const team = await openTeam(undefined, undefined, { limits });
    const replies = [];
    for (let at = 0; at < 9; at += 1) replies.push(await team.ask("help"));
    const [first, ...more] = replies.slice(5);
    expect(replies.slice(0, 5).every(({ isRefusal }) => isRefusal !== true)).toBe(true);
    expect(wordsOf(first ?? expect.fail())).toMatch(/^That is faster than .* in 1[12] seconds\.$/);
    expect(first?.visibility).toBe("private");
    expect([first, ...more].map((reply) => reply?.isRepeat === true)).toEqual([false, true, true, true]);
    expect(team.log.warnings).toHaveLength(1);
    expect(JSON.stringify(team.log.warnings)).not.toContain("ada");
    expect(wordsOf(await team.ask("help", "", { locale: "zh" }))).toContain("发得太快了");
    await team.stop();
  });

  it("can answer all the same, and others of the channel are not told to wait for it", async () => {
    const team = await openTeam(undefined, undefined, { limits });
    for (let at = 0; at < 9; at += 1) await team.ask("help");
    expect(wordsOf(await team.ask("answer", answer))).not.toContain("faster");
    for (const member of ["bo", "cy", "di"])
      expect((await team.ask("help", "", { member })).isRefusal).toBeUndefined();
    // Eight of the channel are taken by now, by four members.
    expect(wordsOf(await team.ask("help", "", { member: "ed" }))).toContain("faster");
    expect((await team.ask("help", "", { member: "ed", channel: "other" })).isRefusal).toBeUndefined();
    const { store } = team.services;
    expect(await store.attempts({ tenant: team.tenant, member: "ada" as never, limit: 9 })).toHaveLength(1);
    await team.stop();
  });

  it("is held back by this process alone where the store cannot count, and look-ups go on", async () => {
    const failing = (store: Store): Store => ({
      ...store,
      spend: () => Promise.reject(new Error("away")),
      erasedAt: () => Promise.reject(new Error("away")),
    });
    const team = await openTeam(failing, undefined, { limits });
    const refused = [];
    for (let at = 0; at < 8; at += 1) refused.push((await team.ask("vram", "7b lora")).isRefusal === true);
    expect(refused).toEqual([false, false, false, false, false, true, true, true]);
    expect(team.log.errors.map(({ event }) => event)).toEqual(["limits are counted in this process alone"]);
    await team.passTime(MINUTE_MS);
    expect((await team.ask("vram", "7b lora")).isRefusal).toBeUndefined();
    expect(tooFast(1)).toContain("in 1 second.");
    await team.stop();
  });
});
