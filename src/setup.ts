import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { commands } from "#commands/index";
import { type Locale, localeSchema } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { asInTaiwan } from "#core/taiwan";
import { invitePermissions, inviteScopes, inviteUrl } from "./adapters/discord/invite.ts";
import { commandsJson } from "./adapters/discord/register.ts";
import { creationUrl, manifest } from "./adapters/slack/manifest.ts";
import { featuresWithout, optionalFeatures } from "./adapters/slack/manifest-scopes.ts";
import { ConfigFault, readConfig } from "./config.ts";
import { loadSettings, SETTINGS_FILE } from "./settings-file.ts";
import { TerminalAsking } from "./setup/asking.ts";
import { setUpDiscord } from "./setup/discord.ts";
import { DiscordApi } from "./setup/discord-api.ts";
import { setUpSlack } from "./setup/slack.ts";
import { SlackApi } from "./setup/slack-api.ts";
import { readPrefix, readUrl, readWithout } from "./setup/slack-flags.ts";

/** `npm run setup discord|slack`, or `rehearsal setup …` where there is no npm. */
const options = {
  guild: { type: "string" },
  global: { type: "boolean" },
  url: { type: "string" },
  prefix: { type: "string" },
  without: { type: "string" },
  yes: { type: "boolean" },
  lang: { type: "string" },
  help: { type: "boolean" },
} as const;

const SLACK_MANIFEST_FILE = "slack-manifest.json";
const SEAL_KEY_BYTES = 32;

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
  const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  return {
    platform: positionals[0] ?? "",
    guild: values.global === true ? null : textOf(values.guild),
    url: textOf(values.url),
    prefix: textOf(values.prefix),
    without: textOf(values.without),
    unattended: values.yes === true,
    locale: localeSchema.safeParse(values.lang).data,
    help: values.help === true,
  };
}

let locale: Locale = "en";

/** A container's tree takes no files; what the file holds is then in the link alone. */
function writeWhereItFits(file: string, text: string): boolean {
  try {
    writeFileSync(file, text);
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!["EROFS", "EACCES", "EPERM"].includes(code)) throw error;
    return false;
  }
}

type Given = ReturnType<typeof readArguments>;

function setUp(given: Given, asking: TerminalAsking): Promise<void> {
  const environment = process.env;
  const shared = { ...given, asking, locale, environment, envFile: SETTINGS_FILE };
  if (given.platform === "discord") {
    const base = environment.REHEARSAL_DISCORD_API || "https://discord.com/api";
    return setUpDiscord({
      ...shared,
      api: (token) => new DiscordApi(base, token, sleep),
      bot: {
        commands: commandsJson(commands, asInTaiwan),
        inviteUrl,
        scopes: inviteScopes,
        permissions: invitePermissions,
      },
    });
  }
  const url = readUrl(given.url ?? environment.REHEARSAL_SLACK_URL ?? "");
  const prefix = readPrefix(given.prefix ?? environment.REHEARSAL_SLACK_PREFIX ?? "");
  const features = featuresWithout(readWithout(given.without ?? "", optionalFeatures));
  const app = manifest({ commands, locale, prefix, features, url });
  return setUpSlack({
    ...shared,
    url,
    prefix,
    manifestFile: SLACK_MANIFEST_FILE,
    write: writeWhereItFits,
    api: new SlackApi(environment.REHEARSAL_SLACK_API || "https://slack.com/api", sleep),
    newSealKey: () => `k1:${randomBytes(SEAL_KEY_BYTES).toString("base64url")}`,
    bot: { manifest: app, creationUrl: creationUrl(app), features },
  });
}

async function start(argv: readonly string[]): Promise<void> {
  loadSettings();
  // What is wrong with the bot's own settings is what this mends.
  const others = Object.entries(process.env).filter(([name]) => !/^REHEARSAL_(?:DISCORD|SLACK)_/.test(name));
  locale = readConfig(Object.fromEntries(others)).locale;
  const given = readArguments(argv);
  locale = given.locale ?? locale;
  if (given.platform === "" || given.help) {
    process.stdout.write(`${messagesFor(locale).setup.usage}\n`);
    return;
  }
  if (given.platform !== "discord" && given.platform !== "slack")
    throw new Refusal((say) => say.setup.unknownPlatform(given.platform));
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const asking = new TerminalAsking(process.stdin, process.stdout, interactive);
  try {
    await setUp(given, asking);
  } finally {
    asking.close();
  }
}

/** @returns the status to end with: 0 done, 1 where something is to be mended first, which was said */
export async function runSetup(argv: readonly string[]): Promise<0 | 1> {
  try {
    await start(argv);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof ConfigFault)) throw error;
    const text = error instanceof Refusal ? error.sentence(messagesFor(locale)) : error.message;
    process.stderr.write(`${text}\n`);
    return 1;
  }
}
