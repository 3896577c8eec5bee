import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { REST, Routes } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import { commandsJson } from "#src/adapters/discord/register";
import { startDiscordDouble } from "#test/doubles/discord/double";
import type { DiscordDouble } from "#test/doubles/discord/handles";

const root = resolve(import.meta.dirname, "../..");
const patiently = { timeout: 25_000 };

let discord: DiscordDouble;
let child: ChildProcess;
let folder: string;
let printed = "";

/** The program as `npm start` runs it, with Discord's variables set. */
async function startProgram(token: string): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-start-"));
  printed = "";
  child = spawn(
    process.execPath,
    ["--import", join(root, "src/require-node-24.js"), join(root, "src/main.ts")],
    {
      cwd: root,
      env: {
        ...process.env,
        REHEARSAL_DATA: folder,
        REHEARSAL_PORT: "0",
        REHEARSAL_LOCALE: "en",
        REHEARSAL_DISCORD_TOKEN: token,
        REHEARSAL_DISCORD_APPLICATION: discord.applicationId,
        REHEARSAL_DISCORD_API: discord.api,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const hear = (chunk: Buffer): void => {
    printed += chunk.toString();
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  await expect.poll(() => printed, patiently).toContain("http://127.0.0.1:");
}

const pageStatus = async (): Promise<number> => {
  const [url = ""] = /http:\/\/\S+/.exec(printed) ?? [];
  return (await fetch(url)).status;
};

afterEach(async () => {
  const ended = child.exitCode === null ? once(child, "exit") : Promise.resolve();
  child.kill("SIGTERM");
  await ended;
  await discord.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("The program with the variables of Discord", () => {
  it("is on Discord beside the page, and ends when it is asked to", async () => {
    discord = await startDiscordDouble({ patienceMs: 20_000 });
    const rest = new REST({ api: discord.api }).setToken(discord.token);
    const body = commandsJson(commands, (text) => text);
    await rest.put(Routes.applicationCommands(discord.applicationId), { body });
    await startProgram(discord.token);
    await expect.poll(() => discord.gateway.connected, patiently).toBe(1);
    const asked = await discord.member("bo").slash(discord.channel("daily"), "help");
    expect((await asked.reply()).text).toContain("/vram");
    expect(await pageStatus()).toBe(200);
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect(printed).not.toContain("other commands");
  });

  it("says that the token is wrong, and the page goes on", async () => {
    discord = await startDiscordDouble();
    await startProgram("MTAwMDAwMDAwMDAwMDAwMDAwMA.wrong.token-of-nobody");
    await expect.poll(() => printed, patiently).toContain("does not accept the bot's token");
    expect(await pageStatus()).toBe(200);
    expect(printed).not.toContain("token-of-nobody");
  });
});
