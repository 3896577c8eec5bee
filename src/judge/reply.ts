import { z } from "zod";
import { verdictSchema } from "#core/scoring/grader";
import { JudgeFailure, type PointJudgement } from "#core/scoring/judge";

/** What an endpoint is asked to write, where it takes a schema; bounds are ours, since not every endpoint knows them. */
export const wireSchema = z.strictObject({
  points: z.array(z.strictObject({ id: z.string(), verdict: verdictSchema, quote: z.string() })),
});

const readSchema = z.object({
  points: z
    .array(
      z.object({
        id: z.string().max(100),
        verdict: verdictSchema,
        quote: z
          .string()
          .max(2_000)
          .nullish()
          .transform((quote) => quote ?? ""),
      }),
    )
    .max(64),
});

/** Where thinking aloud ends, in models that do it in the reply. */
const THOUGHT = "</think>";

/**
 * Reads a reply in whatever it is wrapped: thoughts before it, a fence around it.
 *
 * @throws JudgeFailure `unreadable`
 */
export const readReply = (text: string): readonly PointJudgement[] => readWrapped(text, readSchema).points;

/**
 * Reads the JSON object of a reply in whatever it is wrapped.
 *
 * @throws JudgeFailure `unreadable` where there is none, or another than the schema takes
 */
export function readWrapped<Schema extends z.ZodType>(text: string, schema: Schema): z.output<Schema> {
  const thought = text.lastIndexOf(THOUGHT);
  const said = thought === -1 ? text : text.slice(thought + THOUGHT.length);
  let value: unknown;
  try {
    value = JSON.parse(said.slice(said.indexOf("{"), said.lastIndexOf("}") + 1));
  } catch {
    throw new JudgeFailure("unreadable");
  }
  const read = schema.safeParse(value);
  if (!read.success) throw new JudgeFailure("unreadable");
  return read.data;
}
