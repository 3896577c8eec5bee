import { z } from "zod";
import type { Dossier } from "#core/dossier";
import { instantSchema, memberIdSchema } from "#core/ids";
import { bilingualSchema } from "#core/language";
import { questionSchema, slugSchema } from "#core/pack/question";
import { rubricFileSchema } from "#core/scoring/rubric";
import { checkFits } from "./fitting.ts";

/** A question of a tenant's own as members are asked it, with all that its library needs to know. */
export const liveSchema = z.strictObject({
  schema: z.literal(1),
  pack: slugSchema,
  /** Where in the pack it comes, from 0. */
  place: z.int().nonnegative(),
  /** False once it was withdrawn: its histories stay readable. */
  asked: z.boolean(),
  version: z.int().positive(),
  at: instantSchema,
  by: memberIdSchema.nullable(),
  question: questionSchema,
  rubric: rubricFileSchema,
  /** The topic as people read it. */
  topic: bilingualSchema,
  /** The document that it was drawn from, and whose that is. */
  document: z.strictObject({
    id: slugSchema,
    title: z.string().min(1),
    sha256: z.string(),
    owner: z.string(),
  }),
});
export type LiveQuestion = Readonly<z.infer<typeof liveSchema>>;

export const LIVE = "live/";

export const liveId = (question: string): string => `${LIVE}${question}`;

export const readLive = ({ text }: Pick<Dossier, "text">): LiveQuestion => liveSchema.parse(JSON.parse(text));

/** @throws Refusal where it is too long */
export const liveText = (live: LiveQuestion): Pick<Dossier, "text" | "wakeAt"> => ({
  text: checkFits(JSON.stringify(live)),
  wakeAt: null,
});
