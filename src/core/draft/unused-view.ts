import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import type { Block } from "#core/reply";
import { unusedOf } from "./found.ts";
import type { DraftQuestion, UnusedLine } from "./question.ts";

/** As much as a message shows beside all else. */
const SHOWN = 5;
const LONGEST = 80;

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).toWellFormed()}…`;

function listOf(lines: readonly UnusedLine[], more: (count: number) => string, locale: Locale): Block {
  const say = messagesFor(locale).content;
  return {
    kind: "list",
    ordered: false,
    items: [
      ...lines.slice(0, SHOWN).map(({ number, text }) => say.unusedLine(number, shortened(text))),
      ...(lines.length > SHOWN ? [more(lines.length - SHOWN)] : []),
    ],
  };
}

/** What the answers of a document say that is in no key point: how much it is, and the first of it. */
export function unusedInAll(questions: readonly DraftQuestion[], locale: Locale): readonly Block[] {
  const say = messagesFor(locale).content;
  const found = questions.filter(({ gone }) => !gone).map(unusedOf);
  const lines = found.flat();
  if (lines.length === 0) return [];
  const asked = found.filter((own) => own.length > 0).length;
  return [{ kind: "text", text: say.unused(lines.length, asked) }, listOf(lines, say.unusedMore, locale)];
}

/** The same of one question. */
export function unusedHere(draft: DraftQuestion, locale: Locale): readonly Block[] {
  const say = messagesFor(locale).content;
  const lines = unusedOf(draft);
  if (lines.length === 0) return [];
  return [{ kind: "text", text: say.unusedHere(lines.length) }, listOf(lines, say.unusedRest, locale)];
}
