import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Request } from "#core/request";
import type { Channel, Member } from "#test/doubles/discord/handles";
import { type DiscordServer, openDiscordServer } from "./discord-server.ts";

const answer = "New gradients overwrite the old weights. I would mix some old data into the training set.";

describe("A member on Discord", () => {
  let server: DiscordServer;
  let ann: Member;
  let bo: Member;
  let daily: Channel;
  let other: Channel;
  const requests: Request[] = [];

  beforeAll(async () => {
    server = await openDiscordServer({
      startsAt: Date.UTC(2026, 10, 25, 0, 59),
      double: {
        guilds: [
          {
            name: "team",
            channels: ["daily", "lounge"],
            members: [{ name: "ann", admin: true, locale: "zh-TW" }, { name: "bo" }],
          },
        ],
      },
      dispatch: (dispatch) => (request) => {
        requests.push(request);
        return dispatch(request);
      },
    });
    ann = server.discord.member("ann");
    bo = server.discord.member("bo");
    daily = server.discord.channel("daily");
    other = server.discord.channel("lounge");
    const settings = { time: "09:00", zone: "Asia/Shanghai", language: "en", on: true };
    await (await ann.slash(daily, "settings", settings)).reply();
    await server.passTime(60_000);
  });
  afterAll(async () => {
    expect(server.discord.refusals).toEqual([]);
    expect(server.discord.pings).toEqual([]);
    expect(server.log.errors).toEqual([]);
    await server.stop();
  });

  const last = (): Request | undefined => requests.at(-1);

  it("is answered with a message that nobody else sees", async () => {
    const asked = await bo.slash(daily, "streak", { why: true });
    const reply = await asked.reply();
    expect(reply.ephemeral).toBe(true);
    expect(ann.sees(daily).map(({ id }) => id)).not.toContain(reply.id);
    expect(last()).toMatchObject({
      tenant: server.tenant,
      channel: daily.id,
      member: bo.id,
      role: "member",
      locale: "en",
      command: "streak",
      input: { kind: "typed", options: { why: true } },
      submission: asked.id,
      sentAt: asked.at,
    });
  });

  it("reads Chinese whose Discord speaks Chinese, also that of Taiwan", async () => {
    const asked = await ann.slash(daily, "help");
    expect((await asked.reply()).text).toContain("连续天数");
    expect(last()).toMatchObject({ locale: "zh", role: "admin" });
  });

  it("types options that Discord has typed already", async () => {
    const asked = await bo.slash(daily, "vram", {
      model: "qwen2.5-7b",
      method: "qlora",
      batch: 4,
      seq: 2048,
    });
    expect((await asked.reply()).text).toContain("Qwen2.5-7B");
    expect(last()?.input).toMatchObject({ options: { method: "qlora", batch: 4, seq: 2048 } });
  });

  it("is offered models, questions and cities while typing", async () => {
    const models = await (await bo.type(daily, "vram", "model", "qwen2.5")).choices();
    expect(models.map(({ value }) => value).join()).toMatch(/qwen2\.5/i);
    const cities = await (await ann.type(daily, "settings", "zone", "上海")).choices();
    expect(cities.map(({ value }) => value)).toContain("Asia/Shanghai");
  });

  it("gets the form at once, from the daily post or by /answer, and its answer is private", async () => {
    const post = await bo.waitFor(daily, ({ author, ephemeral }) => author === "bot" && !ephemeral);
    const pressed = await bo.press(post, "Answer");
    expect((await pressed.first()).kind).toBe("form");
    const sent = await (await pressed.form()).submit({ text: answer });
    const reply = await sent.reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain("mix some old data");
    expect(last()?.input).toMatchObject({ options: { text: answer, opened: pressed.at } });
    expect(
      ann
        .sees(daily)
        .map(({ text }) => text)
        .join(),
    ).not.toContain("mix some old data");

    const asked = await bo.slash(daily, "answer");
    expect((await asked.first()).kind).toBe("form");
  });

  it("answers the channel's round from elsewhere in the server", async () => {
    const asked = await bo.slash(other, "quiz");
    expect((await asked.reply()).text).toContain("Today's question");
    expect(last()?.channel).toBe(daily.id);
  });

  it("has a pasted traceback diagnosed from the message's own menu", async () => {
    const log =
      "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.87 GiB. GPU 0 has a total capacity of 23.65 GiB of which 140.38 MiB is free.";
    const message = await ann.say(daily, log);
    const asked = await bo.apply("Diagnose this log", message);
    expect((await asked.reply()).text).toContain("2.87");
    expect(last()).toMatchObject({ command: "oom", input: { options: { text: log } } });
  });

  it("attaches a log to /oom, whichever encoding its machine wrote it in", async () => {
    const log = "CUDA out of memory. Tried to allocate 768.00 MiB. 显存不足";
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(log, "utf16le")]);
    for (const bytes of [Buffer.from(log), utf16]) {
      const asked = await bo.slash(daily, "oom", { file: { name: "run.log", bytes } });
      await asked.reply();
      expect(last()?.input).toMatchObject({ options: { text: log } });
    }
  });

  it("is told why a file is not read", async () => {
    const large = await bo.slash(daily, "oom", {
      file: { name: "big.log", bytes: Buffer.alloc(1_200_000, "x") },
    });
    expect((await large.reply()).text).toContain("larger than I read");
    const picture = await bo.slash(daily, "oom", {
      file: { name: "shot.png", bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]) },
    });
    expect((await picture.reply()).text).toContain("not a text file");
  });

  it("reads no more of a file than the limit, whatever size was declared", async () => {
    const before = server.discord.cdnBytes;
    async function* endless() {
      for (let chunk = 0; chunk < 1000; chunk += 1) yield Buffer.alloc(100_000, "x");
    }
    const asked = await bo.slash(daily, "oom", { file: { name: "a.log", bytes: endless, size: 1000 } });
    expect((await asked.reply()).text).toContain("larger than I read");
    expect(server.discord.cdnBytes - before).toBeLessThan(8_000_000);
  });

  it("asks by mentioning the bot, and reads what is private alone", async () => {
    await bo.say(daily, `<@${server.discord.applicationId}> /streak`);
    const direct = await bo.waitFor(bo.direct, ({ author }) => author === "bot");
    expect(direct.text).toContain("streak");
    const notice = await ann.waitFor(daily, ({ text }) => text.includes("direct message"));
    expect(notice.text).not.toContain("days");
  });

  it("answers by a direct message, for the server where they study", async () => {
    await bo.say(bo.direct, `${answer} EWC penalises drift of important weights.`);
    await bo.waitFor(bo.direct, ({ text }) => text.includes("Score"));
    expect(last()).toMatchObject({ command: "answer", tenant: server.tenant, channel: daily.id });
  });

  it("is told by a direct message from nowhere where to begin", async () => {
    const guest = await server.discord.guild().addMember({ name: "guest" });
    await guest.say(guest.direct, "hello");
    const reply = await guest.waitFor(guest.direct, ({ author }) => author === "bot");
    expect(reply.text).toContain("in which server you study");
  });

  it("may not do by a forged id what they may not do", async () => {
    const id = JSON.stringify(["run", "settings", { time: "03:00" }]);
    const forged = await bo.forge(daily, 3, { custom_id: id, component_type: 2 }, bo.sees(daily)[0]);
    expect((await forged.reply()).text).toContain("for admins");
    const rubbish = await bo.forge(
      daily,
      3,
      { custom_id: "x".repeat(100), component_type: 2 },
      bo.sees(daily)[0],
    );
    expect((await rubbish.reply()).text).toContain("no longer known");
  });
});
