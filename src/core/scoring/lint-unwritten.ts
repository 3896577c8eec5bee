import { type Bilingual, bilingualSchema } from "#core/language";
import { type Messages, messagesFor } from "#core/messages/index";
import type { Question } from "#core/pack/question";
import type { LintFinding } from "./lint-subject.ts";

type Path = readonly (string | number)[];

const LOCALES = ["zh", "en"] as const;

interface Text {
  readonly path: Path;
  readonly halves: Bilingual;
}

/** The texts of a question, each with where it stands. */
function textsIn(value: unknown, path: Path = []): readonly Text[] {
  if (typeof value !== "object" || value === null) return [];
  const text = bilingualSchema.safeParse(value);
  if (text.success) return [{ path, halves: text.data }];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}

/** Texts of a drafted question that carry the importer's mark: nobody has translated them, or written them at all. */
export function lintUnwritten(question: Question): LintFinding[] {
  return textsIn(question).flatMap(({ path, halves }): LintFinding[] => {
    const [first, at] = path;
    const point = first === "points" && typeof at === "number" ? question.points[at] : undefined;
    const place = { file: "question" as const, path, question: question.id, point: point?.id };
    const isSome = (test: (half: string, say: Messages["drafting"]) => boolean): boolean =>
      LOCALES.some((locale) => test(halves[locale], messagesFor(locale).drafting));
    if (isSome((half, { toWrite }) => half === toWrite))
      return [{ ...place, what: "this text is not there yet", mend: "write it", lack: "unwritten" }];
    if (isSome((half, { untranslated }) => half.startsWith(untranslated)))
      return [
        {
          ...place,
          what: "one half of this text is not translated",
          mend: "write it, and take the mark away",
          lack: "untranslated",
        },
      ];
    return [];
  });
}
