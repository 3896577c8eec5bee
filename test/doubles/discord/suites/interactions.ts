import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { instantSchema } from "#core/ids";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { DiscordDouble, Interaction } from "#test/doubles/discord/handles";
import { call, identified } from "#test/doubles/discord/raw-client";

describe("interactions of the Discord double", () => {
  const GUILDS = 1;
  const row = (...components: readonly object[]) => ({ type: 1, components });
  const press = { type: 2, style: 1, label: "Answer", custom_id: "answer" };
  const form = {
    type: 9,
    data: {
      title: "Your answer",
      custom_id: "form",
      components: [
        row({ type: 4, style: 2, custom_id: "text", label: "Answer", min_length: 2, max_length: 10 }),
      ],
    },
  };

  let now = Date.UTC(2026, 10, 26, 9);
  let discord: DiscordDouble;

  beforeAll(async () => {
    discord = await startDiscordDouble({ clock: { now: () => instantSchema.parse(now) } });
    const commands = [
      {
        name: "vram",
        description: "d",
        options: [{ type: 3, name: "model", description: "d", autocomplete: true }],
      },
      { type: 3, name: "Diagnose this log" },
    ];
    await call(discord, "PUT", `/applications/${discord.applicationId}/commands`, commands);
    await identified(discord, GUILDS);
  });
  afterAll(() => discord.stop());
  afterEach(() => {
    now += 3_600_000;
  });

  const asked = () => discord.member("ann").slash(discord.channel("daily"), "vram", { model: "q" });
  const answer = ({ id, token }: Interaction, body: object, query = "") =>
    call(discord, "POST", `/interactions/${id}/${token}/callback${query}`, body, {});
  const hook = (method: string, { token }: Interaction, rest: string, body?: object) =>
    call(discord, method, `/webhooks/${discord.applicationId}/${token}${rest}`, body, {});
  const said = (content: string, flags = 0) => ({ type: 4, data: { content, flags } });
  const deferred = (flags = 0) => ({ type: 5, data: { flags } });
  const refused = (status: number, code: number) =>
    expect.objectContaining({ status, body: expect.objectContaining({ code }) });

  describe("the first response to an interaction", () => {
    it("is taken until 3 s have passed, and then the interaction is unknown", async () => {
      const inTime = await asked();
      now += 3000;
      expect((await answer(inTime, said("in time"))).status).toBe(204);
      const late = await asked();
      now += 3001;
      expect(await answer(late, said("late"))).toEqual(refused(404, 10062));
      expect(late.failed).toBe(true);
      await expect(late.first()).rejects.toThrow("did not respond");
      expect(await hook("POST", late, "", { content: "x" })).toEqual(refused(401, 50027));
    });

    it("comes too late where the interaction itself was delivered late", async () => {
      discord.faults.lateInteraction();
      expect(await answer(await asked(), deferred())).toEqual(refused(404, 10062));
    });

    it("is one: of two at the same instant the second is told so", async () => {
      const one = await asked();
      const both = await Promise.all([answer(one, said("a")), answer(one, said("b"))]);
      expect(both.map(({ status }) => status).toSorted()).toEqual([204, 400]);
      expect(both).toContainEqual(refused(400, 40060));
      expect(
        discord
          .member("bo")
          .sees(discord.channel("daily"))
          .filter(({ content }) => /^[ab]$/.test(content)),
      ).toHaveLength(1);
    });

    it("cannot be a form after a deferral, nor to a form", async () => {
      const one = await asked();
      await answer(one, deferred(64));
      expect(await answer(one, form)).toEqual(refused(400, 40060));
      const two = await asked();
      await answer(two, form);
      const sent = await (await two.form()).submit({ text: "hello" });
      expect(await answer(sent, form)).toEqual(refused(400, 50035));
      expect((await answer(sent, said("thanks"))).status).toBe(204);
    });

    it("cannot be of a kind that the interaction does not take", async () => {
      expect(await answer(await asked(), { type: 7, data: { content: "x" } })).toEqual(refused(400, 50035));
      expect(await answer(await asked(), { type: 8, data: { choices: [] } })).toEqual(refused(400, 50035));
      const typing = await discord.member("ann").type(discord.channel("daily"), "vram", "model", "qw");
      expect(await answer(typing, said("x"))).toEqual(refused(400, 50035));
      expect(
        (await answer(typing, { type: 8, data: { choices: [{ name: "Qwen", value: "qwen" }] } })).status,
      ).toBe(204);
      expect(await typing.choices()).toEqual([{ name: "Qwen", value: "qwen" }]);
    });

    it("cannot be empty, nor longer than Discord takes, and the member can still be answered", async () => {
      const one = await asked();
      expect(await answer(one, said(" "))).toEqual(refused(400, 50006));
      expect(await answer(one, said("x".repeat(2001)))).toEqual(refused(400, 50035));
      expect((await answer(one, said("x".repeat(2000)))).status).toBe(204);
    });

    it("is for the token of the interaction alone", async () => {
      const one = await asked();
      expect(await answer({ ...one, token: "forged" }, said("x"))).toEqual(refused(404, 10062));
    });

    it("brings the message back where it is asked for", async () => {
      const { status, body } = await answer(await asked(), said("hello", 64), "?with_response=true");
      expect(status).toBe(200);
      expect(body.resource).toMatchObject({ type: 4, message: { content: "hello", flags: 64 } });
    });
  });

  describe("an ephemeral reply", () => {
    it("stays what its deferral made it, whatever later edits and follow-ups say", async () => {
      const one = await asked();
      await answer(one, deferred(64));
      expect(one.now()).toMatchObject({ thinking: true, ephemeral: true });
      await hook("PATCH", one, "/messages/@original", { content: "private score" });
      const public1 = await asked();
      await answer(public1, deferred());
      await hook("POST", public1, "", { content: "fills the public reply", flags: 64 });
      expect(await one.reply()).toMatchObject({ content: "private score", ephemeral: true });
      expect(await public1.reply()).toMatchObject({ content: "fills the public reply", ephemeral: false });
      expect(public1.followUps()).toEqual([]);
    });

    it("is seen by its member and nobody else, nor by the HTTP API of channels", async () => {
      const daily = discord.channel("daily");
      const one = await asked();
      await answer(one, said("only for ann", 64));
      const { id } = await one.reply();
      const contents = (name: string) =>
        discord
          .member(name)
          .sees(daily)
          .map(({ content }) => content);
      expect(contents("ann")).toContain("only for ann");
      expect(contents("bo")).not.toContain("only for ann");
      expect(await call(discord, "GET", `/channels/${daily.id}/messages/${id}`)).toEqual(refused(404, 10008));
      const { body } = await call(discord, "GET", `/channels/${daily.id}/messages`);
      expect(JSON.stringify(body)).not.toContain("only for ann");
      await expect(discord.member("bo").press(await one.reply(), "Answer")).rejects.toThrow("does not see");
    });

    it("cannot be turned public by an edit", async () => {
      const one = await asked();
      await answer(one, said("private", 64));
      await hook("PATCH", one, "/messages/@original", { content: "still private", flags: 0 });
      expect((await one.reply()).ephemeral).toBe(true);
    });
  });

  describe("an interaction's token", () => {
    it("serves edits and follow-ups for 15 minutes and not a moment longer", async () => {
      const one = await asked();
      await answer(one, said("first"));
      now += 899_999;
      expect((await hook("PATCH", one, "/messages/@original", { content: "second" })).status).toBe(200);
      expect((await hook("POST", one, "", { content: "more" })).status).toBe(200);
      now += 1;
      expect(await hook("PATCH", one, "/messages/@original", { content: "third" })).toEqual(
        refused(401, 50027),
      );
      expect(await hook("POST", one, "", { content: "too late" })).toEqual(refused(401, 50027));
      expect((await one.reply()).content).toBe("second");
    });

    it("opens nothing before the first response", async () => {
      const one = await asked();
      expect(await hook("POST", one, "", { content: "early" })).toEqual(refused(404, 10015));
      expect(await hook("PATCH", one, "/messages/@original", { content: "early" })).toEqual(
        refused(404, 10015),
      );
    });

    it("reaches no message of another interaction's", async () => {
      const [mine, other] = [await asked(), await asked()];
      await answer(mine, said("mine"));
      await answer(other, said("other"));
      const { id } = await other.reply();
      expect(await hook("PATCH", mine, `/messages/${id}`, { content: "x" })).toEqual(refused(404, 10008));
    });

    it("finds no message that was deleted", async () => {
      const one = await asked();
      await answer(one, said("soon gone"));
      await discord.channel("daily").deleteMessage(await one.reply());
      expect(await hook("PATCH", one, "/messages/@original", { content: "x" })).toEqual(refused(404, 10008));
    });
  });

  describe("a button", () => {
    it("changes its message, or says nothing and changes it later", async () => {
      const [ann, daily] = [discord.member("ann"), discord.channel("daily")];
      const one = await asked();
      await answer(one, { type: 4, data: { content: "0 answered", components: [row(press)] } });
      const updated = await ann.press(await one.reply(), "Answer");
      expect((await answer(updated, { type: 7, data: { content: "1 answered" } })).status).toBe(204);
      expect(await updated.reply()).toMatchObject({ content: "1 answered", edits: 1 });
      const quiet = await ann.press(await one.reply(), "answer");
      await answer(quiet, { type: 6 });
      await hook("PATCH", quiet, "/messages/@original", { content: "2 answered" });
      expect((await quiet.reply()).content).toBe("2 answered");
      const pressed = await ann.press(await one.reply(), "Answer");
      await daily.deleteMessage(await one.reply());
      expect(await answer(pressed, { type: 7, data: { content: "x" } })).toEqual(refused(404, 10008));
    });

    it("opens a form that takes only what Discord's own client would send", async () => {
      const one = await asked();
      await answer(one, form);
      const open = await one.form();
      expect(open.fields).toMatchObject([{ label: "Answer", required: true, maxLength: 10 }]);
      await expect(open.submit({})).rejects.toThrow("needs Answer");
      await expect(open.submit({ text: "x" })).rejects.toThrow("at least 2");
      await expect(open.submit({ text: "x".repeat(11) })).rejects.toThrow("at most 10");
      await expect(open.submit({ other: "xx" })).rejects.toThrow("no field other");
      expect((await answer(await open.submit({ Answer: "xx" }), said("ok"))).status).toBe(204);
    });
  });
});
