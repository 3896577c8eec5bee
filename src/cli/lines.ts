import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import type { Fields } from "./verb.ts";

const idSchema = z.looseObject({ id: z.union([z.string(), z.number()]).nullish() });

/** The reason as one line; scripts read English whatever the machine's language is. */
function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.sentence(messagesFor("en"));
  if (error instanceof z.ZodError) {
    return error.issues.map((issue) => `${issue.path.join(".") || "line"}: ${issue.message}`).join("; ");
  }
  throw error;
}

async function answered(line: string, answer: (line: unknown) => Promise<Fields>): Promise<Fields> {
  let id: string | number | null = null;
  try {
    const parsed = parseLine(line);
    id = idSchema.parse(parsed).id ?? null;
    return { id, ...(await answer(parsed)) };
  } catch (error) {
    return { id, error: reasonOf(error) };
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Refusal((say) => say.cli.notJson(line.trim() === ""), { cause });
  }
}

/** Answers each line of the input by exactly one line of the output, in order; a bad line does not stop the run. */
export async function answerLines(
  input: Readable,
  output: Writable,
  answer: (line: unknown) => Promise<Fields>,
): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const fields = await answered(line.replace(/^\ufeff/u, ""), answer);
    if (!output.write(`${JSON.stringify(fields)}\n`)) await once(output, "drain");
  }
}
