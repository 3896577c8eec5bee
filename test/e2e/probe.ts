import { z } from "zod";
import { type Command, defineCommand } from "#core/command";
import { privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";

/** A private reply of one sentence. */
export const said = (text: string): Reply => privateReply({ kind: "text", text });

/** Says what the one command of a test replies. */
export type Replies = (request: Request) => Promise<Reply> | Reply;

/** The commands of tests that are about Discord and not about what is said: both reply what the test sets. */
export function probes(replies: Replies): readonly [Command, Command] {
  const probe = defineCommand({
    name: "probe",
    who: "member",
    where: "everywhere",
    summary: { zh: "试一试", en: "tries something" },
    examples: ["/probe"],
    options: z.object({
      text: z
        .string()
        .optional()
        .meta({ rest: true, label: { zh: "话", en: "text" } }),
    }),
    shorthands: [],
    run: async (request) => replies(request),
  });
  // Takes what members write, like /answer.
  return [probe, { ...probe, name: "writing", form: () => null }];
}

/** A promise that a test keeps. */
export function promised<Value>() {
  let keep: (value: Value) => void = () => {};
  const promise = new Promise<Value>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}
