import type { Messages } from "#core/messages/index";
import type { Verdict } from "#core/scoring/grader";
import { isTranslated, ownLanguage, written } from "./halves.ts";
import { likeness } from "./likeness.ts";
import { type DraftPoint, type DraftQuestion, MOST_POINTS } from "./question.ts";

/** What a reviewer should look at; each has its sentence in the messages. */
export type Finding = keyof Messages["content"]["lint"];

const LONGEST_STATEMENT = { zh: 160, en: 320 } as const;
const SHORTEST_STATEMENT = { zh: 5, en: 12 } as const;
const LONGEST_TITLE = 60;
const TWIN = 0.6;
const FEW_POINTS = 3;
const MANY_POINTS = 10;
const ECHO = 0.7;

const LEANS =
  /^(?:它|他们|它们|这|那|此外|另外|同时|因此|所以|但是|而且|其中|it\b|they\b|this\b|that\b|these\b|also\b|however\b|but\b|therefore\b|and\b)/iu;
const FURNITURE =
  /^(?:[\d\s.,%:/+-]+|(?:点赞|收藏|评论|分享|关注|举报|转发|like|share|follow|subscribe|comment)s?\W{0,3}\d*)$/iu;
const CODE = /`|https?:\/\/|[{};]\s*$|\b(?:def|import|return|print)\b\s*[\w(]/u;

/** Findings about one key point, the gravest first. */
export function lintPoint(
  point: DraftPoint,
  { content }: Pick<DraftQuestion, "content">,
  verdict: Verdict | null,
): readonly Finding[] {
  const language = ownLanguage(point.statement);
  const statement = written(point.statement, language);
  const title = written(point.title, language);
  const findings: Finding[] = [];
  if (point.gone) findings.push("gone");
  if (FURNITURE.test(statement)) findings.push("furniture");
  if (statement.length < SHORTEST_STATEMENT[language]) findings.push("too-short");
  if (verdict !== null && verdict !== "hit") findings.push("unreachable");
  if (likeness(statement, written(content.text, language)) > ECHO) findings.push("echo");
  const isTwin = content.points.some(
    (other) => other.id !== point.id && likeness(statement, written(other.statement, language)) > TWIN,
  );
  if (isTwin) findings.push("twin");
  if (statement.length > LONGEST_STATEMENT[language]) findings.push("too-long");
  if (title.length > LONGEST_TITLE) findings.push("title-long");
  if (CODE.test(statement)) findings.push("code");
  if (LEANS.test(statement)) findings.push("leans");
  return findings;
}

/** Findings about a question as a whole. */
export function lintQuestion({ content, gone }: DraftQuestion, owner: string | null): readonly Finding[] {
  const count = content.points.length;
  const findings: Finding[] = [];
  if (owner === null) findings.push("no-owner");
  if (gone) findings.push("gone");
  if (count === 0) findings.push("no-points");
  else if (count < FEW_POINTS) findings.push("few-points");
  if (count > MANY_POINTS && count <= MOST_POINTS) findings.push("many-points");
  const texts = [content.text, ...content.points.flatMap(({ title, statement }) => [title, statement])];
  if (count > 0 && !texts.every(isTranslated)) findings.push("untranslated");
  return findings;
}
