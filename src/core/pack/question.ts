import { z } from "zod";
import { bilingualSchema } from "#core/language";

/** Lower-case words joined by hyphens; ids are published once and never reused. */
export const slugSchema = z
  .string()
  .max(40, "an id has at most 40 characters")
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "an id is lower-case words joined by hyphens, like oom-batch");

export const keyPointSchema = z.strictObject({
  id: slugSchema,
  /** A few words that name the point once the round has closed. */
  title: bilingualSchema,
  /** What is true, in full. A point whose meaning changes gets a new id. */
  statement: bilingualSchema,
  weight: z.int().min(1).max(5),
  /** Leads toward the point without giving it away; shown while the round is open. */
  hint: bilingualSchema,
  /** Where the source document is wrong or loose: what is right. */
  erratum: bilingualSchema.optional(),
  /** What is often believed instead, in a member's words, and what is right; shown to whoever contradicts the point. */
  misconceptions: z
    .array(z.strictObject({ belief: bilingualSchema, truth: bilingualSchema }))
    .max(3)
    .optional(),
  /** The document that the point was drawn from and the heading it stands under there. */
  source: z.strictObject({ document: slugSchema, heading: z.string().trim().min(1) }),
});
export type KeyPoint = z.infer<typeof keyPointSchema>;

export const questionSchema = z.strictObject({
  schema: z.literal(1),
  id: slugSchema,
  status: z.enum(["draft", "reviewed"]),
  topic: slugSchema,
  /** 1 warms up, 2 is what most interviewers expect, 3 separates candidates. */
  difficulty: z.int().min(1).max(3),
  /** The question as it is asked. */
  text: bilingualSchema,
  points: z.array(keyPointSchema).min(1),
  modelAnswer: bilingualSchema,
  /** From vague to pointed; a member gets one at a time. */
  hints: z.tuple([bilingualSchema, bilingualSchema]),
  followUps: z.tuple([bilingualSchema, bilingualSchema]),
});
export type Question = z.infer<typeof questionSchema>;

/** A document that points are drawn from; its text is not shipped. */
const sourceDocumentSchema = z
  .strictObject({
    id: slugSchema,
    /** As the document calls itself. */
    title: z.string().trim().min(1),
    /** Where anybody can read it. */
    url: z.url({ protocol: /^https$/ }).optional(),
    /** Of the file that was read, where it is no public page: says which edition. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "expected a SHA-256 in lower-case hexadecimal digits")
      .optional(),
    /** The day on which it was read, for what changes under its address. */
    read: z.iso.date().optional(),
    /** What a reader should know of it, like how far it can be trusted. */
    note: bilingualSchema.optional(),
  })
  .refine(({ url, sha256 }) => url !== undefined || sha256 !== undefined, {
    error: "a document needs its url, or the sha256 of the file that was read",
  });
export type SourceDocument = z.infer<typeof sourceDocumentSchema>;

export const packSchema = z.strictObject({
  schema: z.literal(1),
  id: slugSchema,
  /** Packs come in this order, and by id where it is the same; a new channel begins with the first question of all. */
  order: z.int().min(1).max(1000).default(100),
  /** Nothing of it is asked yet, so the running bot does not even read it; its authors grade and lint it all the same. */
  draft: z.boolean().default(false),
  title: bilingualSchema,
  documents: z.array(sourceDocumentSchema),
  /** The topics of its questions as people read them; packs that share a topic call it the same. */
  topics: z.record(slugSchema, bilingualSchema),
  /** The questions in the order they were written; each has a file of its own, `<id>.json`. */
  questions: z.array(slugSchema).min(1),
});
export type Pack = z.infer<typeof packSchema>;
