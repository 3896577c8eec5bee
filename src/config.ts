import { z } from "zod";
import { type Locale, localeSchema } from "#core/language";
import { type Zone, zoneSchema } from "#core/round/calendar";
import { type WallTime, wallTimeSchema } from "#core/schedule/wall-time";
import { isLoopback, type JudgeConfig, judgeOf, judgeVariables, missingJudgeParts } from "./judge-config.ts";
import { type SafetyConfig, safetyOf, safetyVariables } from "./safety-config.ts";
import { missingSlackParts, type SlackConfig, slackOf, slackVariables } from "./slack-config.ts";

/** Which shards of how many run in this process; null where Discord says how many and all run here. */
export type Shards = { readonly ids: readonly number[]; readonly count: number } | null;

/** `4` as all four of four, `0-1/4` as the first two of four, `auto` as null. */
const shardsIn = (text: string): Shards => {
  if (text === "auto") return null;
  const [own = "", total = own] = text.split("/");
  const count = Number(total);
  const [first = 0, last = first] = text.includes("/") ? own.split("-").map(Number) : [0, count - 1];
  return { ids: Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at), count };
};

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/, "expected a number from 0 to 65535")
  .transform(Number)
  .refine((port) => port <= 65_535, "expected a number from 0 to 65535");

const discordApiSchema = z
  .url({ protocol: /^https?$/, error: "expected an address like https://discord.com/api", abort: true })
  .refine((text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === "https:" || isLoopback(hostname);
  }, "the bot's token goes to another machine only over https")
  .transform((text) => text.replace(/\/+$/, ""));

const discordIdSchema = z.string().regex(/^\d{17,20}$/, "expected an id of 17 to 20 digits");

/** `1-3,5` as [1, 2, 3, 5], each day once. */
const weekdaysIn = (text: string): number[] => {
  const days = text.split(",").flatMap((part) => {
    const [from = 0, to = from] = part.split("-").map(Number);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  });
  return [...new Set(days)].toSorted((one, other) => one - other);
};

/** Every variable that Rehearsal reads; `.env.example` lists exactly these. */
export const environmentSchema = z.object({
  REHEARSAL_DATA: z.string().min(1).default("./data"),
  REHEARSAL_LOCALE: localeSchema.optional(),
  REHEARSAL_ZONE: zoneSchema.optional(),
  REHEARSAL_TIME: wallTimeSchema.optional(),
  REHEARSAL_WEEKDAYS: z
    .string()
    .regex(/^[1-7](?:-[1-7])?(?:,[1-7](?:-[1-7])?){0,6}$/, "expected days like 1-5 or 1,3,5; 1 is Monday")
    .transform(weekdaysIn)
    .refine((days) => days.length > 0, "names no day; 1 is Monday, 7 is Sunday")
    .default([1, 2, 3, 4, 5, 6, 7]),
  REHEARSAL_HOLIDAYS: z.string().max(20).optional(),
  REHEARSAL_PORT: portSchema.default(4310),
  ...judgeVariables,
  REHEARSAL_DISCORD_TOKEN: z
    .string()
    // It becomes a header; the message must not repeat it.
    .regex(/^[\x21-\x7e]{20,200}$/, "expected the token of a bot, without blanks")
    .optional(),
  REHEARSAL_DISCORD_APPLICATION: discordIdSchema.optional(),
  REHEARSAL_DISCORD_GUILD: discordIdSchema.optional(),
  REHEARSAL_DISCORD_SHARDS: z
    .string()
    .regex(/^(?:auto|[1-9]\d{0,3}|\d{1,4}(?:-\d{1,4})?\/[1-9]\d{0,3})$/, "expected auto, 4, or 0-1/4")
    .transform(shardsIn)
    .refine(
      (shards) =>
        shards === null || (shards.ids.length > 0 && shards.ids.every((shard) => shard < shards.count)),
      "names no shard, or one that is not there; the first is 0",
    )
    .default(null),
  REHEARSAL_DISCORD_API: discordApiSchema.default("https://discord.com/api"),
  ...slackVariables,
  REHEARSAL_REDIS_URL: z
    .string()
    // It may hold a password: the message must not repeat it.
    .regex(
      /^rediss?(?:\+sentinel|\+cluster)?:\/\/./,
      "expected an address like redis://host:6379, redis+sentinel://host:26379/name or redis+cluster://host:6379",
    )
    .max(2_000)
    .optional(),
  REHEARSAL_REDIS_DURABILITY: z
    .enum(["local", "fsync", "replicated", "none"], "expected local, fsync, replicated or none")
    .default("local"),
  REHEARSAL_REDIS_CA: z.string().optional(),
  REHEARSAL_REDIS_SENTINEL_PASSWORD: z.string().max(4_000).optional(),
  ...safetyVariables,
  REHEARSAL_HEALTH_PORT: portSchema.optional(),
  REHEARSAL_HEALTH_HOST: z
    .string()
    .regex(/^[\w.:-]{1,253}$/, "expected an address of this machine, like 127.0.0.1 or 0.0.0.0")
    .default("127.0.0.1"),
  REHEARSAL_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("warn"),
});

export interface DiscordConfig {
  readonly token: string;
  readonly application: string;
  /** The one server that knows the commands while they are tried out; null where every server does. */
  readonly guild: string | null;
  readonly shards: Shards;
  /** Where Discord's API is, without its version. */
  readonly api: string;
}

/** A Redis that many processes share; without it everything is in a file of this process. */
export interface RedisConfig {
  /** As the store reads it; it may hold a password. */
  readonly url: string;
  /** What a member who is told "recorded" can count on. */
  readonly durability: "local" | "fsync" | "replicated" | "none";
  /** A file with the certificate of whoever signed the server's. */
  readonly caFile: string | undefined;
  readonly sentinelPassword: string | undefined;
}

export interface Config {
  /** Folder of the data file. */
  readonly dataFolder: string;
  readonly locale: Locale;
  /** IANA zone in which dates begin. */
  readonly zone: Zone;
  /** When the day's question is posted; null where it opens when somebody looks. */
  readonly time: WallTime | null;
  /** ISO weekdays on which it is posted, 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
  /** A calendar of holidays without a question, like `CN`. */
  readonly holidays: string | null;
  /** Where the page is served on this machine; 0 for any free port. */
  readonly port: number;
  /** The language model that reads answers a second time; null where there is none. */
  readonly judge: JudgeConfig | null;
  /** The bot on Discord; null where there is none. */
  readonly discord: DiscordConfig | null;
  /** The bot on Slack; null where there is none. */
  readonly slack: SlackConfig | null;
  /** How much is taken of whom, and how long things are kept. */
  readonly safety: SafetyConfig;
  /** The Redis where everything is kept; null where that is the data file. */
  readonly redis: RedisConfig | null;
  /** Where health and metrics are read; null where nobody asks for them. */
  readonly health: { readonly host: string; readonly port: number } | null;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/** The environment has values that cannot be used; the message names every one of them. */
export class ConfigFault extends Error {
  readonly issues: readonly z.core.$ZodIssue[];

  constructor(issues: readonly z.core.$ZodIssue[]) {
    const lines = issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    super(`Rehearsal cannot start with these settings (see .env.example):\n${lines.join("\n")}`);
    this.name = "ConfigFault";
    this.issues = issues;
  }
}

const discordVariables = ["REHEARSAL_DISCORD_TOKEN", "REHEARSAL_DISCORD_APPLICATION"] as const;

/** The same for the bot: with one of the two it would silently stay away. */
function missingDiscordParts(given: Readonly<Record<string, string | undefined>>): z.core.$ZodIssue[] {
  const missing = discordVariables.filter((name) => given[name] === undefined);
  if (missing.length === discordVariables.length) return [];
  return missing.map((name) => ({
    code: "custom",
    path: [name],
    input: undefined,
    message: "missing; Discord needs TOKEN and APPLICATION (npm run setup discord asks for both)",
  }));
}

type Environment = z.output<typeof environmentSchema>;

function discordOf(environment: Environment): DiscordConfig | null {
  const { REHEARSAL_DISCORD_TOKEN: token, REHEARSAL_DISCORD_APPLICATION: application } = environment;
  if (token === undefined || application === undefined) return null;
  return {
    token,
    application,
    guild: environment.REHEARSAL_DISCORD_GUILD ?? null,
    shards: environment.REHEARSAL_DISCORD_SHARDS,
    api: environment.REHEARSAL_DISCORD_API,
  };
}

const redisOf = ({
  REHEARSAL_REDIS_URL: url,
  REHEARSAL_REDIS_DURABILITY: durability,
  REHEARSAL_REDIS_CA: caFile,
  REHEARSAL_REDIS_SENTINEL_PASSWORD: sentinelPassword,
}: Environment): RedisConfig | null =>
  url === undefined ? null : { url, durability, caFile, sentinelPassword };

const healthOf = ({
  REHEARSAL_HEALTH_HOST: host,
  REHEARSAL_HEALTH_PORT: port,
}: Environment): Config["health"] => (port === undefined ? null : { host, port });

const localeOf = (environment: Readonly<Record<string, string | undefined>>): "zh" | "en" =>
  /^zh/i.test(environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "") ? "zh" : "en";

/** The language that the environment asks for, also where its other settings cannot be used. */
export const readLocale = (environment: Readonly<Record<string, string | undefined>>): Locale =>
  localeSchema.safeParse(environment.REHEARSAL_LOCALE).data ?? localeOf(environment);

/**
 * Reads the settings from environment variables; an empty variable counts as absent.
 *
 * @throws ConfigFault with all mistakes at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  const missing = [...missingJudgeParts(given), ...missingDiscordParts(given), ...missingSlackParts(given)];
  if (!parsed.success) throw new ConfigFault([...parsed.error.issues, ...missing]);
  if (missing.length > 0) throw new ConfigFault(missing);
  return {
    dataFolder: parsed.data.REHEARSAL_DATA,
    locale: readLocale(given),
    zone: parsed.data.REHEARSAL_ZONE ?? zoneSchema.parse(Intl.DateTimeFormat().resolvedOptions().timeZone),
    time: parsed.data.REHEARSAL_TIME ?? null,
    weekdays: parsed.data.REHEARSAL_WEEKDAYS,
    holidays: parsed.data.REHEARSAL_HOLIDAYS ?? null,
    port: parsed.data.REHEARSAL_PORT,
    judge: judgeOf(parsed.data),
    discord: discordOf(parsed.data),
    slack: slackOf(parsed.data),
    safety: safetyOf(parsed.data),
    redis: redisOf(parsed.data),
    health: healthOf(parsed.data),
    logLevel: parsed.data.REHEARSAL_LOG,
  };
}
