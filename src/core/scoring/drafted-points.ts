import type { Bilingual } from "#core/language";
import type { Question } from "#core/pack/question";
import type { Glossary } from "./glossary.ts";
import { type Meant, meantBy } from "./likeness.ts";
import { normalise } from "./normalise.ts";
import { type Reversible, reversibleBy } from "./reversible.ts";
import { shippedSenses } from "./senses.ts";

/** A draft has its words in one language; the other says only that they are not translated. */
const saidIn = ({ zh, en }: Bilingual): string => normalise(/\p{Script=Han}/u.test(en) ? zh : en).text;

const textsOf = ({ points }: Question): string[] =>
  points.map(({ title, statement }) => `${saidIn(title)}\n${saidIn(statement)}`);

/** By point of a question, the statements that it was joined out of, where it was. */
export type Parts = readonly { readonly id: string; readonly parts?: readonly string[] | undefined }[];

/** What the points of a drafted question mean; undefined where their words are not known. */
export function meantByPoints(question: Question, drafted: Parts): Meant | undefined {
  const parts = new Map(drafted.map((point) => [point.id, point.parts ?? []]));
  const ofPoint = ({ id }: { readonly id: string }): string[] =>
    (parts.get(id) ?? []).map((part) => normalise(part).text);
  return meantBy(textsOf(question), undefined, question.points.map(ofPoint));
}

/** What an answer to a drafted question may turn round; made once, when it is first asked for. */
export function reversibleOf(
  question: Question,
  meant: Meant | undefined,
  glossary: Glossary,
): () => Reversible {
  let made: Reversible | undefined;
  return () => {
    const senses = meant?.senses ?? shippedSenses();
    made ??= reversibleBy(saidIn(question.text), textsOf(question), senses, glossary);
    return made;
  };
}
