import { z } from "zod";
import { type SubmissionId, submissionIdSchema } from "#core/ids";
import { localeSchema } from "#core/language";
import type { Amendment, Reply } from "#core/reply";
import type { DeskAnswer, RequestBody } from "./client/wire.ts";
import type { Thread, ThreadMessage } from "./threads.ts";

/** More than any command takes: an answer has 4,000 characters, a log its last part. */
export const MOST_BODY_BYTES = 1_000_000;

/** A document of 8 MB in base64, and what goes with it. */
export const MOST_DOCUMENT_BODY_BYTES = 12_000_000;

/** What the page sends. */
export const requestBodySchema = z.strictObject({
  build: z.string().max(64),
  as: z.string().nullable(),
  locale: localeSchema,
  submission: submissionIdSchema,
  theme: z.enum(["light", "dark"]),
  pictures: z.boolean(),
  command: z.string().max(200),
  input: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("text"), text: z.string() }),
    z.strictObject({ kind: z.literal("typed"), options: z.record(z.string(), z.unknown()) }),
  ]),
}) satisfies z.ZodType<RequestBody>;

export const deskQuerySchema = z.object({
  as: z.string().optional(),
  locale: localeSchema.default("en"),
});

const short = z.string().max(100);
export const completeQuerySchema = z.object({
  command: short,
  option: short,
  typed: short,
  locale: localeSchema,
});

/** Replies as JSON, their pictures as data URIs. */
export const wireJson = (
  answer:
    | { readonly reply: Reply; readonly state: DeskAnswer | null; readonly submission: SubmissionId }
    | (Amendment & { readonly submission: SubmissionId })
    | { readonly threads: readonly Thread[]; readonly beside: readonly ThreadMessage[] },
): string =>
  JSON.stringify(answer, function (this: Record<string, unknown>, key: string, value: unknown) {
    // A Buffer has turned itself into JSON before it arrives as `value`.
    const raw = this[key];
    return raw instanceof Uint8Array ? `data:image/png;base64,${Buffer.from(raw).toString("base64")}` : value;
  });
