import type { Bilingual } from "#core/language";
import type { Question } from "#core/pack/question";
import type { Glossary } from "./glossary.ts";
import { type Meant, meantBy } from "./likeness.ts";
import { normalise } from "./normalise.ts";
import { type Reversible, reversibleBy } from "./reversible.ts";

/** A draft has its words in one language; the other says only that they are not translated. */
const saidIn = ({ zh, en }: Bilingual): string => normalise(/\p{Script=Han}/u.test(en) ? zh : en).text;

const textsOf = ({ points }: Question): string[] =>
  points.map(({ title, statement }) => `${saidIn(title)}\n${saidIn(statement)}`);

/** What the points of a drafted question mean; undefined where their words are not known. */
export const meantByPoints = (question: Question, senses?: Meant["senses"]): Meant | undefined =>
  meantBy(textsOf(question), senses);

/** What an answer to a drafted question may turn round; made once, when it is first asked for. */
export function reversibleOf(question: Question, { senses }: Meant, glossary: Glossary): () => Reversible {
  let made: Reversible | undefined;
  return () => {
    made ??= reversibleBy(saidIn(question.text), textsOf(question), senses, glossary);
    return made;
  };
}
