import { z } from "zod";

/**
 * An id or a text as a column keeps it. SQLite stores UTF-8, which has no lone surrogates: a broken emoji would come
 * back as another character and no quote of the answer would match. JSON escapes them (and NUL), one to one.
 */
export const toColumn = (text: string): string => JSON.stringify(text);

/** Reads what `toColumn` or `JSON.stringify` wrote; what is not JSON is a damaged row. */
export const fromColumn = z.string().transform((column, context): unknown => {
  try {
    return JSON.parse(column);
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
});
