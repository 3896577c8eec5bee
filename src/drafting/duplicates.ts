import type { Library } from "#core/pack/library";
import { type Alike, type Asked, askedOf, likenessIndex } from "#core/pack/likeness";
import type { Glossary } from "#core/scoring/glossary";
import type { DraftQuestion } from "./draft.ts";

/**
 * Of what is imported at once, so many questions are compared with each other and by their points; more only with the
 * bank and by their titles.
 */
const CLOSELY = 500;

/** Which questions ask what is asked already, in the bank or earlier in the same import. */
export type Duplicates = ReadonlyMap<DraftQuestion, readonly Alike[]>;

interface Imported {
  readonly name: string;
  readonly draft: { readonly questions: readonly DraftQuestion[] };
}

/**
 * Finds the questions that may be merged with others; whether they are is for a person to say.
 *
 * @param documents a question of them is called by its document's name and its number: `notes.md 3`
 */
export function findDuplicates(
  documents: readonly Imported[],
  library: Library,
  glossary: Glossary,
): Duplicates {
  const index = likenessIndex(glossary);
  for (const question of library.questions) index.add(question.id, askedOf(question));
  const isClose = documents.reduce((sum, { draft }) => sum + draft.questions.length, 0) <= CLOSELY;
  const duplicates = new Map<DraftQuestion, readonly Alike[]>();
  for (const { name, draft } of documents)
    for (const [at, question] of draft.questions.entries()) {
      const asked = askedOfDraft(question, isClose);
      const alike = index.alike(asked);
      if (alike.length > 0) duplicates.set(question, alike);
      if (isClose) index.add(`${name} ${at + 1}`, asked);
    }
  return duplicates;
}

const askedOfDraft = ({ title, points }: DraftQuestion, isClose: boolean): Asked => ({
  titles: [title],
  points: isClose ? points.flatMap((point) => [point.title, point.statement]) : [],
});
