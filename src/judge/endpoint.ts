import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import {
  APICallError,
  generateText,
  type LanguageModel,
  type LanguageModelUsage,
  NoObjectGeneratedError,
  Output,
} from "ai";
import type { z } from "zod";
import { JudgeFailure, type JudgeFailureReason } from "#core/scoring/judge";
import { boundedFetch } from "./bounded-fetch.ts";
import { wireSchema } from "./reply.ts";

export interface EndpointSettings {
  /** Up to and including the version, like `https://api.example.com/v1`. */
  readonly url: string;
  readonly key: string;
  readonly model: string;
}

/** What an endpoint understands; each later form is understood by more of them. */
export const outputForms = ["schema", "json", "text"] as const;
export type OutputForm = (typeof outputForms)[number];

export interface Dialect {
  readonly form: OutputForm;
  /** False for models that take no temperature and call the bound on their output by its newer name. */
  readonly classic: boolean;
}

export interface Asked {
  readonly instructions: string;
  readonly message: string;
  readonly mostTokens: number;
  /** What the reply is to look like, where it is no judgement. */
  readonly schema?: z.ZodType;
}

/** A failure with what the next try can learn from it. */
export class EndpointFailure extends JudgeFailure {
  /** How long the endpoint wants to be left alone, where it says so. */
  readonly retryAfterMs: number | null;
  /** The endpoint turned down a classic parameter by its name. */
  readonly wantsModern: boolean;

  constructor(
    reason: JudgeFailureReason,
    status: number | null = null,
    {
      retryAfterMs = null,
      wantsModern = false,
    }: Partial<Pick<EndpointFailure, "retryAfterMs" | "wantsModern">> = {},
  ) {
    super(reason, status);
    this.retryAfterMs = retryAfterMs;
    this.wantsModern = wantsModern;
  }
}

/** Told of the tokens of each answer of the endpoint's, as it counts them. */
export type Used = (tokens: { readonly input: number; readonly output: number }) => void;

/** Sends one message and returns the text of the reply. Throws EndpointFailure, and what an aborted signal throws. */
export type Endpoint = (asked: Asked, dialect: Dialect, signal: AbortSignal) => Promise<string>;

function failureOf(error: unknown): EndpointFailure {
  if (!APICallError.isInstance(error)) return new EndpointFailure("unreadable");
  const { statusCode: status, responseHeaders = {}, responseBody = "" } = error;
  if (status === undefined) return new EndpointFailure("unreachable");
  if (status < 400) return new EndpointFailure("unreadable", status);
  const seconds = Number(responseHeaders["retry-after"] ?? Number.NaN);
  return new EndpointFailure("refused", status, {
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
    wantsModern: /max_tokens|temperature/.test(responseBody.slice(0, 2_000)),
  });
}

/** Newer reasoning models refuse the two classic parameters. */
function modern({ max_tokens, temperature: _, ...body }: Record<string, unknown>): Record<string, unknown> {
  return { ...body, max_completion_tokens: max_tokens };
}

/** Not every endpoint says. */
const tokensOf = (usage: Partial<LanguageModelUsage> | undefined): Parameters<Used>[0] => ({
  input: usage?.inputTokens ?? 0,
  output: usage?.outputTokens ?? 0,
});

async function textFrom(
  model: LanguageModel,
  { instructions, message, mostTokens, schema = wireSchema }: Asked,
  { form, classic }: Dialect,
  signal: AbortSignal,
  used: Used,
): Promise<string> {
  const settings = {
    model,
    instructions,
    prompt: message,
    maxOutputTokens: mostTokens,
    ...(classic ? { temperature: 0 } : {}),
    // We retry ourselves, and know when it is of use.
    maxRetries: 0,
    abortSignal: signal,
  };
  try {
    const outputs = { schema: Output.object({ schema, name: "judgement" }), json: Output.json() };
    const { text, finishReason, usage } = await (form === "text"
      ? generateText(settings)
      : generateText({ ...settings, output: outputs[form] }));
    used(tokensOf(usage));
    if (finishReason === "length") throw new EndpointFailure("truncated");
    return text;
  } catch (error) {
    // Not every endpoint that takes a schema keeps to it: what it wrote may still be read.
    if (!NoObjectGeneratedError.isInstance(error)) throw error;
    used(tokensOf(error.usage));
    if (error.finishReason === "length") throw new EndpointFailure("truncated");
    return error.text ?? "";
  }
}

/** An endpoint that speaks OpenAI's chat completions. */
export function openEndpoint({ url, key, model }: EndpointSettings, used: Used = () => {}): Endpoint {
  const common = {
    name: "judge",
    baseURL: url,
    apiKey: key,
    supportsStructuredOutputs: true,
    fetch: boundedFetch,
  };
  const classic = createOpenAICompatible(common).chatModel(model);
  const modernModel = createOpenAICompatible({ ...common, transformRequestBody: modern }).chatModel(model);
  return async (asked, dialect, signal) => {
    try {
      return await textFrom(dialect.classic ? classic : modernModel, asked, dialect, signal, used);
    } catch (error) {
      if (error instanceof EndpointFailure) throw error;
      signal.throwIfAborted();
      throw failureOf(error);
    }
  };
}
