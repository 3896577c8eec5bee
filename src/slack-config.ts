import { z } from "zod";

const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);

const addressSchema = z.url({
  protocol: /^https?$/,
  error: "expected an address like https://slack.com/api",
  abort: true,
});

const apiSchema = addressSchema
  .refine((text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === "https:" || isLoopback(hostname);
  }, "tokens go to another machine only over https")
  .transform((text) => `${text.replace(/\/+$/, "")}/`);

const urlSchema = z
  .url({ protocol: /^https?$/, error: "expected an address like https://study.example.com", abort: true })
  .refine((text) => {
    const { username, password, search, hash } = new URL(text);
    return username + password + search + hash === "";
  }, "expected an address without a user, a query or a fragment")
  .transform((text) => text.replace(/\/+$/, ""));

/** A key's name and its 32 bytes. */
export interface SealKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** `new:base64,old:base64` as the keys in that order. */
const sealKeysSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]{1,20}:[A-Za-z0-9+/_-]{43}=?(?:,[A-Za-z0-9_-]{1,20}:[A-Za-z0-9+/_-]{43}=?){0,4}$/,
    "expected a name and 32 bytes in base64, like k1:…, and the older ones behind it after commas",
  )
  .transform((text): readonly SealKey[] =>
    text.split(",").map((part) => {
      const [id = "", key = ""] = part.split(":");
      return { id, key: Buffer.from(key, "base64") };
    }),
  )
  .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, "two keys have the same name");

/** Becomes a header or part of one; the message must not repeat it. */
const secret = (what: string) =>
  z
    .string()
    .regex(/^[\x21-\x7e]{8,400}$/, `expected ${what}, without blanks`)
    .optional();

/** What Rehearsal reads about Slack; `.env.example` lists exactly these. */
export const slackVariables = {
  REHEARSAL_SLACK_BOT_TOKEN: secret("the bot's token, xoxb-…"),
  REHEARSAL_SLACK_APP_TOKEN: secret("the app-level token, xapp-…"),
  REHEARSAL_SLACK_SIGNING_SECRET: secret("the app's signing secret"),
  REHEARSAL_SLACK_CLIENT_ID: secret("the app's client id"),
  REHEARSAL_SLACK_CLIENT_SECRET: secret("the app's client secret"),
  REHEARSAL_SLACK_SEAL_KEYS: sealKeysSchema.optional(),
  REHEARSAL_SLACK_URL: urlSchema.optional(),
  REHEARSAL_SLACK_PORT: z
    .string()
    .regex(/^\d{1,5}$/, "expected a number from 0 to 65535")
    .transform(Number)
    .refine((port) => port <= 65_535, "expected a number from 0 to 65535")
    .default(4311),
  REHEARSAL_SLACK_PREFIX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,15}$/, "expected a few small letters, like rh-")
    .default(""),
  REHEARSAL_SLACK_API: apiSchema.default("https://slack.com/api/"),
} as const;

export interface SlackConfig {
  readonly mode:
    | { readonly kind: "socket"; readonly botToken: string; readonly appToken: string }
    | {
        readonly kind: "http";
        readonly signingSecret: string;
        readonly clientId: string;
        readonly clientSecret: string;
        readonly port: number;
        /** Where Slack and people find the app, without a last slash. */
        readonly url: string;
        readonly sealKeys: readonly SealKey[];
      };
  /** Where the Web API is, with its last slash. */
  readonly api: string;
  /** Before the names of slash commands. */
  readonly prefix: string;
}

const socketVariables = ["REHEARSAL_SLACK_BOT_TOKEN", "REHEARSAL_SLACK_APP_TOKEN"] as const;
/** What only HTTP needs of Slack; keys that were left behind say nothing of how the bot is to be reached. */
const httpMarks = [
  "REHEARSAL_SLACK_SIGNING_SECRET",
  "REHEARSAL_SLACK_CLIENT_ID",
  "REHEARSAL_SLACK_CLIENT_SECRET",
  "REHEARSAL_SLACK_URL",
] as const;
const httpVariables = [...httpMarks, "REHEARSAL_SLACK_SEAL_KEYS"] as const;

type Given = Readonly<Record<string, string | undefined>>;

const issueOf = (name: string, message: string): z.core.$ZodIssue => ({
  code: "custom",
  path: [name],
  input: undefined,
  message,
});

/** With a part of what it takes, the bot would silently stay away from Slack. */
export function missingSlackParts(given: Given): z.core.$ZodIssue[] {
  const isGiven = (name: string): boolean => given[name] !== undefined;
  const socket = socketVariables.filter(isGiven);
  const http = httpMarks.filter(isGiven);
  if (socket.length > 0 && http.length > 0)
    return socket.map((name) =>
      issueOf(name, "given beside what HTTP needs; one workspace takes the two tokens, many take the rest"),
    );
  const wanted = http.length > 0 ? httpVariables : socketVariables;
  if (socket.length + http.length === 0) return [];
  const why =
    http.length > 0
      ? "missing; Slack over HTTP needs SIGNING_SECRET, CLIENT_ID, CLIENT_SECRET, SEAL_KEYS and URL (npm run setup slack asks for them)"
      : "missing; Slack needs BOT_TOKEN and APP_TOKEN (npm run setup slack asks for both)";
  return wanted.filter((name) => !isGiven(name)).map((name) => issueOf(name, why));
}

const variablesSchema = z.object(slackVariables);

/** What the variables say of Slack; null where they say nothing. */
export function slackOf(environment: z.output<typeof variablesSchema>): SlackConfig | null {
  const { REHEARSAL_SLACK_API: api, REHEARSAL_SLACK_PREFIX: prefix } = environment;
  const { REHEARSAL_SLACK_BOT_TOKEN: botToken, REHEARSAL_SLACK_APP_TOKEN: appToken } = environment;
  if (botToken !== undefined && appToken !== undefined)
    return { mode: { kind: "socket", botToken, appToken }, api, prefix };
  const {
    REHEARSAL_SLACK_SIGNING_SECRET: signingSecret,
    REHEARSAL_SLACK_CLIENT_ID: clientId,
    REHEARSAL_SLACK_CLIENT_SECRET: clientSecret,
    REHEARSAL_SLACK_SEAL_KEYS: sealKeys,
    REHEARSAL_SLACK_URL: url,
    REHEARSAL_SLACK_PORT: port,
  } = environment;
  if (signingSecret === undefined || clientId === undefined || clientSecret === undefined) return null;
  if (sealKeys === undefined || url === undefined) return null;
  return { mode: { kind: "http", signingSecret, clientId, clientSecret, port, url, sealKeys }, api, prefix };
}
