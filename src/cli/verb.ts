import type { Locale } from "#core/language";

/** Flags that a verb was called with, parsed. */
export interface Call {
  readonly locale: Locale;
  /** What stood behind the flags, joined as one would type it in chat. */
  readonly words: string;
  readonly question: string | undefined;
  readonly pack: string | undefined;
  /** The folder that a draft is written to. */
  readonly out: string | undefined;
  /** Where everything is moved from, and to. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Whether what is in the way goes. */
  readonly force?: boolean;
  /** Whether platforms are asked. */
  readonly online?: boolean;
  /** Print how each verdict came about instead of the verdicts. */
  readonly explain: boolean;
}

/** The fields of one answer without its id, in the order in which they are printed. */
export type Fields = Readonly<Record<string, unknown>>;

/** One verb of the command line, ready to work: what it needs has been read. Each throws Refusal for bad input. */
export interface Verb {
  /** Answers one parsed line of `--jsonl`. */
  answerLine(line: unknown): Promise<Fields>;
  /** Answers what `--json` was given on standard input. */
  answerText(text: string): Promise<Fields>;
  /** What a person reads. */
  show(text: string): Promise<string>;
  /** Whether what was printed tells of something wrong, asked afterwards; the status is 1 then. */
  foundFault?(): boolean;
}

export interface VerbEntry {
  readonly usage: string;
  /** Where it goes by the settings: whether it can do nothing where they cannot be read, or looks at just that. */
  readonly settings?: "needed" | "examined";
  /** Whether a call without `--jsonl` reads standard input. */
  readonly readsInput: (call: Call) => boolean;
  /** Wrong usage as a sentence, or null. */
  readonly misuse: (call: Call, lines: boolean) => string | null;
  prepare(call: Call): Promise<Verb>;
}
