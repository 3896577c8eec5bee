import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PostRefused } from "#core/ports";
import { reminderAct } from "#core/reminder/reminding";
import { JudgeFailure } from "#core/scoring/judge";
import { Tally } from "#src/judge/tally";
import { createPrometheus, type Prometheus } from "#src/metrics/prometheus";
import { startClock } from "#src/schedule/clock";
import { sweepDossiers } from "#src/schedule/dossier-clock";
import { briefingFor, judgeAt } from "#test/doubles/judge";
import { type JudgeEndpoint, openJudgeEndpoint } from "#test/doubles/judge-endpoint";
import { operationWith } from "#test/doubles/operation";
import { openTeam } from "#test/doubles/team";
import { type DiscordServer, openDiscordServer } from "#test/e2e/discord-server";
import { probes, type Replies, said } from "#test/e2e/probe";
import { openSlackServer, type SlackServer } from "#test/e2e/slack-server";
import { openChannel } from "#test/schedule/channel";
import { sampleOf } from "./samples.ts";

const counted = (prometheus: Prometheus) => async (sample: string) =>
  sampleOf(await prometheus.exposition(), sample);

describe("The clock", () => {
  it("counts what it posts, on time or late, what it skips with the reason, and tries that failed", async () => {
    const prometheus = createPrometheus();
    const { meter } = prometheus;
    const value = counted(prometheus);
    const one = await openChannel();
    const { parts } = one;
    let isDown = false;
    const poster = {
      ...parts.poster,
      post: async (announcement: Parameters<typeof parts.poster.post>[0]) => {
        if (isDown) throw new Error("the platform is down");
        return parts.poster.post(announcement);
      },
    };
    await one.sweepAt("2026-06-01T09:00:20", { meter, poster });
    await one.sweepAt("2026-06-02T11:00:00", { meter, poster });
    isDown = true;
    await one.sweepAt("2026-06-03T09:00:00", { meter, poster });
    await one.sweepAt("2026-06-05T09:00:00", { meter, poster });
    const posted = (timing: string) => `rehearsal_rounds_posted_total{platform="local",timing="${timing}"}`;
    const skipped = (reason: string) => `rehearsal_rounds_skipped_total{platform="local",reason="${reason}"}`;
    expect(await value(posted("on_time"))).toBe(1);
    expect(await value(posted("late"))).toBe(1);
    expect(await value(skipped("date-passed"))).toBeGreaterThan(0);
    expect(await value('rehearsal_post_failures_total{platform="local",kind="question"}')).toBe(2);
    expect(await value('rehearsal_post_delay_seconds_bucket{le="60",platform="local"}')).toBe(1);
    expect(await value('rehearsal_post_delay_seconds_sum{platform="local"}')).toBe(7220);
    const sent = (await one.records()).filter(({ post }) => post.kind === "sent").length;
    expect((await value(posted("on_time"))) + (await value(posted("late")))).toBe(sent);
  });

  it("counts a channel that takes no posts as refused", async () => {
    const prometheus = createPrometheus();
    const one = await openChannel();
    const post = async () => {
      throw new PostRefused("channel-gone");
    };
    await one.sweepAt("2026-06-01T09:00:00", {
      meter: prometheus.meter,
      poster: { ...one.parts.poster, post },
    });
    const sample = 'rehearsal_rounds_skipped_total{platform="local",reason="refused"}';
    expect(await counted(prometheus)(sample)).toBe(1);
  });

  it("is noticed at every tick and at every channel", async () => {
    const prometheus = createPrometheus();
    const one = await openChannel();
    let beats = 0;
    const operation = operationWith();
    one.setTime("2026-06-01T09:00:00");
    const clock = startClock(
      {
        ...one.parts,
        meter: prometheus.meter,
        operation,
        beat: () => {
          beats += 1;
        },
      },
      () => async () => {},
    );
    await clock.ready;
    expect(beats).toBeGreaterThanOrEqual(2);
    expect(await counted(prometheus)('rehearsal_sweep_seconds_count{clock="channels"}')).toBe(1);
    expect(operation.queues().map(({ name, waiting }) => [name, waiting()])).toEqual([["channels", 0]]);
    await clock.stop();
  });

  it("counts what wakes by itself, and what of it failed", async () => {
    const prometheus = createPrometheus();
    const team = await openTeam();
    const { tenant, services } = team;
    for (const id of ["one", "two"])
      await services.store.keepDossier({
        tenant,
        kind: "reminder",
        id,
        revision: 1,
        text: id,
        wakeAt: team.now(),
      });
    await sweepDossiers(
      "reminder",
      async ({ id, text }) => {
        if (id === "two") throw new Error("not this one");
        return { text, wakeAt: null };
      },
      { ...services, meter: prometheus.meter },
    );
    const woken = (outcome: string) => `rehearsal_dossiers_woken_total{kind="reminder",outcome="${outcome}"}`;
    expect(await counted(prometheus)(woken("done"))).toBe(1);
    expect(await counted(prometheus)(woken("failed"))).toBe(1);
    await team.stop();
  });
});

describe("A reminder whose hour has come", () => {
  it("is counted as sent, not taken or not needed", async () => {
    const prometheus = createPrometheus();
    let outcome: "sent" | "not-taken" = "sent";
    const team = await openTeam(undefined, undefined, {
      meter: prometheus.meter,
      directMessages: { send: async () => outcome },
    });
    const { tenant, services } = team;
    const remind = async (member: string, dueAt: number): Promise<void> => {
      await team.ask("streak", { remind: "20:00" }, { member });
      const [dossier] = await services.store.dossiers({ tenant, kind: "reminder", limit: 10 });
      if (dossier === undefined) throw new Error("no reminder was kept");
      const due = { date: "2026-11-25", at: dueAt };
      await reminderAct(services)({ ...dossier, text: JSON.stringify({ ...JSON.parse(dossier.text), due }) });
    };
    await remind("ada", team.now());
    await remind("ada", team.now() - 24 * 3_600_000);
    outcome = "not-taken";
    await remind("ada", team.now());
    const value = counted(prometheus);
    for (const each of ["sent", "not_taken", "not_needed"])
      expect(await value(`rehearsal_reminders_total{platform="local",outcome="${each}"}`), each).toBe(1);
    await team.stop();
  });
});

describe("The judge", () => {
  let endpoint: JudgeEndpoint;
  beforeAll(async () => {
    endpoint = await openJudgeEndpoint();
  });
  afterAll(() => endpoint.stop());

  it("counts its readings, the tokens it is paid for and what they cost, by the day", async () => {
    const prometheus = createPrometheus();
    const value = counted(prometheus);
    let now = Date.UTC(2026, 10, 25, 9);
    const tally = new Tally({ now: () => now }, { input: 0.5, output: 2 });
    const judge = judgeAt(endpoint, { tally, meter: prometheus.meter });
    const { signal } = new AbortController();
    const message = { role: "assistant", content: JSON.stringify({ points: [] }) };
    endpoint.answer(
      {
        raw: JSON.stringify({
          id: "1",
          created: 0,
          model: "fake",
          choices: [{ index: 0, message, finish_reason: "stop" }],
          usage: { prompt_tokens: 1_000, completion_tokens: 40, total_tokens: 1_040 },
        }),
      },
      { status: 401 },
    );
    await judge.judge(briefingFor("an answer about memory").brief, signal);
    await expect(judge.judge(briefingFor("quite another one").brief, signal)).rejects.toThrow(JudgeFailure);
    expect(await value('rehearsal_judge_calls_total{outcome="answered"}')).toBe(1);
    expect(await value('rehearsal_judge_calls_total{outcome="refused"}')).toBe(1);
    expect(await value('rehearsal_judge_tokens_total{direction="input"}')).toBe(1_000);
    expect(await value('rehearsal_judge_tokens_total{direction="output"}')).toBe(40);
    expect(await value("rehearsal_judge_seconds_count")).toBe(2);
    expect(tally.facts("fake-model")).toEqual({
      model: "fake-model",
      calls: 2,
      failures: 1,
      tokens: { input: 1_000, output: 40 },
      cost: (1_000 * 0.5 + 40 * 2) / 1_000_000,
    });
    now += 24 * 3_600_000;
    expect(tally.facts("fake-model")).toMatchObject({ calls: 0, failures: 0, cost: 0 });
  });

  it("costs nothing that is known where nobody set prices", () => {
    expect(new Tally({ now: () => 0 }).facts("m").cost).toBeNull();
  });
});

let replies: Replies = () => said("here you are");
const commands = probes((request) => replies(request));

describe("The bot on Discord", () => {
  let server: DiscordServer;
  const prometheus = createPrometheus();
  const value = counted(prometheus);
  const operation = operationWith();
  beforeAll(async () => {
    server = await openDiscordServer({ commands, services: { meter: prometheus.meter, operation } });
  });
  afterAll(() => server.stop());
  afterEach(() => {
    replies = () => said("here you are");
  });

  it("times how long Discord waits for its first response, by command", async () => {
    const { discord } = server;
    const daily = discord.channel("daily");
    await (await discord.member("bo").slash(daily, "probe")).reply();
    const acknowledged = 'rehearsal_acknowledgement_seconds_count{platform="discord",command="probe"}';
    // The member sees the reply a moment before the bot hears that it was taken.
    await expect.poll(() => value(acknowledged)).toBe(1);
    const done = 'rehearsal_interactions_total{platform="discord",command="probe",outcome="done"}';
    expect(await value(done)).toBe(1);
  });

  it("counts an interaction that Discord had given up on", async () => {
    const { discord } = server;
    const bo = discord.member("bo");
    discord.faults.lateInteraction();
    await bo.slash(discord.channel("daily"), "writing", { text: "my words" });
    await bo.waitFor(bo.direct, ({ text }) => text.includes("here you are"));
    await expect.poll(() => value('rehearsal_acknowledgements_missed_total{platform="discord"}')).toBe(1);
  });

  it("is connected while it hears members, and says what waits", async () => {
    expect(server.bot.connected()).toBe(true);
    expect(operation.queues().map(({ name }) => name)).toEqual([
      "discord_deliveries",
      "discord_edits",
      "channels",
    ]);
    await expect.poll(() => operation.queues().map(({ waiting }) => waiting())).toEqual([0, 0, 0]);
  });
});

describe("The bot on Slack", () => {
  let server: SlackServer | null = null;
  afterEach(async () => {
    await server?.stop();
    server = null;
  });

  it.each(["socket", "http"] as const)("times how long Slack waits, over %s", async (mode) => {
    const prometheus = createPrometheus();
    const value = counted(prometheus);
    const operation = operationWith();
    server = await openSlackServer({ mode, commands, services: { meter: prometheus.meter, operation } });
    const { slack, bot } = server;
    await (await slack.member("bo").slash(slack.channel("daily"), "/study", "probe")).reply();
    const acknowledged = 'rehearsal_acknowledgement_seconds_count{platform="slack",command="probe"}';
    await expect.poll(() => value(acknowledged)).toBe(1);
    expect(bot.connected()).toBe(true);
    expect(operation.queues().map(({ name }) => name)).toEqual([
      "slack_deliveries",
      "slack_edits",
      "channels",
    ]);
    if (mode === "socket") return;
    const forged = await fetch(`${server.url}/slack/events`, { method: "POST", body: "x=1" });
    expect(forged.status).toBe(401);
    expect(await value('rehearsal_deliveries_dropped_total{platform="slack",reason="turned_away"}')).toBe(1);
  });
});
