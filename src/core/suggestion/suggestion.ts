import { z } from "zod";
import type { Dossier, Dossiers } from "#core/dossier";
import { changeDossier } from "#core/dossier-change";
import {
  type Instant,
  instantSchema,
  type MemberId,
  memberIdSchema,
  submissionIdSchema,
  type TenantId,
} from "#core/ids";
import { type Locale, localeSchema } from "#core/language";
import { slugSchema } from "#core/pack/question";
import { onShelf, type Shelf, unshelve } from "#core/shelf";

export const QUESTION_LETTERS = { least: 8, most: 500 } as const;
export const POINT_LETTERS = { least: 2, most: 300 } as const;
export const POINTS = { least: 1, most: 10 } as const;
export const LONGEST_SOURCE = 200;
export const LONGEST_SENTENCE = 600;

const decisionSchema = z.strictObject({
  approved: z.boolean(),
  by: memberIdSchema,
  submission: submissionIdSchema,
  at: instantSchema,
  sentence: z.string().max(LONGEST_SENTENCE).nullable(),
});

/** Who made content of it, and when. */
const takenUpSchema = z.strictObject({ by: memberIdSchema, at: instantSchema });

const questionSchema = z.strictObject({
  type: z.literal("question"),
  member: memberIdSchema,
  /** The language that the member reads in. */
  locale: localeSchema,
  /** The language that it is written in. */
  language: localeSchema,
  text: z.string().max(QUESTION_LETTERS.most),
  points: z.array(z.string().max(POINT_LETTERS.most)).min(POINTS.least).max(POINTS.most),
  /** Where it comes from, in the member's words. */
  source: z.string().max(LONGEST_SOURCE).nullable(),
  filedAt: instantSchema,
  filedBy: submissionIdSchema,
  announced: z.boolean(),
  decision: decisionSchema.nullable(),
  told: z.boolean(),
  takenUp: takenUpSchema.nullable(),
});
export type SuggestedQuestion = z.infer<typeof questionSchema>;

/** Words of a member that an editor found to say a key point: another wording for its rules. */
const phraseSchema = z.strictObject({
  type: z.literal("phrase"),
  /** The language that it is written in. */
  language: localeSchema,
  question: slugSchema,
  point: slugSchema,
  verdict: z.enum(["hit", "partial"]),
  phrase: z.string().max(400),
  /** The appeal it comes from. */
  appeal: z.string(),
  approvedBy: memberIdSchema,
  approvedAt: instantSchema,
  takenUp: takenUpSchema.nullable(),
});
export type SuggestedPhrase = z.infer<typeof phraseSchema>;

const suggestionSchema = z.discriminatedUnion("type", [questionSchema, phraseSchema]);
export type Suggestion = z.infer<typeof suggestionSchema>;

/** A suggestion with the name it is kept under. */
export interface SuggestionCase<Kind extends Suggestion = Suggestion> {
  readonly id: string;
  readonly suggestion: Kind;
}

export const languageOf = (text: string): Locale => (/\p{Script=Han}/u.test(text) ? "zh" : "en");

export const readSuggestion = (text: string): Suggestion => suggestionSchema.parse(JSON.parse(text));

const suggestionOf = ({ id, text }: Pick<Dossier, "id" | "text">): SuggestionCase => ({
  id,
  suggestion: readSuggestion(text),
});

/** The suggestion where it is a question; null where it is none. */
export const questionOf = (dossier: Dossier): SuggestionCase<SuggestedQuestion> | null => {
  const { id, suggestion } = suggestionOf(dossier);
  return suggestion.type === "question" ? { id, suggestion } : null;
};

/** How it is kept: the editors are to be told of a new question, its member of a decision. */
export const suggestionText = (suggestion: Suggestion): Pick<Dossier, "text" | "wakeAt"> => {
  const text = JSON.stringify(suggestion);
  if (suggestion.type === "phrase") return { text, wakeAt: null };
  const { decision, announced, told, filedAt } = suggestion;
  const wakesNew = announced ? null : filedAt;
  return { text, wakeAt: decision === null ? wakesNew : told ? null : decision.at };
};

export const suggestionShelf = (tenant: TenantId, name: Shelf["name"]): Shelf => ({
  tenant,
  kind: "suggestion",
  name,
});

/** When it was approved; null while it is not. */
const approvedAt = (suggestion: Suggestion): Instant | null => {
  if (suggestion.type === "phrase") return suggestion.approvedAt;
  return suggestion.decision?.approved === true ? suggestion.decision.at : null;
};

/** What editors have approved and nobody has made content of yet, the oldest first. */
export async function approvedSuggestions(
  store: Dossiers,
  tenant: TenantId,
  limit: number,
): Promise<readonly SuggestionCase[]> {
  const lies = (dossier: Dossier): boolean => {
    const { suggestion } = suggestionOf(dossier);
    // A question lies there a moment before its decision is kept.
    return (
      suggestion.takenUp === null && (suggestion.type === "phrase" || suggestion.decision?.approved !== false)
    );
  };
  const found = await onShelf(store, suggestionShelf(tenant, "approved"), limit, lies);
  return found.map(suggestionOf).filter(({ suggestion }) => approvedAt(suggestion) !== null);
}

/** Takes an approved suggestion off the pile, because content was made of it. Twice is as good as once. */
export async function takeUpSuggestion(
  store: Dossiers,
  tenant: TenantId,
  id: string,
  by: MemberId,
  at: Instant,
): Promise<void> {
  const kept = await changeDossier(store, { tenant, kind: "suggestion", id }, (standing) => {
    if (standing === null) return null;
    const { suggestion } = suggestionOf(standing);
    if (approvedAt(suggestion) === null || suggestion.takenUp !== null) return null;
    return { ...suggestionText({ ...suggestion, takenUp: { by, at } }), wakeAt: standing.wakeAt };
  });
  const since = kept === null ? null : approvedAt(suggestionOf(kept).suggestion);
  if (since !== null) await unshelve(store, suggestionShelf(tenant, "approved"), id, since);
}
