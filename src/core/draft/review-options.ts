import { cleanText } from "#core/clean-text";
import type { Locale } from "#core/language";
import { Refusal } from "#core/refusal";
import { ownLanguage } from "./halves.ts";
import type { Operation } from "./operations.ts";
import { type DraftPoint, type DraftQuestion, LONGEST_ALIAS } from "./question.ts";

/** As long as a text of a draft is. */
const LONGEST_TYPED = 4000;

/** What can be asked of the review of one question; each is a button or a form of it. */
export const reviewOps = [
  "approve",
  "approve-all",
  "edit",
  "translate",
  "rewrite",
  "difficulty",
  "merge",
  "split",
  "drop",
  "restore",
  "up",
  "down",
  "heavier",
  "lighter",
  "weight",
  "add",
  "try",
  "accept",
  "decline",
  "same",
  "different",
  "phrase",
  "leave-phrase",
  "undo",
  "back",
  "history",
  "ask-model",
] as const;
export type ReviewOp = (typeof reviewOps)[number];

/** What buttons and forms of a review say; texts are as they were typed. */
export interface ReviewOptions {
  readonly question: string;
  readonly op?: ReviewOp | undefined;
  readonly point?: string | undefined;
  readonly into?: string | undefined;
  readonly value?: string | undefined;
  readonly version?: number | undefined;
  readonly half?: Locale | undefined;
  readonly title?: string | undefined;
  readonly statement?: string | undefined;
  readonly aliases?: string | undefined;
  readonly hint?: string | undefined;
  readonly text?: string | undefined;
  readonly model?: string | undefined;
  readonly hint1?: string | undefined;
  readonly hint2?: string | undefined;
  readonly answer?: string | undefined;
  readonly weight?: number | undefined;
}

const linesOf = (text: string): readonly string[] =>
  cleanText(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** @throws Refusal where the question has no such point any more */
export function pointNamed({ content }: DraftQuestion, id: string | undefined): DraftPoint {
  const point = content.points.find((one) => one.id === id);
  if (point === undefined) throw new Refusal((say) => say.content.pointGone);
  return point;
}

/** The point behind one, which it is merged with. */
function followerOf({ content }: DraftQuestion, point: DraftPoint): DraftPoint {
  const next = content.points[content.points.indexOf(point) + 1];
  if (next === undefined) throw new Refusal((say) => say.content.mergeWithItself);
  return next;
}

const typed = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : cleanText(text).slice(0, LONGEST_TYPED).trim().toWellFormed();

/** What an option means for the question as it stands. */
export function operationOf(draft: DraftQuestion, options: ReviewOptions): Operation | null {
  const { op, point, value = "", version, weight } = options;
  const named = (): DraftPoint => pointNamed(draft, point);
  switch (op) {
    case "approve":
      return { kind: "approve", point: named().id };
    case "approve-all":
      return { kind: "approve", point: null };
    case "edit": {
      const [title, statement, hint] = [typed(options.title), typed(options.statement), typed(options.hint)];
      const aliases =
        options.aliases === undefined
          ? undefined
          : linesOf(options.aliases).map((one) => one.slice(0, LONGEST_ALIAS));
      return {
        kind: "edit",
        point: named().id,
        locale: options.half ?? ownLanguage(named().statement),
        texts: {
          ...(title === undefined ? {} : { title }),
          ...(statement === undefined ? {} : { statement }),
          ...(hint === undefined ? {} : { hint }),
          ...(aliases === undefined ? {} : { aliases }),
        },
      };
    }
    case "rewrite": {
      const [text, modelAnswer] = [typed(options.text), typed(options.model)];
      const [hint1, hint2] = [typed(options.hint1), typed(options.hint2)];
      return {
        kind: "rewrite",
        locale: options.half ?? ownLanguage(draft.content.text),
        texts: {
          ...(text === undefined ? {} : { text }),
          ...(modelAnswer === undefined ? {} : { modelAnswer }),
          ...(hint1 === undefined || hint2 === undefined ? {} : { hints: [hint1, hint2] as const }),
        },
      };
    }
    case "difficulty":
      return { kind: "rate", difficulty: Math.min(3, Math.max(1, Number(value) || 2)) };
    case "merge": {
      const into = options.into === undefined ? null : pointNamed(draft, options.into);
      return into === null
        ? { kind: "merge", point: followerOf(draft, named()).id, into: named().id }
        : { kind: "merge", point: named().id, into: into.id };
    }
    case "split":
      return { kind: "split", point: named().id, statements: linesOf(options.statement ?? "") };
    case "drop":
      return { kind: "drop", point: named().id };
    case "restore":
      return { kind: "restore", point: point ?? "" };
    case "up":
    case "down":
      return { kind: "move", point: named().id, by: op === "up" ? -1 : 1 };
    case "heavier":
    case "lighter":
      return {
        kind: "weigh",
        point: named().id,
        weight: Math.min(5, Math.max(1, named().weight + (op === "heavier" ? 1 : -1))),
      };
    case "weight":
      return { kind: "weigh", point: named().id, weight: weight ?? named().weight };
    case "add":
      return {
        kind: "add",
        title: typed(options.title) ?? "",
        statement: typed(options.statement) ?? "",
        line: options.value,
      };
    case "accept":
    case "decline":
      return { kind: op, proposal: value };
    case "different":
    case "same":
      return { kind: op };
    case "undo":
      return { kind: "back", to: null };
    case "back":
      return { kind: "back", to: version ?? null };
    default:
      return null;
  }
}
