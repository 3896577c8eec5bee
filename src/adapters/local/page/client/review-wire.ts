type Locale = "zh" | "en";

/** A text in one language or both. */
export interface WireHalves {
  readonly zh: string | null;
  readonly en: string | null;
}

export interface WirePack {
  readonly id: string;
  readonly title: string;
  readonly owner: string | null;
  readonly documents: readonly {
    readonly name: string;
    readonly left: readonly string[];
  }[];
  readonly questions: readonly {
    readonly id: string;
    readonly text: string;
    /** The word for it, and what the style sheet goes by. */
    readonly state: string;
    readonly kind: string;
    readonly points: number;
  }[];
  readonly ready: number;
  readonly live: number;
}

/** What an editor finds when the review is opened. */
export interface WirePacks {
  readonly packs: readonly WirePack[];
  readonly suggested: number;
  readonly build: string;
}

export interface WirePoint {
  readonly id: string;
  readonly title: WireHalves;
  readonly statement: WireHalves;
  readonly hint: WireHalves | null;
  /** The language that it was written in. */
  readonly own: Locale;
  readonly weight: number;
  readonly aliases: readonly string[];
  readonly approved: boolean;
  readonly findings: readonly string[];
  readonly source: readonly { readonly number: number; readonly text: string }[];
}

export interface WireLine {
  readonly id: string;
  readonly number: number;
  /** Without its bullet and mark-up. */
  readonly text: string;
}

/** Something that waits for yes or no. */
export interface WireDecision {
  readonly text: string;
  readonly take: Readonly<Record<string, string>>;
  readonly leave: Readonly<Record<string, string>>;
  readonly takeLabel: string;
  readonly leaveLabel: string;
}

/** A question as it is reviewed. */
export interface WireDraft {
  readonly id: string;
  readonly pack: string;
  readonly text: WireHalves;
  readonly modelAnswer: WireHalves | null;
  readonly hints: readonly [WireHalves | null, WireHalves | null];
  readonly own: Locale;
  readonly state: string;
  readonly kind: string;
  readonly place: string;
  readonly findings: readonly string[];
  readonly points: readonly WirePoint[];
  /** Lines of its answer in the document that no point was made of. */
  readonly unused: readonly WireLine[];
  readonly dropped: readonly { readonly id: string; readonly title: string }[];
  readonly decisions: readonly WireDecision[];
  readonly changes: readonly {
    readonly version: number;
    readonly what: string;
    readonly at: number;
    readonly by: string;
  }[];
  readonly states: readonly { readonly version: number; readonly label: string }[];
  readonly publishable: boolean;
  readonly proposes: boolean;
}
