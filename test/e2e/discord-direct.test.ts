import { afterEach, describe, expect, it } from "vitest";
import { SeenIn } from "#src/adapters/discord/seen-in";
import { type DiscordServer, openDiscordServer } from "./discord-server.ts";

const team = (name: string) => ({ name, channels: [`${name}-daily`], members: [{ name: `${name}-bo` }] });

let server: DiscordServer;
afterEach(() => server.stop());

describe("Somebody who studies in two servers and writes to the bot directly", () => {
  it("is asked which one is meant, is answered then, and is asked no more", async () => {
    const tenants: string[] = [];
    server = await openDiscordServer({
      double: { guilds: [team("red"), team("blue")] },
      dispatch: (dispatch) => (request) => {
        tenants.push(request.tenant);
        return dispatch(request);
      },
    });
    const { discord, services } = server;
    const [red, blue] = [discord.guild("red"), discord.guild("blue")];
    const bo = red.member("red-bo");
    const seenIn = new SeenIn(services.store, services.clock);
    await seenIn.remember(bo.id, blue.id, blue.channel("blue-daily").id, "en");
    await (await bo.slash(red.channel("red-daily"), "help")).reply();
    await expect.poll(() => seenIn.placesOf(bo.id), { timeout: 10_000 }).toHaveLength(2);

    await bo.say(bo.direct, "/help vram");
    const question = await bo.waitFor(bo.direct, ({ text }) => text.includes("several servers"));
    expect(tenants).toHaveLength(1);
    const chosen = await bo.press(question, "red");
    expect((await chosen.reply()).text).toContain("“red”");
    await bo.waitFor(bo.direct, ({ text }) => text.includes("/vram"));
    await bo.say(bo.direct, "/help oom");
    await bo.waitFor(bo.direct, ({ text }) => text.includes("/oom"));
    expect(tenants).toEqual(Array(3).fill(`discord:${red.id}`));
  });
});

describe("Somebody who has left the server", () => {
  it("reaches nothing of it by a direct message", async () => {
    server = await openDiscordServer({ double: { guilds: [team("red")] } });
    const { discord, services } = server;
    const red = discord.guild("red");
    const guest = red.member("red-bo");
    await new SeenIn(services.store, services.clock).remember(guest.id, "99999999999999999", "1", "en");
    await guest.say(guest.direct, "/streak");
    const reply = await guest.waitFor(guest.direct, ({ author }) => author === "bot");
    expect(reply.text).toContain("no longer in that server");
  });
});
