import type { Instant, MemberId } from "./ids.ts";
import type { Verdict } from "./scoring/grader.ts";

/**
 * What an adapter draws. Every string in a reply is plain text: an adapter escapes all of it, so nothing that a
 * member wrote can mention, link or format on any platform. A `switch` over `kind` has no `default`: a new kind
 * of block fails to compile in every adapter until it is drawn.
 */
export type Block =
  | {
      readonly kind: "heading";
      readonly text: string;
      /** 0 to 100, where the heading states a score: an adapter may draw the number itself. */
      readonly score?: number;
    }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "note"; readonly text: string; readonly repeats?: Repeated }
  | { readonly kind: "fields"; readonly fields: readonly Field[] }
  | {
      readonly kind: "verdicts";
      readonly rows: readonly VerdictRow[];
      /** The member's own words that were judged, for adapters that mark the evidence in them. */
      readonly answer?: string;
    }
  | {
      readonly kind: "table";
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** What the cells of one column lead to, row by row, for adapters that can draw links; null for those that lead nowhere. */
      readonly links?: { readonly column: number; readonly actions: readonly (Action | null)[] };
      readonly repeats?: Repeated;
    }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "deadline"; readonly label: string; readonly at: Instant }
  | { readonly kind: "picture"; readonly png: Uint8Array; readonly alt: string }
  | { readonly kind: "file"; readonly name: string; readonly content: string }
  | { readonly kind: "buttons"; readonly buttons: readonly Button[] }
  | ({ readonly kind: "choices" } & Choices)
  | {
      /** What a member wrote and offered to be shown; `by` where they offered their name as well. */
      readonly kind: "quote";
      readonly label: string;
      readonly text: string;
      readonly by?: MemberId;
    }
  /** Members by their names on the platform; nobody is notified. */
  | { readonly kind: "members"; readonly label: string; readonly members: readonly MemberId[] }
  | { readonly kind: "form"; readonly form: Form };

/** What else of the reply says the same: an adapter that shows that may fold the block or leave it out. */
export type Repeated = "picture" | "links";

export interface Field {
  readonly label: string;
  readonly value: string;
}

export interface Column {
  readonly label: string;
  readonly align: "left" | "right";
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One key point as judged. `quotes` are the member's own words; a `miss` has none. */
export interface VerdictRow {
  readonly verdict: Verdict;
  /** The verdict in the reader's language. */
  readonly label: string;
  /** The key point's short title; absent while it would give a missed point away. */
  readonly title?: string;
  readonly quotes: readonly string[];
  /** Where the quotes stand in the block's `answer`, in UTF-16 offsets. */
  readonly spans?: readonly Span[];
  /** What is lacking, the hint, or the full statement, by verdict and by whether the round has closed. */
  readonly note?: string;
  /** Where the source document is wrong, what is right; shown after the close. */
  readonly erratum?: string;
  /** The heading of the source document that the key point was drawn from; shown after the close. */
  readonly source?: string;
}

/** What a button or a sent form does: a command with typed options, as if the member had typed it. */
export interface Action {
  readonly command: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Button {
  readonly label: string;
  readonly action: Action;
  /** The same as one would type it, where that is more than the command alone; for adapters without buttons. */
  readonly typed?: string;
  readonly style: "primary" | "secondary" | "danger";
}

/** A menu: picking runs `action` with `option` set to the value or, where `multiple`, to the list of values. */
export interface Choices {
  readonly label: string;
  /** The option of `action.command` that takes what was picked. */
  readonly option: string;
  readonly action: Action;
  /** At most 25; none where `from` says that the platform knows them. */
  readonly choices: readonly Choice[];
  readonly multiple: boolean;
  /** The platform's own channels or roles, by their ids; adapters without them leave the menu out. */
  readonly from?: "channels" | "roles";
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

export interface Form {
  readonly title: string;
  readonly fields: readonly FormField[];
  readonly submit: string;
  readonly action: Action;
}

export interface FormField {
  /** The option of `action.command` that takes the text. */
  readonly option: string;
  readonly label: string;
  readonly placeholder: string;
  readonly multiline: boolean;
  readonly maxLength: number;
  /** What the field holds before anything is typed. */
  readonly value?: string;
}

export interface Reply {
  /** Private unless a command says otherwise. */
  readonly visibility: "private" | "public";
  /** `edit` puts the reply in place of the message whose button was pressed. */
  readonly placement: "new" | "edit";
  readonly blocks: readonly Block[];
  /** Nothing was done, and its sentence says why: a form whose sending it answers stays open with what is in it. */
  readonly isRefusal?: true;
  /** The same was said a moment ago: an adapter that need not answer everything says nothing. */
  readonly isRepeat?: true;
}

/** What a reply turned into after it was shown, because something took longer than a member should wait. */
export interface Amendment {
  /** The reply as it now is, for adapters that can put it in the place of the first. */
  readonly whole: Reply;
  /** Only what is new, for adapters that cannot. */
  readonly news: Reply;
}

/** A reply that only the member who asked can see. */
export const privateReply = (...blocks: Block[]): Reply => ({
  visibility: "private",
  placement: "new",
  blocks,
});

/** One sentence for the member who asked, where nothing was done. */
export const refusalReply = (text: string): Reply => ({
  ...privateReply({ kind: "text", text }),
  isRefusal: true,
});

/** A reply that the whole channel can see. */
export const publicReply = (...blocks: Block[]): Reply => ({
  visibility: "public",
  placement: "new",
  blocks,
});
