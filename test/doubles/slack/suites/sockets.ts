import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { instantSchema } from "#core/ids";
import { startSlackDouble } from "#test/doubles/slack/double";
import type { SlackDouble } from "#test/doubles/slack/handles";
import { objectIn } from "#test/doubles/slack/json";
import { call, connected, openSocket } from "#test/doubles/slack/raw-client";

describe("sockets and deliveries of the Slack double", () => {
  let now = Date.UTC(2026, 10, 26, 9);
  let slack: SlackDouble;

  beforeEach(async () => {
    now = Date.UTC(2026, 10, 26, 9);
    slack = await startSlackDouble({ mode: "socket", clock: { now: () => instantSchema.parse(now) } });
  });
  afterEach(() => slack.stop());

  const ann = () => slack.member("ann");
  const say = (text = "hello") => ann().direct(text);
  const mention = () => ann().mention(slack.channel("daily"), "hello");
  const idOf = (envelope: object) => objectIn(objectIn(envelope).payload).event_id;

  it("greet whoever comes with a ticket, which is good once and not for long", async () => {
    const socket = await openSocket(slack);
    expect(await socket.take(({ type }) => type === "hello")).toMatchObject({
      num_connections: 1,
      connection_info: { app_id: slack.appId },
      debug_info: { approximate_connection_time: expect.any(Number) },
    });
    const { url } = await call(slack, "apps.connections.open", {}, slack.appToken);
    now += 30_001;
    const late = new WebSocket(String(url));
    await new Promise((resolve) => late.addEventListener("error", resolve));
    expect(slack.socket.connected).toBe(1);
  });

  it("are ten at most, and share what is sent between them", async () => {
    const sockets = [];
    for (let at = 0; at < 10; at += 1) sockets.push(await connected(slack));
    const eleventh = await openSocket(slack);
    expect(await eleventh.take(({ type }) => type === "disconnect")).toMatchObject({
      reason: "too_many_websockets",
    });
    for (let at = 0; at < 10; at += 1) await say(`${at}`);
    const events = await Promise.all(sockets.map((socket) => socket.envelope()));
    expect(new Set(events.map(idOf)).size).toBe(10);
  });

  it("bring an event again that nobody acknowledged: at once, after 1 minute, after 5, and then no more", async () => {
    const socket = await connected(slack);
    const { deliveries } = await say();
    const first = await socket.envelope();
    expect(first).toMatchObject({ retry_attempt: 0, retry_reason: "", accepts_response_payload: false });
    const waits = [3001, 3001 + 60_000, 3001 + 300_000];
    for (const [at, wait] of waits.entries()) {
      slack.clock.advance(3001);
      slack.clock.advance(wait - 3001);
      const again = await socket.envelope();
      expect(again).toMatchObject({ retry_attempt: at + 1, retry_reason: "http_timeout" });
      expect(idOf(again)).toBe(idOf(first));
      if (at === 2) socket.ack(again);
    }
    expect(await deliveries[0]?.acked()).toBeDefined();
    slack.clock.advance(3_600_000);
    expect(slack.sent.filter(({ type }) => type === "events_api")).toHaveLength(4);
  });

  it("bring an event over another socket where its own closed before it was acknowledged", async () => {
    const [one, two] = [await connected(slack), await connected(slack)];
    slack.socket.closeAfterNextEnvelope();
    await say();
    const first = await one.envelope();
    const again = await two.envelope();
    expect(idOf(again)).toBe(idOf(first));
    expect(again).toMatchObject({ retry_attempt: 1 });
    expect(await one.closed).toBe(1000);
  });

  it("say that they go, close and break as a test orders", async () => {
    const [one, two] = [await connected(slack), await connected(slack)];
    slack.socket.disconnect("refresh_requested", 1);
    expect(await one.take(({ type }) => type === "disconnect")).toMatchObject({
      reason: "refresh_requested",
    });
    await say("only to the other");
    await two.envelope();
    expect(one.frames.filter(({ envelope_id }) => envelope_id !== undefined)).toEqual([]);
    slack.socket.close(1011, 1);
    expect(await one.closed).toBe(1011);
    slack.socket.kill();
    expect(await two.closed).toBe(1006);
    await slack.until("no socket left", () => slack.socket.connected === 0);
  });

  it("leave the connection open after a closing handshake that the app began, as Slack does", async () => {
    const socket = await connected(slack);
    socket.close();
    await slack.until("the socket gone", () => slack.socket.connected === 0);
    const closed = await Promise.race([
      socket.closed,
      new Promise((resolve) => setTimeout(() => resolve("open"), 50)),
    ]);
    expect(closed).toBe("open");
  });

  it("bring things again with the same event id or another, marked as a retry or not, and later", async () => {
    const socket = await connected(slack);
    await say();
    const first = await socket.envelope();
    socket.ack(first);
    const isIt = () => true;
    const again = slack.deliveries.redeliver(isIt, { retry: 2 });
    const second = await socket.envelope();
    expect([idOf(second), second.retry_attempt]).toEqual([idOf(first), 2]);
    socket.ack(second);
    expect(await again).toEqual([200]);
    const renamed = slack.deliveries.redeliver(isIt, { newEventId: true, retry: 0, laterMs: 600_000 });
    const third = await socket.envelope();
    socket.ack(third);
    await renamed;
    expect(idOf(third)).not.toBe(idOf(first));
    expect(objectIn(objectIn(third.payload).event).ts).toBe(objectIn(objectIn(first.payload).event).ts);
    expect(third.retry_attempt).toBe(0);
    expect(slack.clock.now()).toBe(now + 600_000);
  });

  it("bring the retry first, and hold things back to bring them in another order", async () => {
    const socket = await connected(slack);
    slack.deliveries.retryFirst();
    await say("lost once");
    const only = await socket.envelope();
    expect(only).toMatchObject({ retry_attempt: 1 });
    socket.ack(only);
    slack.deliveries.hold();
    await say("first");
    await say("second");
    const released = slack.deliveries.release("reversed");
    const texts = [];
    for (const _ of [1, 2]) {
      const envelope = await socket.envelope();
      texts.push(String(objectIn(objectIn(envelope.payload).event).text));
      socket.ack(envelope);
    }
    await released;
    expect(texts.map((text) => text.split(" ").at(-1))).toEqual(["second", "first"]);
  });

  it("carry only the events that the app subscribes to, has the scope of and is there to see", async () => {
    await slack.stop();
    slack = await startSlackDouble({
      mode: "socket",
      manifest: {
        display_information: { name: "Rehearsal" },
        features: {
          bot_user: { display_name: "Rehearsal" },
          slash_commands: [{ command: "/study", should_escape: true }],
        },
        oauth_config: { scopes: { bot: ["chat:write", "commands", "app_mentions:read"] } },
        settings: { event_subscriptions: { bot_events: ["app_mention", "message.im"] } },
      },
    });
    const socket = await connected(slack);
    expect((await ann().direct("an answer")).deliveries).toEqual([]);
    expect((await ann().openHome()) satisfies readonly unknown[]).toEqual([]);
    const { deliveries } = await mention();
    expect(deliveries.map(({ event }) => event.type)).toEqual(["app_mention"]);
    socket.ack(await socket.envelope());
    await slack.channel("daily").removeBot();
    expect((await mention()).deliveries).toEqual([]);
    await ann().slash(slack.channel("daily"), "/study", "why @bo in #daily, not @nobody <x>");
    expect((await socket.envelope()).payload).toMatchObject({
      text: `why <@${slack.member("bo").id}|bo> in <#${slack.channel("daily").id}|daily>, not @nobody &lt;x&gt;`,
    });
    await expect(ann().slash(slack.channel("daily"), "/vram")).rejects.toThrow("not a valid command");
    await expect(ann().shortcut("Diagnose this log")).rejects.toThrow("no global shortcut");
  });

  it("tell the app of its own messages too, marked as a bot's", async () => {
    const socket = await connected(slack);
    const posted = await call(slack, "chat.postMessage", { channel: ann().id, text: "hello" });
    const first = await socket.envelope();
    expect(objectIn(first.payload).event).toMatchObject({
      type: "message",
      channel_type: "im",
      bot_id: slack.workspace().botId,
      user: slack.workspace().botUserId,
    });
    socket.ack(first);
    await call(slack, "chat.update", { channel: ann().dm.id, ts: posted.ts, text: "hello again" });
    expect(objectIn((await socket.envelope()).payload).event).toMatchObject({
      subtype: "message_changed",
      message: { text: "hello again", bot_id: slack.workspace().botId },
      previous_message: { text: "hello" },
    });
  });

  it("turn away, or stay silent, and requests meet the faults that a test orders", async () => {
    const socket = await connected(slack);
    slack.socket.silence();
    const asked = await ann().slash(slack.channel("daily"), "/vram");
    expect(asked.failed).toBe(true);
    expect(socket.frames).toHaveLength(1);
    slack.socket.refuseConnections(true);
    const turned = await openSocket(slack).then(
      () => "in",
      () => "away",
    );
    expect(turned).toBe("away");
    const post = () =>
      fetch(`${slack.api}chat.postMessage`, {
        method: "POST",
        headers: { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json" },
        body: JSON.stringify({ channel: slack.channel("daily").id, text: "x" }),
      });
    const posted = () => ann().sees(slack.channel("daily")).length;
    slack.faults.next(/^chat\.postMessage$/, { kind: "rate limited", retryAfterSeconds: 7 });
    const limited = await post();
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "7"]);
    slack.faults.next(/^chat\./, { kind: "status", status: 503 });
    expect((await post()).status).toBe(503);
    slack.faults.next(/^chat\./, { kind: "error", error: "internal_error" });
    expect(await (await post()).json()).toEqual({ ok: false, error: "internal_error" });
    slack.faults.next(/^chat\./, { kind: "lost request" }, 1, slack.workspace().id);
    await expect(post()).rejects.toThrow();
    expect(posted()).toBe(0);
    slack.faults.next(/^chat\./, { kind: "lost reply" });
    await expect(post()).rejects.toThrow();
    expect(posted()).toBe(1);
    slack.faults.next(/^chat\./, { kind: "cut reply" });
    await expect(post().then((answer) => answer.json())).rejects.toThrow();
    slack.faults.next(/^chat\./, { kind: "slow", ms: 30 });
    expect((await post()).status).toBe(200);
    expect([posted(), slack.faults.waiting]).toEqual([3, 0]);
    expect(slack.refusals).toEqual([]);
  });

  it("count posts to one channel where a test asks for Slack's own rate", async () => {
    await slack.stop();
    slack = await startSlackDouble({
      mode: "socket",
      postsPerSecond: 1,
      clock: { now: () => instantSchema.parse(now) },
    });
    const post = () => call(slack, "chat.postMessage", { channel: slack.channel("daily").id, text: "x" });
    expect(await post()).toMatchObject({ ok: true });
    expect(await post()).toMatchObject({ status: 429, error: "ratelimited" });
    now += 1001;
    expect(await post()).toMatchObject({ ok: true });
  });
});
