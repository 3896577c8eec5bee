import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Channel, Interaction, Member, SeenMessage } from "#test/doubles/discord/handles";
import { type DiscordServer, openDiscordServer } from "./discord-server.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const goodChinese =
  "灾难性遗忘就是学新任务时把旧任务忘了。新任务的梯度把旧权重覆盖了，而且微调数据和预训练数据的分布不一样。可以混入一部分旧数据做回放，用 EWC 惩罚重要权重的偏移，或者只用 LoRA 更新少量参数。";
const goodEnglish =
  "While the model learns something new it loses what it had learned before. New gradients overwrite the old weights. I would mix some old data into the training set and penalise drift of important weights with EWC.";
const junk = "I really have no idea about this one, sorry, maybe I will know tomorrow.";
const wrongWayRound =
  "学新任务时把旧的忘了：new gradients overwrite the old weights。可以混入旧数据一起训，LoRA only makes it worse.";
const traceback =
  "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.87 GiB. GPU 0 has a total capacity of 23.65 GiB of which 140.38 MiB is free.";

describe("A team's day on Discord", () => {
  let server: DiscordServer;
  let daily: Channel;
  let post: SeenMessage;
  const members = new Map<string, Member>();
  const member = (name: string): Member => {
    const found = members.get(name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };
  /** Answers by the button under the daily post; what the member then reads. */
  const answer = async (name: string, text: string): Promise<SeenMessage> => {
    const pressed: Interaction = await member(name).press(post, "Answer");
    const sent = await (await pressed.form()).submit({ text });
    return sent.reply();
  };
  const inChannel = (name: string): string =>
    member(name)
      .sees(daily)
      .filter(({ ephemeral }) => !ephemeral)
      .map(({ text }) => text)
      .join("\n");

  beforeAll(async () => {
    server = await openDiscordServer({
      // Half past eight in Shanghai.
      startsAt: Date.UTC(2026, 10, 25, 0, 30),
      double: {
        guilds: [
          {
            name: "study group",
            channels: ["daily"],
            members: [
              { name: "ann", admin: true },
              { name: "lin", locale: "zh-CN" },
              { name: "sam" },
              { name: "jun" },
              { name: "kit" },
              { name: "mia" },
            ],
          },
        ],
      },
    });
    daily = server.discord.channel("daily");
    for (const name of ["ann", "lin", "sam", "jun", "kit", "mia"])
      members.set(name, server.discord.member(name));
  });
  afterAll(async () => {
    expect(server.discord.refusals).toEqual([]);
    expect(server.discord.pings).toEqual([]);
    expect(server.log.errors).toEqual([]);
    await server.stop();
  });

  it("begins with an admin who sets the channel up; nobody else may", async () => {
    const refused = await server.discord.member("sam").forge(daily, 2, {
      id: "1",
      name: "settings",
      type: 1,
      options: [{ name: "time", type: 3, value: "03:00" }],
    });
    expect((await refused.reply()).text).toContain("for admins");
    const wanted = { time: "9:00", zone: "Shanghai", weekdays: "1-5", language: "en", on: true };
    const panel = await (await member("ann").slash(daily, "settings", wanted)).reply();
    expect(panel.ephemeral).toBe(true);
    expect(panel.text).toContain("Asia/Shanghai");
  });

  it("has its question at nine, which says until when and that nobody has answered", async () => {
    await server.passTime(29 * MINUTE_MS);
    expect(inChannel("sam")).toBe("");
    await server.passTime(MINUTE_MS);
    post = await member("sam").waitFor(daily, ({ author, ephemeral }) => author === "bot" && !ephemeral);
    expect(post.text).toContain("catastrophic forgetting");
    expect(post.text).toContain(`<t:${Date.UTC(2026, 10, 26, 1) / 1000}:R>`);
    expect(post.text).toContain("No answers yet");
  });

  it("shows whoever answers in Chinese their own words as evidence, in Chinese", async () => {
    const reply = await answer("lin", goodChinese);
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain("新任务的梯度把旧权重覆盖了");
    expect(reply.text).toMatch(/连续/);
  });

  it("shows whoever answers in English what is missing, and takes an answer that is offered for the reveal", async () => {
    const reply = await answer("sam", goodEnglish);
    expect(reply.text).toContain("New gradients overwrite the old weights");
    expect(reply.text).toContain("1 day");
    const offered = await member("sam").press(reply, "Show this answer, with my name");
    expect((await offered.first()).kind).toBe("message");
  });

  it("gives nothing for words without content", async () => {
    const reply = await answer("jun", junk);
    expect(reply.text).toContain("Score 0 / 100");
    expect(reply.text).toContain("0 days");
  });

  it("says which claim may be the wrong way round", async () => {
    const reply = await answer("kit", wrongWayRound);
    expect(reply.text).toContain("May be the wrong way round");
    expect(reply.text).toContain("LoRA only makes it worse");
  });

  it("does not count a copy of somebody else's answer", async () => {
    const reply = await answer("mia", goodEnglish);
    expect(reply.text).toContain("0 days");
  });

  it("shows in the channel how many have answered, and nothing of what they wrote", async () => {
    await server.passTime(10_000);
    await server.discord.until("all are counted", () => inChannel("ann").includes("5 members"));
    for (const words of ["梯度", "New gradients", "LoRA only", "no idea"])
      expect(inChannel("ann")).not.toContain(words);
  });

  it("answers look-ups on the way, for the one who asks", async () => {
    const estimate = await member("kit").slash(daily, "vram", { model: "qwen2.5-7b", method: "qlora" });
    const fits = await estimate.reply();
    expect(fits.text).toContain("Qwen2.5-7B");
    expect(fits.attachments.map(({ alt }) => alt).join()).toContain("GPU memory");
    const diagnosis = await (await member("jun").slash(daily, "oom", { text: traceback })).reply();
    expect(diagnosis.text).toContain("2.87");
    expect(inChannel("ann")).not.toContain("Qwen");
  });

  it("closes when the next question comes, and ten minutes later a thread reveals everything", async () => {
    await server.passTime(23 * HOUR_MS);
    await server.passTime(HOUR_MS);
    await server.passTime(11 * MINUTE_MS);
    const [thread] = daily.threads();
    if (thread === undefined) throw new Error("there is no thread");
    const revealed = member("ann").sees(thread);
    const text = revealed.map((message) => message.text).join("\n");
    expect(thread.id).toBe(post.id);
    expect(text).toContain("All key points");
    expect(text).toContain("A model answer");
    // Only what was offered, and only by whom offered it.
    expect(text).toContain("New gradients overwrite the old weights");
    expect(text).toContain(`<@${member("sam").id}>`);
    expect(text).not.toContain("新任务的梯度");
    for (const name of ["lin", "jun", "kit", "mia"]) expect(text).not.toContain(member(name).id);
    expect(text).toContain("3 members earned the day");
  });

  it("leaves the old post without an answer button, and asks the next question", () => {
    const [old, next] = member("ann")
      .sees(daily)
      .filter(({ ephemeral }) => !ephemeral);
    expect(old?.text).toContain("is closed");
    expect(JSON.stringify(old?.components)).not.toContain('\\"answer\\"');
    expect(next?.text).toContain("Today's question");
  });

  it("takes no more answers to yesterday's question by a form that was never opened in time", async () => {
    const forged = await member("jun").forge(
      daily,
      3,
      {
        component_type: 2,
        custom_id: JSON.stringify([
          "run",
          "answer",
          { round: `2026-11-25@${daily.id}`, text: "replay old data" },
        ]),
      },
      post,
    );
    expect((await forged.reply()).text).toMatch(/closed|late/i);
  });

  it("ends with streaks that say why", async () => {
    const streak = async (name: string, why: boolean): Promise<string> =>
      (await (await member(name).slash(daily, "streak", { why })).reply()).text;
    expect(await streak("sam", true)).toContain("1 day");
    expect(await streak("lin", false)).toContain("1");
    expect(await streak("jun", false)).toContain("0 days");
  });
});
