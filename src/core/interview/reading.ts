import type { z } from "zod";
import { readOptionText } from "#core/option-text";
import { wordsOf } from "#core/option-values";
import { describeOptions } from "#core/options";

/** `answer …` and `notes …` take the rest as it stands; `tick 1 3`, `ask …` take what follows; all else is options. */
const FIRST_WORD = /^\s*(\S{1,40})(?:\s+([\s\S]*))?$/u;

/** Items of a list that was typed: numbers or names, parted by blanks or commas. */
const itemsIn = (typed: string): readonly string[] =>
  typed
    .normalize("NFKC")
    .split(/[\s,;、]+/u)
    .filter((item) => item !== "");

/** Reads what was typed behind `/interview`: what to do comes first. */
export function readInterviewText(schema: z.ZodObject, text: string): Readonly<Record<string, unknown>> {
  const [, first = "", rest = ""] = FIRST_WORD.exec(text) ?? [];
  const spec = describeOptions(schema).find(({ name }) => name === "do");
  const doing = spec === undefined ? undefined : wordsOf(spec).get(first.toLowerCase());
  switch (doing) {
    case "answer":
    case "notes":
      return rest.trim() === "" ? { do: doing } : { do: doing, text: rest };
    case "tick":
      return { do: doing, points: itemsIn(rest) };
    case "ask":
      return { do: doing, id: rest.trim() };
    default:
      return readOptionText(schema, [], text);
  }
}
