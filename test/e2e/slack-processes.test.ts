import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import { roundIdSchema, tenantIdSchema } from "#core/ids";
import { manifest } from "#src/adapters/slack/manifest";
import { featuresWithout } from "#src/adapters/slack/manifest-scopes";
import { startSlackDouble } from "#test/doubles/slack/double";
import type { SlackDouble } from "#test/doubles/slack/handles";
import { makeDue, startTwoBots, type TwoBots } from "./bot-processes.ts";
import { channelIdOf } from "./slack-server.ts";

const patiently = { timeout: 20_000 };
const answer = "New gradients overwrite the old weights. I would mix some old data into the training set.";

describe("two processes on one Redis that Slack knows as one app", () => {
  let slack: SlackDouble;
  let bots: TwoBots;
  beforeAll(async () => {
    const registered = commands.filter(({ where }) => where === "everywhere");
    const made = manifest({
      commands: registered,
      locale: "en",
      prefix: "",
      features: featuresWithout([]),
      url: null,
    });
    slack = await startSlackDouble({
      mode: "socket",
      manifest: JSON.parse(JSON.stringify(made)),
      patienceMs: 30_000,
    });
    const { api, botToken, appToken, files } = slack;
    bots = await startTwoBots({ api, platform: { kind: "slack", botToken, appToken, files } });
  });
  afterAll(async () => {
    await bots.stop();
    await slack.stop();
  });

  it("post a question once that both find due", async () => {
    const daily = slack.channel("daily");
    const bo = slack.member("bo");
    const tenant = tenantIdSchema.parse(`slack:${slack.workspace().id}`);
    await makeDue(bots.store, tenant, channelIdOf(daily));
    await Promise.all([bots.look(), bots.look()]);
    await expect.poll(() => bo.sees(daily), patiently).toHaveLength(1);
    await bots.look();
    expect(bo.sees(daily)).toHaveLength(1);
    expect(await bots.store.postRecords(tenant, channelIdOf(daily), 9)).toMatchObject([
      { post: { kind: "sent" } },
    ]);
  });

  it("record an answer once that is delivered to one after the other, and show one reply", async () => {
    const daily = slack.channel("daily");
    const bo = slack.member("bo");
    const tenant = tenantIdSchema.parse(`slack:${slack.workspace().id}`);
    const [round] = await bots.store.rounds(tenant, channelIdOf(daily), 1);
    const asked = await bo.slash(daily, "/answer", answer);
    // At once, while the first may still be at it: connections are taken in turn.
    await slack.deliveries.redeliver(({ command }) => command === "/answer", { retry: 1 });
    await slack.deliveries.redeliver(({ command }) => command === "/answer", { retry: 2 });
    await slack.deliveries.redeliver(({ command }) => command === "/answer", { retry: 3 });
    await asked.reply();
    await bots.end();
    expect(await bots.store.attemptsOfRound(tenant, roundIdSchema.parse(round?.id))).toHaveLength(1);
    expect(bo.sees(daily).filter(({ text }) => text.includes("answer 1 of 3"))).toHaveLength(1);
    expect(slack.refusals).toEqual([]);
  });
});
