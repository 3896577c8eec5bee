import { z } from "zod";
import type { Locale } from "#core/language";
import type { Library } from "#core/pack/library";
import type { Question } from "#core/pack/question";
import { Refusal } from "#core/refusal";

/** The option by which a command lets a member name a question. */
export const questionOption = z
  .string()
  .max(100)
  .optional()
  .meta({
    positional: true,
    aliases: ["q", "题"],
    label: { zh: "题目", en: "question" },
    description: "a question's number, id or topic",
    suggest: "question",
  });

/** The letters of a question that fit a table; a Chinese one takes twice the room of a Latin one. */
const TITLE_LETTERS = { zh: 18, en: 40 } as const;

/** How a question begins, up to a word's end where there is one, for tables and lists. */
export function openingWords(question: Question, locale: Locale): string {
  const text = question.text[locale];
  const most = TITLE_LETTERS[locale];
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const wordEnd = cut.lastIndexOf(" ");
  return `${(wordEnd > most / 2 ? cut.slice(0, wordEnd) : cut).replace(/[\s,;:，；：、]+$/u, "")}…`;
}

/** The topic that is called so, in either language; null where none is. */
export function topicNamed(
  typed: string,
  { questions, topic }: Pick<Library, "questions" | "topic">,
): string | null {
  const word = typed.trim().toLowerCase();
  const called = questions.find((question) => {
    const names = topic(question.topic);
    return [question.topic, names?.zh, names?.en.toLowerCase()].includes(word);
  });
  return called?.topic ?? null;
}

/**
 * The question that a member means by a number (`2`, `q2`, `第2题`), an id, a word of an id, or a topic in either
 * language.
 *
 * @throws Refusal that lists the topics where there is none
 */
export function findQuestion(
  typed: string,
  { questions, topic }: Pick<Library, "questions" | "topic">,
): Question {
  const word = typed.trim().toLowerCase();
  const number = /^(?:q|第|#)?(\d{1,4})题?$/u.exec(word)?.[1];
  const isTopic = (question: Question): boolean => {
    const names = topic(question.topic);
    return [question.topic, names?.zh, names?.en.toLowerCase()].includes(word);
  };
  const found =
    (number === undefined ? undefined : questions[Number(number) - 1]) ??
    questions.find((question) => question.id === word) ??
    questions.find(isTopic) ??
    questions.find((question) => question.id.split("-").includes(word) || question.id.startsWith(word));
  if (found !== undefined && word !== "") return found;
  const topics = [...new Set(questions.map((question) => question.topic))].flatMap((id) => topic(id) ?? []);
  throw new Refusal((say) => say.quiz.noSuchQuestion(typed.slice(0, 40), topics));
}
