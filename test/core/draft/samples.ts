import type { FoundPoint, FoundQuestion, ReadDocument } from "#core/draft/drafting";
import { type ImportedPack, imported, packIdFor } from "#core/draft/importing";
import type { DraftPack } from "#core/draft/pack";
import type { DraftQuestion } from "#core/draft/question";
import type { Acting } from "#core/draft/versions";
import { memberIdSchema, submissionIdSchema } from "#core/ids";

export const eve = memberIdSchema.parse("eve");

let submissions = 0;
/** A press of its own. */
export const acting = (at = 0): Acting => {
  submissions += 1;
  return { by: eve, at, submission: submissionIdSchema.parse(`s${submissions}`) };
};

export const found = (title: string, statement: string, line: number, weight = 2): FoundPoint => ({
  title,
  statement,
  lines: [line, line],
  aliases: [],
  weight,
  section: null,
});

/** A document with a question every ten lines. */
export function readOf(
  questions: readonly (readonly [title: string, points: readonly FoundPoint[]])[],
): ReadDocument {
  const lines = Array.from({ length: questions.length * 10 }, (_, at) => `line ${at + 1}`);
  return {
    questions: questions.map(
      ([title, points], at): FoundQuestion => ({ title, lines: [at * 10 + 1, at * 10 + 10], points }),
    ),
    dropped: [],
    lines,
    sha256: "a".repeat(64),
  };
}

export const BATCHING = found("Continuous batching", "New requests join the running batch at every step.", 2);
export const PAGING = found(
  "KV cache paging",
  "The cache is kept in blocks, so more requests fit at once.",
  3,
);
export const QUANTISED = found("Quantisation", "Weights in 4 bits are read faster from memory.", 4);
export const LATENCY = "How do you keep inference latency low under load?";

/** What an import makes of a document where this pack and these questions stand. */
export const importOf = (
  read: ReadDocument,
  pack: DraftPack | null = null,
  questions: readonly DraftQuestion[] = [],
): ImportedPack => {
  const name = "notes.md";
  const parts = { name, read, pack, packId: packIdFor(name), questions, owner: null, alike: () => null };
  return imported(parts, acting());
};

/** The first question of a fresh import. */
export function draftOf(points: readonly FoundPoint[] = [BATCHING, PAGING, QUANTISED]): DraftQuestion {
  const [first] = importOf(readOf([[LATENCY, points]])).changed;
  if (first === undefined) throw new Error("nothing was imported");
  return first.question;
}
