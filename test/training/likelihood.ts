import type { Library } from "#core/pack/library";
import type { Question } from "#core/pack/question";
import { type Glossary, hashOf } from "#core/scoring/glossary";
import type { Evidences } from "#core/scoring/likelihood";
import { meantBy } from "#core/scoring/likeness";
import { gradeLocally } from "#core/scoring/local-grader";
import { normalise } from "#core/scoring/normalise";
import { type CompiledRubric, compileRubric } from "#core/scoring/rubric";
import type { Senses } from "#core/scoring/senses";
import { loadGlossary } from "#src/content/library";
import { draftFiles } from "#src/drafting/files";
import { draftedCases } from "#test/drafting/drafted";
import type { SaidAnswer } from "./said-alike.ts";

/** An answer to a drafted question, as it is weighed. */
export interface Weighed {
  /** What is left out together: a topic of the shipped questions, a set of a document's. */
  readonly fold: string;
  readonly evidences: Evidences;
  /** Whether each point is covered, by its label. */
  readonly covered: readonly boolean[];
  /** An answer to another question. */
  readonly isStrange: boolean;
  /** How much it counts. */
  readonly weight: number;
}

const STRANGERS = 6;
const STRANGE_WEIGHT = 3;
const DOCUMENT_WEIGHT = 4;
/** One answer in so many is taken. */
const ONE_IN = 4;

function weighed(text: string, rubric: CompiledRubric): Evidences | undefined {
  let seen: Evidences | undefined;
  const likened = (evidences: Evidences): void => {
    seen = evidences;
  };
  gradeLocally(text, rubric, { trace: { read: () => {}, weighed: () => {}, likened } });
  return seen;
}

const isCovered = (verdict: string | undefined): boolean => verdict === "hit" || verdict === "partial";
export const numberOf = (text: string): number => Number.parseInt(hashOf([text]).slice(0, 8), 16);

/** A shipped question as it would be drafted from a document in one language. */
export function asDrafted({ id, text, points }: Question, locale: "zh" | "en", glossary: Glossary) {
  const drafted = points.map((point) => ({
    title: point.title[locale],
    statement: point.statement[locale],
    aliases: [],
    lines: [1, 1] as const,
    weight: point.weight,
    section: null,
  }));
  const files = draftFiles(`drafted-${id}`, "drafted", { title: text[locale], points: drafted }, glossary);
  return { drafted, files };
}

/** Answers to the shipped questions, graded as if those had been drafted from a document in one language. */
export function weighShipped(
  { questions }: Library,
  answers: readonly SaidAnswer[],
  sensesWithout: (topic: string) => Senses,
): Weighed[] {
  const glossary = loadGlossary();
  return questions.flatMap((question) => {
    const { id, topic, points } = question;
    const own = answers.filter(({ question }) => question === id);
    const strange = answers.filter(
      ({ question }) => questions.find((one) => one.id === question)?.topic !== topic,
    );
    return (["zh", "en"] as const).flatMap((locale) => {
      const { drafted, files } = asDrafted(question, locale, glossary);
      const said = drafted.map(({ title, statement }) => normalise(`${title}\n${statement}`).text);
      const rubric = {
        ...compileRubric(files.question, files.rubric, glossary),
        meant: meantBy(said, sensesWithout(topic)),
      };
      const taken = own.filter((answer) => numberOf(answer.id) % ONE_IN === 0);
      const strangers = Array.from(
        { length: STRANGERS },
        (_, at) => strange[numberOf(`${id} ${locale} ${at}`) % strange.length],
      ).filter((answer) => answer !== undefined);
      return [...taken, ...strangers].flatMap((answer): Weighed[] => {
        const evidences = weighed(answer.text, rubric);
        if (evidences === undefined) return [];
        const isStrange = answer.question !== id;
        return [
          {
            fold: topic,
            evidences,
            covered: points.map((point) => !isStrange && isCovered(answer.points[point.id])),
            isStrange,
            weight: isStrange ? STRANGE_WEIGHT : 1,
          },
        ];
      });
    });
  });
}

/** Answers to questions of imported documents, by the sets in test/fixtures/answers/drafted. */
export async function weighDrafted(sets: readonly string[]): Promise<Weighed[]> {
  const cases = await Promise.all(
    sets.map(async (set) => (await draftedCases(set)).map((one) => ({ set, ...one }))),
  );
  return cases.flat().flatMap(({ set, answer, rubric, points }): Weighed[] => {
    const evidences = weighed(answer.text, rubric);
    const covered = points.map(({ expected }) => isCovered(expected));
    return evidences === undefined
      ? []
      : [{ fold: `the set ${set}`, evidences, covered, isStrange: false, weight: DOCUMENT_WEIGHT }];
  });
}
