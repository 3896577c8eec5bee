import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { defectOf } from "#src/redaction";
import type { Fields } from "./verb.ts";

/** A number above 2^53 would come back as another one. */
const idSchema = z.union([z.string(), z.int()]);

/** What was wrong with a field, in words for whoever wrote the line. */
function faultOf(issue: z.core.$ZodIssue): string {
  const field = issue.path.join(".") || "the line";
  if (issue.code !== "invalid_type") return `${field}: ${issue.message}`;
  return issue.message.includes("received undefined")
    ? `${field} is missing`
    : `${field} is not of the type ${issue.expected}`;
}

/** The reason as one line; scripts read English whatever the machine's language is. */
function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.sentence(messagesFor("en"));
  if (error instanceof z.ZodError) return error.issues.map(faultOf).join("; ");
  // A defect of ours: the line is answered, the run goes on, and whoever runs it sees the cause.
  process.stderr.write(`${defectOf(error)}\n`);
  return "this line met a defect of the program; standard error has the cause";
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Refusal((say) => say.cli.notJson(line.trim() === ""), { cause });
  }
}

function idOf(line: unknown): string | number | null {
  const given: unknown = Object(line).id ?? null;
  if (given === null) return null;
  const id = idSchema.safeParse(given);
  if (!id.success) throw new Refusal((say) => say.cli.badId);
  return id.data;
}

async function answered(line: string, answer: (line: unknown) => Promise<Fields>): Promise<Fields> {
  let id: string | number | null = null;
  try {
    const parsed = parseLine(line);
    id = idOf(parsed);
    return { id, ...(await answer(parsed)) };
  } catch (error) {
    return { id, error: reasonOf(error) };
  }
}

/** Lines as JSON Lines has them: only a line feed ends one, since JSON texts may hold U+2028 and U+2029. */
async function* linesOf(input: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // Pieces of the line that has not ended: joined once, so that one long line does not cost its length squared.
  let begun: string[] = [];
  for await (const chunk of input) {
    const [first = "", ...others] = decoder.decode(chunk, { stream: true }).split("\n");
    begun.push(first);
    for (const next of others) {
      yield begun.join("");
      begun = [next];
    }
  }
  const last = begun.join("") + decoder.decode();
  if (last !== "") yield last;
}

/** Answers each line of the input by exactly one line of the output, in order; a bad line does not stop the run. */
export async function answerLines(
  input: Readable,
  output: Writable,
  answer: (line: unknown) => Promise<Fields>,
): Promise<void> {
  for await (const line of linesOf(input)) {
    const fields = await answered(line, answer);
    if (!output.write(`${JSON.stringify(fields)}\n`)) await once(output, "drain");
  }
}
