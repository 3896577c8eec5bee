import { halvesOf } from "./halves.ts";
import type { DraftQuestion } from "./question.ts";
import type { Acting } from "./versions.ts";

const LONGEST_TITLE = 500;

type Found = Pick<DraftQuestion, "id" | "pack" | "document" | "lines" | "source">;

/** A question that nobody has looked at yet, whether it was found in a document or suggested by a member. */
export function newQuestion(
  found: Found & { readonly title: string },
  points: DraftQuestion["content"]["points"],
  acting: Acting,
): DraftQuestion {
  const { id, pack, document, lines, source, title } = found;
  return {
    schema: 1,
    id,
    pack,
    document,
    lines,
    source,
    unused: [],
    foundAs: title.slice(0, 4000),
    gone: false,
    alike: null,
    content: {
      text: halvesOf(title.slice(0, LONGEST_TITLE)),
      difficulty: 2,
      modelAnswer: null,
      hints: [null, null],
      points,
      dropped: [],
      proposals: [],
      textEdited: false,
    },
    nextPoint: points.length + 1,
    changes: [{ version: 1, what: "import", ...acting }],
    states: [],
    published: null,
  };
}
