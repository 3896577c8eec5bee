import type { Bilingual } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { type Question, questionSchema } from "#core/pack/question";
import { inOneLanguage } from "#core/pack/untranslated";
import type { Glossary } from "#core/scoring/glossary";
import type { RubricFile } from "#core/scoring/rubric";
import type { DraftQuestion } from "./draft.ts";
import { draftRules } from "./rules.ts";

const toWrite = (): Bilingual => ({
  zh: messagesFor("zh").drafting.toWrite,
  en: messagesFor("en").drafting.toWrite,
});

/**
 * A drafted question as a pack keeps it, and the rules by which answers to it are judged.
 *
 * @param id its points are `<id>-p1` and so on
 * @param document the id of the document among those of the pack
 * @param question with at least one point
 */
export function draftFiles(
  id: string,
  document: string,
  { title, points }: Pick<DraftQuestion, "title" | "points">,
  glossary: Glossary,
): { readonly question: Question; readonly rubric: RubricFile } {
  const identified = points.map((point, at) => ({ id: `${id}-p${at + 1}`, point }));
  return {
    question: questionSchema.parse({
      schema: 1,
      id,
      status: "draft",
      topic: "imported",
      difficulty: 2,
      text: inOneLanguage(title),
      points: identified.map(({ id: pointId, point }) => ({
        id: pointId,
        title: inOneLanguage(point.title),
        statement: inOneLanguage(point.statement),
        weight: point.weight,
        hint: toWrite(),
        ...(point.erratum === undefined ? {} : { erratum: point.erratum }),
        source: { document, heading: `${point.lines[0]}–${point.lines[1]}` },
      })),
      modelAnswer: inOneLanguage(points.map(({ statement }) => statement).join("\n")),
      hints: [toWrite(), toWrite()],
      followUps: [toWrite(), toWrite()],
    }),
    rubric: draftRules(id, title, identified, glossary),
  };
}
