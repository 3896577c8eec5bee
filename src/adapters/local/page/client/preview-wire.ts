/** What the page of previews and the server say to each other. */

/** One message as its platform takes it. */
export interface DrawnMessage {
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly url: string }[];
  readonly ephemeral: boolean;
}

export type Shown =
  | { readonly kind: "messages"; readonly messages: readonly DrawnMessage[] }
  | { readonly kind: "form"; readonly form: unknown }
  /** A page that a member has to themselves. */
  | { readonly kind: "page"; readonly page: DrawnMessage }
  /** What a menu offers for what was typed into it. */
  | {
      readonly kind: "options";
      readonly options: readonly { readonly label: string; readonly value: string }[];
    };

export interface Scene {
  readonly title: string;
  /** What a member typed or pressed for it; absent where the bot speaks by itself. */
  readonly typed?: string;
  readonly shown: Shown;
}

export interface PreviewDay {
  readonly scenes: readonly Scene[];
  /** The names of members by their ids, as the platform would show them. */
  readonly names: Readonly<Record<string, string>>;
  readonly now: number;
}

/** What whoever looks at a preview does in it. */
export type Asked =
  | { readonly kind: "command"; readonly text: string }
  /** A button, or a menu with what was picked. */
  | { readonly kind: "press"; readonly id: string; readonly values: readonly string[] }
  /** What was typed into a menu so far. */
  | { readonly kind: "suggest"; readonly id: string; readonly text: string }
  | { readonly kind: "send"; readonly id: string; readonly fields: Readonly<Record<string, string>> };

export interface PreviewLook {
  readonly locale: "zh" | "en";
  readonly theme: "light" | "dark";
}
