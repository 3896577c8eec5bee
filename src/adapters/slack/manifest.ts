import type { Command } from "#core/command";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { cutLine } from "#src/adapters/chat/plain-text";
import { LIMITS } from "./limits.ts";
import { botScopes, type SlackFeature } from "./manifest-scopes.ts";
import reserved from "./reserved-names.json" with { type: "json" };

/** The command that has all others behind it: names are global in a workspace, so another app may have them. */
export const STUDY = "study";

/** Names that Slack keeps for itself, as far as is known: with one of them it refuses the whole manifest. */
const takenBySlack: ReadonlySet<string> = new Set(reserved.names);

const everywhere = (commands: readonly Command[]): Command[] =>
  commands.filter(({ where }) => where === "everywhere");

/** @param prefix stands before every name but `study`, like `rh-` */
const slashName = (name: string, prefix: string): string =>
  `/${prefix === "" && takenBySlack.has(name) ? `${STUDY}-` : prefix}${name}`;

/** The name of our command that a slash command means; `study` where it has the command behind it; null for others'. */
export function slashCommandOf(typed: string, prefix: string, commands: readonly Command[]): string | null {
  const word = typed.replace(/^\//u, "").toLowerCase();
  if (word === STUDY) return STUDY;
  const known = everywhere(commands).find(
    ({ name }) => slashName(name, prefix) === `/${word}` || (prefix === "" && name === word),
  );
  return known?.name ?? null;
}

/** A line whose first word is the command: `vram qwen2.5-7b`, `/vram qwen2.5-7b`. An empty line asks for help. */
export function studyLine(line: string): { readonly command: string; readonly text: string } {
  const [, command = "", text = ""] = /^\s*\/?(\S*)\s*([\s\S]*)$/u.exec(line) ?? [];
  return command === "" ? { command: "help", text: "" } : { command: command.toLowerCase(), text };
}

/** What stands behind a command's name in its first example that has something there. */
function usageHint({ name, examples }: Command): string {
  const texts = examples.map((example) => example.replace(`/${name}`, "").trim());
  return cutLine(texts.find((text) => text !== "" && text.length <= 120) ?? "", LIMITS.usageHint);
}

const shortcutId = ({ name }: Command): string => `message.${name}`;

/** The command behind a shortcut on a message, and the option that takes the message's text. */
export function messageShortcut(
  commands: readonly Command[],
  callbackId: string,
): { readonly command: Command; readonly option: string } | null {
  for (const command of everywhere(commands)) {
    if (command.onMessage !== undefined && shortcutId(command) === callbackId)
      return { command, option: command.onMessage.option };
  }
  return null;
}

export interface ManifestSettings {
  readonly commands: readonly Command[];
  /** Slack has one text for all its readers. */
  readonly locale: Locale;
  readonly prefix: string;
  readonly features: readonly SlackFeature[];
  /** Where Slack finds the app: an address like `https://study.example.com`; null in Socket Mode. */
  readonly url: string | null;
}

/** Where Bolt listens. */
const EVENTS_PATH = "/slack/events";
const REDIRECT_PATH = "/slack/oauth_redirect";

function featuresOf({ commands, locale, prefix, features, url }: ManifestSettings) {
  const say = messagesFor(locale).slackApp;
  const request = url === null ? {} : { url: url + EVENTS_PATH };
  const slash = (name: string, description: string, hint: string) => ({
    command: name.slice(0, LIMITS.slashName),
    description: cutLine(description, LIMITS.slashDescription),
    ...(hint === "" ? {} : { usage_hint: hint }),
    // Channels and members come as their ids.
    should_escape: true,
    ...request,
  });
  const all = everywhere(commands);
  const shortcuts = all.flatMap((command) =>
    command.onMessage === undefined
      ? []
      : [
          {
            name: cutLine(command.onMessage.title[locale], LIMITS.shortcutName),
            type: "message",
            callback_id: shortcutId(command),
            description: cutLine(command.summary[locale], LIMITS.shortcutDescription),
          },
        ],
  );
  return {
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: features.some(({ name }) => name === "direct"),
      messages_tab_read_only_enabled: false,
    },
    bot_user: { display_name: say.name, always_online: true },
    ...(shortcuts.length === 0 ? {} : { shortcuts: shortcuts.slice(0, LIMITS.shortcuts) }),
    slash_commands: [
      slash(`/${STUDY}`, say.study, say.studyHint),
      ...all
        .slice(0, LIMITS.slashCommands - 1)
        .map((command) =>
          slash(slashName(command.name, prefix), command.summary[locale], usageHint(command)),
        ),
    ],
  };
}

/** The app as Slack creates it from one paste; as JSON it passes Slack's own schema for manifests. */
export function manifest(settings: ManifestSettings) {
  const { locale, features, url } = settings;
  const say = messagesFor(locale).slackApp;
  const request = url === null ? {} : { request_url: url + EVENTS_PATH };
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: cutLine(say.name, LIMITS.appName),
      description: cutLine(say.about, LIMITS.appDescription),
      background_color: "#24575c",
    },
    features: featuresOf(settings),
    oauth_config: {
      ...(url === null ? {} : { redirect_urls: [url + REDIRECT_PATH] }),
      scopes: { bot: botScopes(features) },
    },
    settings: {
      event_subscriptions: { ...request, bot_events: features.flatMap(({ events }) => events).toSorted() },
      interactivity: {
        is_enabled: true,
        ...request,
        // External selects ask here what to offer.
        ...(url === null ? {} : { message_menu_options_url: url + EVENTS_PATH }),
      },
      // A whole Enterprise Grid organisation installs over OAuth only.
      org_deploy_enabled: url !== null,
      socket_mode_enabled: url === null,
      token_rotation_enabled: false,
    },
  };
}

/** Where a person creates the app from its manifest. */
export const creationUrl = (app: ReturnType<typeof manifest>): string =>
  `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(app))}`;
