import type { z } from "zod";
import type { Bilingual, Locale } from "./language.ts";
import type { Shorthand } from "./options.ts";
import type { Form, Reply } from "./reply.ts";
import type { Request, Role } from "./request.ts";
import type { Services } from "./services.ts";

/** A request whose options have been parsed by the command's own schema. */
export type RequestWith<Options> = Request & { readonly options: Options };

/**
 * One slash command. The schema is the single source of its options: typed options (Discord) and free text (Slack,
 * terminal, page) are parsed by it, and registration, completion and help are derived from it.
 */
export interface Command<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly who: Role;
  /** `local` commands exist only on the local page and in the terminal. */
  readonly where: "everywhere" | "local";
  readonly summary: Bilingual;
  /** Whole lines as one would type them. */
  readonly examples: readonly string[];
  readonly options: Schema;
  /** Words that set several options at once, like `2x4090`. */
  readonly shorthands: readonly Shorthand[];
  /** Reads what was typed behind the command where words and keys alone do not; plain values for the schema to parse. */
  readText?(text: string): Readonly<Record<string, unknown>>;
  /**
   * The form that the command opens when it is run with these options, where nothing has to be read for it: for
   * platforms on which a form must be the first response. Null where it opens none.
   */
  form?(options: z.output<Schema>, locale: Locale): Form | null;
  /** What is meant is the channel that it was written in, not the one whose questions the member answers. */
  readonly isForPlace?: boolean;
  /** Every member may run it, and editors decide in it: also who is an editor only by being an admin is to be known. */
  readonly hasEditorsDesk?: boolean;
  /** Without options there is nothing to do: platforms with forms open one that asks for them. */
  readonly asksForOptions?: boolean;
  /** Where a platform has menus on messages: the entry's words, and the option that takes the message's text. */
  readonly onMessage?: { readonly title: Bilingual; readonly option: string };
  run(request: RequestWith<z.output<Schema>>, services: Services): Promise<Reply>;
}

/** Keeps the schema's own type, so that `run` sees its parsed options. */
export const defineCommand = <Schema extends z.ZodObject>(command: Command<Schema>): Command =>
  // The list of commands forgets each schema's type; `dispatch` calls `run` only with what that schema parsed.
  command as unknown as Command;
