import { type App, webApi } from "@slack/bolt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BareBolt, startBolt } from "#test/doubles/slack/bare-bolt";
import { startSlackDouble } from "#test/doubles/slack/double";
import type { SlackDouble } from "#test/doubles/slack/handles";

const plain = (text: string) => ({ type: "plain_text" as const, text });

const form = {
  type: "modal" as const,
  callback_id: "answer",
  title: plain("Answer"),
  submit: plain("Send"),
  blocks: [
    {
      type: "input" as const,
      block_id: "text",
      label: plain("Your answer"),
      element: { type: "plain_text_input" as const, action_id: "text", multiline: true },
    },
  ],
};

/** What a small app does with everything a member can do. */
function prepare(app: App, heard: string[]): void {
  app.command("/vram", async ({ ack, respond, command }) => {
    await ack();
    await respond({
      text: `about 17 GiB for ${command.text}`,
      blocks: [
        { type: "section", text: { type: "mrkdwn", text: `*17 GiB* for ${command.text}` } },
        { type: "actions", elements: [{ type: "button", action_id: "answer", text: plain("Answer") }] },
      ],
    });
  });
  app.action("answer", async ({ ack, body, client }) => {
    await ack();
    if (body.type === "block_actions") await client.views.open({ trigger_id: body.trigger_id, view: form });
  });
  app.view("answer", async ({ ack, view }) => {
    const text = view.state.values.text?.text?.value ?? "";
    if (text.length < 5) await ack({ response_action: "errors", errors: { text: "Say more" } });
    else
      await ack({
        response_action: "update",
        view: { type: "modal", title: plain("Score"), blocks: [{ type: "section", text: plain(text) }] },
      });
  });
  app.event("app_mention", async ({ event, say }) => {
    heard.push(event.text);
    await say({ text: "thanks", thread_ts: event.ts });
  });
  app.event("app_home_opened", async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: "home", blocks: [{ type: "header", text: plain("Your streak") }] },
    });
  });
}

describe.each(["socket", "http"] as const)("the real Bolt before the Slack double, over %s", (mode) => {
  let slack: SlackDouble;
  let bare: BareBolt;
  const heard: string[] = [];

  beforeAll(async () => {
    slack = await startSlackDouble({ mode });
    bare = await startBolt(slack, mode, (app) => prepare(app, heard));
    if (mode === "http") {
      const { status, body } = await slack.member("ann").install(bare.installUrl);
      if (status >= 400) throw new Error(`the installation failed: ${body}`);
    }
  });
  afterAll(async () => {
    // Slack keeps the socket open after the closing handshake; stopping the double first spares Bolt's watchdog.
    const stopped = bare.stop();
    await slack.stop();
    await stopped;
  });

  it("answers a command, opens a form from a button and scores what is sent", async () => {
    const [ann, daily] = [slack.member("ann"), slack.channel("daily")];
    const asked = await ann.slash(daily, "/vram", "qwen2.5-7b");
    expect((await asked.acked()).kind).toBe("empty");
    const seen = await asked.reply();
    expect(seen).toMatchObject({ text: "*17 GiB* for qwen2.5-7b\nAnswer", ephemeral: true });
    const pressed = await ann.press(seen, "Answer");
    await pressed.acked();
    const open = await pressed.view();
    const short = await ann.submit(open, { text: "no" });
    expect(await short.errors()).toEqual({ text: "Say more" });
    const sent = await ann.submit(open, { "Your answer": "activations grow" });
    expect((await sent.acked()).kind).toBe("update");
    expect((await sent.view()).text).toBe("Score\nactivations grow");
    expect(slack.member("bo").sees(daily)).toEqual([]);
  });

  it("hears mentions and the home tab", async () => {
    const [ann, daily] = [slack.member("ann"), slack.channel("daily")];
    const { message, deliveries } = await ann.mention(daily, "3 < 4 & more");
    for (const delivery of deliveries) await delivery.acked();
    const answer = await slack.member("bo").waitFor(daily, ({ author }) => author === "app");
    expect(answer).toMatchObject({ text: "thanks", threadTs: message.ts });
    expect(heard).toEqual([`<@${slack.workspace().botUserId}> 3 &lt; 4 &amp; more`]);
    await ann.openHome();
    await slack.until("a home", () => ann.home()?.text === "Your streak");
  });

  it("uploads a picture with its alt text by the library's own way", async () => {
    const daily = slack.channel("daily");
    const client = new webApi.WebClient(slack.botToken, { slackApiUrl: slack.api });
    await client.filesUploadV2({
      channel_id: daily.id,
      file: Buffer.from("not really a picture"),
      filename: "chart.png",
      alt_text: "17 GiB, mostly weights",
    });
    const { files } = await slack.member("bo").waitFor(daily, (message) => message.files.length > 0);
    expect(files).toMatchObject([{ name: "chart.png", alt: "17 GiB, mostly weights", size: 20 }]);
  });

  it("is told of nothing that breaks a rule", () => {
    expect(slack.refusals).toEqual([]);
    expect(slack.pings).toEqual([]);
  });

  it("takes an event a second time as if it were new, since Bolt remembers nothing", async () => {
    const before = heard.length;
    const statuses = await slack.deliveries.redeliver((payload) => {
      const { event } = payload as { event?: { type?: string } };
      return event?.type === "app_mention";
    });
    expect(statuses).toEqual([200]);
    await slack.until("the repeat", () => heard.length === before + 1);
  });

  it("turns away what is not signed by Slack, or too long ago", async () => {
    if (mode === "socket") return;
    const [ann, daily] = [slack.member("ann"), slack.channel("daily")];
    for (const how of ["wrong secret", "missing", "other body", "wrong version"] as const) {
      slack.deliveries.badSignature(how);
      const asked = await ann.slash(daily, "/vram");
      await expect(asked.acked()).rejects.toThrow("(401)");
    }
    slack.deliveries.skew(-301_000);
    await expect((await ann.slash(daily, "/vram")).acked()).rejects.toThrow("(401)");
    slack.deliveries.skew(0);
  });
});

describe("Bolt's own socket before the Slack double", () => {
  it("takes what comes over a second connection while the first is gone", async () => {
    const slack = await startSlackDouble({ mode: "socket" });
    const heard: string[] = [];
    const both = await Promise.all(
      [1, 2].map(() => startBolt(slack, "socket", (app) => prepare(app, heard))),
    );
    await slack.until("two sockets", () => slack.socket.connected === 2);
    slack.socket.close(1000, 1);
    await slack.until("one socket", () => slack.socket.connected === 1);
    const asked = await slack.member("ann").slash(slack.channel("daily"), "/vram", "7b");
    expect((await asked.acked()).kind).toBe("empty");
    await asked.reply();
    const stopped = both.map((bare) => bare.stop());
    await slack.stop();
    await Promise.all(stopped);
  });
});
