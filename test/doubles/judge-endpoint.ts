import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import { verdictSchema } from "#core/scoring/grader";
import type { PointJudgement } from "#core/scoring/judge";

const requestSchema = z.looseObject({
  model: z.string(),
  max_tokens: z.number().optional(),
  max_completion_tokens: z.number().optional(),
  temperature: z.number().optional(),
  response_format: z.looseObject({ type: z.string() }).optional(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});
const pointSchema = z.object({ id: z.string(), needs: z.string(), statement: z.object({ en: z.string() }) });

/** One call as the endpoint got it. */
export interface Call {
  readonly body: z.infer<typeof requestSchema>;
  readonly authorization: string | undefined;
  /** The key points that it lists, the decoy among them. */
  readonly points: readonly z.infer<typeof pointSchema>[];
  /** What stands in the message as the answer. */
  readonly answer: string;
}

/** What it answers with: a reply's text, an HTTP status, or nothing at all. */
export type Answer =
  | { readonly text: string; readonly finish?: "stop" | "length" }
  | { readonly status: number; readonly message?: string; readonly headers?: Record<string, string> }
  | { readonly raw: string }
  | { readonly hangUp: true }
  /** Answers only when this settles. */
  | { readonly wait: Promise<unknown>; readonly answer: Answer };

export interface JudgeEndpoint {
  readonly url: string;
  readonly calls: readonly Call[];
  /** Answers the next calls with these, one each; then with what was given last. */
  answer(...answers: readonly (Answer | ((call: Call) => Answer))[]): void;
  stop(): Promise<void>;
}

/** A reply that misses every point but those named, with a verdict and a quote for each. */
export const judging =
  (said: Readonly<Record<string, readonly [verdict: string, quote: string]>> = {}) =>
  ({ points }: Pick<Call, "points">): Answer => ({
    text: JSON.stringify({
      points: points.map(({ id }): PointJudgement => {
        const [verdict, quote] = said[id] ?? ["miss", ""];
        return { id, verdict: verdictSchema.parse(verdict), quote };
      }),
    }),
  });

function callFrom(text: string, authorization: string | undefined): Call {
  const body = requestSchema.parse(JSON.parse(text));
  const lines = body.messages.at(-1)?.content.split("\n") ?? [];
  const points = lines
    .filter((line) => line.startsWith('{"id"'))
    .map((line) => pointSchema.parse(JSON.parse(line)));
  return { body, authorization, points, answer: z.string().parse(JSON.parse(lines.at(-2) ?? "null")) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

async function respond(answer: Answer, response: ServerResponse): Promise<void> {
  if ("wait" in answer) {
    await answer.wait;
    return respond(answer.answer, response);
  }
  if ("hangUp" in answer) {
    response.destroy();
    return;
  }
  if ("status" in answer) {
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(JSON.stringify({ error: { message: answer.message ?? "no" } }));
    return;
  }
  response.writeHead(200, { "content-type": "application/json" });
  const message = "text" in answer ? { role: "assistant", content: answer.text } : {};
  const finish_reason = "text" in answer ? (answer.finish ?? "stop") : "stop";
  const completion = { id: "1", created: 0, model: "fake", choices: [{ index: 0, message, finish_reason }] };
  response.end("raw" in answer ? answer.raw : JSON.stringify(completion));
}

/** An OpenAI-compatible endpoint on this machine that says what a test wants. */
export async function openJudgeEndpoint(): Promise<JudgeEndpoint> {
  const calls: Call[] = [];
  let answers: (Answer | ((call: Call) => Answer))[] = [judging()];
  const server = createServer((request, response) => {
    void (async () => {
      const call = callFrom(await textOf(request), request.headers.authorization);
      calls.push(call);
      const next = answers.length > 1 ? answers.shift() : answers[0];
      await respond(typeof next === "function" ? next(call) : (next ?? { status: 500 }), response);
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the endpoint has no port");
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    calls,
    answer(...next) {
      answers = [...next];
    },
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
