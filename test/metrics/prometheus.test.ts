import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { tenantIdSchema } from "#core/ids";
import { counters, durations, gauges } from "#core/metrics/definitions";
import { platformOf } from "#core/metrics/meter";
import { meteredGrader, meteredLog, meteredStore } from "#core/metrics/metered";
import type { Store } from "#core/ports";
import { createLocalGrader } from "#core/scoring/local-grader";
import { StoreFailure } from "#core/store-failure";
import { createPrometheus } from "#src/metrics/prometheus";
import { promtool } from "#test/doubles/prometheus";
import { recordingLog } from "#test/doubles/services";
import { openTeam, type Team } from "#test/doubles/team";
import { sampleOf } from "./samples.ts";

let team: Team | null = null;
afterEach(async () => {
  await team?.stop();
  team = null;
});

const linesOf = (text: string, name: string): readonly string[] =>
  text.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
describe("What the bot counts", () => {
  it("is text that promtool has nothing against", async () => {
    const { meter, exposition } = createPrometheus();
    meter.count("interactions", { platform: "slack", command: "quiz", outcome: "done" });
    meter.time("acknowledgement", { platform: "slack", command: "quiz" }, 0.04);
    meter.gauge("waiting", { queue: 'a "queue"\n' }, () => 3);
    const { status, says } = promtool(["check", "metrics"], await exposition());
    expect(says).toBe("");
    expect(status).toBe(0);
  });

  it("is called by Prometheus's conventions", () => {
    for (const { name } of Object.values(counters)) expect(name).toMatch(/^rehearsal_[a-z_]+_total$/);
    for (const { name } of Object.values(durations)) expect(name).toMatch(/^rehearsal_[a-z_]+_seconds$/);
    for (const { name } of Object.values(gauges))
      expect(name).toMatch(/^rehearsal_[a-z_]+(?<!_total|_count|_sum|_bucket)$/);
    const all = [...Object.values(counters), ...Object.values(durations), ...Object.values(gauges)];
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { labels, help } of all) {
      expect(help).toMatch(/\S.{20}/);
      for (const label of labels) expect(label).not.toMatch(/tenant|member|user|guild|channel|team/);
    }
  });

  it("begins at zero where the first of something matters", async () => {
    const text = await createPrometheus().exposition();
    expect(linesOf(text, "rehearsal_rounds_skipped_total")).toHaveLength(21);
    expect(text).toContain('rehearsal_rounds_posted_total{platform="discord",timing="late"} 0');
  });

  it("holds no word, no member and no tenant, and does not grow with what people type", async () => {
    const { meter, exposition } = createPrometheus();
    const opened = await openTeam((store) => meteredStore(store, "sqlite", meter), undefined, {
      meter,
      grader: meteredGrader(createLocalGrader(), meter),
    });
    team = opened;
    await opened.ask("vram", "qwen2.5-7b qlora", { member: "canary-member" });
    await opened.ask("canary-command", "canary-text");
    const before = (await exposition()).split("\n").length;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 40 }), async (typed) => {
        await opened.ask(`x${typed}`, typed, { member: "canary-member", channel: "canary-channel" });
      }),
      { numRuns: 25 },
    );
    const text = await exposition();
    expect(text).not.toMatch(/canary|qwen|"(?:ada|study|team)"/);
    expect(text.split("\n").length - before).toBeLessThan(60);
    expect(
      linesOf(text, "rehearsal_interactions_total").map((line) => /command="(\w+)"/.exec(line)?.[1]),
    ).toEqual(expect.arrayContaining(["vram", "unknown"]));
    expect(linesOf(text, "rehearsal_interactions_total")).toHaveLength(2);
  });

  it("says what a limit has turned away, under no name that somebody made up", async () => {
    const { meter, exposition } = createPrometheus();
    const opened = await openTeam(undefined, undefined, {
      meter,
      limits: { member: 2, channel: 100, tenant: 100, answers: 100 },
    });
    team = opened;
    for (let at = 0; at < 5; at += 1) await opened.ask("streak");
    await opened.ask("made-up");
    const text = await exposition();
    const shed = (command: string) =>
      sampleOf(text, `rehearsal_interactions_total{platform="local",command="${command}",outcome="shed"}`);
    expect([shed("streak"), shed("unknown"), shed("made-up")]).toEqual([3, 1, 0]);
  });

  it("has a bound, whatever slips into a label", async () => {
    const { meter, exposition } = createPrometheus();
    for (let at = 0; at < 5_000; at += 1)
      meter.count("reminders", { platform: `guild ${at}`, outcome: "sent" });
    expect(linesOf(await exposition(), "rehearsal_reminders_total")).toHaveLength(1_000);
  });

  it("counts by the platform that a tenant is on, which is one of three", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), (text) => {
        expect(["discord", "slack", "local"]).toContain(platformOf(tenantIdSchema.parse(text)));
      }),
    );
    expect(platformOf(tenantIdSchema.parse("discord:81384788765712384"))).toBe("discord");
    expect(platformOf(tenantIdSchema.parse("slack:T1"))).toBe("slack");
  });
});

describe("A store that is timed", () => {
  it("does what it did, and each failure is counted by what an operator can do", async () => {
    const { meter, exposition } = createPrometheus();
    let isAway = false;
    const opened = await openTeam((store) =>
      meteredStore(
        {
          ...store,
          rounds: async (...asked) => {
            if (isAway) throw new StoreFailure("unreachable", "redis://h");
            return store.rounds(...asked);
          },
        } as Store,
        "redis",
        meter,
      ),
    );
    team = opened;
    const { store } = opened.services;
    expect(await store.rounds(opened.tenant, opened.channel, 1)).toHaveLength(1);
    isAway = true;
    await expect(store.rounds(opened.tenant, opened.channel, 1)).rejects.toThrow(StoreFailure);
    const text = await exposition();
    expect(
      sampleOf(
        text,
        'rehearsal_store_failures_total{store="redis",operation="rounds",trouble="unreachable"}',
      ),
    ).toBe(1);
    expect(sampleOf(text, 'rehearsal_store_seconds_count{store="redis",operation="rounds"}')).toBeGreaterThan(
      1,
    );
  });

  it("is the very same store where nobody watches", async () => {
    team = await openTeam();
    expect(meteredStore(team.services.store, "sqlite", undefined)).toBe(team.services.store);
  });
});

describe("A log that is counted", () => {
  it("has its lines as before", async () => {
    const { meter, exposition } = createPrometheus();
    const written = recordingLog();
    const log = meteredLog(written, meter);
    log.info("one", { a: 1 });
    log.warn("two");
    log.error("three", new Error("x"));
    expect([written.infos.length, written.warnings.length, written.errors.length]).toEqual([1, 1, 1]);
    expect(sampleOf(await exposition(), 'rehearsal_log_lines_total{level="error"}')).toBe(1);
  });
});
