import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "#commands/index";
import { type Command, defineCommand } from "#core/command";
import { privateReply } from "#core/reply";
import {
  creationUrl,
  type ManifestSettings,
  manifest,
  messageShortcut,
  slashCommandOf,
  studyLine,
} from "#src/adapters/slack/manifest";
import {
  botScopes,
  featuresWithout,
  optionalFeatures,
  scopeWhy,
  slackFeatures,
} from "#src/adapters/slack/manifest-scopes";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/vendor/slack-manifest.schema.1.0.0.json"), "utf8"),
);
const isTaken = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

/** One that was written after the adapter, with a name that Slack has for itself. */
const status: Command = defineCommand({
  name: "status",
  who: "admin",
  where: "everywhere",
  summary: { zh: "状态".repeat(2000), en: "State ".repeat(1000) },
  examples: ["/status", `/status ${"very ".repeat(500)}long`],
  options: z.object({}),
  shorthands: [],
  onMessage: {
    title: { zh: "看看这条消息的状态，越详细越好，一个字都不要漏", en: "Look at what this message is like" },
    option: "x",
  },
  run: async () => privateReply(),
});

const settings = (more: Partial<ManifestSettings> = {}): ManifestSettings => ({
  commands: [...commands, status],
  locale: "en",
  prefix: "",
  features: slackFeatures,
  url: null,
  ...more,
});

const namesIn = (given: ManifestSettings): string[] =>
  manifest(given).features.slash_commands.map(({ command }) => command);

describe("the app's manifest", () => {
  it.each([
    ["in Socket Mode", settings()],
    ["over HTTP", settings({ url: "https://study.example.com", locale: "zh" })],
    ["with as little as it can do with", settings({ features: featuresWithout(optionalFeatures) })],
    ["with a prefix", settings({ prefix: "rh-" })],
  ])("passes Slack's own schema %s", (_, given) => {
    isTaken(JSON.parse(JSON.stringify(manifest(given))));
    expect(isTaken.errors).toBeNull();
  });

  it("would not pass with a command too many for its name", () => {
    const broken = manifest(settings());
    isTaken({ ...broken, features: { ...broken.features, slash_commands: [{ command: "vram" }] } });
    expect(isTaken.errors).not.toBeNull();
  });

  it("has every command that exists but those of one's own machine, and /study before all", () => {
    const names = commands.filter(({ where }) => where === "everywhere").map(({ name }) => name);
    expect(namesIn(settings({ commands, prefix: "rh-" }))).toEqual([
      "/study",
      ...names.map((name) => `/rh-${name}`),
    ]);
  });

  it("keeps clear of the names that Slack has for itself, and knows its commands again", () => {
    const all = [...commands, status];
    expect(namesIn(settings())).toContain("/study-status");
    expect(namesIn(settings())).not.toContain("/status");
    expect(slashCommandOf("/study-status", "", all)).toBe("status");
    expect(slashCommandOf("/rh-status", "rh-", all)).toBe("status");
    expect(slashCommandOf("/vram", "", all)).toBe("vram");
    expect(slashCommandOf("/study", "rh-", all)).toBe("study");
    expect(slashCommandOf("/vram", "rh-", all)).toBeNull();
    expect(slashCommandOf("/close", "", all)).toBeNull();
  });

  it("hints at what can be typed behind a command, and escapes channels and members", () => {
    const vram = manifest(settings()).features.slash_commands.find(({ command }) => command === "/vram");
    expect(vram).toMatchObject({ usage_hint: "qwen2.5-7b qlora bs=4 seq=2k 1x4090", should_escape: true });
  });

  it("asks for a scope for each thing that it does, and for nothing where that is left out", () => {
    const bare = manifest(settings({ features: featuresWithout(optionalFeatures) }));
    expect(bare.oauth_config.scopes.bot).toEqual(["commands", "chat:write"]);
    expect(bare.features.app_home.messages_tab_enabled).toBe(false);
    expect(bare.settings.event_subscriptions.bot_events).toEqual([
      "app_home_opened",
      "app_uninstalled",
      "tokens_revoked",
    ]);
    for (const scope of botScopes()) expect(scopeWhy(scope)?.zh).toMatch(/\p{sc=Han}/u);
    expect(new Set(botScopes()).size).toBe(botScopes().length);
    expect(scopeWhy("admin")).toBeNull();
    // Nothing that reads or changes more than the bot is for.
    expect(botScopes().join(" ")).not.toMatch(/admin|manage|write\.customize|chat:write\.public|mpim|email/u);
  });

  it("gives Slack one address for everything over HTTP, and none in Socket Mode", () => {
    const http = JSON.stringify(manifest(settings({ url: "https://study.example.com" })));
    expect(http).toContain('"redirect_urls":["https://study.example.com/slack/oauth_redirect"]');
    expect(http).toContain('"socket_mode_enabled":false');
    expect(http.match(/https:\/\/study\.example\.com\/slack\/events/gu)?.length).toBeGreaterThan(10);
    expect(JSON.stringify(manifest(settings()))).not.toContain("https://");
  });

  it("is in the link that creates the app", () => {
    const app = manifest(settings({ commands }));
    const url = new URL(creationUrl(app));
    expect(url.origin + url.pathname).toBe("https://api.slack.com/apps");
    expect(url.searchParams.get("new_app")).toBe("1");
    expect(JSON.parse(url.searchParams.get("manifest_json") ?? "")).toEqual(JSON.parse(JSON.stringify(app)));
  });

  it("puts what reads a message into the menu of messages", () => {
    const { shortcuts = [] } = manifest(settings({ commands, locale: "zh" })).features;
    expect(shortcuts).toMatchObject([{ name: "诊断这段日志", type: "message" }]);
    expect(messageShortcut(commands, shortcuts[0]?.callback_id ?? "")).toMatchObject({
      command: { name: "oom" },
      option: "text",
    });
    expect(messageShortcut(commands, "message.vram")).toBeNull();
  });
});

describe("a line behind /study", () => {
  it.each([
    ["vram qwen2.5-7b qlora", "vram", "qwen2.5-7b qlora"],
    ["/quiz", "quiz", ""],
    ["  Answer  第一行\n第二行", "answer", "第一行\n第二行"],
    ["", "help", ""],
    ["   ", "help", ""],
  ])("%j is the command %s", (line, command, text) => {
    expect(studyLine(line)).toEqual({ command, text });
  });
});
