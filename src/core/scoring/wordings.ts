import type { Question } from "#core/pack/question";
import { signsIn } from "./features.ts";
import type { Glossary } from "./glossary.ts";
import { Lexicon } from "./lexicon.ts";
import { normalise } from "./normalise.ts";
import { read } from "./reading.ts";
import { Resemblances, type Wordings } from "./resemblance.ts";
import type { RubricFile } from "./rubric.ts";

type Texts = { readonly zh: string | readonly string[]; readonly en: string | readonly string[] };

const both = ({ zh, en }: Texts): string[] => [zh, en].flat();

/** Everything that a rubric and its question say of each point, of half of it, and of its opposite. */
function wordingsOf({ points }: Question, file: RubricFile): Wordings[] {
  const byId = new Map(file.points.map((point) => [point.id, point]));
  return points.map(({ id, statement, title, misconceptions = [] }) => {
    const point = byId.get(id);
    if (point === undefined) return { right: [], half: [], wrong: [] };
    const { examples, phrases, eitherPhrases, partialPhrases, contradictPhrases } = point;
    return {
      right: [
        ...[statement, title, phrases, eitherPhrases].flatMap(both),
        ...examples.hit,
        // What says nothing of the point does not speak against it either.
        ...examples.miss,
      ],
      half: [...both(partialPhrases), ...examples.partial],
      wrong: [
        ...examples.contradict,
        ...misconceptions.flatMap(({ belief }) => both(belief)),
        ...both(contradictPhrases),
      ],
    };
  });
}

/** Wordings are known by what words mean to everybody. */
const NO_PHRASES = new Lexicon(2);

/** What the points of a question and their opposites are like in words; made once, when it is first asked for. */
export function resemblancesOf(question: Question, file: RubricFile, glossary: Glossary): () => Resemblances {
  const lexicons = { glossary, phrases: NO_PHRASES };
  let made: Resemblances | undefined;
  return () => {
    made ??= new Resemblances(wordingsOf(question, file), (wording) => {
      const reading = read(normalise(wording, { traditional: false }), lexicons, () => false);
      return signsIn(reading, 0, reading.clauses.length, glossary.entries.length);
    });
    return made;
  };
}
