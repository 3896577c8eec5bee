import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openReader, type QuestionReader, readerFileSchema } from "#core/scoring/question-reader";
import { leadsOutOf } from "./file.ts";

/** Where the trained reader of a question stands, seen from the question's own file. */
export const readerPath = (questionFile: string, id: string): string =>
  join(dirname(questionFile), "readers", `${id}.json`);

/**
 * The trained reader of a question, or undefined where nothing was learnt for it: the rules decide alone then.
 *
 * @throws Error that names the file, where it cannot be read
 */
export function readReader(questionFile: string, id: string): QuestionReader | undefined {
  const path = readerPath(questionFile, id);
  if (!existsSync(path)) return undefined;
  if (leadsOutOf(dirname(questionFile), path))
    throw new Error(
      `the trained reader ${path} is a link that leads out of its pack; put the file itself there`,
    );
  try {
    return openReader(readerFileSchema.parse(JSON.parse(readFileSync(path, "utf8"))));
  } catch (cause) {
    throw new Error(`the trained reader ${path} cannot be used; \`npm run grade:train\` makes it anew`, {
      cause,
    });
  }
}
