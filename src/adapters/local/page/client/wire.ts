import type { OptionMeta } from "#core/options";
import type { Block, Reply } from "#core/reply";

/** A value as it crosses the wire: bytes as a data URI, everything else as JSON has it. */
type Wired<T> = T extends Uint8Array
  ? string
  : T extends object
    ? { readonly [Key in keyof T]: Wired<T[Key]> }
    : T;

/** The union is taken apart first, so that a `switch` over `kind` still narrows. */
type EachWired<T> = T extends unknown ? Wired<T> : never;

export type WireBlock = EachWired<Block>;
export type BlockOf<Kind extends WireBlock["kind"]> = Extract<WireBlock, { kind: Kind }>;

export interface WireReply extends Omit<Reply, "blocks"> {
  readonly blocks: readonly WireBlock[];
}

type Locale = "zh" | "en";

export interface WireOption {
  readonly name: string;
  readonly label: Record<Locale, string>;
  readonly aliases: readonly string[];
  /** The words it takes, where they are a closed list. */
  readonly choices: readonly string[];
  /** A choice may stand without the option's name. */
  readonly bare: boolean;
  readonly takesText: OptionMeta["rest"];
  /** The server knows what it could become. */
  readonly suggests: boolean;
  readonly isList: boolean;
}

/** What the server says an option could become. */
export interface WireCompletion {
  readonly value: string;
  readonly label: string;
}

export interface WireCommand {
  readonly name: string;
  readonly summary: Record<Locale, string>;
  readonly examples: readonly string[];
  readonly options: readonly WireOption[];
}

/** What lies before a member: today's question, one for practice, or the last one, closed. */
export interface Desk {
  readonly kind: "round" | "practice" | "closed" | "nothing";
  /** The round that is open, or that was the last. */
  readonly round: DeskRound | null;
  readonly question: DeskQuestion | null;
  readonly answers: { readonly sent: number; readonly most: number | null };
  /** Every question of the bank; those for practice leave out what is asked today. */
  readonly bank: readonly DeskQuestion[];
  /** What the member should know before the first answer of theirs leaves this machine. */
  readonly told?: string;
  /** The IANA zone in which the team's day begins. */
  readonly zone?: string;
}

export interface DeskRound {
  readonly id: string;
  /** When it closes or closed, and until when it takes what was begun before; in milliseconds. */
  readonly closesAt: number;
  readonly takesUntil: number;
}

export interface DeskQuestion {
  readonly id: string;
  readonly text: string;
  readonly topic: string;
  /** 1 to 3. */
  readonly difficulty: number;
  readonly points: number;
}

export interface DeskAnswer {
  readonly desk: Desk;
  readonly member: string;
  /** The server's time in milliseconds. */
  readonly now: number;
  readonly build: string;
}

export interface RequestBody {
  readonly build: string;
  readonly as: string | null;
  readonly locale: Locale;
  readonly submission: string;
  /** What is shown now, so that pictures fit. */
  readonly theme: "light" | "dark";
  /** Whether pictures are drawn beside the words. */
  readonly pictures: boolean;
  readonly command: string;
  readonly input:
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "typed"; readonly options: Readonly<Record<string, unknown>> };
}

/** What every refusal of the server itself says, in both languages. */
export interface ServerRefusal {
  readonly refusal: Record<Locale, string>;
  /** The tab is older than the server: it must be loaded again. */
  readonly outdated?: boolean;
}

/** What a reply turned into after it was sent. */
export interface WireAmendment {
  /** Of the request that the reply answered. */
  readonly submission: string;
  readonly whole: WireReply;
  readonly news: WireReply;
}

/** A message that nobody here asked for. */
export interface WireMessage {
  readonly id: string;
  readonly at: number;
  /** One more with every change. */
  readonly edits: number;
  readonly locale: Locale;
  readonly reply: WireReply;
}

export interface WireThreads {
  /** The newest first; in each the oldest message first. */
  readonly threads: readonly {
    readonly id: string;
    readonly title: string;
    readonly messages: readonly WireMessage[];
  }[];
  /** To the member alone or to the whole team, the newest first. */
  readonly beside: readonly WireMessage[];
}

export interface RequestAnswer {
  /** The request's own id. */
  readonly submission: string;
  readonly reply: WireReply;
  /** The desk after the command; null where it could not be read. */
  readonly state: DeskAnswer | null;
}
