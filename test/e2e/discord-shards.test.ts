import { afterEach, describe, expect, it } from "vitest";
import { type DiscordServer, openDiscordServer } from "./discord-server.ts";

let server: DiscordServer;
afterEach(() => server.stop());

describe("A bot whose two shards run in two processes", () => {
  it("answers each member once, and by a direct message also those whose server the other process has", async () => {
    const heard: string[] = [];
    server = await openDiscordServer({
      // The server's id, which is made at this instant, belongs to the second shard; direct messages to the first.
      startsAt: Date.UTC(2026, 10, 25, 1, 0, 0, 1),
      shards: { ids: [0], count: 2 },
      dispatch: (dispatch) => (request) => {
        heard.push(`${request.command} ${request.role}`);
        return dispatch(request);
      },
    });
    await server.second({ ids: [1], count: 2 });
    const { discord } = server;
    expect((BigInt(discord.guild().id) >> 22n) % 2n).toBe(1n);
    const ann = discord.member("ann");
    const asked = await ann.slash(discord.channel("daily"), "help");
    await asked.reply();
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(["help admin"]);

    await ann.say(ann.direct, "/help vram");
    await ann.waitFor(ann.direct, ({ text }) => text.includes("/vram"));
    expect(heard).toEqual(["help admin", "help admin"]);
    expect(server.log.errors).toEqual([]);
    expect(discord.refusals).toEqual([]);
  });
});
