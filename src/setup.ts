import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { commands } from "#commands/index";
import { type Locale, localeSchema } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { asInTaiwan } from "#core/taiwan";
import { invitePermissions, inviteScopes, inviteUrl } from "./adapters/discord/invite.ts";
import { commandsJson } from "./adapters/discord/register.ts";
import { ConfigFault, readConfig } from "./config.ts";
import { exitWhenOutputFails } from "./output.ts";
import { TerminalAsking } from "./setup/asking.ts";
import { setUpDiscord } from "./setup/discord.ts";
import { DiscordApi } from "./setup/discord-api.ts";

/** `npm run setup discord`. */
const options = {
  guild: { type: "string" },
  global: { type: "boolean" },
  yes: { type: "boolean" },
  lang: { type: "string" },
  help: { type: "boolean" },
} as const;

const ENV_FILE = ".env";

function readArguments(argv: readonly string[]) {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options,
  });
  for (const token of tokens) {
    if (token.kind === "option" && !Object.hasOwn(options, token.name)) {
      throw new Refusal((say) => say.setup.unknownFlag(token.rawName));
    }
  }
  const given = typeof values.guild === "string" ? values.guild : undefined;
  return {
    platform: positionals[0] ?? "",
    guild: values.global === true ? null : given,
    unattended: values.yes === true,
    locale: localeSchema.safeParse(values.lang).data,
    help: values.help === true,
  };
}

let locale: Locale = "en";

async function setUp(): Promise<void> {
  if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE);
  // What is wrong with the bot's own settings is what this mends.
  const { REHEARSAL_DISCORD_TOKEN, REHEARSAL_DISCORD_APPLICATION, REHEARSAL_DISCORD_GUILD, ...others } =
    process.env;
  locale = readConfig(others).locale;
  const given = readArguments(process.argv.slice(2));
  locale = given.locale ?? locale;
  if (given.platform === "" || given.help) {
    process.stdout.write(`${messagesFor(locale).setup.usage}\n`);
    return;
  }
  if (given.platform !== "discord") throw new Refusal((say) => say.setup.unknownPlatform(given.platform));
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const asking = new TerminalAsking(process.stdin, process.stdout, interactive);
  try {
    await setUpDiscord({
      ...given,
      asking,
      locale,
      environment: process.env,
      envFile: ENV_FILE,
      api: (token) => new DiscordApi(others.REHEARSAL_DISCORD_API || "https://discord.com/api", token, sleep),
      bot: {
        commands: commandsJson(commands, asInTaiwan),
        inviteUrl,
        scopes: inviteScopes,
        permissions: invitePermissions,
      },
    });
  } finally {
    asking.close();
  }
}

exitWhenOutputFails(process);
try {
  await setUp();
} catch (error) {
  if (!(error instanceof Refusal) && !(error instanceof ConfigFault)) throw error;
  const text = error instanceof Refusal ? error.sentence(messagesFor(locale)) : error.message;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
