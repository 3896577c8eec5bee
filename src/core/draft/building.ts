import type { Bilingual, Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { type KeyPoint, type Question, questionSchema } from "#core/pack/question";
import { type RubricFile, rubricFileSchema } from "#core/scoring/rubric";
import type { Drafting } from "./drafting.ts";
import { type Halves, languageIn, marked, ownLanguage, written } from "./halves.ts";
import type { DraftPoint, DraftQuestion } from "./question.ts";

const both = (sentence: (locale: Locale) => string): Bilingual => ({
  zh: sentence("zh"),
  en: sentence("en"),
});

const orElse = (halves: Halves | null, sentence: (locale: Locale) => string): Bilingual =>
  halves === null ? both(sentence) : marked(halves);

/** Where a point stands, for those who have the document. */
function headingOf({ lines, section }: DraftPoint, locale: Locale): string {
  const say = messagesFor(locale).content;
  const where = lines.map(([from, to]) => say.placeLines(from, to)).join(locale === "zh" ? "、" : ", ");
  if (where === "") return say.noPlace;
  return section === null ? where : `${section} · ${where}`;
}

const keyPointOf = (point: DraftPoint, document: string, locale: Locale): KeyPoint => ({
  id: point.id,
  title: marked(point.title),
  statement: marked(point.statement),
  weight: point.weight,
  hint: orElse(point.hint, (of) => messagesFor(of).content.pointHint(point.section)),
  ...(point.erratum === null ? {} : { erratum: point.erratum }),
  source: { document, heading: headingOf(point, locale) },
});

/** The heaviest point, which the second hint names where nobody has written one. */
const heaviest = (points: readonly DraftPoint[]): DraftPoint | undefined =>
  points.toSorted((one, other) => other.weight - one.weight)[0];

/**
 * A draft as members are asked it: what nobody has translated stands in its own language, marked; hints that nobody
 * has written say how many points there are and name one.
 *
 * @param topic of the pack
 */
export function questionOf(draft: DraftQuestion, topic: string): Question {
  const { id, content, document } = draft;
  const { text, points, difficulty, modelAnswer, hints } = content;
  const locale = ownLanguage(text);
  const first = heaviest(points);
  const statements = (of: Locale): string => points.map(({ statement }) => marked(statement)[of]).join("\n");
  const followUp = (point: DraftPoint | undefined) => (of: Locale) =>
    messagesFor(of).content.followUp(point === undefined ? written(text, of) : written(point.title, of));
  return questionSchema.parse({
    schema: 1,
    id,
    status: "reviewed",
    topic,
    difficulty,
    text: marked(text),
    points: points.map((point) => keyPointOf(point, document ?? topic, locale)),
    modelAnswer: modelAnswer === null ? both(statements) : marked(modelAnswer),
    hints: [
      orElse(hints[0], (of) => messagesFor(of).content.firstHint(points.length)),
      orElse(hints[1], (of) =>
        messagesFor(of).content.secondHint(first === undefined ? "" : written(first.title, of)),
      ),
    ],
    followUps: [both(followUp(first)), both(followUp(points.find((point) => point !== first)))],
  } satisfies Question);
}

/** The rules of a draft: those that its points give by themselves, and the wordings that people have added. */
export async function rulesOf(draft: DraftQuestion, drafting: Pick<Drafting, "rules">): Promise<RubricFile> {
  const { id, content } = draft;
  const points = content.points.map((point) => {
    const own = ownLanguage(point.statement);
    return {
      id: point.id,
      title: written(point.title, own),
      statement: written(point.statement, own),
      lines: point.lines[0] ?? ([1, 1] as const),
      // What people have added must take nothing away from what the words of the document give.
      aliases: point.edited.includes("aliases") ? [] : point.aliases,
      weight: point.weight,
      section: point.section,
      parts: point.parts,
    };
  });
  const rules = await drafting.rules(id, written(content.text, ownLanguage(content.text)), points);
  return withWordings(rules, content.points);
}

/** What people say for a point: the wordings that they have added, and its title in the other language. */
function wordingsOf(point: DraftPoint): readonly string[] {
  const translated = point.title[ownLanguage(point.statement) === "zh" ? "en" : "zh"];
  const added = point.edited.includes("aliases") ? point.aliases : [];
  return (
    [...added, ...(translated === null ? [] : [translated])]
      // Rules read a star as a gap.
      .map((wording) => wording.replaceAll("*", " ").trim())
      .filter((wording) => wording.length > 1)
  );
}

function withWordings(rules: RubricFile, points: readonly DraftPoint[]): RubricFile {
  const byId = new Map(points.map((point) => [point.id, wordingsOf(point)]));
  return rubricFileSchema.parse({
    ...rules,
    points: rules.points.map((rule) => {
      const added = byId.get(rule.id) ?? [];
      const of = (locale: Locale): string[] => [
        ...new Set([...rule.phrases[locale], ...added.filter((wording) => languageIn(wording) === locale)]),
      ];
      return { ...rule, phrases: { zh: of("zh"), en: of("en") } };
    }),
  });
}
