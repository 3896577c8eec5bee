import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Request } from "#core/request";
import type { Channel, Member } from "#test/doubles/slack/handles";
import { openSlackServer, type SlackServer } from "./slack-server.ts";

const answer = "New gradients overwrite the old weights. I would mix some old data into the training set.";
const log =
  "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.87 GiB. GPU 0 has a total capacity of 23.65 GiB of which 140.38 MiB is free.";

describe.each(["socket", "http"] as const)("A member on Slack, over %s", (mode) => {
  let server: SlackServer;
  let ann: Member;
  let bo: Member;
  let daily: Channel;
  let other: Channel;
  const requests: Request[] = [];
  const last = (): Request | undefined => requests.at(-1);

  beforeAll(async () => {
    server = await openSlackServer({
      mode,
      startsAt: Date.UTC(2026, 10, 25, 0, 59),
      double: {
        workspaces: [
          {
            name: "team",
            channels: ["daily", "lounge"],
            members: [{ name: "ann", admin: true, owner: true, locale: "zh-TW" }, { name: "bo" }],
          },
        ],
      },
      dispatch: (dispatch) => (request) => {
        requests.push(request);
        return dispatch(request);
      },
    });
    ann = server.slack.member("ann");
    bo = server.slack.member("bo");
    daily = server.slack.channel("daily");
    other = server.slack.channel("lounge");
    await (await ann.slash(daily, "/settings", "time=9:00 zone=Shanghai language=en on")).reply();
    await server.passTime(60_000);
  });
  afterAll(async () => {
    expect(server.slack.refusals).toEqual([]);
    expect(server.slack.pings).toEqual([]);
    expect(server.log.errors).toEqual([]);
    await server.stop();
  });

  it("is answered in time, by a message that nobody else sees", async () => {
    const asked = await bo.slash(daily, "/vram", "qwen2.5-7b qlora bs=4 seq=2k 2x4090");
    expect(await asked.acked()).toMatchObject({ kind: "empty" });
    const reply = await asked.reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain("Qwen2.5-7B");
    expect(ann.sees(daily).map(({ ts }) => ts)).not.toContain(reply.ts);
    expect(last()).toMatchObject({
      tenant: server.tenant,
      channel: daily.id,
      member: bo.id,
      role: "member",
      locale: "en",
      command: "vram",
      submission: asked.triggerId,
    });
  });

  it("reads Chinese whose Slack speaks Chinese, also that of Taiwan", async () => {
    expect((await (await ann.slash(daily, "/study", "help")).reply()).text).toContain("连续天数");
    expect(last()).toMatchObject({ locale: "zh" });
  });

  it("reaches every command by /study, too", async () => {
    const reply = await (await bo.slash(daily, "/study", "vram 70B full zero3 8xA100")).reply();
    expect(reply.text).toContain("70B");
    const wrong = await (await bo.slash(daily, "/study", "vrem 7b")).reply();
    expect(wrong.text).toContain("/vram");
  });

  it("is asked in a window for what a command needs, with suggestions", async () => {
    const form = await (await bo.slash(daily, "/vram")).view();
    const suggested = await (await bo.suggest(form, "model", "qwen2.5")).choices();
    const model = suggested.find(({ value }) => /qwen2\.5-7b/i.test(value));
    const sent = await bo.submit(form, { model: model?.value ?? null });
    expect((await sent.view()).text).toContain("Qwen2.5-7B");
    const isDrawn = (): boolean => bo.view()?.blocks.some(({ type }) => type === "image") === true;
    await server.slack.until("the picture is there", isDrawn);
  });

  it("answers in a window from the daily post, and the score takes the form's place", async () => {
    const post = await bo.waitFor(daily, ({ author, ephemeral }) => author !== bo.id && !ephemeral);
    const pressed = await bo.press(post, "Answer");
    const form = await pressed.view();
    const sent = await bo.submit(form, { text: answer });
    expect(await sent.acked()).toMatchObject({ kind: "update" });
    const scored = await sent.view();
    expect(scored.text).toContain("mix some old data");
    expect(last()?.input).toMatchObject({ options: { text: answer, opened: pressed.at } });
    const seen = ann.sees(daily).map(({ text }) => text);
    expect(seen.join()).not.toContain("mix some old data");
  });

  it("keeps what was typed where it is refused, and says why under it", async () => {
    const form = await (await bo.slash(daily, "/vram")).view();
    const sent = await bo.submit(form, { more: "bs=many" });
    expect(Object.values(await sent.errors()).join()).toContain("many");
    expect(bo.view()?.id).toBe(form.id);
  });

  it("answers the channel's round from elsewhere in the workspace", async () => {
    const reply = await (await bo.slash(other, "/quiz")).reply();
    expect(reply.text).toContain("Today's question");
    expect(last()?.channel).toBe(daily.id);
  });

  it("has a pasted traceback diagnosed from the message's own menu", async () => {
    const { message } = await ann.say(daily, log);
    const asked = await bo.shortcut("Diagnose this log", message);
    expect((await asked.reply()).text).toContain("2.87");
    expect(last()).toMatchObject({ command: "oom", input: { options: { text: log } } });
  });

  it("has an attached log read, with the token sent to Slack's file host alone", async () => {
    const { message } = await ann.say(daily, "", { files: [{ name: "run.log", bytes: Buffer.from(log) }] });
    const asked = await bo.shortcut("Diagnose this log", message);
    expect((await asked.reply()).text).toContain("2.87");
    const [download] = server.slack.downloads;
    expect(download).toMatchObject({ token: server.slack.workspace().botToken, status: 200 });
    const large = await ann.say(daily, "", {
      files: [{ name: "big.log", bytes: Buffer.alloc(1_200_000, "x") }],
    });
    const refused = await bo.shortcut("Diagnose this log", large.message);
    expect((await refused.reply()).text).toContain("larger than I read");
  });

  it("asks by mentioning the bot, and reads what is private alone", async () => {
    const { message } = await bo.mention(daily, "/streak");
    const reply = await bo.waitFor(daily, ({ text, ephemeral }) => ephemeral && text.includes("streak"));
    expect(ann.sees(daily).map(({ ts }) => ts)).not.toContain(reply.ts);
    expect(last()).toMatchObject({ command: "streak", submission: `${daily.id}/${message.ts}` });
  });

  it("answers by a direct message", async () => {
    await bo.direct(`${answer} EWC penalises drift of important weights.`);
    await bo.waitFor(bo.dm, ({ text }) => text.includes("Score"));
    expect(last()).toMatchObject({ command: "answer", tenant: server.tenant, channel: daily.id });
  });

  it("has a home with today's question and a streak, and answers from there", async () => {
    await bo.openHome();
    await server.slack.until("home is there", () => bo.home() !== null);
    const home = bo.home();
    if (home === null) throw new Error("there is no home");
    expect(home.text).toContain("catastrophic forgetting");
  });

  it("may not do by a forged button what they may not do", async () => {
    const value = JSON.stringify(["run", "settings", { time: "03:00" }]);
    const actions = [{ type: "button", action_id: "button-1", block_id: "b", value, action_ts: "1.000001" }];
    expect((await (await bo.forge(daily, { actions })).reply()).text).toContain("for admins");
    const rubbish = [{ ...actions[0], value: "x".repeat(100), action_ts: "1.000002" }];
    expect((await (await bo.forge(daily, { actions: rubbish })).reply()).text).toContain("no longer known");
  });
});
