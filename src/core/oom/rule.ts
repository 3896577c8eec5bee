import type { CaseId, Confidence, Figures } from "./kinds.ts";
import { toGib } from "./quantities.ts";

/** One phrase that programs print, and what it means. */
export interface Rule {
  readonly names: CaseId;
  /** Linear-time: literals, bounded gaps, no nested repeats. */
  readonly pattern: RegExp;
  /** The same text must hold all of these too. */
  readonly also?: readonly RegExp[];
  /** How far from the match they may stand (code units); anywhere where it is not given. */
  readonly near?: number;
  /** The rule is silent where the text holds this. */
  readonly unless?: RegExp;
  readonly confidence?: Confidence;
  /** Means what it says even where PyTorch's own out-of-memory sentence stands before it. */
  readonly outranks?: true;
  /** Looks at lines as they stand, not at the text with its line breaks taken out. */
  readonly lines?: true;
  readonly read?: (match: RegExpExecArray) => Partial<Figures>;
}

/** Reads sizes from pairs of groups (digits, unit) in the order of `names`. */
export const sizes =
  (...names: readonly (keyof Figures)[]) =>
  (match: RegExpExecArray): Partial<Figures> =>
    Object.fromEntries(
      names.map((name, at) => [name, toGib(match[2 * at + 1] ?? "", match[2 * at + 2] ?? "")]),
    );

/** A count as printed; null where it is not there. */
export const wholeNumber = (digits: string | undefined): number | null =>
  digits === undefined ? null : Number(digits);

/** Reads whole numbers of bytes from the groups in the order of `names`. */
export const bytes =
  (...names: readonly (keyof Figures)[]) =>
  (match: RegExpExecArray): Partial<Figures> =>
    Object.fromEntries(names.map((name, at) => [name, toGib(match[at + 1] ?? "", "bytes")]));
