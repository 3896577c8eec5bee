import { z } from "zod";

/**
 * What a point's claim looks like, in one line:
 * `sft > labelled|pairs + use ! generate ; clause`.
 *
 * `a|b` is a slot that any of its concepts fills, `+` joins slots that must all be filled, `subject >` says what the
 * slots are said of, `!` names concepts that must not stand in the clause. `:up` and `:down` ask for a direction,
 * `:flat` for none. After `;` come `clause` (one clause only), `wide` (the neighbouring sentences too), `ordered`, or `either` (a denial of it is as
 * good).
 */
export const ruleSchema = z.string().trim().min(1).max(400);

export interface Term {
  readonly meaning: number;
  /** 1 up, -1 down, 0 no direction, undefined whichever. */
  readonly direction: number | undefined;
}

export type Scope = "clause" | "sentence" | "wide";

export interface Rule {
  /** As it stands in the rubric, for explaining a verdict. */
  readonly text: string;
  /** Each slot is filled by any one of its terms; the first is the anchor. */
  readonly slots: readonly (readonly Term[])[];
  readonly unless: readonly Term[];
  /** Meaning of the subject that the slots are said of, or -1. */
  readonly subject: number;
  readonly scope: Scope;
  readonly ordered: boolean;
  /** Said or denied, it is the same point: "it does not get rid of made-up answers". */
  readonly either: boolean;
}

const DIRECTIONS: Readonly<Record<string, number>> = { up: 1, down: -1, flat: 0 };

/** @throws Error that names the rule and what is wrong with it */
export function parseRule(text: string, numberOf: ReadonlyMap<string, number>): Rule {
  const fail = (why: string): never => {
    throw new Error(`the rule "${text}" ${why}`);
  };
  const [body = "", flags = ""] = text.split(";");
  const [wanted = "", ...forbidden] = body.split("!");
  const subjectAndSlots = wanted.split(">");
  const slotText = subjectAndSlots[subjectAndSlots.length - 1] ?? "";
  const term = (word: string): Term => {
    const [id = "", direction] = word.trim().split(":");
    const meaning = numberOf.get(id);
    if (meaning === undefined) return fail(`names "${id}", which no glossary file explains`);
    if (direction === undefined) return { meaning, direction: undefined };
    const value = DIRECTIONS[direction];
    return value === undefined
      ? fail(`asks for the direction "${direction}"`)
      : { meaning, direction: value };
  };
  const terms = (slot: string): Term[] => slot.split("|").map(term);
  let scope: Scope = "sentence";
  let ordered = false;
  let either = false;
  for (const flag of flags.split(" ").filter((word) => word !== "")) {
    if (flag === "clause" || flag === "wide") scope = flag;
    else if (flag === "ordered") ordered = true;
    else if (flag === "either") either = true;
    else fail(`has the unknown ending "${flag}"`);
  }
  return {
    text,
    slots: slotText.split("+").map(terms),
    unless: forbidden.flatMap(terms),
    subject: subjectAndSlots.length > 1 ? term(subjectAndSlots[0] ?? "").meaning : -1,
    scope,
    ordered,
    either,
  };
}

/**
 * A rule that one phrase of the rubric fulfils.
 *
 * @param text the name of the list that the phrase stands in
 */
export function phraseRule(meaning: number, text: string): Rule {
  return {
    text,
    slots: [[{ meaning, direction: undefined }]],
    unless: [],
    subject: -1,
    scope: "clause",
    ordered: false,
    either: false,
  };
}
