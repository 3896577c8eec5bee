/** What stands at a place of the raw text instead of plain letters: `text` is read there, `length` units are passed. */
export interface Markup {
  readonly length: number;
  /** "" for nothing, " " for a gap, else the letters that the mark-up stands for. */
  readonly text: string;
  /** Text that a reader of the chat never sees. */
  readonly hidden?: boolean;
  /** Units to read as they are after the opening: the visible part of `<url|text>`. */
  readonly keepFrom?: number;
}

const ENTITIES: readonly (readonly [string, string])[] = [
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&amp;", "&"],
  ["&quot;", '"'],
  ["&#39;", "'"],
  ["&nbsp;", " "],
];

const LONGEST_TAG = 300;

/** The Discord or Slack mark-up that begins at `at`, if any. */
export function markupAt(raw: string, at: number): Markup | undefined {
  const unit = raw[at];
  if (unit === "*" || unit === "`" || unit === "_") return { length: 1, text: " " };
  if (unit === "~" && raw[at + 1] === "~") return { length: 2, text: " " };
  if (unit === "|" && raw[at + 1] === "|") return { length: 2, text: " " };
  if (unit === "&") {
    for (const [entity, text] of ENTITIES) {
      if (raw.startsWith(entity, at)) return { length: entity.length, text };
    }
    return undefined;
  }
  if (unit !== "<") return undefined;
  if (raw.startsWith("<!--", at)) {
    const close = raw.indexOf("-->", at + 4);
    // A comment that never closes hides the rest, as a browser would.
    return { length: (close === -1 ? raw.length : close + 3) - at, text: " ", hidden: true };
  }
  const close = raw.slice(at + 1, at + LONGEST_TAG).indexOf(">");
  if (close === -1) return undefined;
  const inside = raw.slice(at + 1, at + 1 + close);
  if (inside.includes("\n") || inside.includes("<")) return undefined;
  const bar = inside.indexOf("|");
  if (/^(?:https?:|mailto:)/.test(inside)) {
    return bar === -1
      ? { length: close + 2, text: " " }
      : { length: close + 2, text: " ", keepFrom: bar + 2 };
  }
  if (
    /^(?:@|#|!|:|a:|t:|\/?[a-z]{1,10}[ />]|\/?(?:b|i|u|s|p|br|div|span|sub|sup|small|code|pre)$)/i.test(
      inside,
    )
  ) {
    return { length: close + 2, text: " " };
  }
  return undefined;
}
