import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { asInTaiwan } from "#core/taiwan";
import { invitePermissions, inviteScopes, inviteUrl } from "#src/adapters/discord/invite";
import { commandsJson } from "#src/adapters/discord/register";
import { type DiscordSetup, setUpDiscord } from "#src/setup/discord";
import { DiscordApi } from "#src/setup/discord-api";
import { APPLICATION, type FakeDiscord, GUILD, startFakeDiscord, TOKEN } from "./fake-discord.ts";

const bot = {
  commands: commandsJson(commands, asInTaiwan),
  inviteUrl,
  scopes: inviteScopes,
  permissions: invitePermissions,
};

let discord: FakeDiscord;
let folder: string;
let envFile: string;
beforeAll(async () => {
  discord = await startFakeDiscord();
});
afterAll(() => discord.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-setup-"));
  envFile = join(folder, ".env");
  discord.registered.length = 0;
  discord.authorizations.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Course {
  /** Everything that the admin read. */
  readonly said: string;
  /** The questions, in order, and whether what was typed then showed. */
  readonly asked: readonly (readonly [question: string, secret: boolean])[];
  /** How it was refused in the end; null where it went through. */
  readonly refusal: string | null;
  readonly pauses: readonly number[];
}

/** The set-up with somebody who types these answers. */
async function setUp(
  typed: readonly string[],
  more: Partial<DiscordSetup> & { locale?: Locale; apiUrl?: string } = {},
): Promise<Course> {
  const said: string[] = [];
  const asked: [string, boolean][] = [];
  const pauses: number[] = [];
  const answers = [...typed];
  const locale = more.locale ?? "en";
  const refusal = await setUpDiscord({
    asking: {
      say: (text) => void said.push(text),
      ask: async (question, how) => {
        asked.push([question, how?.secret === true]);
        return answers.shift() ?? null;
      },
    },
    bot,
    api: (token) => new DiscordApi(more.apiUrl ?? discord.api, token, async (ms) => void pauses.push(ms)),
    environment: {},
    envFile,
    guild: undefined,
    unattended: false,
    locale,
    ...more,
  }).then(
    () => null,
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return error.sentence(messagesFor(locale));
    },
  );
  return { said: said.join("\n"), asked, refusal, pauses };
}

const say = messagesFor("en").setup;
const kept = { REHEARSAL_DISCORD_TOKEN: TOKEN, REHEARSAL_DISCORD_APPLICATION: APPLICATION };

describe("npm run setup discord", () => {
  it("asks for the token unseen, checks it, registers every command and writes the settings", async () => {
    const { said, asked, refusal } = await setUp([TOKEN, "", "", "y"]);
    expect(refusal).toBeNull();
    expect(asked.map(([, secret]) => secret)).toEqual([true, false, false, false]);
    expect(said).toContain(say.tokenWorks("Study", APPLICATION));
    const [[path, names] = ["", []]] = discord.registered;
    expect(path).toBe(`/api/v10/applications/${APPLICATION}/commands`);
    expect(names).toContain("vram");
    expect(names).toContain("Diagnose this log");
    expect(readFileSync(envFile, "utf8")).toBe(
      `REHEARSAL_DISCORD_TOKEN=${TOKEN}\nREHEARSAL_DISCORD_APPLICATION=${APPLICATION}\nREHEARSAL_DISCORD_GUILD=\n`,
    );
    expect(statSync(envFile).mode & 0o777).toBe(0o600);
  });

  it("prints the invitation with one line why for each scope and permission", async () => {
    const { said } = await setUp([TOKEN, "", "", "n"]);
    expect(said).toContain(inviteUrl(APPLICATION));
    for (const { name, why } of inviteScopes) expect(said).toContain(`  ${name}: ${why.en}`);
    for (const { label, why } of invitePermissions) expect(said).toContain(`  ${label.en}: ${why.en}`);
  });

  it("speaks Chinese to whoever prefers it", async () => {
    const { said, refusal } = await setUp([TOKEN, "", "", ""], { locale: "zh" });
    expect(refusal).toBeNull();
    expect(said).toContain("✔ Token 属于“Study”");
    expect(said).toContain("发送消息：发布每天的题目");
    expect(existsSync(envFile)).toBe(true);
  });

  it("never shows the token, whatever happens", async () => {
    const courses = [
      await setUp([TOKEN, "", "", "y"]),
      await setUp([`${TOKEN.slice(0, -1)}x`, TOKEN, "999999999999999999", "", "", "y"]),
      await setUp([], { environment: kept, unattended: true, apiUrl: "http://127.0.0.1:1/api" }),
    ];
    for (const { said, asked, refusal } of courses) {
      expect([said, ...asked.flat(), refusal ?? ""].join("\n")).not.toContain(TOKEN.slice(30));
    }
  });

  it("keeps the other lines of the file, and leaves the file alone without consent", async () => {
    const before =
      "# mine\nREHEARSAL_ZONE=Asia/Shanghai\nREHEARSAL_DISCORD_TOKEN=old\nexport REHEARSAL_DISCORD_TOKEN=older\n";
    writeFileSync(envFile, before);
    await setUp([TOKEN, "", "", "n"]);
    expect(readFileSync(envFile, "utf8")).toBe(before);
    await setUp([TOKEN, "", GUILD, "yes"]);
    expect(readFileSync(envFile, "utf8")).toBe(
      `# mine\nREHEARSAL_ZONE=Asia/Shanghai\nREHEARSAL_DISCORD_TOKEN=${TOKEN}\nREHEARSAL_DISCORD_APPLICATION=${APPLICATION}\nREHEARSAL_DISCORD_GUILD=${GUILD}\n`,
    );
  });

  it("registers in one server where that is wanted, and takes those back when all servers get them", async () => {
    await setUp([TOKEN, "", GUILD, "y"]);
    expect(discord.registered.at(-1)?.[0]).toBe(
      `/api/v10/applications/${APPLICATION}/guilds/${GUILD}/commands`,
    );
    const { said } = await setUp(["", "y"], { environment: { ...kept, REHEARSAL_DISCORD_GUILD: GUILD } });
    expect(discord.registered.slice(-2).map(([path, names]) => [path, names.length > 0])).toEqual([
      [`/api/v10/applications/${APPLICATION}/commands`, true],
      [`/api/v10/applications/${APPLICATION}/guilds/${GUILD}/commands`, false],
    ]);
    expect(said).toContain(say.cleared(GUILD));
  });

  it("registers the commands where nothing can be written, as in a container that has all of it in its environment", async () => {
    const nowhere = join(folder, "none", ".env");
    const { said, refusal } = await setUp([], { environment: kept, unattended: true, envFile: nowhere });
    expect(refusal).toBeNull();
    expect(discord.registered).toHaveLength(1);
    expect(said).toContain(say.nothingToWrite);
    const more = { environment: kept, unattended: true, envFile: nowhere, guild: GUILD };
    expect((await setUp([], more)).refusal).toContain("cannot be written");
  });

  it("asks nothing where everything is set and it is told so", async () => {
    const { asked, refusal } = await setUp([], { environment: kept, unattended: true });
    expect([asked, refusal]).toEqual([[], null]);
    expect(readFileSync(envFile, "utf8")).toContain(`REHEARSAL_DISCORD_TOKEN=${TOKEN}\n`);
  });
});

describe("what goes wrong while Discord is set up", () => {
  it("is said at once for a wrong token, which can be given again", async () => {
    const { said, refusal } = await setUp([`${TOKEN.slice(0, -1)}x`, TOKEN, "", "", "y"]);
    expect(said).toContain(say.wrongToken);
    expect(refusal).toBeNull();
  });

  it.each([
    ["0123456789abcdef".repeat(4), say.mistaken("public-key")],
    [APPLICATION, say.mistaken("application-id")],
    ["abcdefghijklmnopqrstuvwxyzABCDEF", say.mistaken("client-secret")],
    ["a b", say.mistaken("blanks")],
    ["hello", say.mistaken("shape")],
  ])("is told apart by its look where something else was pasted: %s", async (typed, sentence) => {
    const { said } = await setUp([typed, TOKEN, "", "", "y"]);
    expect(said).toContain(sentence);
    // It never left this machine.
    expect(discord.authorizations).not.toContain(`Bot ${typed}`);
  });

  it("ends after three tries, and nothing is written", async () => {
    const { refusal } = await setUp(["x", "y", "z"]);
    expect(refusal).toBe(say.mistaken("shape"));
    expect(existsSync(envFile)).toBe(false);
  });

  it("is an application that the token does not belong to", async () => {
    const other = "999999999999999999";
    const sentence = say.otherApplication(other, APPLICATION, "Study");
    expect((await setUp([TOKEN, other, "", "", "y"])).said).toContain(sentence);
    const environment = { ...kept, REHEARSAL_DISCORD_APPLICATION: other };
    expect((await setUp([], { environment, unattended: true })).refusal).toBe(sentence);
    expect((await setUp(["", "", "y"], { environment })).said).toContain(sentence);
  });

  it("is a machine without a way to Discord", async () => {
    const { refusal, asked } = await setUp([TOKEN, TOKEN], { apiUrl: "http://127.0.0.1:1/api" });
    expect(refusal).toBe(say.unreachable("127.0.0.1:1"));
    // Nothing that is typed again would help.
    expect(asked).toHaveLength(1);
  });

  it("is a server in which the bot is not: the link to invite it is printed", async () => {
    const strange = "333333333333333333";
    const { refusal } = await setUp([TOKEN, "", strange]);
    expect(refusal).toContain(say.notInGuild(strange));
    expect(refusal).toContain(inviteUrl(APPLICATION, strange));
    expect(existsSync(envFile)).toBe(false);
  });

  it("is a server id that is none", async () => {
    expect((await setUp([TOKEN, "", "my server", GUILD, "y"])).said).toContain(say.badGuild("my server"));
  });

  it("waits once where Discord asks to, and says for how long where that is too long", async () => {
    discord.next(429, { message: "You are being rate limited.", retry_after: 2.5, global: false });
    expect(await setUp([TOKEN, "", "", "y"])).toMatchObject({ refusal: null, pauses: [3000] });
    discord.next(429, { message: "You are being rate limited.", retry_after: 600, global: false });
    expect((await setUp([], { environment: kept, unattended: true })).refusal).toBe(say.busy(600));
  });

  it("shows what Discord says where it refuses for another reason", async () => {
    discord.next(503, { message: "no upstream", code: 0 });
    expect((await setUp([], { environment: kept, unattended: true })).refusal).toContain("no upstream");
  });

  it("is an input that ends too soon", async () => {
    expect((await setUp([TOKEN, ""])).refusal).toBe(say.ended);
    expect(existsSync(envFile)).toBe(false);
  });

  it("is a file that cannot be written, which is then as it was", async () => {
    mkdirSync(envFile);
    const { refusal } = await setUp([TOKEN, "", "", "y"]);
    expect(refusal).toBe(say.unwritable(envFile));
    chmodSync(folder, 0o700);
  });
});
