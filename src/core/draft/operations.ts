import type { Locale } from "#core/language";
import { Refusal } from "#core/refusal";
import { fingerprintOf, lineFingerprint, unusedOf } from "./found.ts";
import { type Halves, ownLanguage, withHalf } from "./halves.ts";
import { likeness } from "./likeness.ts";
import {
  type DraftContent,
  type DraftPoint,
  type DraftQuestion,
  MOST_ALIASES,
  MOST_POINTS,
  type PointField,
  type UnusedLine,
  type What,
} from "./question.ts";
import { addedPoint, joined, partsOf } from "./shaping.ts";
import { type Acting, recorded, stateBefore } from "./versions.ts";

/** What a reviewer does to a question. Positions are not named, only ids: what somebody else moved meanwhile stays right. */
export type Operation =
  | { readonly kind: "approve"; readonly point: string | null }
  | { readonly kind: "edit"; readonly point: string; readonly locale: Locale; readonly texts: PointTexts }
  | { readonly kind: "rewrite"; readonly locale: Locale; readonly texts: QuestionTexts }
  | { readonly kind: "rate"; readonly difficulty: number }
  | { readonly kind: "weigh"; readonly point: string; readonly weight: number }
  | { readonly kind: "merge"; readonly point: string; readonly into: string }
  | { readonly kind: "split"; readonly point: string; readonly statements: readonly string[] }
  | { readonly kind: "drop" | "restore"; readonly point: string }
  | { readonly kind: "move"; readonly point: string; readonly by: -1 | 1 }
  | {
      readonly kind: "add";
      readonly title: string;
      readonly statement: string;
      /** The line of the document that it is made of, by its fingerprint; none where the document does not say it. */
      readonly line?: string | undefined;
    }
  | { readonly kind: "phrase"; readonly point: string; readonly phrase: string }
  | { readonly kind: "accept" | "decline"; readonly proposal: string }
  | { readonly kind: "same" | "different" }
  | { readonly kind: "back"; readonly to: number | null };

/** What is typed anew; absent stays as it is. */
export interface PointTexts {
  readonly title?: string;
  readonly statement?: string;
  readonly hint?: string;
  readonly aliases?: readonly string[];
}

export interface QuestionTexts {
  readonly text?: string;
  readonly modelAnswer?: string;
  readonly hints?: readonly [string, string];
}

/** Words so different that a published point which gets them is another point. */
const ANOTHER_POINT = 0.25;

/** @throws Refusal where the question has no such point any more */
function pointOf(content: Pick<DraftContent, "points">, id: string): DraftPoint {
  const point = content.points.find((one) => one.id === id);
  if (point === undefined) throw new Refusal((say) => say.content.pointGone);
  return point;
}

const replaced = (content: DraftContent, point: DraftPoint, by: readonly DraftPoint[]): DraftContent => ({
  ...content,
  points: content.points.flatMap((one) => (one.id === point.id ? by : [one])),
});

const withEdited = (point: DraftPoint, ...fields: readonly PointField[]): readonly PointField[] => [
  ...new Set([...point.edited, ...fields]),
];

const half = (before: Halves | null, locale: Locale, text: string): Halves | null => {
  if (text !== "") return withHalf(before ?? { zh: null, en: null }, locale, text);
  const other = locale === "zh" ? before?.en : before?.zh;
  return other == null ? null : withHalf({ zh: null, en: null }, locale === "zh" ? "en" : "zh", other);
};

function edited(point: DraftPoint, locale: Locale, texts: PointTexts): DraftPoint {
  const { title, statement, hint, aliases } = texts;
  const changed: PointField[] = [];
  const next = { ...point };
  if (title !== undefined && title !== "" && title !== point.title[locale]) {
    next.title = withHalf(point.title, locale, title);
    changed.push("title");
  }
  if (statement !== undefined && statement !== "" && statement !== point.statement[locale]) {
    next.statement = withHalf(point.statement, locale, statement);
    next.parts = locale === ownLanguage(point.statement) ? undefined : point.parts;
    changed.push("statement");
  }
  if (hint !== undefined && hint !== (point.hint?.[locale] ?? "")) {
    next.hint = half(point.hint, locale, hint);
    changed.push("hint");
  }
  if (aliases !== undefined && aliases.join("\n") !== point.aliases.join("\n")) {
    next.aliases = [...new Set(aliases)].slice(0, MOST_ALIASES);
    changed.push("aliases");
  }
  return changed.length === 0 ? point : { ...next, edited: withEdited(point, ...changed) };
}

/** Whether a point that members' histories name means something else now. */
function isAnother(before: DraftPoint, after: DraftPoint): boolean {
  const language = ownLanguage(before.statement);
  const text = after.statement[language] ?? "";
  return likeness(before.statement[language] ?? "", text) < ANOTHER_POINT;
}

function moved(content: DraftContent, id: string, by: -1 | 1): DraftContent {
  const at = content.points.indexOf(pointOf(content, id));
  const points = [...content.points];
  const [point] = points.splice(at, 1);
  if (point !== undefined) points.splice(Math.min(points.length, Math.max(0, at + by)), 0, point);
  return { ...content, points };
}

interface Done {
  readonly content: DraftContent;
  readonly what: What;
  /** How many ids were given out. */
  readonly newPoints?: number;
}

const idOf = ({ id, nextPoint }: DraftQuestion, more = 0): string => `${id}-${nextPoint + more}`;

/** @throws Refusal where it has been made a point of meanwhile, or the document does not have it any more */
function unusedLine(question: DraftQuestion, fingerprint: string): UnusedLine {
  const line = unusedOf(question).find((one) => lineFingerprint(one) === fingerprint);
  if (line === undefined) throw new Refusal((say) => say.content.lineGone);
  return line;
}

/** @throws Refusal where a question would have too many points */
function checkRoom(content: DraftContent, more: number): void {
  if (content.points.length + more > MOST_POINTS)
    throw new Refusal((say) => say.content.tooManyPoints(MOST_POINTS));
}

function answered(question: DraftQuestion, id: string, accepts: boolean): Done {
  const { content } = question;
  const proposal = content.proposals.find((one) => one.id === id);
  if (proposal === undefined) throw new Refusal((say) => say.content.proposalGone);
  const rest = { ...content, proposals: content.proposals.filter((one) => one !== proposal) };
  if (proposal.kind === "change") {
    const before = pointOf(content, proposal.point);
    // The same words of the document are not proposed again.
    const found = [...new Set([...before.found, fingerprintOf(proposal)])].slice(-80);
    if (!accepts) return { content: replaced(rest, before, [{ ...before, found }]), what: "decline" };
    const locale = ownLanguage(before.statement);
    const { title, statement } = proposal;
    const after = {
      ...before,
      title: withHalf(before.title, locale, title),
      statement: withHalf(before.statement, locale, statement),
      parts: undefined,
      found,
      edited: before.edited.filter((field) => field !== "title" && field !== "statement"),
      approved: false,
    };
    return { content: replaced(rest, before, [after]), what: "accept" };
  }
  // What the document says and nobody wants is accounted for among what was taken out.
  if (!accepts) return { content: { ...rest, dropped: [...rest.dropped, proposal.point] }, what: "decline" };
  checkRoom(rest, 1);
  return { content: { ...rest, points: [...rest.points, proposal.point] }, what: "accept" };
}

function done(question: DraftQuestion, operation: Operation): Done {
  const { content } = question;
  switch (operation.kind) {
    case "approve": {
      if (content.points.length === 0) throw new Refusal((say) => say.content.nothingToApprove);
      if (operation.point !== null) pointOf(content, operation.point);
      const isMeant = ({ id }: DraftPoint): boolean => operation.point === null || operation.point === id;
      const points = content.points.map((point) => (isMeant(point) ? { ...point, approved: true } : point));
      return { content: { ...content, points }, what: "approve" };
    }
    case "edit": {
      const before = pointOf(content, operation.point);
      const after = edited(before, operation.locale, operation.texts);
      if (question.published === null || !isAnother(before, after))
        return { content: replaced(content, before, [after]), what: "edit" };
      return {
        content: replaced(content, before, [{ ...after, id: idOf(question) }]),
        what: "edit",
        newPoints: 1,
      };
    }
    case "rewrite": {
      const { locale, texts } = operation;
      const { text = "", modelAnswer, hints } = texts;
      const isNew = text !== "" && text !== content.text[locale];
      return {
        content: {
          ...content,
          ...(isNew ? { text: withHalf(content.text, locale, text), textEdited: true } : {}),
          ...(modelAnswer === undefined
            ? {}
            : { modelAnswer: half(content.modelAnswer, locale, modelAnswer) }),
          ...(hints === undefined
            ? {}
            : {
                hints: [half(content.hints[0], locale, hints[0]), half(content.hints[1], locale, hints[1])],
              }),
        },
        what: "edit",
      };
    }
    case "rate":
      return { content: { ...content, difficulty: operation.difficulty }, what: "edit" };
    case "weigh": {
      const before = pointOf(content, operation.point);
      const after = { ...before, weight: operation.weight, edited: withEdited(before, "weight") };
      return { content: replaced(content, before, [after]), what: "weigh" };
    }
    case "merge": {
      const point = pointOf(content, operation.point);
      const into = pointOf(content, operation.into);
      if (point === into) throw new Refusal((say) => say.content.mergeWithItself);
      const without = { ...content, points: content.points.filter((one) => one !== point) };
      return { content: replaced(without, into, [joined(into, point)]), what: "merge" };
    }
    case "split": {
      const point = pointOf(content, operation.point);
      const parts = partsOf(point, operation.statements, (at) => idOf(question, at));
      checkRoom(content, parts.length - 1);
      return { content: replaced(content, point, parts), what: "split", newPoints: parts.length - 1 };
    }
    case "drop": {
      const point = pointOf(content, operation.point);
      const next = {
        ...replaced(content, point, []),
        dropped: [...content.dropped, { ...point, approved: false }],
      };
      return { content: next, what: "drop" };
    }
    case "restore": {
      const point = content.dropped.find(({ id }) => id === operation.point);
      if (point === undefined) throw new Refusal((say) => say.content.pointGone);
      checkRoom(content, 1);
      const dropped = content.dropped.filter((one) => one !== point);
      return { content: { ...content, points: [...content.points, point], dropped }, what: "restore" };
    }
    case "move":
      return { content: moved(content, operation.point, operation.by), what: "move" };
    case "add": {
      checkRoom(content, 1);
      const line = operation.line === undefined ? null : unusedLine(question, operation.line);
      const point = addedPoint(idOf(question), operation.title, operation.statement, line);
      return { content: { ...content, points: [...content.points, point] }, what: "add", newPoints: 1 };
    }
    case "phrase": {
      const before = pointOf(content, operation.point);
      const aliases = [...new Set([...before.aliases, operation.phrase])].slice(-MOST_ALIASES);
      const after = { ...before, aliases, edited: withEdited(before, "aliases") };
      return { content: replaced(content, before, [after]), what: "edit" };
    }
    case "accept":
    case "decline":
      return answered(question, operation.proposal, operation.kind === "accept");
    case "same": {
      const dropped = [...content.dropped, ...content.points.map((point) => ({ ...point, approved: false }))];
      return { content: { ...content, points: [], dropped }, what: "merge" };
    }
    case "different":
      return { content, what: "edit" };
    case "back":
      return { content: stateBefore(question, operation.to), what: "back" };
  }
}

/**
 * A question after what a reviewer did; the same submission again changes nothing.
 *
 * @throws Refusal where it cannot be done to the question as it stands
 */
export function operate(question: DraftQuestion, operation: Operation, acting: Acting): DraftQuestion {
  const { submission } = acting;
  if (submission !== null && question.changes.some((change) => change.submission === submission))
    return question;
  const { content, what, newPoints = 0 } = done(question, operation);
  const next = {
    ...question,
    content,
    nextPoint: question.nextPoint + newPoints,
    ...(operation.kind === "different" || operation.kind === "same" ? { alike: null } : {}),
  };
  return recorded(next, question, what, acting);
}
