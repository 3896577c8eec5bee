import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { meteredGrader, meteredStore } from "#core/metrics/metered";
import { createLocalGrader } from "#core/scoring/local-grader";
import { openWatched, type Watched } from "#test/doubles/health";
import { type RunningPrometheus, startPrometheus } from "#test/doubles/prometheus";
import { openTeam, type Team } from "#test/doubles/team";

const rulesSchema = z.object({
  data: z.object({
    groups: z.array(z.object({ rules: z.array(z.object({ name: z.string(), health: z.string() })) })),
  }),
});

/** A Prometheus with the deployed configuration and rules, watching a bot that members use. */
describe("A Prometheus that collects from the bot", () => {
  let watched: Watched;
  let team: Team;
  let prometheus: RunningPrometheus;

  beforeAll(async () => {
    watched = await openWatched();
    const { meter } = watched.prometheus;
    team = await openTeam((store) => meteredStore(store, "sqlite", meter), undefined, {
      meter,
      grader: meteredGrader(createLocalGrader(), meter),
    });
    watched.health.started([{ name: "store", check: () => null }]);
    watched.health.measuredBy(meter, () => Date.now() / 1000);
    prometheus = await startPrometheus(`127.0.0.1:${watched.listener.port}`);
  });
  afterAll(async () => {
    await prometheus?.stop();
    await team?.stop();
    await watched?.listener.close();
  });

  it("finds what members did, how long it took and whether the bot is of use", async () => {
    await team.ask("vram", "qwen2.5-7b qlora");
    await team.ask("vram", "qwen2.5-7b lora");
    await team.ask("nonsense");
    await team.ask("answer", {
      text: "LoRA freezes the base weights and trains two small low-rank matrices.",
    });
    const interactions = 'sum(rehearsal_interactions_total{command="vram",outcome="done",platform="local"})';
    expect(await prometheus.until(interactions, (value) => value >= 2)).toBe(2);
    expect(await prometheus.until("rehearsal_grading_seconds_count", (value) => value >= 1)).toBe(1);
    const recorded = 'rehearsal_store_seconds_count{operation="recordAttempt",store="sqlite"}';
    expect(await prometheus.until(recorded, (value) => value >= 1)).toBe(1);
    expect(await prometheus.until('up{job="rehearsal"}', (value) => value === 1)).toBe(1);
    expect(await prometheus.until('rehearsal_ready{part="process"}', (value) => value === 1)).toBe(1);
    const refused = 'rehearsal_interactions_total{command="unknown",outcome="refused"}';
    expect((await prometheus.query(refused))[0]?.value[1]).toBe("1");
    const p99 = 'histogram_quantile(0.99, sum by (le) (rehearsal_command_seconds_bucket{command="vram"}))';
    expect(Number((await prometheus.query(p99))[0]?.value[1])).toBeGreaterThan(0);
  });

  it("has read every rule, and can evaluate each", async () => {
    await prometheus.until("count(ALERTS) or vector(0)", (value) => value >= 0);
    const { data } = rulesSchema.parse(await prometheus.api("/api/v1/rules"));
    const rules = data.groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(10);
    expect(rules.filter(({ health }) => health === "err")).toEqual([]);
  });

  it("warns of the first question that is skipped, although there was none before", async () => {
    const { meter } = watched.prometheus;
    const firing = 'ALERTS{alertname="RehearsalRoundsSkipped",alertstate="firing"}';
    await prometheus.until(
      'rehearsal_rounds_skipped_total{platform="slack",reason="failed"}',
      (value) => value === 0,
    );
    expect(await prometheus.query(firing)).toEqual([]);
    meter.count("roundsSkipped", { platform: "slack", reason: "failed" });
    await prometheus.until(firing, (value) => value === 1);
    const [alert] = await prometheus.query(firing);
    expect(alert?.metric).toMatchObject({ platform: "slack", reason: "failed", severity: "page" });
  });
});
