import { z } from "zod";

/** Names of this machine, as a URL parser writes them. */
export const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);

const judgeUrlSchema = z
  .url({ protocol: /^https?$/, error: "expected an address like https://api.example.com/v1", abort: true })
  .refine((text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === "https:" || isLoopback(hostname);
  }, "answers and the key go to another machine only over https")
  .refine((text) => {
    const { username, password, search, hash } = new URL(text);
    return username + password + search + hash === "";
  }, "expected an address without a user, a query or a fragment; the key goes into REHEARSAL_JUDGE_KEY");

/** `0.15,0.60` as what a million tokens cost. */
const pricesSchema = z
  .string()
  .regex(
    /^\d{1,6}(?:\.\d{1,6})?,\d{1,6}(?:\.\d{1,6})?$/,
    "expected two prices of a million tokens, like 0.15,0.60",
  )
  .transform((text) => {
    const [input = 0, output = 0] = text.split(",").map(Number);
    return { input, output };
  });

export const judgeVariables = {
  REHEARSAL_JUDGE_URL: judgeUrlSchema.optional(),
  REHEARSAL_JUDGE_KEY: z
    .string()
    // It becomes a header; the message must not repeat it.
    .regex(/^[\x21-\x7e]{1,4000}$/, "expected a key of visible ASCII characters without blanks")
    .optional(),
  REHEARSAL_JUDGE_MODEL: z.string().max(200).optional(),
  REHEARSAL_JUDGE_PRICES: pricesSchema.optional(),
} as const;

/** The language model that reads answers a second time. */
export interface JudgeConfig {
  readonly url: string;
  readonly key: string;
  readonly model: string;
  /** Where answers are sent; null where that is this machine. */
  readonly host: string | null;
  /** What a million tokens cost, read and written, in whatever currency they are billed; null where nobody said. */
  readonly prices: { readonly input: number; readonly output: number } | null;
}

const needed = ["REHEARSAL_JUDGE_URL", "REHEARSAL_JUDGE_KEY", "REHEARSAL_JUDGE_MODEL"] as const;

/** A judge that is half set would silently be none. */
export function missingJudgeParts(given: Readonly<Record<string, string | undefined>>): z.core.$ZodIssue[] {
  const missing = needed.filter((name) => given[name] === undefined);
  if (missing.length === needed.length) return [];
  return missing.map((name) => ({
    code: "custom",
    path: [name],
    input: undefined,
    message:
      name === "REHEARSAL_JUDGE_KEY"
        ? "missing; a judge needs URL, KEY and MODEL (a model on this machine takes any key)"
        : "missing; a judge needs URL, KEY and MODEL; without all three there is none",
  }));
}

const variablesSchema = z.object(judgeVariables);

/** What the variables say of the judge; null where they say nothing. */
export function judgeOf({
  REHEARSAL_JUDGE_URL: url,
  REHEARSAL_JUDGE_KEY: key,
  REHEARSAL_JUDGE_MODEL: model,
  REHEARSAL_JUDGE_PRICES: prices,
}: z.output<typeof variablesSchema>): JudgeConfig | null {
  if (url === undefined || key === undefined || model === undefined) return null;
  const { hostname, host } = new URL(url);
  return { url, key, model, prices: prices ?? null, host: isLoopback(hostname) ? null : host };
}
