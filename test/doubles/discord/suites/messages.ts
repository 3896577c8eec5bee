import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { DiscordDouble } from "#test/doubles/discord/handles";
import { call } from "#test/doubles/discord/raw-client";

describe("messages of the Discord double", () => {
  let discord: DiscordDouble;
  let daily: string;

  beforeAll(async () => {
    discord = await startDiscordDouble({
      guilds: [{ name: "team", channels: ["daily", "other", "doomed"], members: [{ name: "ann" }] }],
    });
    daily = discord.channel("daily").id;
  });
  afterAll(() => discord.stop());

  const post = (body: unknown, channel = daily) =>
    call(discord, "POST", `/channels/${channel}/messages`, body);
  const refused = (status: number, code: number) =>
    expect.objectContaining({ status, body: expect.objectContaining({ code }) });
  const withFile = (body: object, bytes: Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    form.append("payload_json", JSON.stringify(body));
    form.append("files[0]", new Blob([bytes], { type: "image/png" }), "chart.png");
    return form;
  };

  describe("a post", () => {
    it("is refused where it is too long, empty or malformed, and nothing appears", async () => {
      expect(await post({ content: "x".repeat(2001) })).toEqual(refused(400, 50035));
      expect(await post({ content: "" })).toEqual(refused(400, 50006));
      expect(await post({ content: "x", flags: 64 })).toEqual(refused(400, 50035));
      expect(await post([])).toEqual(refused(400, 50035));
      expect(discord.member("ann").sees({ id: daily })).toEqual([]);
      expect(discord.refusals).toHaveLength(4);
    });

    it("keeps its files, served from the host of attachments with their texts", async () => {
      const bytes = new Uint8Array([137, 80, 78, 71]);
      const body = { content: "chart", attachments: [{ id: 0, description: "a calendar" }] };
      expect((await post(withFile(body, bytes))).status).toBe(200);
      const seen = discord.member("ann").sees({ id: daily }).at(-1);
      expect(seen?.attachments).toMatchObject([
        { name: "chart.png", alt: "a calendar", contentType: "image/png" },
      ]);
      const served = await fetch(seen?.attachments[0]?.url ?? "");
      expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes);
      expect(discord.cdnBytes).toBe(4);
    });

    it("loses on an edit the files that the edit does not keep", async () => {
      const { body } = await post(withFile({ content: "chart" }, new Uint8Array([1])));
      const path = `/channels/${daily}/messages/${body.id}`;
      const kept = await call(discord, "PATCH", path, { content: "words" });
      expect(kept.body.attachments).toHaveLength(1);
      const dropped = await call(discord, "PATCH", path, { attachments: [] });
      expect(dropped.body.attachments).toEqual([]);
    });

    it("is refused above 25 MiB before anything in it is read", async () => {
      const response = await fetch(`${discord.api}/v10/channels/${daily}/messages`, {
        method: "POST",
        headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json" },
        body: Buffer.alloc(26_214_401, "x"),
      });
      expect([response.status, await response.json()]).toMatchObject([413, { code: 40005 }]);
    });

    it("is found again by the API, edited and deleted, and unknown afterwards", async () => {
      const { body } = await post({ content: "first" });
      const path = `/channels/${daily}/messages/${body.id}`;
      expect((await call(discord, "PATCH", path, { content: "second" })).status).toBe(200);
      expect((await call(discord, "GET", path)).body.content).toBe("second");
      expect((await call(discord, "GET", `/channels/${daily}/messages?limit=1`)).body.list).toMatchObject([
        { id: body.id, content: "second" },
      ]);
      expect((await call(discord, "DELETE", path)).status).toBe(204);
      for (const method of ["GET", "DELETE"])
        expect(await call(discord, method, path)).toEqual(refused(404, 10008));
      expect(await call(discord, "PATCH", path, { content: "x" })).toEqual(refused(404, 10008));
    });

    it("of a member's is not the bot's to edit, and its words are hidden from the API too", async () => {
      const { id } = await discord.member("ann").say({ id: daily }, "my own words");
      const path = `/channels/${daily}/messages/${id}`;
      expect(await call(discord, "PATCH", path, { content: "x" })).toEqual(refused(403, 50005));
      expect(await call(discord, "DELETE", path)).toEqual(refused(403, 50013));
      expect((await call(discord, "GET", path)).body.content).toBe("");
    });

    it("rings only those whom it mentions and whom allowed_mentions lets it ring", async () => {
      const { id } = discord.member("ann");
      const content = `@everyone <@${id}> <@&9> `;
      const rung = async (allowed: object) => {
        const before = discord.pings.length;
        await post({ content, ...allowed });
        return discord.pings.slice(before).map(({ everyone, users, roles }) => ({ everyone, users, roles }));
      };
      expect(await rung({ allowed_mentions: { parse: [] } })).toEqual([]);
      expect(await rung({})).toEqual([{ everyone: true, users: [id], roles: ["9"] }]);
      expect(await rung({ allowed_mentions: { users: [id] } })).toEqual([
        { everyone: false, users: [id], roles: [] },
      ]);
    });
  });

  describe("a thread", () => {
    it("has the id of the message it hangs on, and only one", async () => {
      const { body } = await post({ content: "question" });
      const path = `/channels/${daily}/messages/${body.id}/threads`;
      expect(await call(discord, "POST", path, { name: "x".repeat(101) })).toEqual(refused(400, 50035));
      expect(await call(discord, "POST", path, { name: "reveal" })).toMatchObject({
        status: 201,
        body: { id: body.id, type: 11 },
      });
      expect(await call(discord, "POST", path, { name: "reveal" })).toEqual(refused(400, 160004));
      expect((await post({ content: "key points" }, String(body.id))).status).toBe(200);
      expect(discord.channel("daily").threads()).toMatchObject([{ name: "reveal", parentId: daily }]);
      expect(discord.member("ann").sees({ id: String(body.id) })).toMatchObject([{ content: "key points" }]);
    });

    const openThread = async (name: string): Promise<string> => {
      const { body } = await post({ content: "question" });
      await call(discord, "POST", `/channels/${daily}/messages/${body.id}/threads`, { name });
      return String(body.id);
    };
    const edit = (thread: string, message: unknown) =>
      call(discord, "PATCH", `/channels/${thread}/messages/${message}`, { content: "y" });

    it("is woken by a post once it is archived; what stands in it is not edited before that", async () => {
      const thread = await openThread("asleep");
      const { body } = await post({ content: "x" }, thread);
      await call(discord, "PATCH", `/channels/${thread}`, { archived: true });
      expect(await edit(thread, body.id)).toEqual(refused(400, 50083));
      expect((await post({ content: "x" }, thread)).status).toBe(200);
      expect((await edit(thread, body.id)).status).toBe(200);
    });

    it("takes nothing and stays as it is once a moderator has locked it", async () => {
      const thread = await openThread("locked");
      discord.channel("daily").threads().at(-1)?.archive({ locked: true });
      expect(await post({ content: "x" }, thread)).toEqual(refused(403, 160005));
      expect(await call(discord, "PATCH", `/channels/${thread}`, { archived: false })).toEqual(
        refused(403, 50013),
      );
    });

    it("is unknown once it was deleted", async () => {
      const thread = await openThread("gone");
      await discord.channel("daily").threads().at(-1)?.delete();
      expect(await post({ content: "x" }, thread)).toEqual(refused(404, 10003));
    });
  });

  describe("who may do what", () => {
    it("is asked for per channel: a post, its files and embeds, a thread, the history", async () => {
      const channel = discord.channel("other");
      const file = () => withFile({ content: "x" }, new Uint8Array([1]));
      const starter = String((await post({ content: "x" }, channel.id)).body.id);
      const start = () =>
        call(discord, "POST", `/channels/${channel.id}/messages/${starter}/threads`, { name: "t" });
      const cases = [
        ["SendMessages", () => post({ content: "x" }, channel.id)],
        ["AttachFiles", () => post(file(), channel.id)],
        ["EmbedLinks", () => post({ embeds: [{ title: "t" }] }, channel.id)],
        ["CreatePublicThreads", start],
        ["ReadMessageHistory", () => call(discord, "GET", `/channels/${channel.id}/messages`)],
      ] as const;
      for (const [permission, request] of cases) {
        await channel.deny(permission);
        expect(await request()).toEqual(refused(403, 50013));
        await channel.allow(permission);
        expect((await request()).status, permission).toBeLessThan(300);
      }
      await channel.deny("SendMessagesInThreads");
      expect(await post({ content: "x" }, starter)).toEqual(refused(403, 50013));
    });

    it("ends where a channel is hidden, deleted, or its guild left", async () => {
      const channel = discord.channel("doomed");
      await channel.deny("ViewChannel");
      expect(await post({ content: "x" }, channel.id)).toEqual(refused(403, 50001));
      await channel.allow("ViewChannel");
      await discord.guild().removeBot();
      expect(await post({ content: "x" }, channel.id)).toEqual(refused(403, 50001));
      await discord.guild().inviteBot();
      expect((await post({ content: "x" }, channel.id)).status).toBe(200);
      await channel.delete();
      expect(await post({ content: "x" }, channel.id)).toEqual(refused(404, 10003));
      expect(await call(discord, "GET", `/channels/${channel.id}`)).toEqual(refused(404, 10003));
    });

    it("lets the bot write to a member who takes direct messages", async () => {
      const ann = discord.member("ann");
      const opened = await call(discord, "POST", "/users/@me/channels", { recipient_id: ann.id });
      expect(opened.body).toMatchObject({ id: ann.direct.id, type: 1, recipients: [{ username: "ann" }] });
      expect((await post({ content: "hello" }, ann.direct.id)).status).toBe(200);
      ann.closeDirect(true);
      expect(await post({ content: "hello" }, ann.direct.id)).toEqual(refused(403, 50007));
    });

    it("needs the bot's token", async () => {
      for (const headers of [{}, { authorization: "Bot other" }, { authorization: discord.token }])
        expect(
          await call(discord, "GET", "/users/@me", undefined, headers as Record<string, string>),
        ).toMatchObject({ status: 401 });
    });
  });
});
