import { cleanText } from "#core/clean-text";
import { changeDossier } from "#core/dossier-change";
import { fingerprint } from "#core/fingerprint";
import type { TenantId } from "#core/ids";
import { Refusal } from "#core/refusal";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { onShelf, shelve } from "#core/shelf";
import {
  LONGEST_SOURCE,
  languageOf,
  POINT_LETTERS,
  POINTS,
  QUESTION_LETTERS,
  questionOf,
  type SuggestedQuestion,
  type SuggestionCase,
  suggestionShelf,
  suggestionText,
} from "./suggestion.ts";

/** Of one member at a time; and of all together, so that editors are not buried. */
const MOST_OF_ONE = 5;
const MOST_WAITING = 200;

/** The most that is read of a field at all. */
const LONGEST_READ = 6000;

export interface SuggestedTexts {
  readonly question: string;
  /** One key point a line. */
  readonly points: string;
  readonly source: string;
}

/** What makes a list of a line is not part of the point. */
const BULLET = /^(?:[-*•·‣–—]|\(?\d{1,2}[.)、）]|[①-⑳])\s*/u;

/** The key points that were typed, one a line; where there is one line only, also parted by semicolons. */
export function pointsIn(typed: string): readonly string[] {
  const lines = cleanText(typed).split("\n");
  const parts = lines.length > 1 ? lines : (lines[0] ?? "").split(/[;；]/u);
  const points = parts.map((line) => line.trim().replace(BULLET, "").trim()).filter((line) => line !== "");
  return [...new Set(points)];
}

/** Two ways of writing the same question are one question. */
const sameness = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

interface ReadSuggestion {
  readonly text: string;
  readonly points: readonly string[];
  readonly source: string | null;
}

/** @throws Refusal that says what is too short, too long, too few or too many */
function readTexts({ question, points: typedPoints, source: typedSource }: SuggestedTexts): ReadSuggestion {
  if (Math.max(question.length, typedPoints.length, typedSource.length) > LONGEST_READ)
    throw new Refusal((say) => say.suggestion.tooMuch(LONGEST_READ));
  const text = cleanText(question).replaceAll("\n", " ");
  if (text.length < QUESTION_LETTERS.least)
    throw new Refusal((say) => say.suggestion.questionShort(QUESTION_LETTERS.least));
  if (text.length > QUESTION_LETTERS.most)
    throw new Refusal((say) => say.suggestion.questionLong(QUESTION_LETTERS.most));
  const points = pointsIn(typedPoints);
  if (points.length < POINTS.least) throw new Refusal((say) => say.suggestion.noPoints);
  if (points.length > POINTS.most) throw new Refusal((say) => say.suggestion.tooManyPoints(POINTS.most));
  const short = points.find((point) => sameness(point).length < POINT_LETTERS.least);
  if (short !== undefined) throw new Refusal((say) => say.suggestion.pointShort(short));
  const long = points.findIndex((point) => point.length > POINT_LETTERS.most);
  if (long >= 0) throw new Refusal((say) => say.suggestion.pointLong(long + 1, POINT_LETTERS.most));
  const source = cleanText(typedSource).replaceAll("\n", " ").slice(0, LONGEST_SOURCE);
  return { text, points, source: source === "" ? null : source };
}

/** The suggested questions that wait for an editor, the oldest first. */
export async function waitingQuestions(
  tenant: TenantId,
  limit: number,
  { store }: Pick<Services, "store">,
): Promise<readonly SuggestionCase<SuggestedQuestion>[]> {
  const found = await onShelf(
    store,
    suggestionShelf(tenant, "waiting"),
    limit,
    (dossier) => questionOf(dossier)?.suggestion.decision === null,
  );
  return found.flatMap((dossier) => questionOf(dossier) ?? []);
}

/** @throws Refusal where too many wait already */
async function refuseFlood({ tenant, member }: Request, services: Pick<Services, "store">): Promise<void> {
  const waiting = await waitingQuestions(tenant, MOST_WAITING, services);
  if (waiting.filter(({ suggestion }) => suggestion.member === member).length >= MOST_OF_ONE)
    throw new Refusal((say) => say.suggestion.enoughOfYours(MOST_OF_ONE));
  if (waiting.length >= MOST_WAITING) throw new Refusal((say) => say.suggestion.enough);
}

/**
 * Keeps a suggested question for the editors: once, however often it is delivered or by whomever it is suggested.
 *
 * @throws Refusal where something of it does not fit, it is known already, or too many wait
 */
export async function suggestQuestion(
  texts: SuggestedTexts,
  request: Request,
  { store, clock, library }: Pick<Services, "store" | "clock" | "library">,
): Promise<SuggestionCase<SuggestedQuestion>> {
  const { tenant, member, locale, submission } = request;
  const { text, points, source } = readTexts(texts);
  const name = sameness(text);
  // Signs alone ask nothing, and would all be the same question.
  if (name === "") throw new Refusal((say) => say.suggestion.questionShort(QUESTION_LETTERS.least));
  const isInBank = library.questions.some(
    (question) => sameness(question.text.zh) === name || sameness(question.text.en) === name,
  );
  if (isInBank) throw new Refusal((say) => say.suggestion.inBank);
  const id = fingerprint(["question", name]);
  const filedAt = clock.now();
  if ((await store.dossier(tenant, "suggestion", id)) === null) {
    await refuseFlood(request, { store });
    await shelve(store, suggestionShelf(tenant, "waiting"), id, filedAt);
  }
  const filed: SuggestedQuestion = {
    type: "question",
    member,
    locale,
    language: languageOf(text),
    text,
    points: [...points],
    source,
    filedAt,
    filedBy: submission,
    announced: false,
    decision: null,
    told: false,
    takenUp: null,
  };
  const kept = await changeDossier(store, { tenant, kind: "suggestion", id }, (standing) =>
    standing === null ? suggestionText(filed) : null,
  );
  const found = kept === null ? null : questionOf(kept);
  if (found === null) throw new Error(`the suggestion ${id} was not kept`);
  if (found.suggestion.filedBy !== submission) throw new Refusal((say) => say.suggestion.knownAlready);
  return found;
}
