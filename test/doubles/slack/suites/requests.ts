import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { instantSchema } from "#core/ids";
import { startSlackDouble } from "#test/doubles/slack/double";
import type { SlackDouble } from "#test/doubles/slack/handles";
import { type RawApp, startRawApp } from "#test/doubles/slack/raw-client";

describe("requests of the Slack double in HTTP mode", () => {
  const now = Date.UTC(2026, 10, 26, 9);
  let slack: SlackDouble;
  let app: RawApp;

  beforeAll(async () => {
    app = await startRawApp();
    slack = await startSlackDouble({
      mode: "http",
      clock: { now: () => instantSchema.parse(now) },
      workspaces: [
        { name: "team", channels: ["daily"], members: [{ name: "ann", owner: true }], installed: true },
      ],
    });
    slack.deliverTo(app.url);
  });
  afterAll(async () => {
    await slack.stop();
    await app.stop();
  });
  afterEach(() => app.answer(200));

  const ann = () => slack.member("ann");
  const daily = () => slack.channel("daily");
  const last = () => {
    const request = app.requests.at(-1);
    if (request === undefined) throw new Error("nothing came");
    return request;
  };
  const signature = (secret = slack.signingSecret) => {
    const { headers, body } = last();
    const base = `v0:${headers["x-slack-request-timestamp"]}:${body}`;
    return `v0=${createHmac("sha256", secret).update(base).digest("hex")}`;
  };

  it("are forms for commands and interactions, JSON for events, all of them signed", async () => {
    const asked = await ann().slash(daily(), "/vram", "7b & more");
    expect((await asked.acked()).kind).toBe("empty");
    expect(last().headers).toMatchObject({
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": String(now / 1000),
      "x-slack-signature": signature(),
    });
    const form = new URLSearchParams(last().body);
    expect(Object.fromEntries(form)).toMatchObject({
      command: "/vram",
      text: "7b &amp; more",
      team_id: slack.workspace().id,
    });
    const shortcut = await ann().shortcut("Study");
    await shortcut.acked();
    const payload = JSON.parse(new URLSearchParams(last().body).get("payload") ?? "{}");
    expect(payload).toMatchObject({ type: "shortcut", callback_id: "Study", user: { id: ann().id } });
    const { deliveries } = await ann().mention(daily(), "hello");
    await deliveries[0]?.acked();
    expect(last().headers).toMatchObject({
      "content-type": "application/json",
      "x-slack-signature": signature(),
    });
    expect(last().headers["x-slack-retry-num"]).toBeUndefined();
  });

  it("take text or a message in the answer to a command", async () => {
    app.answer(200, "about 17 GiB");
    const said = await ann().slash(daily(), "/vram");
    expect(await said.reply()).toMatchObject({ text: "about 17 GiB", ephemeral: true });
    app.answer(200, { text: "for all", response_type: "in_channel" });
    const shared = await ann().slash(daily(), "/vram");
    expect(await shared.reply()).toMatchObject({ text: "for all", ephemeral: false });
    app.answer(404);
    const failed = await ann().slash(daily(), "/vram");
    await expect(failed.acked()).rejects.toThrow("did not respond");
  });

  it("bring an event again after an error, unless the app says not to", async () => {
    app.answer(500);
    const before = app.requests.length;
    await ann().direct("hello");
    await slack.until("the first retry", () => app.requests.length === before + 2);
    expect(last().headers).toMatchObject({ "x-slack-retry-num": "1", "x-slack-retry-reason": "http_error" });
    await slack.until("its answer", () => slack.sent.at(-1)?.status === 500);
    slack.clock.advance(60_000);
    await slack.until("the second retry", () => app.requests.length === before + 3);
    await slack.until("its answer", () => slack.sent.at(-1)?.status === 500);
    app.answer(500, undefined, { "x-slack-no-retry": "1" });
    slack.clock.advance(300_000);
    await slack.until("the third retry", () => app.requests.length === before + 4);
    await slack.until("its answer", () => slack.sent.at(-1)?.status === 500);
    slack.clock.advance(3_600_000);
    expect(app.requests).toHaveLength(before + 4);
  });

  it("come again as they were, wrongly signed, or with a clock that is off", async () => {
    await (await ann().slash(daily(), "/vram")).acked();
    const first = last();
    expect(await slack.deliveries.replay(299_000)).toBe(200);
    expect(last()).toEqual(first);
    slack.deliveries.badSignature();
    await (await ann().slash(daily(), "/vram")).acked();
    expect(last().headers["x-slack-signature"]).not.toBe(signature());
    slack.deliveries.badSignature("missing");
    await (await ann().slash(daily(), "/vram")).acked();
    expect(last().headers["x-slack-signature"]).toBeUndefined();
    slack.deliveries.skew(-301_000);
    await (await ann().slash(daily(), "/vram")).acked();
    expect(last().headers["x-slack-request-timestamp"]).toBe(String((slack.clock.now() - 301_000) / 1000));
    slack.deliveries.skew(0);
  });

  it("go to several processes in turn", async () => {
    const other = await startRawApp();
    slack.deliverTo(app.url, other.url);
    const before = app.requests.length;
    for (const _ of [1, 2]) await (await ann().slash(daily(), "/vram")).acked();
    expect([app.requests.length - before, other.requests.length]).toEqual([1, 1]);
    slack.deliverTo(app.url);
    await other.stop();
  });

  it("fail where nobody is there, and are not made in Socket Mode", async () => {
    slack.deliverTo("http://127.0.0.1:9/slack/events");
    await expect((await ann().slash(daily(), "/vram")).acked()).rejects.toThrow("did not respond");
    slack.deliverTo(app.url);
    const socketed = await startSlackDouble({ mode: "socket" });
    expect(() => socketed.deliverTo(app.url)).toThrow("Socket Mode");
    await expect(socketed.deliveries.replay()).rejects.toThrow("Socket Mode");
    await socketed.stop();
  });
});
