import { z } from "zod";

/** What a script or a command gives back is checked as anything from outside is: the database may have been touched. */
export const textsSchema = z.array(z.string());
export const countSchema = z.int().nonnegative();
/** Instants come back as texts; a score of a sorted set may be written as a decimal. */
export const instantTextSchema = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number);

/** A part that is JSON, such as a text with whatever a member typed. */
export const jsonSchema = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
});

const DAY_MS = 86_400_000;

/** How many days a date lies after 1970-01-01. */
export const dayNumber = (date: string): string => String(Date.parse(date) / DAY_MS);

/** Groups a flat reply into rows of so many. */
export const rowsOf = <Item>(flat: readonly Item[], width: number): Item[][] =>
  Array.from({ length: Math.floor(flat.length / width) }, (_, at) =>
    flat.slice(at * width, (at + 1) * width),
  );
