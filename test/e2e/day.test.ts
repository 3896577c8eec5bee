import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DayStage, type MemberOutcome, outcomeOf, type Person } from "./day-stage.ts";
import { openDiscordStage } from "./discord-stage.ts";
import { openSlackStage } from "./slack-stage.ts";

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

const outcomes = new Map<string, Readonly<Record<string, MemberOutcome>>>();

describe.each([
  ["Discord", openDiscordStage],
  ["Slack in Socket Mode", () => openSlackStage("socket")],
  ["Slack over HTTP", () => openSlackStage("http")],
] as const)("A team's day on %s", (platform, open) => {
  let stage: DayStage;
  beforeAll(async () => {
    stage = await open();
  });
  afterAll(() => stage.end());

  it("begins with an admin who sets the channel up; nobody else may", async () => {
    expect(await stage.setUpForged("sam")).toContain("for admins");
    expect(await stage.setUp()).toContain("Asia/Shanghai");
  });

  it("has its question at nine, which says until when and that nobody has answered", async () => {
    await stage.passTime(29 * MINUTE_MS);
    expect(stage.inChannel()).toBe("");
    await stage.passTime(MINUTE_MS);
    const post = await stage.dailyPost();
    expect(post.text).toContain("catastrophic forgetting");
    expect(post.text).toContain(stage.deadline(Date.UTC(2026, 10, 26, 1)));
    expect(post.text).toContain("No answers yet");
    expect(post.takesAnswers).toBe(true);
  });

  it("shows whoever answers in Chinese their own words as evidence, in Chinese", async () => {
    const reply = await stage.answer("lin", goodChinese);
    expect(reply.isPrivate).toBe(true);
    expect(reply.text).toContain("新任务的梯度把旧权重覆盖了");
    expect(reply.text).toMatch(/连续/);
  });

  it("shows whoever answers in English what is missing, and takes an answer that is offered for the reveal", async () => {
    const reply = await stage.answer("sam", goodEnglish);
    expect(reply.text).toContain("New gradients overwrite the old weights");
    expect(reply.text).toContain("1 day");
    expect(await reply.press("Show this answer, with my name")).not.toBe("");
  });

  it("gives nothing for words without content", async () => {
    const { text } = await stage.answer("jun", junk);
    expect(text).toContain("Score 0 / 100");
    expect(text).toContain("0 days");
  });

  it("says which claim may be the wrong way round", async () => {
    const { text } = await stage.answer("kit", wrongWayRound);
    expect(text).toContain("May be the wrong way round");
    expect(text).toContain("LoRA only makes it worse");
  });

  it("does not count a copy of somebody else's answer", async () => {
    expect((await stage.answer("mia", goodEnglish)).text).toContain("0 days");
  });

  it("shows in the channel how many have answered, and nothing of what they wrote", async () => {
    await stage.passTime(10_000);
    await stage.until("all are counted", () => stage.inChannel().includes("5 members"));
    for (const words of ["梯度", "New gradients", "LoRA only", "no idea"])
      expect(stage.inChannel()).not.toContain(words);
  });

  it("answers look-ups on the way, for the one who asks", async () => {
    const fits = await stage.look("kit", "vram", { model: "qwen2.5-7b", method: "qlora" });
    expect(fits.text).toContain("Qwen2.5-7B");
    expect(fits.alts.join()).toContain("GPU memory");
    expect((await stage.look("jun", "oom", { text: traceback })).text).toContain("2.87");
    expect(stage.inChannel()).not.toContain("Qwen");
  });

  it("closes when the next question comes, and ten minutes later a thread reveals everything", async () => {
    await stage.passTime(23 * HOUR_MS);
    await stage.passTime(HOUR_MS);
    await stage.passTime(11 * MINUTE_MS);
    const text = stage.inThread();
    expect(text).toContain("All key points");
    expect(text).toContain("A model answer");
    // Only what was offered, and only by whom offered it.
    expect(text).toContain("New gradients overwrite the old weights");
    expect(text).toContain(stage.nameOf("sam"));
    expect(text).not.toContain("新任务的梯度");
    const others: readonly Person[] = ["lin", "jun", "kit", "mia"];
    for (const person of others) expect(text).not.toMatch(new RegExp(`\\b${stage.idOf(person)}\\b`));
    expect(text).toContain("3 members earned the day");
  });

  it("leaves the old post without an answer button, and asks the next question", () => {
    const [old, next] = stage.posts();
    expect(old?.text).toContain("is closed");
    expect(old?.takesAnswers).toBe(false);
    expect(next?.text).toContain("Today's question");
    expect(next?.takesAnswers).toBe(true);
  });

  it("takes no more answers to yesterday's question by a form that was never opened in time", async () => {
    expect(await stage.answerForged("jun", "replay old data")).toMatch(/closed|late/i);
  });

  it("ends with streaks that say why", async () => {
    const streak = async (person: Person, why: boolean): Promise<string> =>
      (await stage.look(person, "streak", { why })).text;
    expect(await streak("sam", true)).toContain("1 day");
    expect(await streak("lin", false)).toContain("1");
    expect(await streak("jun", false)).toContain("0 days");
    outcomes.set(platform, await outcomeOf(stage));
  });
});

describe("The same day on every platform", () => {
  it("leaves every member with the same scores, verdicts, remarks and days", () => {
    const [first, ...others] = outcomes.values();
    expect(Object.values(first ?? {}).flatMap(({ scores }) => scores).length).toBeGreaterThan(4);
    expect(others).toHaveLength(2);
    for (const other of others) expect(other).toEqual(first);
  });
});
