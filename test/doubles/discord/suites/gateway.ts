import { GatewayIntentBits } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { DiscordDouble, DoubleOptions } from "#test/doubles/discord/handles";
import { call, identified, openSocket } from "#test/doubles/discord/raw-client";

describe("the gateway of the Discord double", () => {
  const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;

  let discord: DiscordDouble;
  afterEach(() => discord.stop());

  async function open(options: DoubleOptions = {}): Promise<void> {
    discord = await startDiscordDouble(options);
  }

  const register = () =>
    call(discord, "PUT", `/applications/${discord.applicationId}/commands`, [
      { name: "vram", description: "d" },
    ]);
  const messagesOf = ({ frames }: Awaited<ReturnType<typeof openSocket>>) =>
    frames.filter(({ t }) => t === "MESSAGE_CREATE").map(({ d }) => d.content);

  describe("the gateway", () => {
    it("tells a session only what its intents ask for, and blanks what it may not read", async () => {
      await open({ privileged: ["MessageContent"] });
      const guilds = await identified(discord, Guilds);
      const plain = await identified(discord, Guilds | GuildMessages | DirectMessages);
      const reading = await identified(discord, Guilds | GuildMessages | MessageContent);
      await guilds.take(0, "GUILD_CREATE");
      const [ann, daily] = [discord.member("ann"), discord.channel("daily")];
      await ann.say(daily, "nobody's business", { files: [{ name: "run.log", bytes: Buffer.from("x") }] });
      await ann.say(daily, `<@${discord.applicationId}> for the bot`);
      await ann.say(ann.direct, "between us");
      await call(discord, "POST", `/channels/${daily.id}/messages`, { content: "the bot's own" });
      await plain.take(0, "MESSAGE_CREATE");
      const mention = `<@${discord.applicationId}> for the bot`;
      expect(messagesOf(plain)).toEqual(["", mention, "between us", "the bot's own"]);
      expect(plain.frames.find(({ t }) => t === "MESSAGE_CREATE")?.d.attachments).toEqual([]);
      expect(messagesOf(reading)).toEqual(["nobody's business", mention, "the bot's own"]);
      expect(messagesOf(guilds)).toEqual([]);
    });

    it("turns away a wrong token, unknown and privileged intents, and a shard that cannot be", async () => {
      await open();
      const closing = async (frame: object) => {
        const socket = await openSocket(discord);
        socket.send(frame);
        return socket.closed;
      };
      const identify = (d: object) =>
        closing({ op: 2, d: { token: discord.token, intents: 1, properties: {}, ...d } });
      expect(await identify({ token: "other" })).toBe(4004);
      expect(await identify({ intents: 1 << 30 })).toBe(4013);
      expect(await identify({ intents: MessageContent })).toBe(4014);
      expect(await identify({ shard: [2, 2] })).toBe(4010);
      expect(await closing({ op: 3, d: {} })).toBe(4003);
      expect(await closing({ op: 99 })).toBe(4001);
      expect(await closing({ op: 1, d: "x".repeat(5000) })).toBe(4002);
      const twice = await identified(discord, 1);
      twice.send({ op: 2, d: {} });
      expect(await twice.closed).toBe(4005);
    });

    it("gives each shard the guilds and interactions that are its own", async () => {
      const guilds = ["one", "two", "three", "four"].map((name) => ({
        name,
        channels: ["daily"],
        members: [{ name: "ann" }],
      }));
      let at = Date.UTC(2026, 0, 1);
      await open({ guilds, clock: { now: () => at++ } });
      await register();
      const shards = await Promise.all([0, 1].map((shard) => identified(discord, Guilds, [shard, 2])));
      for (const { name } of guilds) {
        const guild = discord.guild(name);
        await guild.member("ann").slash(guild.channel("daily"), "vram");
      }
      const shardOf = (id: unknown) => Number((BigInt(String(id)) >> 22n) % 2n);
      for (const [shard, socket] of shards.entries()) {
        const own = guilds.map(({ name }) => discord.guild(name).id).filter((id) => shardOf(id) === shard);
        for (const _guild of own) await socket.take(0, "INTERACTION_CREATE");
        expect(socket.frames.filter(({ t }) => t === "GUILD_CREATE").map(({ d }) => d.id)).toEqual(own);
        expect(
          socket.frames.filter(({ t }) => t === "INTERACTION_CREATE").map(({ d }) => d.guild_id),
        ).toEqual(own);
      }
    });

    it("replays on a resume what was missed, and at a test's order more than that", async () => {
      await open();
      await register();
      const [ann, daily] = [discord.member("ann"), discord.channel("daily")];
      const before = await identified(discord, Guilds);
      const session_id = before.frames.find(({ t }) => t === "READY")?.d.session_id;
      await before.take(0, "GUILD_CREATE");
      const first = await ann.slash(daily, "vram");
      const { s: seq } = await before.take(0, "INTERACTION_CREATE");
      discord.gateway.kill();
      expect(await before.closed).toBe(1006);
      const missed = await ann.slash(daily, "vram");
      const resume = async (d: object = {}) => {
        const socket = await openSocket(discord);
        socket.send({ op: 6, d: { token: discord.token, session_id, seq, ...d } });
        return socket;
      };
      const ids = ({ frames }: typeof before) =>
        frames.filter(({ t }) => t === "INTERACTION_CREATE").map(({ d }) => d.id);
      const after = await resume();
      await after.take(0, "RESUMED");
      expect(ids(after)).toEqual([missed.id]);
      discord.gateway.replayOnResume(1);
      discord.gateway.kill();
      const again = await resume();
      await again.take(0, "RESUMED");
      expect(ids(again)).toEqual([first.id, missed.id]);
      discord.gateway.kill();
      const ahead = await resume({ seq: 1000 });
      expect(await ahead.closed).toBe(4007);
      const strange = await resume({ session_id: "other" });
      expect((await strange.take(9)).d).toBe(false);
      expect(discord.gateway.resumes).toBe(2);
    });

    it("forgets a session that was invalidated or left for good", async () => {
      await open();
      const leave = async (end: (socket: Awaited<ReturnType<typeof openSocket>>) => void) => {
        const socket = await identified(discord, Guilds);
        const session_id = socket.frames.find(({ t }) => t === "READY")?.d.session_id;
        end(socket);
        if (socket.frames.every(({ op }) => op !== 9)) await Promise.race([socket.closed, socket.take(9)]);
        socket.close();
        const next = await openSocket(discord);
        next.send({ op: 6, d: { token: discord.token, session_id, seq: 1 } });
        await Promise.race([next.take(9), next.take(0, "RESUMED")]);
        return next.frames.at(-1)?.op === 9 ? "gone" : "resumed";
      };
      expect(await leave(() => discord.gateway.invalidate(false))).toBe("gone");
      expect(await leave((socket) => socket.close(1000))).toBe("gone");
      expect(await leave(() => discord.gateway.close(4009))).toBe("gone");
      expect(await leave((socket) => socket.close(4900))).toBe("resumed");
      expect(await leave(() => discord.gateway.close(4000))).toBe("resumed");
    });

    it("takes a resume on the socket that it told of an invalid session", async () => {
      await open();
      const socket = await identified(discord, Guilds);
      const session_id = socket.frames.find(({ t }) => t === "READY")?.d.session_id;
      discord.gateway.invalidate(true);
      expect((await socket.take(9)).d).toBe(true);
      expect(discord.gateway.connected).toBe(0);
      socket.send({ op: 6, d: { token: discord.token, session_id, seq: 1 } });
      await socket.take(0, "RESUMED");
      expect([discord.gateway.connected, discord.gateway.identifies]).toEqual([1, 1]);
    });

    it("asks for a reconnect, acknowledges heartbeats, and in silence does neither", async () => {
      await open({ heartbeatMs: 1234 });
      const socket = await identified(discord, Guilds);
      expect((await socket.take(10)).d).toEqual({ heartbeat_interval: 1234 });
      socket.send({ op: 1, d: null });
      await socket.take(11);
      discord.gateway.reconnect();
      await socket.take(7);
      discord.gateway.silence();
      socket.send({ op: 1, d: null });
      await discord.member("ann").say(discord.channel("daily"), "x");
      const other = await identified(discord, Guilds);
      await other.take(0, "GUILD_CREATE");
      expect(socket.frames.filter(({ op }) => op === 11)).toHaveLength(1);
      expect(discord.gateway.connected).toBe(1);
    });

    it("delivers the same interaction to two clients, and the same event twice, at a test's order", async () => {
      await open();
      await register();
      const [one, two] = await Promise.all([identified(discord, Guilds), identified(discord, Guilds)]);
      const asked = await discord.member("ann").slash(discord.channel("daily"), "vram");
      const tokens = await Promise.all(
        [one, two].map(async (socket) => (await socket.take(0, "INTERACTION_CREATE")).d.token),
      );
      expect(tokens).toEqual([asked.token, asked.token]);
      discord.gateway.redeliver("INTERACTION_CREATE");
      expect((await one.take(0, "INTERACTION_CREATE")).d.id).toBe(asked.id);
    });

    it("says when the bot leaves a guild and comes back, when channels come and go, and of permissions", async () => {
      await open();
      const socket = await identified(discord, Guilds);
      await socket.take(0, "GUILD_CREATE");
      const guild = discord.guild();
      await guild.removeBot();
      expect((await socket.take(0, "GUILD_DELETE")).d).toEqual({ id: guild.id });
      await guild.inviteBot();
      expect((await socket.take(0, "GUILD_CREATE")).d).toMatchObject({
        id: guild.id,
        members: [{ user: { bot: true } }],
      });
      const added = await guild.addChannel("new");
      expect((await socket.take(0, "CHANNEL_CREATE")).d.id).toBe(added.id);
      await added.deny("SendMessages");
      const overwrites = [{ id: discord.applicationId, type: 1, allow: "0", deny: "2048" }];
      expect((await socket.take(0, "CHANNEL_UPDATE")).d).toMatchObject({
        id: added.id,
        permission_overwrites: overwrites,
      });
      await added.delete();
      expect((await socket.take(0, "CHANNEL_DELETE")).d.id).toBe(added.id);
    });
  });
});
