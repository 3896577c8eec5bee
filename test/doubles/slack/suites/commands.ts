import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantSchema } from "#core/ids";
import { startSlackDouble } from "#test/doubles/slack/double";
import type { SlackDouble } from "#test/doubles/slack/handles";
import { type Json, objectIn, objectsIn } from "#test/doubles/slack/json";
import { call, connected, type RawSocket, respond } from "#test/doubles/slack/raw-client";

const plain = (text: string): Json => ({ type: "plain_text", text });
const anyForm: Json = { type: "modal", title: plain("Form"), blocks: [] };

describe("commands, buttons and response URLs in the Slack double", () => {
  let now = Date.UTC(2026, 10, 26, 9);
  let slack: SlackDouble;
  let app: RawSocket;

  beforeAll(async () => {
    slack = await startSlackDouble({
      mode: "socket",
      clock: { now: () => instantSchema.parse(now) },
      patienceMs: 1500,
    });
    app = await connected(slack);
  });
  afterAll(async () => {
    app.close();
    await slack.stop();
  });

  const ann = () => slack.member("ann");
  const daily = () => slack.channel("daily");
  const refused = (error: string) => expect.objectContaining({ ok: false, error });
  const ask = async (text = "") => {
    const asked = await ann().slash(daily(), "/vram", text);
    return { asked, envelope: await app.envelope() };
  };

  describe("a command", () => {
    it("arrives as Slack sends it, and its acknowledgement may say something", async () => {
      const { asked, envelope } = await ask("qwen2.5-7b qlora");
      expect(envelope).toMatchObject({
        type: "slash_commands",
        accepts_response_payload: true,
        payload: {
          command: "/vram",
          text: "qwen2.5-7b qlora",
          user_id: ann().id,
          channel_id: daily().id,
          channel_name: "daily",
          team_id: slack.workspace().id,
          is_enterprise_install: "false",
          trigger_id: asked.triggerId,
          response_url: asked.responseUrl,
        },
      });
      app.ack(envelope, { text: "about 17 GiB" });
      expect(await asked.acked()).toEqual({ kind: "message", afterMs: 0 });
      expect(await asked.reply()).toMatchObject({ text: "about 17 GiB", ephemeral: true });
    });

    it("that nobody acknowledges within 3 s did not get an answer", async () => {
      const inTime = await ask();
      now += 3000;
      app.ack(inTime.envelope);
      expect(await inTime.asked.acked()).toEqual({ kind: "empty", afterMs: 3000 });
      const late = await ask();
      now += 3001;
      app.ack(late.envelope, { text: "too late" });
      await expect(late.asked.acked()).rejects.toThrow("did not respond");
      expect(late.asked.failed).toBe(true);
      expect(late.asked.replies()).toEqual([]);
    });

    it("may reach the app late, and then its trigger is dead", async () => {
      slack.deliveries.late();
      const { asked, envelope } = await ask();
      app.ack(envelope);
      await expect(asked.acked()).rejects.toThrow("did not respond");
      expect(await call(slack, "views.open", { trigger_id: asked.triggerId, view: anyForm })).toEqual(
        refused("expired_trigger_id"),
      );
    });

    it("fails where no socket is open, and is not sent again", async () => {
      const alone = await startSlackDouble({ mode: "socket" });
      const asked = await alone.member("ann").slash(alone.channel("daily"), "/vram");
      await expect(asked.acked()).rejects.toThrow("did not respond");
      expect(alone.sent).toHaveLength(1);
      await alone.stop();
    });
  });

  describe("a button", () => {
    const blocks = [
      { type: "actions", elements: [{ type: "button", action_id: "hint", value: "7", text: plain("Hint") }] },
    ];

    it("sends the message that it is in, unless that was for one member alone", async () => {
      await call(slack, "chat.postMessage", { channel: daily().id, text: "q", blocks });
      await call(slack, "chat.postEphemeral", { channel: daily().id, user: ann().id, text: "q", blocks });
      const [shared, own] = ann().sees(daily()).slice(-2);
      if (shared === undefined || own === undefined) throw new Error("the messages are missing");
      await ann().press(shared, "Hint");
      const one = await app.envelope();
      expect(one).toMatchObject({
        accepts_response_payload: false,
        payload: {
          type: "block_actions",
          container: { type: "message", message_ts: shared.ts, is_ephemeral: false },
          message: { ts: shared.ts, text: "q" },
          actions: [{ action_id: "hint", value: "7", type: "button", action_ts: expect.any(String) }],
        },
      });
      app.ack(one);
      await ann().press(own, "Hint");
      const two = await app.envelope();
      expect(two.payload).toMatchObject({ container: { is_ephemeral: true } });
      expect(objectIn(two.payload).message).toBeUndefined();
      app.ack(two);
      await expect(slack.member("bo").press(own, "Hint")).rejects.toThrow("does not see");
      await expect(ann().press(shared, "Other")).rejects.toThrow("there is: Hint");
    });

    it("acknowledged with something to say breaks a rule", async () => {
      const message = ann()
        .sees(daily())
        .findLast(({ ephemeral }) => !ephemeral);
      if (message === undefined) throw new Error("there is no message");
      const pressed = await ann().press(message, "Hint");
      app.ack(await app.envelope(), { text: "a hint" });
      await expect(pressed.acked()).rejects.toThrow("did not respond");
      expect(slack.refusals.at(-1)?.error).toBe("unexpected_ack_payload");
    });
  });

  describe("a response URL", () => {
    it("takes five messages in 30 minutes and not one more", async () => {
      const { asked, envelope } = await ask();
      app.ack(envelope);
      for (const at of [1, 2, 3, 4, 5])
        expect((await respond(asked.responseUrl, { text: `m${at}` })).status).toBe(200);
      expect(await respond(asked.responseUrl, { text: "m6" })).toMatchObject({
        status: 404,
        text: expect.stringContaining("used_url"),
      });
      expect(asked.replies().map(({ text }) => text)).toEqual(["m1", "m2", "m3", "m4", "m5"]);
      const old = await ask();
      app.ack(old.envelope);
      now += 1_800_001;
      expect((await respond(old.asked.responseUrl, { text: "x" })).text).toContain("expired_url");
      const { asked: cut, envelope: more } = await ask();
      app.ack(more);
      slack.deliveries.expireResponseUrls();
      expect((await respond(cut.responseUrl, { text: "x" })).text).toContain("expired_url");
    });

    it("speaks to one member, or to the channel, and replaces or deletes what was pressed", async () => {
      const { asked, envelope } = await ask();
      app.ack(envelope);
      await respond(asked.responseUrl, {
        text: "for ann",
        blocks: [{ type: "actions", elements: [{ type: "button", action_id: "a", text: plain("More") }] }],
      });
      await respond(asked.responseUrl, { text: "for all", response_type: "in_channel" });
      const texts = slack
        .member("bo")
        .sees(daily())
        .map(({ text }) => text);
      expect(texts).toContain("for all");
      expect(texts).not.toContain("for ann");
      const pressed = await ann().press(await asked.reply(), "More");
      app.ack(await app.envelope());
      await respond(pressed.responseUrl, { text: "replaced", replace_original: true });
      expect(await pressed.reply()).toMatchObject({ text: "replaced", ephemeral: true, edits: 1 });
      await respond(pressed.responseUrl, { delete_original: true });
      expect(
        ann()
          .sees(daily())
          .map(({ text }) => text),
      ).not.toContain("replaced");
      expect((await respond(pressed.responseUrl, { text: "x", colour: "red" })).status).toBe(400);
      expect((await respond(pressed.responseUrl, { text: "x".repeat(4001) })).status).toBe(404);
    });
  });

  it("shortcuts and the home tab reach the app, and a home is shown to its member alone", async () => {
    await call(slack, "chat.postMessage", { channel: daily().id, text: "CUDA out of memory" });
    const message = ann().sees(daily()).at(-1);
    if (message === undefined) throw new Error("there is no message");
    await ann().shortcut("Diagnose this log", message);
    const envelope = await app.envelope();
    expect(envelope.payload).toMatchObject({
      type: "message_action",
      callback_id: "Diagnose this log",
      message: { text: "CUDA out of memory" },
      message_ts: message.ts,
    });
    app.ack(envelope);
    const [opened] = await ann().openHome();
    const event = await app.envelope();
    expect(event).toMatchObject({
      type: "events_api",
      payload: {
        type: "event_callback",
        event: { type: "app_home_opened", tab: "home", user: ann().id },
        authorizations: [{ team_id: slack.workspace().id, is_bot: true }],
      },
    });
    app.ack(event);
    expect(await opened?.acked()).toEqual({ afterMs: 0 });
    const view = { type: "home", blocks: [{ type: "header", text: plain("Your streak") }] };
    expect(await call(slack, "views.publish", { user_id: ann().id, view })).toMatchObject({ ok: true });
    expect(ann().home()?.text).toBe("Your streak");
    expect(slack.member("bo").home()).toBeNull();
    expect(objectsIn(ann().home()?.blocks)).toHaveLength(1);
  });
});
