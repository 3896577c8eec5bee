import { z } from "zod";
import type { Dossier } from "#core/dossier";
import { instantSchema, memberIdSchema, submissionIdSchema } from "#core/ids";
import { bilingualSchema } from "#core/language";
import { slugSchema } from "#core/pack/question";
import { checkFits, fits } from "./fitting.ts";
import { halvesSchema } from "./halves.ts";

export const MOST_POINTS = 20;
export const MOST_ALIASES = 12;
export const LONGEST_ALIAS = 160;
export const MOST_PARTS = 80;
/** Lines of an answer in no point, as many as are kept to be looked through. */
export const MOST_UNUSED = 100;
/** As many earlier states as are kept, and the room for them; who did what is kept for longer. */
export const MOST_STATES = 15;
export const STATES_LETTERS = 60_000;
export const MOST_CHANGES = 100;

export const rangeSchema = z.tuple([z.int().positive(), z.int().positive()]).readonly();

const fieldSchema = z.enum(["title", "statement", "aliases", "weight", "hint"]);
export type PointField = z.infer<typeof fieldSchema>;

export const draftPointSchema = z.strictObject({
  /** Never given to another point, of whatever question of the tenant's. */
  id: slugSchema,
  title: halvesSchema,
  statement: halvesSchema,
  /** Leads toward the point; null where nobody has written one. */
  hint: halvesSchema.nullable(),
  weight: z.int().min(1).max(5),
  /** Other wordings that say it. */
  aliases: z.array(z.string().min(1).max(LONGEST_ALIAS)).max(MOST_ALIASES).readonly(),
  /** Where it stands in the document; none where a person wrote it. */
  lines: z.array(rangeSchema).max(40).readonly(),
  section: z.string().max(400).nullable(),
  /** The statements that the document's entries were joined out of; they hold as long as nobody has written another. */
  parts: z.array(z.string().max(4000)).max(MOST_PARTS).readonly().optional(),
  /** Fingerprints of what it was in the document: of several where points were merged; also of words that were turned down. */
  found: z.array(z.string().max(30)).max(80).readonly(),
  /** What people have changed: a document that is imported again does not overwrite it. */
  edited: z.array(fieldSchema).readonly(),
  /** Where the document is known to be wrong: what is right. */
  erratum: bilingualSchema.nullable(),
  approved: z.boolean(),
  /** The document does not have it any more. */
  gone: z.boolean(),
});
export type DraftPoint = Readonly<z.infer<typeof draftPointSchema>>;

/** A line of an answer of which no point was made, in words. */
const unusedLineSchema = z.strictObject({ number: z.int().positive(), text: z.string().min(1).max(400) });
export type UnusedLine = Readonly<z.infer<typeof unusedLineSchema>>;

/** What a document, a judge or a member would have the question be; a person takes it or leaves it. */
const proposalSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("add"),
    id: slugSchema,
    point: draftPointSchema,
    from: z.enum(["document", "judge"]),
  }),
  z.strictObject({
    kind: z.literal("change"),
    id: slugSchema,
    point: slugSchema,
    title: z.string().max(400),
    statement: z.string().max(4000),
  }),
]);
export type Proposal = Readonly<z.infer<typeof proposalSchema>>;

/** What people decide about; all of it comes back when an earlier state is restored. */
const contentSchema = z.strictObject({
  text: halvesSchema,
  difficulty: z.int().min(1).max(3),
  modelAnswer: halvesSchema.nullable(),
  hints: z.tuple([halvesSchema.nullable(), halvesSchema.nullable()]).readonly(),
  points: z.array(draftPointSchema).max(MOST_POINTS).readonly(),
  /** Points that a person took out; their lines are accounted for here. */
  dropped: z.array(draftPointSchema).max(400).readonly(),
  proposals: z.array(proposalSchema).max(60).readonly(),
  textEdited: z.boolean(),
});
export type DraftContent = Readonly<z.infer<typeof contentSchema>>;

const whatSchema = z.enum([
  "import",
  "approve",
  "edit",
  "weigh",
  "merge",
  "split",
  "drop",
  "restore",
  "move",
  "add",
  "accept",
  "decline",
  "back",
  "publish",
  "unpublish",
  "propose",
]);
export type What = z.infer<typeof whatSchema>;

const changeSchema = z.strictObject({
  /** 1 for the import, one more with every change. */
  version: z.int().positive(),
  what: whatSchema,
  /** Null where it was somebody who has left. */
  by: memberIdSchema.nullable(),
  at: instantSchema,
  submission: submissionIdSchema.nullable(),
});

/** A question that was drafted from a document, as the people who review it have it. */
export const draftQuestionSchema = z.strictObject({
  schema: z.literal(1),
  id: slugSchema,
  pack: slugSchema,
  /** The document of the pack that it comes from; null where a member suggested it. */
  document: slugSchema.nullable(),
  lines: rangeSchema.nullable(),
  /** Its lines as the document has them, for whoever compares. */
  source: z.array(z.string().max(2000)).max(400).readonly(),
  /** What its answer says in the document beside its points. */
  unused: z.array(unusedLineSchema).max(MOST_UNUSED).readonly().default([]),
  /** The title as it was found, by which it is known again when the document comes anew. */
  foundAs: z.string().max(4000),
  gone: z.boolean(),
  /** A question that asks the same already; null where there is none, or somebody looked and said no. */
  alike: z.strictObject({ id: z.string().max(60), share: z.number().min(0).max(1) }).nullable(),
  content: contentSchema,
  /** The number of the next new point. */
  nextPoint: z.int().positive(),
  changes: z.array(changeSchema).min(1).readonly(),
  /** Earlier contents, the newest last, each with the version that it was. */
  states: z.array(z.strictObject({ version: z.int().positive(), content: contentSchema })).readonly(),
  /** The version that members are asked now, and whether they are asked. */
  published: z.strictObject({ version: z.int().positive(), asked: z.boolean() }).nullable(),
});
export type DraftQuestion = Readonly<z.infer<typeof draftQuestionSchema>>;

/** Whether answers can be scored: a question without points is listed and never asked. */
export const isScorable = ({ content }: DraftQuestion): boolean => content.points.length > 0;

export const isApproved = ({ content }: DraftQuestion): boolean =>
  content.points.length > 0 && content.points.every(({ approved }) => approved);

export const versionOf = ({ changes }: DraftQuestion): number => changes.at(-1)?.version ?? 1;

/** Whether what members are asked is what stands here. */
export const isLive = (question: DraftQuestion): boolean => question.published?.asked === true;

/** Changes that have not been published. */
export const isAhead = (question: DraftQuestion): boolean =>
  question.published !== null && contentVersion(question) > question.published.version;

/** The newest version that changed what is asked. */
export const contentVersion = ({ changes }: DraftQuestion): number =>
  changes.findLast(({ what }) => !["publish", "unpublish", "approve", "decline"].includes(what))?.version ??
  1;

export const questionId = (id: string): string => `question/${id}`;

export const readDraft = ({ text }: Pick<Dossier, "text">): DraftQuestion =>
  draftQuestionSchema.parse(JSON.parse(text));

/**
 * How it is kept: with as many earlier contents as there is room for.
 *
 * @throws Refusal where even without them it is too long
 */
export function draftText(question: DraftQuestion): Pick<Dossier, "text" | "wakeAt"> {
  let { states } = question;
  let text = JSON.stringify(question);
  while (states.length > 0 && !fits(text)) {
    states = states.slice(1);
    text = JSON.stringify({ ...question, states });
  }
  return { text: checkFits(text), wakeAt: null };
}
